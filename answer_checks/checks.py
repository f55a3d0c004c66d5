"""Visible checks: judge an answer in the notebook and say what differs and why.

The checks run in a fixed order: exists and answered, callable, arguments, type, shape,
finite, values, inputs unchanged. The first that fails raises :class:`CheckFailed`,
which Jupyter shows as at most five lines. An answer that is not given yet is never
compared.
"""

from __future__ import annotations

import inspect
import textwrap
import traceback
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any

import numpy as np

from answer_checks.advice import ADVICE, changes
from answer_checks.call import call_on_copies, signature_fault
from answer_checks.compare import ATOL, RTOL, describe, difference, is_number
from answer_checks.failed import CheckFailed
from answer_checks.forms import form_fault
from answer_checks.language import language
from answer_checks.loops import first_loop
from answer_checks.penalty import penalty_of

_ANY = object()  # stands for "no expected value"


def exercise(grade_id: str) -> Check:
    """Open the visible checks of one exercise, for use in a ``with`` block.

    Parameters
    ----------
    grade_id : str
        The exercise's id, for example ``"l3_svm_loss_i"``.

    Examples
    --------
    >>> with exercise("l3_double") as check:  # doctest: +NORMALIZE_WHITESPACE
    ...     check.call(lambda x: 2 * x, 3.0, expect=6.0, label="twice three")
    6.0
    l3_double: 1 visible check passed. Hidden tests are not run here; they run
    when the course is graded.
    """
    return Check(grade_id)


def numbers(title: str) -> Check:
    """Open the checks of a worked example: its numbers, and no exercise.

    Examples
    --------
    >>> with numbers("the table") as check:
    ...     check.equal(5.1 - 3.2 + 1, 2.9, "term of the car")
    the table: 1 check of its numbers passed.
    """
    return Check(title, exercise=False)


