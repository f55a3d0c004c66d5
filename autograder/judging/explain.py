"""Explain: find the misconception behind a wrong answer, and say it in few lines.

When a misconception is named, :mod:`autograder.judging.matching` decides. Nothing of
inputs, expected values or test source enters a sentence.
"""

from __future__ import annotations

from dataclasses import replace

from answer_checks.advice import Advice, advice_for, sentence
from autograder.course import exercises
from autograder.exercise.record import Exercise, Implementation
from autograder.judging.bank import BankMemory
from autograder.judging.decide import Transcript
from autograder.judging.matching import Given, find_misconceptions
from autograder.verdict import Failure, Status, Verdict

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
        The bank's answers to questions that were asked before.

    Returns
    -------
    Verdict
        The same, with ``hint`` and ``misconceptions`` filled in where some match, the
        likeliest first. Unanswered and crashed exercises are not compared.
    """
    failed = {i: c.kind for i, c in enumerate(verdict.checks) if not c.passed}
    complete = len(transcript.answers) == len(verdict.checks) == len(exercise.checks)
    if not failed or not complete or verdict.status in NOT_COMPARED:
        return verdict
    bank = (memory or BankMemory()).answers(exercise, seed)
    named = find_misconceptions(bank, Given(transcript.answers, failed))
    if not named:
        return verdict
    hint = " ".join(f"{_sentence(m.says)} {m.hint}" for m in named)
    return replace(
        verdict, hint=hint, misconceptions=[m.size_of or m.name for m in named]
    )


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
        said += _advice(first.kind, first.reason)
    return said[:MAX_LINES]


def _advice(kind: Failure | None, what: str) -> list[str]:
    """Say what the visible checks say of such a failure, if they say anything."""
    if kind is Failure.ERROR:
        advice = _READ_THE_ERROR
    else:
        advice = advice_for(kind or "", what)
    said = [f"Likely reason: {sentence(advice.likely)}"] if advice.likely else []
    return said + ([f"Next step: {sentence(advice.step)}"] if advice.step else [])


def _look_up(verdict: Verdict, slug: str) -> Implementation | None:
    try:
        return exercises.get(verdict.exercise).known(slug)
    except KeyError:
        return None


def _sentence(says: str) -> str:
    return says[:1].upper() + says[1:] + "."


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
