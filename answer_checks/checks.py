"""Visible checks: judge an answer in the notebook and say what differs and why.

The checks run in a fixed order: exists and answered, callable, arguments, type, shape,
finite, values, inputs unchanged. The first that falls short is what the student reads,
as at most five lines; the others run all the same, because what they see tells which
known mistake it is. An answer that is not given yet is never compared.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from answer_checks.advice import ADVICE, STEPS, changes
from answer_checks.call import call_on_copies, signature_fault
from answer_checks.compare import ATOL, RTOL, Difference, describe, difference
from answer_checks.failed import CheckFailed, NotAnswered
from answer_checks.fault_line import find_fault_line, first_line
from answer_checks.forms import form_fault, shown
from answer_checks.language import language
from answer_checks.loops import loop_line
from answer_checks.reasons import find_reason
from answer_checks.relation import Variation, arguments_by_name, related
from answer_checks.session import Finished, State, note
from answer_checks.transcript import Transcript
from answer_checks.work import is_loop, steps_of

_ANY = object()  # stands for "no expected value"
MOST_LABELS = 8  # of what a passed exercise showed


class Check:
    """The checks of one exercise or example; see :meth:`exercise`, :meth:`numbers`.

    In a ``with`` block every method counts as one passed check or notes what falls
    short, and the end of the block raises the first :class:`CheckFailed`. Outside of a
    block it is raised at once.

    Attributes
    ----------
    reasons : Path or None
        The folder of the files of reasons; see :mod:`answer_checks.reasons`.
    """

    reasons: ClassVar[Path | None] = None

    def __init__(self, grade_id: str, graded: bool = True) -> None:
        language()  # a wrong setting is told now, not at the first failure
        self.grade_id = grade_id
        self.graded = graded
        self.passed = 0
        self.labels: list[str] = []
        self.transcript = Transcript()
        self._block: dict[str, Any] | None = None  # the names around an open block
        self._file = ""
        self._where = ""
        self._failed: CheckFailed | None = None

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

    def __enter__(self) -> Self:
        """Open the block."""
        frame = inspect.currentframe()
        around = frame.f_back if frame else None
        self._block = around.f_globals if around else {}
        self._file = around.f_code.co_filename if around else ""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Report the block as passed, or raise what fell short first."""
        if error is not None and not isinstance(error, Exception):
            return
        stopped = self._stopped(error, trace) if error else None
        failed = self._failed or stopped
        self._block = None
        if failed is None and not self.passed:
            raise RuntimeError(f"{self.grade_id}: the block holds no check")
        if failed is None:
            print(self._report())
            self._note(State.PASSED, "")
            return
        reason = find_reason(self.reasons, self.grade_id, self.transcript)
        if reason and not isinstance(failed, NotAnswered):
            failed = CheckFailed(failed.what, reason.likely, reason.step)
        is_open = isinstance(failed, NotAnswered)
        self._note(State.OPEN if is_open else State.WRONG, str(failed))
        raise failed from None

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
        call = call_on_copies(function, args, kwargs)
        got = call.result
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

    def _judge(
        self,
        seen: Any,
        failed: CheckFailed | None,
        label: str = "",
        telling: bool = True,
    ) -> None:
        """Count a check that passed; note the first that fell short, or raise it."""
        self.transcript.add(failed is None, seen, telling)
        if failed is None:
            self.passed += 1
            if label and label not in self.labels:
                self.labels.append(label)
        elif self._block is None:
            raise failed
        else:
            self._failed = self._failed or failed

    def _failure(self, what: str, reason: str = "", step: str = "") -> CheckFailed:
        return CheckFailed(f"{self.grade_id}: {what}", reason, step)

    def _different(self, found: Difference, where: str) -> CheckFailed:
        advice = ADVICE[found.kind]
        step = found.step or advice.step
        return self._failure(f"{where}{found.reason}", advice.likely, step)

    def _unanswered(self, what: str = "") -> NotAnswered:
        detail = f" ({what})" if what else ""
        return NotAnswered(
            f"{self.grade_id}: not answered yet{detail}",
            step=STEPS["unanswered"],
        )

    def _answered(self, value: Any, name: str) -> None:
        if value is None or value is Ellipsis:
            raise self._unanswered(f"{name} is {value}")

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

    def _stopped(
        self, error: BaseException, trace: TracebackType | None
    ) -> CheckFailed:
        """Say what kept the block from running to its end."""
        if isinstance(error, CheckFailed):
            return error
        if isinstance(error, NotImplementedError):
            # The block may lean on the answer of another exercise: say which.
            own = not str(error) or str(error).startswith(self.grade_id)
            return self._unanswered("" if own else str(error))
        self.transcript.add(
            False, type(error).__name__, telling=isinstance(error, RecursionError)
        )
        name, said = type(error).__name__, first_line(error)
        place = find_fault_line(trace, self._block or {}, self._file)
        if place is None:
            return self._failure(
                f"{self._where}raised {name}: {said}", step="run the answer by itself"
            )
        if not place.in_check:
            return self._failure(
                f"{self._where}raised {name}: {said}",
                step=f"look at line {place.number} of `{place.name}`: `{place.text}`",
            )
        if isinstance(error, NameError) and trace and trace.tb_next is None:
            return self._failure(
                f"{error.name} is not defined", step="run the cell that defines it"
            )
        return self._failure(
            f"{self._where}this check cannot use what your code gives ({name}: {said})",
            step=f"compare it with what the exercise asks for; used in `{place.text}`",
        )

    def _report(self) -> str:
        checks = "check" if self.passed == 1 else "checks"
        if not self.graded:
            return f"{self.grade_id}: {self.passed} {checks} of its numbers passed."
        seen = ", ".join(self.labels[:MOST_LABELS])
        if len(self.labels) > MOST_LABELS:
            seen += f" and {len(self.labels) - MOST_LABELS} more"
        said = f"{self.grade_id}: {self.passed} visible {checks} passed"
        return (
            f"{said}{f': {seen}' if seen else ''}.\n"
            "Hidden tests are not run here or by Validate; they run when the course is "
            "graded."
        )

    def _note(self, state: State, message: str) -> None:
        if self.graded:
            note(Finished(self.grade_id, state, message, self.transcript))


exercise = Check.exercise
numbers = Check.numbers
