"""How the exercises stand whose visible checks have run in this process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from answer_checks.transcript import Transcript


class State(StrEnum):
    """How an exercise stands."""

    PASSED = "passed"
    WRONG = "wrong"
    OPEN = "open"


@dataclass(frozen=True)
class Finished:
    """The last run of an exercise's visible checks.

    Attributes
    ----------
    exercise : str
        The id.
    state : State
        How it stands.
    message : str
        What was said to the student.
    transcript : Transcript
        What the checks saw.
    """

    exercise: str
    state: State
    message: str
    transcript: Transcript = field(repr=False)


_finished: dict[str, Finished] = {}


def note(finished: Finished) -> None:
    """Remember a run in place of the exercise's earlier one."""
    _finished.pop(finished.exercise, None)  # the last run comes last
    _finished[finished.exercise] = finished


def finished() -> Mapping[str, Finished]:
    """Return the last run of each exercise, by id, in the order in which they ran."""
    return dict(_finished)


def forget() -> None:
    """Forget every run."""
    _finished.clear()
