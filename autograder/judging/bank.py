"""Ask the code of the bank what a class was asked.

The same questions on the same inputs, in this process: it is the course's own code. A
class shares its questions, so each is asked of the bank once and remembered.
"""

from __future__ import annotations

from collections import ChainMap, OrderedDict
from dataclasses import dataclass, field
from typing import Any

from autograder.exercise.record import Exercise, Implementation
from autograder.judging.decide import ask

# More than the exercises of a course; a worker of a cluster may serve several.
MOST_KEPT = 128
# Students, before it pays to ask the reference all that a class is asked.
FEW = 8

Asked = tuple[bool, list[Any]]
"""Whether a check passed, and the answers to it."""


class BankAnswers:
    """What the reference and the bank of an exercise answer to one set of questions.

    Parameters
    ----------
    exercise : Exercise
        The record.
    seed : bytes
        What the inputs of the exercise are drawn from.
    """

    def __init__(self, exercise: Exercise, seed: bytes) -> None:
        self.exercise = exercise
        self.seed = seed
        self._reference: dict[Any, Any] = {}  # what it answered to which arguments
        self._asked: dict[tuple[str, int], Asked] = {}
        self._students = 0

    def of(self, entry: Implementation | None, index: int) -> Asked:
        """Return what an entry does in one check; the reference's for None."""
        key = (entry.name if entry else "", index)
        if key not in self._asked:
            self._asked[key] = self._ask(entry, index)
        return self._asked[key]

    def memory_of_a_student(self) -> ChainMap[Any, Any]:
        """Return what the reference gave for the arguments that everybody is asked for.

        What one student's answers lead to besides is kept in front of it, and goes when
        that student has been judged: what is kept for a class does not grow with it.
        """
        self._students += 1
        if self._students > FEW:
            for index in range(len(self.exercise.checks)):
                self.of(None, index)
        return ChainMap({}, self._reference)

    def _ask(self, entry: Implementation | None, index: int) -> Asked:
        # What a check leaves behind may be large; it is let go of with this backend.
        backend = self.exercise.local(entry)
        try:
            result, answers = ask(
                self.exercise, index, backend, self.seed, memory=self._reference
            )
        except Exception:
            # A broken entry of the bank must not stop a grade; it explains nothing.
            return True, []
        return result.passed, answers


@dataclass
class BankMemory:
    """The answers of the bank to the questions that were asked last.

    Whoever judges many submissions keeps one.
    """

    kept: OrderedDict[tuple[Exercise, bytes], BankAnswers] = field(
        default_factory=OrderedDict
    )

    def answers(self, exercise: Exercise, seed: bytes) -> BankAnswers:
        """Return the bank's answers to these questions, those of before if any."""
        key = exercise, seed
        found = self.kept.pop(key, None) or BankAnswers(exercise, seed)
        self.kept[key] = found
        while len(self.kept) > MOST_KEPT:
            self.kept.popitem(last=False)
        return found


__all__ = ["Asked", "BankAnswers", "BankMemory"]
