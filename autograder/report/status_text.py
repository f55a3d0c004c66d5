"""The plain words for a status, and what a status counts as."""

from __future__ import annotations

from autograder.course.exercises import get
from autograder.verdict import Verdict

# What a student reads.
WORDS = {
    "correct": "correct",
    "partial": "partly correct",
    "wrong": "not correct yet",
    "error": "your code raised an error",
    "unanswered": "not answered yet",
    "timeout": "your code did not end within the time limit",
    "crashed": "your code ended the process that ran it",
    "missing": "not found in what you handed in",
    "unreadable": "your file could not be read",
    "manual": "graded by a person",
}
BY_PERSON = "scored by a person"


def title(exercise: str) -> str:
    """Return the title of an exercise; its id where there is none."""
    try:
        return get(exercise).title or exercise
    except KeyError:
        return exercise


def scored(verdict: Verdict) -> bool:
    """Tell whether a person has entered the score."""
    return verdict.note.startswith(BY_PERSON)


def waits(verdict: Verdict) -> bool:
    """Tell whether a person still has to enter the score."""
    return verdict.status == "manual" and not scored(verdict)


def group(verdict: Verdict) -> str:
    """Put a verdict into one of five groups, each with a colour of its own.

    Returns
    -------
    str
        ``"full"``, ``"part"``, ``"none"``, ``"nothing"`` (no answer to judge) or
        ``"waits"``.
    """
    if waits(verdict):
        return "waits"
    if verdict.score >= verdict.max_score:
        return "full"
    if verdict.score > 0:
        return "part"
    if verdict.status in ("unanswered", "missing", "unreadable"):
        return "nothing"
    return "none"