class Check:
    """The checks of one exercise or example; see :func:`exercise`, :func:`numbers`.

    Every method raises :class:`CheckFailed` where the answer falls short and counts as
    one passed check where it does not.
    """

    def __init__(self, grade_id: str, exercise: bool = True) -> None:
        language()  # a wrong setting is told now, not at the first failure
        self.grade_id = grade_id
        self.exercise = exercise
        self.passed = 0

    def __enter__(self) -> Check:
        """Open the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Report the block as passed, or what kept it from running."""
        if isinstance(error, NotImplementedError):
            # The block may lean on the answer of another exercise: say which.
            other = "" if str(error).startswith(self.grade_id) else str(error)
            raise self._unanswered(other) from None
        if isinstance(error, NameError) and trace and trace.tb_next is None:
            raise self._fail(
                f"{error.name} is not defined", step="run the cell that defines it."
            ) from None
        if kind is not None:
            return
        if not self.passed:
            raise RuntimeError(f"{self.grade_id}: the block holds no check")
        checks = "check" if self.passed == 1 else "checks"
        if self.exercise:
            print(
                f"{self.grade_id}: {self.passed} visible {checks} passed. Hidden tests "
                "are not run here; they run when the course is graded."
            )
        else:
            print(f"{self.grade_id}: {self.passed} {checks} of its numbers passed.")

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
        name = label or getattr(function, "__name__", "result")
        where = f"{label}: " if label else ""
        self._callable(function)
        fault = signature_fault(function, args, kwargs)
        if fault:
            step = "keep the signature that the exercise gives."
            raise self._fail(f"arguments: {fault}", step=step)
        call = self._run(where, call_on_copies, function, args, kwargs)
        got = call.result
        if got is None and expect is not None and call.printed:
            raise self._fail(
                f"{where}got None, but the function printed "
                f"{call.printed.splitlines()[-1][:60]!r}",
                "the result is printed instead of returned.",
                "put return where the last print stands.",
            )
        if got is Ellipsis or (got is None and expect is not None):
            raise self._unanswered(f"{where}the function returns {got}")
        if expect is not _ANY:
            options: dict[str, Any] = {"rtol": rtol, "atol": atol}
            options["penalty"] = penalty_of(function, args, kwargs)
            self._compare(got, expect, name, where, parts, shapes, options)
        for argument in call.changed[:1]:
            advice = ADVICE["inputs"]
            called = getattr(function, "__name__", "the function")
            raise self._fail(
                f"{where}{changes(called, argument)}", advice.likely, advice.step
            )
        self.passed += 1
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
        options = {"rtol": rtol, "atol": atol}
        self._compare(value, expected, name, "", parts, shapes, options)
        self.passed += 1

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
        if not isinstance(answers, Mapping):
            raise self._fail(f"got {describe(answers)}, expected a dict")
        advice = ADVICE["key"].step
        for key in form:
            if key not in answers:
                raise self._fail(f"the key {key!r} is missing", step=advice)
        for key in answers:
            if key not in form:
                raise self._fail(f"unknown key {key!r}", step=advice)
        left = [key for key in form if answers[key] is None or answers[key] is ...]
        if left:
            more = f" and {len(left) - 3} more" if len(left) > 3 else ""
            raise self._unanswered(", ".join(map(repr, left[:3])) + more)
        for key, kind in form.items():
            asked = form_fault(answers[key], kind)
            if asked:
                got = describe(answers[key])
                raise self._fail(f"{key!r}: got {got}, expected {asked}")
        self.passed += 1

    def no_loops(self, function: Any) -> None:
        """Check that the source of `function` holds no Python loop or comprehension."""
        self._callable(function)
        try:
            source = textwrap.dedent(inspect.getsource(function))
            loop = first_loop(source)
        except (OSError, TypeError, SyntaxError):
            raise self._fail(
                "the source of the function cannot be read",
                step="define it with def in the answer cell, and run that cell.",
            ) from None
        if loop:
            name, number = loop
            line = source.splitlines()[number - 1].strip()
            raise self._fail(
                f"{function.__name__}: there is {name}: `{line}`",
                step=ADVICE["loops"].step,
            )
        self.passed += 1

    def true(self, condition: Any, reason: str) -> None:
        """Check a condition; `reason` says what is wrong where it does not hold."""
        if not condition:
            raise self._fail(reason)
        self.passed += 1

    def _fail(self, what: str, reason: str = "", step: str = "") -> CheckFailed:
        return CheckFailed(f"{self.grade_id}: {what}", reason, step)

    def _unanswered(self, what: str = "") -> CheckFailed:
        detail = f" ({what})" if what else ""
        return self._fail(
            f"not answered yet{detail}",
            step="write the answer in the cell above, run it, then run this one again.",
        )

    def _answered(self, value: Any, name: str) -> None:
        if value is None or value is Ellipsis:
            raise self._unanswered(f"{name} is {value}")

    def _callable(self, function: Any) -> None:
        self._answered(function, "the function")
        if not callable(function):
            raise self._fail(f"got {describe(function)}, expected a function")

    def _run(
        self, where: str, function: Callable[..., Any], *args: Any, **kwargs: Any
    ) -> Any:
        try:
            return function(*args, **kwargs)
        except NotImplementedError:
            raise self._unanswered() from None
        except CheckFailed:
            raise
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            message = (str(error).strip().splitlines() or [""])[0]
            raise self._fail(
                f"{where}raised {type(error).__name__}: {message}",
                step=f"look at line {last.lineno} of `{last.name}`: `{last.line}`",
            ) from None

    def _compare(
        self,
        got: Any,
        want: Any,
        name: str,
        where: str,
        parts: Sequence[str],
        shapes: Mapping[str, str] | str,
        options: dict[str, Any],
    ) -> None:
        pairs = [(got, want, name, shapes if isinstance(shapes, str) else "")]
        if parts and isinstance(got, tuple | list) and len(got) == len(want) > 0:
            by_part = shapes if isinstance(shapes, Mapping) else {}
            pairs = [
                (got[i], want[i], where + part, by_part.get(part, ""))
                for i, part in enumerate(parts)
            ]
        for one, other, title, letters in pairs:
            self._compare_one(one, other, title, parts, letters, options)

    def _compare_one(
        self,
        got: Any,
        want: Any,
        title: str,
        parts: Sequence[str],
        letters: str,
        options: dict[str, Any],
    ) -> None:
        shown = difference(
            got, want, title, parts=parts, letters=letters, reveal=True, **options
        )
        if shown is None:
            return
        advice = ADVICE[shown.kind]
        likely = advice.likely or _offset(got, want)
        raise self._fail(shown.reason, likely, advice.step)


def _offset(got: Any, want: Any) -> str:
    """Likely reason for a wrong number that is off by one or two."""
    if not is_number(got) or not is_number(want):
        return ""
    off = float(got) - float(want)
    if 0 < abs(off) < 3 and np.isclose(off, round(off), atol=1e-9, rtol=0):
        return f"the difference is exactly {round(off)}: a term too many or missing"
    return ""
