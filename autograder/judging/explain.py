"""Explain: find the misconception behind a wrong answer, and say it in few lines.

A misconception explains a failed check when it fails there too and its answers are the
student's. Nothing of inputs, expected values or test source enters a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from answer_checks.advice import ADVICE, Advice, sentence
from autograder.course import exercises
from autograder.exercise.kinds import ExerciseKind
from autograder.exercise.record import Exercise, Implementation
from autograder.judging.bank import (
    LOOSE,
    TIGHT,
    BankMemory,
    EntryRun,
    SubmissionQuestions,
    same,
)
from autograder.judging.decide import Transcript
from autograder.judging.double_mistakes import Pair, find_pairs
from autograder.verdict import Failure, Status, Verdict

MAX_NAMED = 3
MAX_LINES = 5
NOT_COMPARED = frozenset(Status) - {Status.PARTIAL, Status.WRONG, Status.ERROR}

_READ_THE_ERROR = Advice(
    "", "restart the kernel, run all cells and read the last line of the error"
)


def explain(
    exercise: Exercise,
    verdict: Verdict,
    transcript: Transcript,
    seed: bytes,
    memory: BankMemory | None = None,
) -> Verdict:
    """Name the misconceptions that a wrong answer matches.

    Parameters
    ----------
    exercise : Exercise
        The record.
    verdict : Verdict
        What :func:`autograder.judging.decide.decide` found.
    transcript : Transcript
        What was answered.
    seed : bytes
        The seed of this submission, the one that the checks were run with.
    memory : BankMemory, optional
        What is remembered from other submissions.

    Returns
    -------
    Verdict
        The same, with ``hint`` and ``misconceptions`` filled in where some match, the
        likeliest first. Unanswered and crashed exercises are not compared.
    """
    failed = {i for i, check in enumerate(verdict.checks) if not check.passed}
    complete = len(transcript.answers) == len(verdict.checks) == len(exercise.checks)
    if not failed or not complete or verdict.status in NOT_COMPARED:
        return verdict
    questions = SubmissionQuestions(exercise, seed, memory or BankMemory())
    bank = [EntryRun(questions, m) for m in exercise.misconceptions]
    answers = transcript.answers
    # What explains every failed check outranks the rest of the bank, and each entry is
    # ruled out by one check: the bank is compared in full only where nothing is left.
    likely = [run for run in bank if run.may_have_given(answers, failed)]
    matches = _matches(likely, answers, failed) or _matches(bank, answers, failed)
    named, unexplained = _cover(matches, failed, MAX_NAMED)
    # Answers of a dict are independent of each other; mistakes in code meet.
    if unexplained and exercise.kind is ExerciseKind.CODE:
        right = {i: questions.ask(None, i)[1] for i in failed}
        pair, explained = _best_pair(bank, right, answers, failed)
        if len(explained) > len(failed) - len(unexplained):
            others = [match for match in matches if match.misconception not in pair]
            more, _ = _cover(others, failed - explained, MAX_NAMED - len(pair))
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
    if verdict.status is Status.UNANSWERED:
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


def _advice(kind: Failure | None) -> list[str]:
    """Say what the visible checks say of such a failure, if they say anything."""
    if kind is Failure.ERROR:
        advice = _READ_THE_ERROR
    else:
        advice = ADVICE.get(kind or "", Advice("", ""))
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
    bank: Sequence[EntryRun], answers: list[list[Any]], failed: set[int]
) -> list[_Match]:
    matches = (_match(run, answers, failed) for run in bank)
    return [match for match in matches if match]


def _cover(
    matches: Sequence[_Match], failed: set[int], most: int
) -> tuple[list[Implementation], set[int]]:
    """Choose misconceptions, the likeliest first; return what they leave unexplained.

    Each of them explains a failed check that none before it does.
    """
    named: list[Implementation] = []
    left, matches = set(failed), list(matches)
    while left and len(named) < most:
        best = max(matches, key=lambda match: match.rank(left), default=None)
        if best is None or not best.explains & left:
            break
        named.append(best.misconception)
        left -= best.explains
        matches.remove(best)
    return named, left


def _best_pair(
    bank: Sequence[EntryRun],
    right: Mapping[int, list[Any]],
    answers: list[list[Any]],
    failed: set[int],
) -> tuple[list[Implementation], frozenset[int]]:
    """Return the two misconceptions that together explain the most failed checks."""
    # As for one: code with these faults would have failed the others too.
    rest = [i for i in range(len(answers)) if i not in failed]
    bank = [run for run in bank if run.passes(rest)]
    pairs = find_pairs(
        {i: answers[i] for i in failed},
        right,
        [{i: run.check(i)[1] for i in failed} for run in bank],
    )

    def rank(pair: Pair) -> tuple[int, int]:
        fails = [
            not a.check(i)[0]
            for a in (bank[pair.first], bank[pair.second])
            for i in failed
        ]
        return len(pair.explains), -sum(fails)

    best = max(pairs, key=rank, default=None)
    if best is None:
        return [], frozenset()
    both = [bank[best.first].misconception, bank[best.second].misconception]
    return both, best.explains


def _match(run: EntryRun, answers: list[list[Any]], failed: set[int]) -> _Match | None:
    code = run.exercise.kind is ExerciseKind.CODE
    explains: set[int] = set()
    against, unasked = 0, set(failed)

    def turn(i: int) -> tuple[bool, float]:
        """Ask first what may end the comparison, and what costs least."""
        return not code and i not in failed, run.cost(i, i in failed)

    for i in sorted(range(len(answers)), key=turn):
        passed, _ = run.check(i)
        if i in failed:
            unasked.discard(i)
            if run.explains(i, answers[i]):
                explains.add(i)
            if not unasked and not any(_telling(answers[i]) for i in explains):
                return None
        elif not passed:
            against += 1
            # Code with this fault would have failed there too. Answers of a dict are
            # independent of each other.
            if code:
                return None
    every = [(run.check(i), answers[i]) for i in range(len(answers))]
    return _Match(
        run.misconception,
        frozenset(explains),
        against,
        agrees=sum(same(ours, theirs, LOOSE) for (_, theirs), ours in every),
        closely=sum(same(ours, theirs, TIGHT) for (_, theirs), ours in every),
        fails=sum(not passed for (passed, _), _ in every),
    )


def _telling(answers: Iterable[Any]) -> bool:
    """Tell whether more than an error was seen: any code may raise a ValueError."""
    return any(not (isinstance(a, tuple) and a[:1] == ("error",)) for a in answers)


def _look_up(verdict: Verdict, slug: str) -> Implementation | None:
    try:
        return exercises.get(verdict.exercise).known(slug)
    except KeyError:
        return None


def _sentence(says: str) -> str:
    return says[:1].upper() + says[1:] + "."


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
