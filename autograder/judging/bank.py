"""Ask the code of the bank what a student was asked.

The same questions on the same inputs, in this process: it is the course's own code.
Each question is asked at most once, and the order of questions is chosen so that few
are needed; it cannot change an answer.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from answer_checks.compare import is_number
from autograder.exercise.kinds import ExerciseKind
from autograder.exercise.record import Exercise, Implementation
from autograder.judging.decide import ask

# Entries agree when they differ by at most this part of the largest one. The loose one
# leaves room for float32; the tight one tells near relations apart.
LOOSE, TIGHT = 1e-4, 1e-9

Asked = tuple[bool, list[Any]]  # whether the check passed, and the answers to it
# How likely a check is to tell an entry from a student, by whether the student failed
# it and whether the entry passed it last time.
_RULES_OUT = {
    (True, True): 1.0,
    (True, None): 0.5,
    (True, False): 0.5,
    (False, True): 0.02,
    (False, None): 0.5,
    (False, False): 1.0,
}


@dataclass
class BankMemory:
    """What is remembered of the bank from one submission to the next.

    It makes later comparisons cheaper and changes none of them. Whoever judges many
    submissions keeps one, for as long as the course does not change.

    Attributes
    ----------
    seconds : dict
        The most CPU time that a check took, by exercise and check.
    passed : dict
        Whether an entry passed a check last time, by exercise, entry and check.
    constant : dict
        The answers to checks whose questions are the same for the whole class.
    """

    seconds: dict[tuple[str, int], float] = field(default_factory=dict)
    passed: dict[tuple[str, str, int], bool] = field(default_factory=dict)
    constant: dict[tuple[Exercise, str, int], Asked] = field(default_factory=dict)


@dataclass
class SubmissionQuestions:
    """What one submission was asked, for asking the bank the same.

    Attributes
    ----------
    exercise : Exercise
        The record.
    seed : bytes
        The seed of the submission.
    memory : BankMemory
        What is known from earlier submissions.
    reference_answers : dict
        What the reference answered to which arguments; filled as it is asked.
    """

    exercise: Exercise
    seed: bytes
    memory: BankMemory = field(default_factory=BankMemory)
    reference_answers: dict[Any, Any] = field(default_factory=dict)

    def ask(self, entry: Implementation | None, index: int) -> Asked:
        """Ask one check of an entry of the bank, or of the reference."""
        # What a check leaves behind may be large; it is let go of with this backend.
        backend = self.exercise.local(entry)
        try:
            result, answers = ask(
                self.exercise, index, backend, self.seed, memory=self.reference_answers
            )
        except Exception:
            # A broken entry of the bank must not stop a grade; it explains nothing.
            return True, []
        return result.passed, answers


class EntryRun:
    """One entry of the bank, asked the checks of one submission, each at most once.

    Parameters
    ----------
    questions : SubmissionQuestions
        What to ask.
    misconception : Implementation
        The entry.
    """

    def __init__(
        self, questions: SubmissionQuestions, misconception: Implementation
    ) -> None:
        self.questions = questions
        self.exercise = questions.exercise
        self.memory = questions.memory
        self.misconception = misconception
        fresh = any(check.fresh for check in self.exercise.checks)
        # Without fresh inputs its answers are the same for the whole class.
        self.constant = not fresh
        self.asked: dict[int, Asked] = {}

    def check(self, index: int) -> Asked:
        """Return whether it passes a check, and its answers there."""
        if self.constant:
            question = self.exercise, self.misconception.name, index
            if question not in self.memory.constant:
                asked = self.questions.ask(self.misconception, index)
                self.memory.constant[question] = asked
            return self.memory.constant[question]
        if index not in self.asked:
            started = time.process_time()
            asked = self.questions.ask(self.misconception, index)
            spent = time.process_time() - started
            check = self.exercise.id, index
            self.memory.seconds[check] = max(spent, self.memory.seconds.get(check, 0.0))
            key = self.exercise.id, self.misconception.name, index
            self.memory.passed[key] = asked[0]
            self.asked[index] = asked
        return self.asked[index]

    def explains(self, index: int, answers: list[Any]) -> bool:
        """Tell whether it fails a check, and with these answers."""
        passed, own = self.check(index)
        return not passed and bool(answers) and same(answers, own, LOOSE)

    def passes(self, checks: Iterable[int]) -> bool:
        """Tell whether it passes all these checks."""
        ordered = sorted(checks, key=lambda i: self.cost(i, failed=False))
        return all(self.check(i)[0] for i in ordered)

    def may_have_given(self, answers: list[list[Any]], failed: set[int]) -> bool:
        """Tell whether it explains each failed check; code must pass the others."""
        code = self.exercise.kind is ExerciseKind.CODE
        checks = range(len(answers)) if code else failed
        return all(
            self.explains(i, answers[i]) if i in failed else self.check(i)[0]
            for i in sorted(checks, key=lambda i: self.cost(i, i in failed))
        )

    def cost(self, index: int, failed: bool) -> float:
        """Return what a check costs for its chance to rule this entry out.

        Parameters
        ----------
        index : int
            The check.
        failed : bool
            Whether the student failed it.
        """
        passed = self.memory.passed.get(
            (self.exercise.id, self.misconception.name, index)
        )
        likely = _RULES_OUT[failed, passed]
        return self.memory.seconds.get((self.exercise.id, index), 0.0) / likely


def same(got: Any, want: Any, tolerance: float) -> bool:
    """Tell whether two answers are equal in structure and, nearly, in their numbers."""
    if is_number(got) and is_number(want):
        try:
            got, want = np.asarray(float(got)), np.asarray(float(want))
        except OverflowError:  # an integer beyond any float
            return False
        return _close(got, want, tolerance)
    if isinstance(got, np.ndarray) and isinstance(want, np.ndarray):
        if got.shape != want.shape:
            return False
        if got.dtype.kind not in "biuf" or want.dtype.kind not in "biuf":
            return False
        return _close(got.astype(float), want.astype(float), tolerance)
    if isinstance(got, tuple | list) and isinstance(want, tuple | list):
        pairs = zip(got, want, strict=False)
        return len(got) == len(want) and all(same(a, b, tolerance) for a, b in pairs)
    if isinstance(got, Mapping) and isinstance(want, Mapping):
        return got.keys() == want.keys() and all(
            same(got[key], want[key], tolerance) for key in want
        )
    if isinstance(got, bool | np.bool_) and isinstance(want, bool | np.bool_):
        return bool(got) == bool(want)
    return type(got) is type(want) and bool(got == want)


def _close(got: np.ndarray, want: np.ndarray, tolerance: float) -> bool:
    finite = np.abs(want[np.isfinite(want)])
    scale = float(finite.max()) if finite.size else 0.0
    with np.errstate(all="ignore"):
        near = np.abs(got - want) <= tolerance * (scale or 1)
    if near.all():
        return True
    near |= (got == want) | (np.isnan(got) & np.isnan(want))
    return bool(near.all())
