"""Explain: find the misconception behind a wrong answer, and say it in few lines.

A misconception explains a failed check when it fails there too and its answers are the
student's. It is asked the same questions on the same inputs, in this process: it is the
course's own code. Nothing of inputs, expected values or test source enters a sentence.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from autograder import exercises
from autograder.exercises.record import Exercise, Implementation
from autograder.grading.decide import Transcript, Verdict, ask
from autograder.grading.pairs import Pair, find_pairs
from cs231n_lib.advice import ADVICE, Advice, sentence
from cs231n_lib.compare import is_number

MAX_NAMED = 3
MAX_LINES = 5
# Entries agree when they differ by at most this part of the largest one. The loose one
# leaves room for float32; the tight one tells near relations apart.
LOOSE, TIGHT = 1e-4, 1e-9
NOT_COMPARED = frozenset(
    {"correct", "unanswered", "timeout", "crashed", "missing", "unreadable", "manual"}
)

_READ_THE_ERROR = Advice(
    "", "restart the kernel, run all cells and read the last line of the error"
)

Asked = tuple[bool, list[Any]]  # whether the check passed, and the answers to it
# Seconds that a check took last time, by exercise and number. They set the order of
# questions, never what is found.
_COST: dict[tuple[str, int], float] = {}


def explain(
    exercise: Exercise, verdict: Verdict, transcript: Transcript, secret: bytes
) -> Verdict:
    """Name the misconceptions that a wrong answer matches.

    Parameters
    ----------
    exercise : Exercise
        The record.
    verdict : Verdict
        What :func:`autograder.grading.decide.decide` found.
    transcript : Transcript
        What was answered.
    secret : bytes
        The seed of this submission, the one that the checks were run with.

    Returns
    -------
    Verdict
        The same, with ``hint`` and ``misconceptions`` filled in where some match, the
        likeliest first. Unanswered and crashed exercises are not compared.
    """
    left = {i for i, check in enumerate(verdict.checks) if not check.passed}
    complete = len(transcript.answers) == len(verdict.checks) == len(exercise.checks)
    if not left or not complete or verdict.status in NOT_COMPARED:
        return verdict
    memory: dict[Any, Any] = {}
    bank = [_Asked(exercise, m, secret, memory) for m in exercise.misconceptions]
    found = _matches(exercise, bank, transcript, left)
    named, unexplained = _cover(found, left, MAX_NAMED)
    # Answers of a dict are independent of each other; mistakes in code meet.
    if unexplained and exercise.kind == "code":
        right = _Asked(exercise, None, secret, memory)
        pair, explained = _best_pair(bank, right, transcript.answers, left)
        if len(explained) > len(left) - len(unexplained):
            others = [match for match in found if match.misconception not in pair]
            more, _ = _cover(others, left - explained, MAX_NAMED - len(pair))
            named = [*pair, *more]
    if not named:
        return verdict
    hint = " ".join(f"{_sentence(m.says)} {m.hint}" for m in named)
    return replace(verdict, hint=hint, misconceptions=[m.name for m in named])


def lines(verdict: Verdict) -> list[str]:
    """Say in at most five lines what differs, the likely reason and the next step.

    Parameters
    ----------
    verdict : Verdict
        A verdict, explained or not.

    Returns
    -------
    list of str
        For the student; empty where there is nothing to say.
    """
    failed = [check for check in verdict.checks if not check.passed]
    if verdict.status == "unanswered":
        return ["Not answered yet."]
    if not failed:
        return []
    first = failed[0]
    where = sentence(f"{first.label}: {first.reason}")
    if len(verdict.checks) > 1:
        count = f"{len(failed)} of {len(verdict.checks)} checks fell short"
        where = f"{count}{', the first' if len(failed) > 1 else ''}: {where}"
    said = [_one_line(where)]
    named = [m for slug in verdict.misconceptions if (m := _look_up(verdict, slug))]
    for i, misconception in enumerate(named):
        start = "Also likely" if i else "Likely reason"
        said.append(f"{start}: {misconception.says}.")
        said.append(f"Next step: {misconception.hint}")
    if not named and verdict.hint:
        said.append(f"Likely reason: {verdict.hint}")
    elif not named:
        said += _advice(first.kind)
    return said[:MAX_LINES]


def _advice(kind: str) -> list[str]:
    """Say what the visible checks say of such a failure; nothing of an unknown kind."""
    advice = _READ_THE_ERROR if kind == "error" else ADVICE.get(kind, Advice("", ""))
    said = [f"Likely reason: {sentence(advice.likely)}"] if advice.likely else []
    return said + ([f"Next step: {sentence(advice.step)}"] if advice.step else [])


@dataclass(frozen=True)
class _Match:
    """A misconception that explains at least one failed check."""

    misconception: Implementation
    explains: frozenset[int]  # failed checks with the same answers
    against: int  # checks that it fails and the student passes
    agrees: int  # checks of any outcome with the same answers
    closely: int  # those with the same answers up to rounding
    fails: int  # checks that it fails: the fewer, the more specific

    def rank(self, left: set[int]) -> tuple[int, int, int, int, int]:
        """Order by what it explains of `left`, then by how well it fits the rest."""
        new = len(self.explains & left)
        return new, -self.against, self.agrees, self.closely, -self.fails


def _matches(
    exercise: Exercise,
    bank: Sequence[_Asked],
    transcript: Transcript,
    failed: set[int],
) -> list[_Match]:
    tried = (_match(exercise, asked, transcript.answers, failed) for asked in bank)
    return [match for match in tried if match]


def _cover(
    found: Sequence[_Match], failed: set[int], most: int
) -> tuple[list[Implementation], set[int]]:
    """Choose misconceptions, the likeliest first; return what they leave unexplained.

    Each of them explains a failed check that none before it does.
    """
    named: list[Implementation] = []
    left, found = set(failed), list(found)
    while left and len(named) < most:
        best = max(found, key=lambda match: match.rank(left), default=None)
        if best is None or not best.explains & left:
            break
        named.append(best.misconception)
        left -= best.explains
        found.remove(best)
    return named, left


def _best_pair(
    bank: Sequence[_Asked], right: _Asked, answers: list[list[Any]], failed: set[int]
) -> tuple[list[Implementation], frozenset[int]]:
    """Return the two misconceptions that together explain the most failed checks."""
    pairs = find_pairs(
        {i: answers[i] for i in failed},
        {i: right.check(i)[1] for i in failed},
        [{i: asked.check(i)[1] for i in failed} for asked in bank],
    )
    rest = [i for i in range(len(answers)) if i not in failed]

    def rank(pair: Pair) -> tuple[int, int]:
        fails = [
            not a.check(i)[0]
            for a in (bank[pair.first], bank[pair.second])
            for i in failed
        ]
        return len(pair.explains), -sum(fails)

    for pair in sorted(pairs, key=rank, reverse=True):
        both = (bank[pair.first], bank[pair.second])
        # As for one: code with these faults would have failed there too.
        if all(asked.check(i)[0] for asked in both for i in rest):
            return [a.misconception for a in both if a.misconception], pair.explains
    return [], frozenset()


def _match(
    exercise: Exercise, asked: _Asked, answers: list[list[Any]], failed: set[int]
) -> _Match | None:
    code = exercise.kind == "code"
    explains: set[int] = set()
    against, unasked = 0, set(failed)

    def turn(i: int) -> tuple[bool, float]:
        """Ask first what may end the comparison, and what costs least."""
        return not code and i not in failed, _COST.get((exercise.id, i), 0.0)

    for i in sorted(range(len(answers)), key=turn):
        passed, theirs = asked.check(i)
        if i in failed:
            unasked.discard(i)
            if not passed and answers[i] and _same(answers[i], theirs, LOOSE):
                explains.add(i)
            if not unasked and not any(_telling(answers[i]) for i in explains):
                return None
        elif not passed:
            against += 1
            # Code with this fault would have failed there too. Answers of a dict are
            # independent of each other.
            if code:
                return None
    every = [(asked.check(i), answers[i]) for i in range(len(answers))]
    return _Match(
        asked.misconception,
        frozenset(explains),
        against,
        agrees=sum(_same(ours, theirs, LOOSE) for (_, theirs), ours in every),
        closely=sum(_same(ours, theirs, TIGHT) for (_, theirs), ours in every),
        fails=sum(not passed for (passed, _), _ in every),
    )


class _Asked:
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
        self.backend = exercise.local(misconception)
        self.constant = not any(check.fresh for check in exercise.checks)
        self.known: dict[int, Asked] = {}

    def check(self, index: int) -> Asked:
        """Return whether it passes a check, and its answers there."""
        if self.constant and self.misconception:
            # Without fresh inputs its answers are the same for the whole class.
            return _ask_once(self.exercise, self.misconception.name, index)
        if index not in self.known:
            started = time.process_time()
            self.known[index] = _ask(
                self.exercise, self.backend, index, self.secret, memory=self.memory
            )
            _COST[self.exercise.id, index] = time.process_time() - started
        return self.known[index]


@cache
def _ask_once(exercise: Exercise, slug: str, index: int) -> Asked:
    return _ask(exercise, exercise.local(exercise.known(slug)), index, b"")


def _ask(
    exercise: Exercise, backend: Any, index: int, secret: bytes, **options: Any
) -> Asked:
    try:
        result, answers = ask(exercise, index, backend, secret, **options)
    except Exception:
        # A broken entry of the bank must not stop a grade; it then explains nothing.
        return True, []
    return result.passed, answers


def _telling(answers: Iterable[Any]) -> bool:
    """Tell whether more than an error was seen: any code may raise a ValueError."""
    return any(not (isinstance(a, tuple) and a[:1] == ("error",)) for a in answers)


def _same(got: Any, want: Any, tolerance: float) -> bool:
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
        return len(got) == len(want) and all(_same(a, b, tolerance) for a, b in pairs)
    if isinstance(got, Mapping) and isinstance(want, Mapping):
        return got.keys() == want.keys() and all(
            _same(got[key], want[key], tolerance) for key in want
        )
    if isinstance(got, bool | np.bool_) and isinstance(want, bool | np.bool_):
        return bool(got) == bool(want)
    return type(got) is type(want) and bool(got == want)


def _close(got: np.ndarray, want: np.ndarray, tolerance: float) -> bool:
    finite = np.abs(want[np.isfinite(want)])
    scale = float(finite.max()) if finite.size else 0.0
    with np.errstate(all="ignore"):
        return np.allclose(
            got, want, rtol=0, atol=tolerance * (scale or 1), equal_nan=True
        )


def _look_up(verdict: Verdict, slug: str) -> Implementation | None:
    try:
        return exercises.get(verdict.exercise).known(slug)
    except KeyError:
        return None


def _sentence(says: str) -> str:
    return says[:1].upper() + says[1:] + "."


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]


__all__: Sequence[str] = ["explain", "lines"]
