"""Visible checks: judge an answer in the notebook and say what differs and why.

The checks run in a fixed order: exists and answered, callable, arguments, type, shape,
finite, values, inputs unchanged. The first that falls short is what the student reads,
as at most five lines; the others run all the same, because what they see tells which
known mistake it is. An answer that is not given yet is never compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

from answer_checks.advice import ADVICE, STEPS, advice_for, changes
from answer_checks.block import Block
from answer_checks.call import call_on_copies, is_single, signature_fault
from answer_checks.compare import ATOL, RTOL, Difference, describe, difference
from answer_checks.failed import CheckFailed
from answer_checks.forms import form_fault, shown
from answer_checks.loops import loop_line
from answer_checks.relation import Variation, arguments_by_name, related
from answer_checks.transcript import COARSE, RESOLUTION
from answer_checks.work import is_loop, steps_of

_ANY = object()  # stands for "no expected value"


class Check(Block):
    """The checks of one exercise or example; see :meth:`exercise`, :meth:`numbers`.

    In a ``with`` block every method counts as one passed check or notes what falls
    short, and the end of the block raises the first :class:`CheckFailed`. Outside of a
    block it is raised at once.
    """

    @classmethod
    def exercise(cls, grade_id: str) -> Self:
        """Open the visible checks of one exercise, for use in a ``with`` block.

        Parameters
        ----------
        grade_id : str
            The exercise's id, for example ``"l3_svm_loss_i"``.

        Examples
        --------
        >>> with Check.exercise("l3_double") as check:  # doctest: +NORMALIZE_WHITESPACE
        ...     check.call(lambda x: 2 * x, 3.0, expect=6.0, label="twice three")
        6.0
        l3_double: 1 visible check passed: twice three.
        Hidden tests are not run here or by Validate; they run when the course is
        graded.
        """
        return cls(grade_id)

    @classmethod
    def numbers(cls, title: str) -> Self:
        """Open the checks of a worked example: its numbers, and no exercise.

        Examples
        --------
        >>> with Check.numbers("the table") as check:
        ...     check.equal(5.1 - 3.2 + 1, 2.9, "term of the car")
        the table: 1 check of its numbers passed.
        """
        return cls(title, graded=False)

    def relation(self, arguments: Mapping[str, Any], want: Any) -> Variation | None:
        """Return a related call that a course knows; see `answer_checks.relation`."""
        return None

    def call(
        self,
        function: Any,
        *args: Any,
        expect: Any = _ANY,
        label: str = "",
        parts: Sequence[str] = (),
        shapes: Mapping[str, str] | str = "",
        rtol: float = RTOL,
        atol: float = ATOL,
        **kwargs: Any,
    ) -> Any:
        """Call the answer on copies of the inputs, judge the result and return it.

        Parameters
        ----------
        function : callable
            The answer.
        *args, **kwargs
            Its arguments. It gets copies, and is refused if it changes them.
        expect : optional
            The expected result; without it anything finite that is answered passes.
        label : str
            What this case is called in the message, for example ``"cat image"``.
        parts : sequence of str
            Names of the results where there are several, ``("loss", "dW")``.
        shapes : str or mapping
            Expected shapes in symbols, ``"(N, C)"`` or ``{"dW": "(D, C)"}``.
        rtol, atol : float
            Tolerances as in :func:`answer_checks.compare.difference`.

        Returns
        -------
        object
            What the function returned.
        """
        called = getattr(function, "__name__", "")
        called = called if called.isidentifier() else "the function"
        self._where = where = f"{label}: " if label else ""
        self._callable(function)
        fault = signature_fault(function, args, kwargs)
        if fault:
            raise self._failure(f"arguments: {fault}", step=STEPS["signature"])
        single = any(map(is_single, [*args, *kwargs.values()]))
        self._resolution = COARSE if single else RESOLUTION
        call = call_on_copies(function, args, kwargs)
        got = call.result
        self._drawn += call.drawn
        if got is None and expect is not None and call.printed:
            raise self._failure(
                f"{where}got None, but the function printed "
                f"{call.printed.splitlines()[-1][:60]!r}",
                "the result is printed instead of returned",
                STEPS["printed"],
            )
        if got is Ellipsis or (got is None and expect is not None):
            raise self._unanswered(f"{where}the function returns {got}")
        self._where = ""
        failed = None
        if expect is not _ANY:
            options = {"rtol": rtol, "atol": atol}
            title = called if parts or not label else label
            found = difference(
                got, expect, title, parts=parts, letters=shapes, reveal=True, **options
            )
            if found:
                asked = function, args, kwargs
                found = self._related(found, asked, expect, options)
                named = found.name == title and title == label
                failed = self._different(found, "" if named else where)
        if call.changed and failed is None:
            advice = ADVICE["inputs"]
            what = f"{where}{changes(called, call.changed[0])}"
            failed = self._failure(what, advice.likely, advice.step)
        self._judge((got, *call.changed), failed, label)
        return got

    def equal(
        self,
        value: Any,
        expected: Any,
        name: str = "result",
        *,
        parts: Sequence[str] = (),
        shapes: Mapping[str, str] | str = "",
        rtol: float = RTOL,
        atol: float = ATOL,
    ) -> None:
        """Compare a value that the student computed with the expected one."""
        self._answered(value, name)
        found = difference(
            value,
            expected,
            name,
            parts=parts,
            letters=shapes,
            rtol=rtol,
            atol=atol,
            reveal=True,
        )
        failed = None
        if found:
            failed = self._different(found, f"{name}: " if found.path and parts else "")
        self._judge(value, failed, name)

    def answers(self, answers: Any, form: Mapping[str, Any]) -> None:
        """Check that a dict of answers is complete and well formed; reveals no answer.

        Parameters
        ----------
        answers : dict
            The student's answers.
        form : mapping
            For each key ``float`` (any number, also infinite), ``int``, ``bool``,
            ``str`` or a collection of the values to choose from.
        """
        self._answered(answers, "answers")
        keys, values = ADVICE["key"].step, STEPS["form"]
        if not isinstance(answers, Mapping):
            raise self._failure(f"got {describe(answers)}, expected a dict", step=keys)
        for key in form:
            if key not in answers:
                raise self._failure(f"the key {key!r} is missing", step=keys)
        for key in answers:
            if key not in form:
                raise self._failure(f"unknown key {key!r}", step=keys)
        left = [key for key in form if answers[key] is None or answers[key] is ...]
        if left:
            more = f" and {len(left) - 3} more" if len(left) > 3 else ""
            raise self._unanswered(", ".join(map(repr, left[:3])) + more)
        for key, kind in form.items():
            asked = form_fault(answers[key], kind)
            if asked:
                got = shown(answers[key])
                raise self._failure(
                    f"{key!r}: got {got}, expected {asked}", step=values
                )
        self.passed += 1
        self.labels.append("every key has an answer of the right form")

    def no_loops(
        self, function: Any, few: Sequence[Any], **many: Sequence[Any]
    ) -> None:
        """Check that `function` does not visit one by one what there can be more of.

        Parameters
        ----------
        function : callable
            The answer.
        few : sequence
            Arguments.
        **many : sequence
            The same with more of something, named by the key: ``examples`` with at
            least :data:`answer_checks.work.LEAST_MORE` more examples.
        """
        self._callable(function)
        least = steps_of(function, *few)
        found = [
            key
            for key, args in many.items()
            if is_loop(least, steps_of(function, *args))
        ]
        failed = None
        if found:
            line = loop_line(function)
            failed = self._failure(
                f"{function.__name__}: there is a loop over the {found[0]}{line}",
                step=ADVICE["loops"].step,
            )
        self._judge(found[0] if found else "", failed, "no loop")

    def true(self, condition: Any, reason: str, step: str = "") -> None:
        """Check a condition; `reason` says what is wrong where it does not hold.

        Parameters
        ----------
        condition : object
            True in an ``if`` where the answer passes.
        reason, step : str
            What to say where it does not, and what to look at next.
        """
        failed = None
        if not condition:
            failed = self._failure(reason, step=step or STEPS["condition"])
        # That something does not hold may have many causes.
        self._judge(bool(condition), failed, telling=False)

    def _different(self, found: Difference, where: str) -> CheckFailed:
        advice = advice_for(found.kind, found.reason)
        step = found.step or advice.step
        return self._failure(f"{where}{found.reason}", advice.likely, step)

    def _callable(self, function: Any) -> None:
        self._answered(function, "the function")
        if not callable(function):
            what = f"got {describe(function)}, expected a function"
            raise self._failure(what, step=STEPS["function"])

    def _related(
        self,
        found: Difference,
        asked: tuple[Callable[..., Any], Sequence[Any], Mapping[str, Any]],
        expect: Any,
        options: Mapping[str, float],
    ) -> Difference:
        """Ask once more where the course knows a related call."""
        function, args, kwargs = asked
        given = arguments_by_name(function, args, kwargs)
        variation = self.relation(given, expect) if given else None
        if variation is None:
            return found
        try:
            changed, named = variation.arguments(given, len(args))
            got = call_on_copies(function, changed, named).result
        except Exception:  # what the answer raises there explains nothing here
            return found
        return related(found, variation, got, **options)


exercise = Check.exercise
numbers = Check.numbers
