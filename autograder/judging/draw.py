"""Draw: choose what the hidden inputs of an exercise are drawn from.

Everybody in a course is asked the same questions. They come from the course's seed and,
exercise by exercise, from a draw, a number. By chance the inputs of a draw may let a
known mistake through (no score of any row is above the margin), so a draw is put to the
bank before anybody is graded by it: every misconception must fall short and every right
variant must earn all points.

The first two draws for which that holds are asked everything. If the misconceptions
earn the same at both, the first is taken. Else chance has a say in what some of them
earn: by those, more draws are compared, and the one is taken at which they earn least.
There the questions see most.
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

# Where the bank earns the same at the first draws that fit, it does at most others too;
# else this many are compared.
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
    bank = Bank(exercise)
    refused: dict[int, list[str]] = {}
    fit: dict[int, Trial] = {}
    numbers = range(MOST if any(c.fresh for c in exercise.checks) else 1)
    for number in numbers:
        trial = bank.trial(seed_of(course_seed, exercise.id, number))
        accepted = trial.wrong_accepted()
        if accepted:
            refused[number] = accepted
        else:
            fit[number] = trial
        varied = _varied(list(fit.values())[:FEW])
        if len(fit) < (MANY if varied else FEW) and number != numbers[-1]:
            continue
        for best in sorted(fit, key=lambda n: (fit[n].earned(varied), n)):
            faults = fit.pop(best).right_refused()
            if not faults:
                return Draw(best, len(refused))
            refused[best] = faults
    best = min(refused, key=lambda n: (len(refused[n]), n))
    return Draw(best, len(refused), tuple(refused[best]))


def _varied(trials: Sequence[Trial]) -> list[Asked]:
    """Return what misconceptions were asked and did not earn the same for everywhere.

    They are asked everything, unless there are too few trials to tell.
    """
    if len(trials) < FEW:
        return []
    first, *others = trials
    return [
        asked
        for asked in first.bank.questions
        if any(
            not math.isclose(trial.share(*asked), first.share(*asked), abs_tol=1e-6)
            for trial in others
        )
    ]


def faults_at(exercise: Exercise, seed: bytes) -> list[str]:
    """Say what the checks accept or refuse wrongly with these inputs."""
    trial = Bank(exercise).trial(seed)
    return trial.wrong_accepted() + trial.right_refused()


Asked = tuple[Implementation | None, int]
"""An entry of the bank, None for the reference, and the index of a check."""


class Bank:
    """The bank of an exercise, and where each of its misconceptions fell short last.

    Parameters
    ----------
    exercise : Exercise
        The record.
    """

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.checks = range(len(exercise.checks))
        self._stumbled: dict[str, int] = {}

    @property
    def questions(self) -> list[Asked]:
        """Every check of every misconception."""
        return [(m, i) for m in self.exercise.misconceptions for i in self.checks]

    def trial(self, seed: bytes) -> Trial:
        """Return the trial of the inputs that come from a seed."""
        return Trial(self, seed)

    def accepted(self, entry: Implementation, trial: Trial) -> bool:
        """Tell whether a misconception earns all points; asks until it falls short."""
        # Where it fell short of another draw it most often does so again.
        last = self._stumbled.get(entry.name, 0)
        for index in sorted(self.checks, key=lambda i: i != last):
            if trial.share(entry, index) < 1:
                self._stumbled[entry.name] = index
                return False
        return True


class Trial:
    """The bank of an exercise, asked with the inputs of one draw.

    Parameters
    ----------
    bank : Bank
        Of the exercise.
    seed : bytes
        From :func:`seed_of`.
    """

    def __init__(self, bank: Bank, seed: bytes) -> None:
        self.bank = bank
        self.exercise = bank.exercise
        self.seed = seed
        self._reference: dict[Any, Any] = {}  # what the reference answered
        self._shares: dict[tuple[int, int], float] = {}

    def wrong_accepted(self) -> list[str]:
        """Name the misconceptions that earn all points."""
        return [
            f"{self.exercise.id}: accepts the misconception {entry.name}"
            for entry in self.exercise.misconceptions
            if self.bank.accepted(entry, self)
        ]

    def right_refused(self) -> list[str]:
        """Name the right answers that do not."""
        return [
            f"{self.exercise.id}: refuses "
            + (f"the right variant {entry.name}" if entry else "the reference")
            for entry in (None, *self.exercise.variants)
            if any(self.share(entry, i) < 1 for i in self.bank.checks)
        ]

    def earned(self, questions: Sequence[Asked]) -> float:
        """Return the points that are earned by all of these together."""
        points = [check.points for check in self.exercise.checks]
        return round(math.fsum(points[i] * self.share(e, i) for e, i in questions), 6)

    def share(self, entry: Implementation | None, index: int) -> float:
        """Return the part of a check's points that an entry earns; asked once."""
        key = id(entry), index
        if key not in self._shares:
            self._shares[key] = self._asked(entry, index)
        return self._shares[key]

    def _asked(self, entry: Implementation | None, index: int) -> float:
        backend = self.exercise.local(entry)
        # Nobody reads reasons or answers: what they need is not worked out.
        options: dict[str, Any] = {"memory": self._reference, "relation": None}
        options["keeps_answers"] = False
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found, _ = ask(self.exercise, index, backend, self.seed, **options)
        except Exception:
            return 0.0  # as for a student: what breaks a check does not pass it
        if found.passed:
            return 1.0
        return min(found.earned / found.points, 0.999) if found.points else 0.0


__all__ = ["Bank", "Draw", "Draws", "Trial", "choose_draw", "faults_at", "seed_of"]
