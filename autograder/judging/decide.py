"""Decide: run the hidden checks of an exercise against whoever answers.

Points come from this record alone. A check that did not run to its end earns nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.exercise.backend import Backend
from autograder.exercise.failure import CheckFailed
from autograder.exercise.record import Exercise
from autograder.sandbox.gone import BackendGone
from autograder.verdict import CheckResult, Failure, Status, Verdict


def check_rng(seed: bytes, exercise: str, index: int) -> np.random.Generator:
    """Return the generator of one check: the same for the same submission, always."""
    digest = hmac.new(seed, f"{exercise}\0{index}".encode(), hashlib.sha256).digest()
    return np.random.default_rng(int.from_bytes(digest[:16], "little"))


@dataclass
class Transcript:
    """What was answered to each check, to compare with known implementations."""

    answers: list[list[Any]] = field(default_factory=list)


def decide(
    exercise: Exercise, backend: Backend, seed: bytes, **options: Any
) -> tuple[Verdict, Transcript]:
    """Ask every hidden check of `exercise` and count the points.

    Parameters
    ----------
    exercise : Exercise
        The record.
    backend : Backend
        Whoever answers.
    seed : bytes
        The seed of this submission; it never leaves the grader.
    **options
        Those of ``Student``, such as `memory`.

    Returns
    -------
    Verdict, Transcript
        What was earned, and what was answered to each check.
    """
    results: list[CheckResult] = []
    transcript = Transcript()
    gone: Failure | None = None
    for index, check in enumerate(exercise.checks):
        if gone:
            result = CheckResult(check.label, check.points, 0.0, gone, _LOST)
            answers: list[Any] = [gone]
        else:
            result, answers = ask(exercise, index, backend, seed, **options)
            gone = result.kind if result.kind in _GONE else None
        results.append(result)
        transcript.answers.append(answers)
    return _verdict(exercise, results), transcript


def ask(
    exercise: Exercise,
    index: int,
    backend: Backend,
    seed: bytes,
    **options: Any,
) -> tuple[CheckResult, list[Any]]:
    """Ask one hidden check; return what it found and the answers that it was given.

    The options are those of ``Student``, such as `memory`.
    """
    check = exercise.checks[index]
    student = exercise.student_of(backend, **options)
    # Where one check charges for changed arguments, no other does.
    student.guards_inputs = check.inputs or not any(c.inputs for c in exercise.checks)
    share, reason = 0.0, ""
    kind: Failure | None = None
    try:
        with np.errstate(all="ignore"):
            part = check.run(student, check_rng(seed, exercise.id, index))
        share = 1.0 if part is None else _share(part)
        if share < 1:
            kind, reason = Failure.VALUE, "brings part of the points"
    except CheckFailed as failed:
        kind, reason = failed.kind, failed.reason
        share = min(_share(failed.share), 0.999)  # what fell short is never whole
    except BackendGone as lost:
        kind = Failure(lost.kind)
        reason = lost.reason or _GONE[kind]
    except _UNFORESEEN:
        # An answer of a form that the check did not foresee is a wrong answer.
        share, kind = 0.0, Failure.TYPE
        reason = "the answer does not have the form that the text asks for"
    earned = check.points * share
    result = CheckResult(check.label, check.points, earned, kind, reason)
    return result, student.transcript


def _share(part: Any) -> float:
    share = float(part)
    return min(max(share, 0.0), 1.0) if math.isfinite(share) else 0.0


_UNFORESEEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
_LOST = "not asked, because an earlier check ended the run"
_GONE = {
    Failure.TIMEOUT: (
        "no answer within the time limit; look for a loop that does not end"
    ),
    Failure.CRASHED: (
        "the process ended; look for exit, endless recursion or huge arrays"
    ),
}


def _verdict(exercise: Exercise, results: list[CheckResult]) -> Verdict:
    score = math.fsum(r.earned for r in results)
    passed = all(r.passed for r in results)
    # Shares such as 4/9 must not leave 3.9999999 of 4 points.
    score = float(exercise.points) if passed else round(score, 4)
    return Verdict(
        exercise.id, score, float(exercise.points), _status(results, score), results
    )


def _status(results: list[CheckResult], score: float) -> Status:
    kinds: set[str | None] = {r.kind for r in results if not r.passed}
    if not kinds:
        return Status.CORRECT
    if Failure.DOUBT in kinds:
        return Status.MANUAL
    for status in (Status.TIMEOUT, Status.CRASHED):
        if status in kinds:
            return status
    if score > 0:
        return Status.PARTIAL
    for status in (Status.UNANSWERED, Status.ERROR):
        if kinds == {status}:
            return status
    return Status.WRONG
