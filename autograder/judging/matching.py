"""Find the misconceptions whose answers a student gave.

A reason is named only where it is true of all that was seen: what a misconception
answers is what the student answered, to every question, those of passed checks
included. That the same checks fall short is not enough, for many mistakes do that.
Several misconceptions are named where each is found in all its own wrong answers and
together they account for every other one. No reason beats a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from autograder.exercise.kinds import ExerciseKind
from autograder.exercise.record import Implementation
from autograder.judging.alike import distance, leaves_of
from autograder.judging.bank import BankAnswers
from autograder.judging.double_mistakes import Pair, find_pairs
from autograder.verdict import Failure

MAX_NAMED = 3
# Answers are the same within this part of the largest number: room for another order
# of summation, for float32 and for finite differences. A number that a person worked
# out and typed is rounded.
CLOSE, TYPED = 1e-5, 2e-3
ROUNDING = 1e-9
# A match must be nearer to the misconception than the misconception is to what is
# right, by this factor.
NEARER = 0.1
# A check that fell short so gave no value to compare; its own reason says enough.
NO_VALUE = frozenset(
    {
        Failure.UNANSWERED,
        Failure.ERROR,
        Failure.TYPE,
        Failure.FINITE,
        Failure.INPUTS,
        Failure.LOOPS,
    }
)
INPUTS_CHANGED = "inputs changed"
_NOTHING = object()  # like no answer


@dataclass(frozen=True)
class Given:
    """What a student answered, and how the checks fell short.

    Attributes
    ----------
    answers : list of list
        To each check.
    failed : mapping
        In which way each check fell short that did.
    """

    answers: Sequence[list[Any]]
    failed: Mapping[int, Failure | None]


def find_misconceptions(bank: BankAnswers, given: Given) -> list[Implementation]:
    """Return the misconceptions that account for the answers, at most three.

    Parameters
    ----------
    bank : BankAnswers
        What the bank answers to the same questions.
    given : Given
        The student's answers.
    """
    entries = [Match(bank, m, given) for m in bank.exercise.misconceptions]
    if bank.exercise.kind is not ExerciseKind.CODE:
        # The answers of a dict are independent of each other: one that is known is
        # named beside one that is not.
        parts = [match for match in entries if match.is_part]
        return [match.entry for match in _cover(parts, set(given.failed))[0]]
    whole = [match for match in entries if match.is_whole]
    if whole:
        nearest, *others = sorted(whole, key=lambda m: (-m.agreed, m.furthest))
        # What these questions do not tell apart, nobody can name.
        close = max(10 * nearest.furthest, ROUNDING)
        equal = [m for m in others if m.agreed == nearest.agreed]
        told_apart = all(
            match.furthest > close or match.entry.says == nearest.entry.says
            for match in equal
        )
        return [nearest.entry] if told_apart else []
    needed = {i for i, kind in given.failed.items() if kind not in NO_VALUE}
    parts = [match for match in entries if match.is_part]
    named, left = _cover(parts, needed)
    if named and not left and _account(named, bank, given):
        return [match.entry for match in named]
    return _pair(entries, parts, needed, bank, given)


class Match:
    """One misconception beside what a student answered.

    Parameters
    ----------
    bank : BankAnswers
        What the bank answers.
    entry : Implementation
        The misconception.
    given : Given
        The student's answers.
    """

    def __init__(self, bank: BankAnswers, entry: Implementation, given: Given) -> None:
        self.bank = bank
        self.entry = entry
        self.given = given
        code = bank.exercise.kind is ExerciseKind.CODE
        self._close = CLOSE if code else TYPED
        self._apart: dict[int, float] = {}

    def passes(self, index: int) -> bool:
        """Tell whether the misconception passes a check."""
        return self.bank.of(self.entry, index)[0]

    def agrees(self, index: int) -> bool:
        """Tell whether its answers to a check are the student's."""
        passed, own = self.bank.of(self.entry, index)
        theirs = self.given.answers[index]
        if passed is (index in self.given.failed) or not (theirs or passed):
            return False
        apart = self.apart(index)
        if apart > self._close:
            return False
        if passed:
            return True
        right = self.bank.of(None, index)[1]
        wrong_by = distance(_values(own), _values(right)[: len(_values(own))])
        if apart > NEARER * wrong_by:
            return False
        changed = [INPUTS_CHANGED in map(_text, a) for a in (theirs, own)]
        # Whose values are wrong is known by them, also where it changes its arguments.
        return changed[0] == changed[1] or wrong_by > self._close

    def apart(self, index: int) -> float:
        """Return how far its answers to a check are from the student's."""
        if index not in self._apart:
            own = self.bank.of(self.entry, index)[1]
            theirs = self.given.answers[index]
            self._apart[index] = distance(_values(theirs), _values(own))
        return self._apart[index]

    def shows(self, index: int) -> bool | None:
        """Tell whether its mistakes are in the student's answers to a check.

        Returns
        -------
        bool or None
            Whether each part in which it differs from what is right is the student's;
            None where it differs in none, such as after the student's check had ended.
        """
        theirs = leaves_of(_values(self.given.answers[index]))
        own = leaves_of(_values(self.bank.of(self.entry, index)[1]))
        right = leaves_of(_values(self.bank.of(None, index)[1]))
        last = len(_values(self.given.answers[index]))
        wrong = 0
        for path, value in own.items():
            if path and path[0] >= last:
                break
            wrong_by = distance(value, right.get(path, _NOTHING))
            if wrong_by <= self._close:
                continue
            wrong += 1
            near = min(self._close, NEARER * wrong_by)
            if distance(theirs.get(path, _NOTHING), value) > near:
                return False
        return True if wrong else None

    @cached_property
    def explains(self) -> frozenset[int]:
        """The failed checks in which its mistakes are in the student's answers."""
        return frozenset(
            i
            for i in self.given.failed
            if not self.passes(i)
            and _telling(self.given.answers[i])
            and (self.agrees(i) or self.shows(i))
        )

    @cached_property
    def is_part(self) -> bool:
        """Whether all its mistakes are in the student's answers, where there are any.

        Other mistakes may be there beside them.
        """
        wrong = [i for i in range(len(self.given.answers)) if not self.passes(i)]
        return bool(self.explains) and all(
            i in self.explains
            or self._excused(i)
            or (i in self.given.failed and self.shows(i) is None)
            for i in wrong
        )

    @cached_property
    def is_whole(self) -> bool:
        """Whether the student's answers are its own to all checks, passed ones too."""
        return bool(self.explains) and all(
            self.agrees(i) or self._excused(i) for i in range(len(self.given.answers))
        )

    @property
    def agreed(self) -> int:
        """How many checks it answers as the student does."""
        return sum(self.agrees(i) for i in range(len(self.given.answers)))

    @property
    def furthest(self) -> float:
        """How far its answers are from the student's where they are furthest."""
        count = range(len(self.given.answers))
        return max((self.apart(i) for i in count if self.agrees(i)), default=0.0)

    def _excused(self, index: int) -> bool:
        return self.given.failed.get(index) in NO_VALUE


