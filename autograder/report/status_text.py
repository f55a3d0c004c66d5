"""The plain words for a status, and what a status counts as."""

from __future__ import annotations

from enum import StrEnum

from autograder.course.exercises import get
from autograder.errors import UserError
from autograder.verdict import NO_ANSWER, Counts, Status, Verdict

# What a student reads.
STATUS_TEXT = {
    Status.CORRECT: "correct",
    Status.PARTIAL: "partly correct",
    Status.WRONG: "not correct yet",
    Status.ERROR: "your code raised an error",
    Status.UNANSWERED: "not answered yet",
    Status.TIMEOUT: "your code did not end within the time limit",
    Status.CRASHED: "your code ended the process that ran it",
    Status.MISSING: "not found in what you handed in",
    Status.UNREADABLE: "your file could not be read",
    Status.MANUAL: "graded by a person",
}


class Group(StrEnum):
    """What a verdict counts as; each group has a colour of its own."""

    FULL = "full"
    PART = "part"
    NONE = "none"
    NOTHING = "nothing"
    """There was no answer to judge."""
    WAITS = "waits"
    """A person still has to enter the score."""


def title(exercise: str) -> str:
    """Return the title of an exercise; its id where there is none."""
    try:
        return get(exercise).title or exercise
    except (KeyError, UserError):  # a cell that has no exercise behind it
        return exercise


def waits(verdict: Verdict) -> bool:
    """Tell whether a person still has to enter the score."""
    settled = verdict.by_person or verdict.counts in (Counts.TAKEN_OUT, Counts.GIVEN)
    return verdict.status is Status.MANUAL and not settled


def group(verdict: Verdict) -> Group:
    """Put a verdict into one of five groups."""
    if waits(verdict):
        return Group.WAITS
    if verdict.score >= verdict.max_score:
        return Group.FULL
    if verdict.score > 0:
        return Group.PART
    if verdict.status in NO_ANSWER:
        return Group.NOTHING
    return Group.NONE
