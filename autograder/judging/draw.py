"""Draw: choose what the hidden inputs of an exercise are drawn from.

Everybody in a course is asked the same questions. They come from the course's seed and,
exercise by exercise, from a draw, a number. By chance the inputs of a draw may let a
known mistake through (no score of any row is above the margin), so a draw is put to the
bank before anybody is graded by it: every misconception must fall short and every right
variant must earn all points. Of the first draws for which that holds the one is taken
at which the misconceptions earn least: there the questions see most.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import math
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.exercise.record import Exercise, Implementation
from autograder.judging.decide import ask

# Where the bank earns the same at the first draws that are looked at, it does at most
# others too; else this many are compared.
FEW, MANY = 2, 8
MOST = 40  # then one is taken that is not as it must be, and said to be so

Draws = Mapping[str, int]
"""For an exercise's id, the draw that is in use; 0 for one that is not named."""


def seed_of(course_seed: bytes, exercise: str, draw: int = 0) -> bytes:
    """Return what the inputs of one exercise are drawn from.

    Parameters
    ----------
    course_seed : bytes
        The gradebook keeps it.
    exercise : str
        The exercise's id.
    draw : int
        Which draw, from 0.
    """
    message = json.dumps([exercise, draw]).encode()
    return hmac.new(course_seed, message, hashlib.sha256).digest()


@dataclass(frozen=True)
class Draw:
    """The draw of an exercise that was chosen.

    Attributes
    ----------
    number : int
        Which one.
    refused : int
        How many before it let a misconception through or refused a right answer.
    faults : tuple of str
        What is wrong with it all the same, where none was better; empty otherwise.
    """

    number: int
    refused: int = 0
    faults: tuple[str, ...] = ()


def choose_draw(
    exercise: Exercise, course_seed: bytes, kept: int | None = None
) -> Draw:
    """Choose the draw of an exercise; the same for the same seed and exercise.

    Parameters
    ----------
    exercise : Exercise
        The record; one without checks has the draw 0.
    course_seed : bytes
        The gradebook keeps it.
    kept : int, optional
        A draw that has been graded by. It stays if it is still as it must be, whatever
        other draws are like.

    Returns
    -------
    Draw
        The number of the draw, and what is to be said of it.
    """
    if kept is not None:
        if not faults_at(exercise, seed_of(course_seed, exercise.id, kept)):
            return Draw(kept)
    if not exercise.checks:
        return Draw(0)
    refused: dict[int, list[str]] = {}
    fit: dict[int, Trial] = {}
    numbers = range(MOST if any(c.fresh for c in exercise.checks) else 1)
    for number in numbers:
        trial = Trial(exercise, seed_of(course_seed, exercise.id, number))
        accepted = trial.wrong_accepted()
        if accepted:
            refused[number] = accepted
        else:
            fit[number] = trial
        if not _enough(list(fit.values())) and number != numbers[-1]:
            continue
        for best in sorted(fit, key=lambda n: (fit[n].total(), n)):
            faults = fit.pop(best).right_refused()
            if not faults:
                return Draw(best, len(refused))
            refused[best] = faults
    best = min(refused, key=lambda n: (len(refused[n]), n))
    return Draw(best, len(refused), tuple(refused[best]))


def _enough(trials: Sequence[Trial]) -> bool:
    """Tell whether enough draws have been looked at to choose one of them."""
    same = all(trial.earned() == trials[0].earned() for trial in trials)
    return len(trials) >= (FEW if same else MANY)


def faults_at(exercise: Exercise, seed: bytes) -> list[str]:
    """Say what the checks accept or refuse wrongly with these inputs."""
    trial = Trial(exercise, seed)
    return trial.wrong_accepted() + trial.right_refused()


class Trial:
    """The bank of an exercise, asked with the inputs of one draw.

    Parameters
    ----------
    exercise : Exercise
        The record.
    seed : bytes
        From :func:`seed_of`.
    """

    def __init__(self, exercise: Exercise, seed: bytes) -> None:
        self.exercise = exercise
        self.seed = seed
        self._reference: dict[Any, Any] = {}  # what the reference answered
        self._shares: dict[tuple[int, int], float] = {}

    def wrong_accepted(self) -> list[str]:
        """Name the misconceptions that earn all points."""
        checks = range(len(self.exercise.checks))
        return [
            f"{self.exercise.id}: accepts the misconception {entry.name}"
            for entry in self.exercise.misconceptions
            if all(self._share(entry, i) == 1 for i in checks)
        ]

    def right_refused(self) -> list[str]:
        """Name the right answers that do not."""
        checks = range(len(self.exercise.checks))
        return [
            f"{self.exercise.id}: refuses "
            + (f"the right variant {entry.name}" if entry else "the reference")
            for entry in (None, *self.exercise.variants)
            if any(self._share(entry, i) < 1 for i in checks)
        ]

    def earned(self) -> dict[str, float]:
        """Return the points of each misconception, by name."""
        points = [check.points for check in self.exercise.checks]
        return {
            entry.name: round(
                math.fsum(p * self._share(entry, i) for i, p in enumerate(points)), 6
            )
            for entry in self.exercise.misconceptions
        }

    def total(self) -> float:
        """Return the points of all misconceptions together."""
        return math.fsum(self.earned().values())

    def _share(self, entry: Implementation | None, index: int) -> float:
        """Return the part of a check's points that an entry earns; asked once."""
        key = id(entry), index
        if key not in self._shares:
            self._shares[key] = self._asked(entry, index)
        return self._shares[key]

    def _asked(self, entry: Implementation | None, index: int) -> float:
        backend = self.exercise.local(entry)
        # Nobody reads the reasons: what the course knows to say of them is not asked.
        options = {"memory": self._reference, "relation": None}
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found, _ = ask(self.exercise, index, backend, self.seed, **options)
        except Exception:
            return 0.0  # as for a student: what breaks a check does not pass it
        if found.passed:
            return 1.0
        return min(found.earned / found.points, 0.999) if found.points else 0.0


__all__ = ["Draw", "Draws", "Trial", "choose_draw", "faults_at", "seed_of"]
