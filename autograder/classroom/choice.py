"""The choice of a draw, as a worker is handed it.

It stands apart from the gradebook, which no worker opens and which is slow to load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course.exercises import at_course, get
from autograder.judging.draw import Draw, choose_draw


@dataclass(frozen=True)
class Choice:
    """The choice of the draw of one exercise: all that a worker with the course needs.

    Attributes
    ----------
    exercise : str
        The id.
    root : Path or None
        The course folder.
    seed : bytes
        The course's seed.
    kept : int or None
        The draw that has been graded by, if any.
    """

    exercise: str
    root: Path | None
    seed: bytes = field(repr=False)
    kept: int | None = None


Spread = Callable[[Sequence[Choice]], Iterable[Draw]]


def choose(choice: Choice) -> Draw:
    """Choose the draw of an exercise of the course that `choice` names."""
    with at_course(choice.root):
        return choose_draw(get(choice.exercise), choice.seed, choice.kept)


__all__ = ["Choice", "Spread", "choose"]
