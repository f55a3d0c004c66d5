"""Put the bank and the mutants of an exercise to its hidden checks and count."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from answer_checks.parsing import parse_python
from autograder.adequacy.operators import Mutant, mutants
from autograder.adequacy.tolerances import Errors, measure_errors
from autograder.exercise.backend import LocalBackend
from autograder.exercise.record import Exercise, Implementation
from autograder.exercise.source_text import namespace_of
from autograder.judging.decide import ask
from autograder.judging.draw import choose_draw, seed_of

SEEDS = 3
# Rounds of loops in one check: the references stay far below, a loop without end does
# not. Counted, not timed, so that a slow machine finds the same.
MAX_ROUNDS = 200_000


@dataclass
class Adequacy:
    """What was found for one exercise.

    Attributes
    ----------
    exercise : Exercise
        The record.
    mutants, refused, accepted : int
        Changed answers, how many of them fell short for every seed, and how many did
        not and are listed as equivalent.
    equivalent : dict of str to str
        The mutants that are accepted and listed, with the reason.
    survivors : list of str
        The mutants that are accepted, for some seed, and not listed.
    stale : list of str
        What is listed and is no mutant, or is refused.
    false_accepts, false_rejects : list of str
        Misconceptions that are accepted, right answers that are refused.
    errors : Errors or None
        How far right and wrong answers are from the reference, for the tolerance.
    """

    exercise: Exercise
    mutants: int = 0
    refused: int = 0
    accepted: int = 0
    equivalent: dict[str, str] = field(default_factory=dict)
    survivors: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    false_accepts: list[str] = field(default_factory=list)
    false_rejects: list[str] = field(default_factory=list)
    errors: Errors | None = None

    @property
    def findings(self) -> list[str]:
        """Say what is not as it must be."""
        name = self.exercise.id
        return [
            *(f"{name}: accepts the mutant {m}" for m in self.survivors),
            *(f"{name}: lists what is refused or no mutant: {m}" for m in self.stale),
            *(f"{name}: accepts the misconception {m}" for m in self.false_accepts),
            *(f"{name}: refuses the right answer {m}" for m in self.false_rejects),
            *(
                f"{name}: {said}"
                for said in (self.errors.faults if self.errors else ())
            ),
        ]


def measure(exercise: Exercise, seeds: int = SEEDS) -> Adequacy:
    """Grade the bank and the mutants of an exercise.

    Parameters
    ----------
    exercise : Exercise
        The record; one without checks gives an empty result.
    seeds : int
        To the questions of how many courses each answer is put.

    Returns
    -------
    Adequacy
        The counts and all that is not as it must be.
    """
    found = Adequacy(exercise)
    if not exercise.checks:
        return found
    judge = _Judge(exercise, seeds)
    found.errors = measure_errors(exercise, judge.seeds[0])
    for entry in exercise.misconceptions:
        if not judge.refuses(lambda e=entry: exercise.local(e)):
            found.false_accepts.append(entry.name)
    for right in (None, *exercise.variants):
        if judge.first_refusal(lambda e=right: exercise.local(e)):
            found.false_rejects.append(right.name if right else "the reference")
    if exercise.kind == "code":
        _judge_mutants(found, judge)
    return found


def _judge_mutants(found: Adequacy, judge: _Judge) -> None:
    exercise = found.exercise
    reasons = exercise.equivalent
    for mutant, entry in changed(exercise):
        found.mutants += 1
        if judge.refuses(lambda m=mutant, e=entry: backend(exercise, m, e)):
            found.refused += 1
        elif mutant.key in reasons:
            found.accepted += 1
            found.equivalent[mutant.key] = reasons[mutant.key]
        else:
            found.survivors.append(mutant.key)
    found.stale = [key for key in reasons if key not in found.equivalent]


def changed(exercise: Exercise) -> Iterator[tuple[Mutant, Implementation | None]]:
    """Yield the mutants of the reference, with None, and of the usual right variant.

    The reference is written with loops and plain formulas; the variant in the form that
    students write, where axes, kept axes and products of matrices can go wrong.
    """
    for mutant in mutants(exercise.reference_source()):
        yield mutant, None
    if exercise.usual:
        for mutant in mutants(exercise.usual.source):
            yield mutant, exercise.usual


def backend(
    exercise: Exercise, mutant: Mutant, entry: Implementation | None
) -> LocalBackend:
    """Return who answers with the mutated code, with a bound on its loops."""
    names = entry.names if entry else exercise.names
    reference = {**exercise.given, **exercise.reference_names}
    if entry:
        others = {k: v for k, v in reference.items() if k not in names}
        space: dict[str, Any] = {"np": np, **others}
    else:
        space = {}
        for name in exercise.names:
            space |= namespace_of(reference[name])
    tree = _bounded(parse_python(mutant.source))
    space["count_a_round"] = counter = _Counter()
    exec(compile(tree, "<mutant>", "exec"), space)  # noqa: S102 - our own code
    answers = {**reference, **{name: space.get(name) for name in names}}
    sources = dict.fromkeys(names, mutant.source) if entry else {}
    made = _Counted(answers, sources)
    made.counter = counter
    return made


class _Counter:
    def __init__(self) -> None:
        self.rounds = 0

    def __call__(self) -> None:
        self.rounds += 1
        if self.rounds > MAX_ROUNDS:
            raise RuntimeError("a loop without end")


class _Counted(LocalBackend):
    """Counts the rounds of loops anew for each question."""

    counter: _Counter

    def run(self, steps: list[dict[str, Any]]) -> dict[str, Any]:
        self.counter.rounds = 0
        return super().run(steps)


def _bounded(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.While):
            call = ast.Call(ast.Name("count_a_round", ast.Load()), [], [])
            node.body.insert(0, ast.Expr(call))
    return ast.fix_missing_locations(tree)


class _Judge:
    """Asks the checks of one exercise, each until the first that falls short."""

    def __init__(self, exercise: Exercise, seeds: int) -> None:
        self.exercise = exercise
        # The questions of so many courses.
        self.seeds = [
            seed_of(seed, exercise.id, choose_draw(exercise, seed).number)
            for seed in (f"adequacy {n}".encode() for n in range(seeds))
        ]
        self.memory: dict[Any, Any] = {}  # what the reference answered

    def refuses(self, make: Any) -> bool:
        """Tell whether some check falls short for every seed."""
        return all(self._short(make, seed) for seed in self.seeds)

    def first_refusal(self, make: Any) -> str:
        """Return the label of a check that falls short for some seed, or nothing."""
        found = (self._short(make, seed) for seed in self.seeds)
        return next(filter(None, found), "")

    def _short(self, make: Any, seed: bytes) -> str:
        answering = make()
        for index, check in enumerate(self.exercise.checks):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                result, _ = ask(
                    self.exercise, index, answering, seed, memory=self.memory
                )
            if not result.passed:
                return check.label
        return ""


__all__: Sequence[str] = ["Adequacy", "backend", "changed", "measure"]