def _account(named: Sequence[Match], bank: BankAnswers, given: Given) -> bool:
    """Tell whether every part of every answer is as it should be, or as one named has.

    A check that gave no value is left out.
    """
    for i, answers in enumerate(given.answers):
        if given.failed.get(i) in NO_VALUE:
            continue
        known = [
            leaves_of(_values(answered))
            for _, answered in [
                bank.of(None, i),
                *(m.bank.of(m.entry, i) for m in named),
            ]
        ]
        for path, value in leaves_of(_values(answers)).items():
            if not any(distance(value, k.get(path, _NOTHING)) <= CLOSE for k in known):
                return False
    return True


def _cover(parts: Sequence[Match], failed: set[int]) -> tuple[list[Match], set[int]]:
    """Choose misconceptions, the likeliest first; return what they leave unexplained.

    Each of them explains a failed check that none before it does.
    """
    named: list[Match] = []
    left, parts = set(failed), list(parts)
    while left and len(named) < MAX_NAMED:
        best = max(
            parts, key=lambda m: (len(m.explains & left), -m.furthest), default=None
        )
        if best is None or not best.explains & left:
            break
        named.append(best)
        left -= best.explains
        parts.remove(best)
    return named, left


def _pair(
    entries: Sequence[Match],
    parts: Sequence[Match],
    needed: set[int],
    bank: BankAnswers,
    given: Given,
) -> list[Implementation]:
    """Return two misconceptions that meet in the same answers, and perhaps a third."""
    passed = [i for i in range(len(given.answers)) if i not in given.failed]
    # Code with these faults would have failed the others too.
    fit = [match for match in entries if all(match.passes(i) for i in passed)]
    pairs = find_pairs(
        {i: given.answers[i] for i in needed},
        {i: bank.of(None, i)[1] for i in needed},
        [{i: bank.of(match.entry, i)[1] for i in needed} for match in fit],
    )

    def rank(pair: Pair) -> tuple[int, int]:
        both = (fit[pair.first], fit[pair.second])
        fails = sum(not match.passes(i) for match in both for i in needed)
        return len(pair.explains), -fails

    best = max(pairs, key=rank, default=None)
    if best is None:
        return []
    named = [fit[best.first], fit[best.second]]
    others = [match for match in parts if match not in named]
    more, left = _cover(others, needed - best.explains)
    named += more
    return [match.entry for match in named] if not left else []


def _values(answers: Iterable[Any]) -> list[Any]:
    return [answer for answer in answers if _text(answer) != INPUTS_CHANGED]


def _text(answer: Any) -> str:
    return answer if isinstance(answer, str) else ""


def _telling(answers: Iterable[Any]) -> bool:
    """Tell whether more than an error was seen: any code may raise a ValueError."""
    return any(not (isinstance(a, tuple) and a[:1] == ("error",)) for a in answers)


__all__ = ["Given", "Match", "find_misconceptions"]
