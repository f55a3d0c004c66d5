"""A block of visible checks: what fell short first, what was seen, what is said.

The checks of a block run to its end also where one falls short: what the others see
tells which known mistake it is.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from answer_checks.advice import STEPS, UNDRAWN, Advice
from answer_checks.errors import explain_error
from answer_checks.failed import CheckFailed, NotAnswered
from answer_checks.fault_line import find_fault_line, first_line
from answer_checks.language import in_language, language
from answer_checks.missing_name import explain_missing_name
from answer_checks.reasons import find_reason
from answer_checks.session import Finished, State, note
from answer_checks.transcript import RESOLUTION, Transcript

MOST_LABELS = 8  # of what a passed exercise showed


class Block:
    """A ``with`` block of checks of one exercise or example.

    Parameters
    ----------
    grade_id : str
        The exercise's id, or what the example is called.
    graded : bool
        Whether it is an exercise.

    Attributes
    ----------
    reasons : Path or None
        The folder of the files of reasons; see :mod:`answer_checks.reasons`.
    passed : int
        How many checks have passed.
    transcript : Transcript
        What the checks saw.
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
        self._drawn: list[bool] = []  # for each generator that a call was given
        self._resolution = RESOLUTION  # of what the last call gave
        self._failed: CheckFailed | None = None

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
            print(in_language(self._report()))
            self._note(State.PASSED, "")
            return
        reason = find_reason(self.reasons, self.grade_id, self.transcript)
        if reason is None and self._drawn and not any(self._drawn) and not stopped:
            reason = UNDRAWN
        if reason and not isinstance(failed, NotAnswered):
            failed = CheckFailed(failed.what, reason.likely, reason.step)
        is_open = isinstance(failed, NotAnswered)
        self._note(State.OPEN if is_open else State.WRONG, str(failed))
        raise failed from None

    def _judge(
        self,
        seen: Any,
        failed: CheckFailed | None,
        label: str = "",
        telling: bool = True,
    ) -> None:
        """Count a check that passed; note the first that fell short, or raise it."""
        self.transcript.add(failed is None, seen, telling, self._resolution)
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

    def _unanswered(self, what: str = "") -> NotAnswered:
        detail = f" ({what})" if what else ""
        return NotAnswered(
            f"{self.grade_id}: not answered yet{detail}",
            step=STEPS["unanswered"],
        )

    def _answered(self, value: Any, name: str) -> None:
        if value is None or value is Ellipsis:
            raise self._unanswered(f"{name} is {value}")

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
            line = f"line {place.number} of `{place.name}`: `{place.text}`"
            known = explain_error(error, line) or self._missing(error)
            known = known or Advice("", f"look at {line}")
            return self._failure(
                f"{self._where}raised {name}: {said}", known.likely, known.step
            )
        if isinstance(error, NameError) and trace and trace.tb_next is None:
            known = self._missing(error) or Advice("", "run the cell that defines it")
            return self._failure(
                f"{error.name} is not defined", known.likely, known.step
            )
        return self._failure(
            f"{self._where}this check cannot use what your code gives ({name}: {said})",
            step=f"compare it with what the exercise asks for; used in `{place.text}`",
        )

    def _missing(self, error: BaseException) -> Advice | None:
        """Say why a name is not defined, from the cells that were run before."""
        space = self._block or {}
        cells = space.get("In")
        if not isinstance(error, NameError) or not isinstance(cells, list):
            return None
        if error.name in space:  # it has a meaning here; it is missing elsewhere
            return None
        ran = [cell for cell in cells[:-1] if isinstance(cell, str)]
        return explain_missing_name(str(error.name), ran)

    def _report(self) -> str:
        checks = "check" if self.passed == 1 else "checks"
        if not self.graded:
            return f"{self.grade_id}: {self.passed} {checks} of its numbers passed."
        say = language().messages.say
        seen = ", ".join(map(say, self.labels[:MOST_LABELS]))
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
