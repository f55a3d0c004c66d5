"""Grade the cells that have no exercise behind them as nbgrader would.

The notebook runs once more, in a process of its own, after every output has been taken
and every question asked. This time each such test is whole, its hidden region included,
and runs beside the student's code, where nbgrader would run it. Of this run only the
points come back: nothing that it prints or raises is shown to anybody.

Such a verdict is as good as nbgrader's. Code that runs beside its own test can change
what the test sees, and a report says so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from autograder.course.cells import CellRole
from autograder.course.handout import Handout
from autograder.exercise.record import Exercise
from autograder.judging.outputs import clean_outputs
from autograder.judging.run import Runner
from autograder.judging.sanitize import Sanitized
from autograder.sandbox.gone import BackendGone
from autograder.verdict import CheckResult, Failure, Status, Verdict

LABEL = "the test of this cell"
SEEN = "it stops with an error, which stands below the test"
HIDDEN = "a part of it that is hidden did not pass"
PART = "brings part of the points"
NO_NUMBER = "it gave something else than a number of points; your instructor is told"
LATE = "it did not end within the time limit"
GONE = "the process ended while it ran"
# A NumPy scalar is shown with its type.
NUMBER = re.compile(r"(?:np\.\w+\()?([-+]?[0-9.]+(?:e[-+]?[0-9]+)?|[-+]?inf|nan)\)?")


def judge_as_nbgrader(runner: Runner, exercises: Sequence[Exercise]) -> list[Verdict]:
    """Run the tests of cells without an exercise; return a verdict on each.

    Parameters
    ----------
    runner : Runner
        What has run the notebook and is asked no more. Remarks for the instructor are
        added to its notebook.
    exercises : sequence of Exercise
        Of the kind ``nbgrader``, one for each such cell.
    """
    tests = Runner(
        runner.sandbox,
        with_whole_tests(runner.notebook, runner.handout),
        runner.handout,
        runner.settings,
        runner.budget,
        scored=True,
    )
    # What ended its process before would do so again.
    tests.result.ended.update(runner.result.ended)
    try:
        with suppress(BackendGone):  # what did not run earns nothing
            tests.run()
    finally:
        tests.close()
    return [_verdict(exercise, runner, tests) for exercise in exercises]


def with_whole_tests(notebook: Sanitized, handout: Handout) -> Sanitized:
    """Return the notebook with each test that has no exercise behind it whole."""
    whole = handout.without_exercise
    cells = [
        replace(cell, source=whole[cell.grade_id])
        if cell.role is CellRole.TEST and cell.grade_id in whole
        else cell
        for cell in notebook.cells
    ]
    return Sanitized(cells)


def _verdict(exercise: Exercise, runner: Runner, tests: Runner) -> Verdict:
    grade_id = runner.handout.graded_cell(exercise.id)
    cells = runner.notebook.cells
    index = next(i for i, cell in enumerate(cells) if cell.grade_id == grade_id)
    points = float(exercise.points)
    score, status, reason, kind = _outcome(index, points, runner, tests)
    if reason == NO_NUMBER:
        runner.notebook.notes.append(
            f"the test {grade_id} ended in something else than a number from 0 to "
            f"{points:g}: end it with an assert, or with such a number"
        )
    if not score and _untouched(grade_id, runner):
        status, kind = Status.UNANSWERED, Failure.UNANSWERED
    check = CheckResult(LABEL, points, score, kind, reason)
    return Verdict(exercise.id, score, points, status, [check], beside=True)


def _outcome(
    index: int, points: float, runner: Runner, tests: Runner
) -> tuple[float, Status, str, Failure | None]:
    """Return the points that a test gives, and why they are not all."""
    ended = _ended(index, runner, tests)
    if ended is not None or index not in tests.result.outputs:
        late = ended is not Status.CRASHED
        return (
            (0.0, Status.TIMEOUT, LATE, Failure.TIMEOUT)
            if late
            else (0.0, Status.CRASHED, GONE, Failure.CRASHED)
        )
    outputs = clean_outputs(tests.result.outputs[index])
    raised = index in tests.result.failed
    if raised or any(output["output_type"] == "error" for output in outputs):
        seen = index in runner.result.failed
        status = Status.ERROR if seen else Status.WRONG
        kind = Failure.ERROR if seen else Failure.VALUE
        return 0.0, status, SEEN if seen else HIDDEN, kind
    results = [o for o in outputs if o["output_type"] == "execute_result"]
    if not results:
        return points, Status.CORRECT, "", None
    score = number_of(results[0])
    if score is None or score < 0:
        return 0.0, Status.ERROR, NO_NUMBER, Failure.VALUE
    if score >= points:
        return points, Status.CORRECT, "", None
    return score, Status.PARTIAL if score else Status.WRONG, PART, Failure.VALUE


def _ended(index: int, runner: Runner, tests: Runner) -> Status | None:
    """Return how a test ended its process, or an answer that it is about."""
    if index in tests.result.ended:
        return tests.result.ended[index]
    cells = runner.notebook.cells
    answers = runner.handout.answers_before(cells[index].grade_id)
    for earlier, status in sorted(tests.result.ended.items()):
        if cells[earlier].grade_id in answers:
            return status
    return None


def number_of(result: dict[str, Any]) -> float | None:
    """Return the number that a cell's last line gave; None where it gave none.

    Examples
    --------
    >>> number_of({"data": {"text/plain": "1.5"}})
    1.5
    >>> number_of({"data": {"text/plain": "np.float64(0.25)"}})
    0.25
    >>> number_of({"data": {"text/plain": "True"}}) is None
    True
    """
    found = NUMBER.fullmatch(result["data"].get("text/plain", "").strip())
    try:
        number = float(found[1]) if found else math.nan
    except ValueError:  # such as 1.2.3
        return None
    return number if math.isfinite(number) else None


def _untouched(grade_id: str, runner: Runner) -> bool:
    """Tell whether the answers that a test is about are as they were released."""
    cells = {cell.grade_id: cell for cell in runner.notebook.cells if cell.grade_id}
    answers = runner.handout.answers_before(grade_id)
    return bool(answers) and all(
        cells[name].source.split() == runner.handout.cells[name].source.split()
        for name in answers
    )
