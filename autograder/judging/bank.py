"""Known code, asked what a student was asked.

The same questions on the same inputs, in this process: it is the course's own code.
Each question is asked at most once, and the order of questions is chosen so that few
are needed; it cannot change an answer.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np

from answer_checks.compare import is_number
from autograder.exercise.record import Exercise, Implementation
from autograder.judging.decide import ask

# Entries agree when they differ by at most this part of the largest one. The loose one
# leaves room for float32; the tight one tells near relations apart.
LOOSE, TIGHT = 1e-4, 1e-9

Asked = tuple[bool, list[Any]]  # whether the check passed, and the answers to it
# The most seconds that a check took, by exercise and number.
_COST: dict[tuple[str, int], float] = {}
# Whether an entry of the bank passed it last time, by exercise, name and number.
_PASSED: dict[tuple[str, str, int], bool] = {}
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


class Known:
    """Known code, asked the checks of one submission, each at most once.

    Without a misconception it is the reference.
    """

    def __init__(
        self,
        exercise: Exercise,
        misconception: Implementation | None,
        secret: bytes,
        memory: dict[Any, Any],
    ) -> None:
        self.exercise = exercise
        self.misconception = misconception
        self.secret = secret
        self.memory = memory
        self.name = misconception.name if misconception else ""
        self.constant = not any(check.fresh for check in exercise.checks)
        self.known: dict[int, Asked] = {}

    def check(self, index: int) -> Asked:
        """Return whether it passes a check, and its answers there."""
        if self.constant and self.misconception:
            # Without fresh inputs its answers are the same for the whole class.
            return _ask_once(self.exercise, self.name, index)
        if index not in self.known:
            started = time.process_time()
            found = _ask(
                self.exercise, self.misconception, index, self.secret, self.memory
            )
            spent = time.process_time() - started
            key = self.exercise.id, index
            _COST[key] = max(spent, _COST.get(key, 0.0))
            _PASSED[self.exercise.id, self.name, index] = found[0]
            self.known[index] = found
        return self.known[index]

    def explains(self, index: int, answers: list[Any]) -> bool:
        """Tell whether it fails a check, and with these answers."""
        passed, own = self.check(index)
        return not passed and bool(answers) and same(answers, own, LOOSE)

    def passes(self, rest: Iterable[int]) -> bool:
        """Tell whether it passes all these checks."""
        turns = sorted(rest, key=lambda i: self.turn(i, failed=False))
        return all(self.check(i)[0] for i in turns)

    def may_have_given(self, answers: list[list[Any]], failed: set[int]) -> bool:
        """Tell whether it explains each failed check; code must pass the others."""
        code = self.exercise.kind == "code"
        asked = range(len(answers)) if code else failed
        return all(
            self.explains(i, answers[i]) if i in failed else self.check(i)[0]
            for i in sorted(asked, key=lambda i: self.turn(i, i in failed))
        )

    def turn(self, index: int, failed: bool) -> float:
        """Return a number for a check: the smaller, the sooner it rules this out.

        Parameters
        ----------
        index : int
            The check.
        failed : bool
            Whether the student failed it.
        """
        passed = _PASSED.get((self.exercise.id, self.name, index))
        likely = _RULES_OUT[failed, passed]
        return _COST.get((self.exercise.id, index), 0.0) / likely


@cache
def _ask_once(exercise: Exercise, slug: str, index: int) -> Asked:
    return _ask(exercise, exercise.known(slug), index, b"", {})


def _ask(
    exercise: Exercise,
    misconception: Implementation | None,
    index: int,
    secret: bytes,
    memory: dict[Any, Any],
) -> Asked:
    # What a check leaves behind may be large, and is let go of with this backend.
    backend = exercise.local(misconception)
    try:
        result, answers = ask(exercise, index, backend, secret, memory=memory)
    except Exception:
        # A broken entry of the bank must not stop a grade; it then explains nothing.
        return True, []
    return result.passed, answers


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


__all__ = ["LOOSE", "TIGHT", "Known", "same"]
