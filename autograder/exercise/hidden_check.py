"""A hidden check: a label, points, and the function that asks and compares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from answer_checks.compare import difference
from autograder.exercise.failure import CheckFailed
from autograder.exercise.student import Student

CheckFunction = Callable[[Student, np.random.Generator], float | None]


@dataclass(frozen=True)
class Check:
    """One hidden check: it asks, compares, and raises ``CheckFailed`` or passes.

    Attributes
    ----------
    label : str
        What is checked, in words that the student may read.
    points : float
        Its share of the exercise's points.
    run : callable
        ``run(student, rng)``; may return a fraction between 0 and 1 as partial credit,
        or raise ``CheckFailed(reason, share=0.5)`` to say why as well. Where it cannot
        tell, it raises ``InDoubt(reason)``, and a person decides.
    fresh : bool
        Whether its question depends on `rng`.
    inputs : bool
        Whether it is this check that charges for changed arguments. The others of the
        exercise then judge values alone, so that the slip costs its share once.
    """

    label: str
    points: float
    run: CheckFunction
    fresh: bool = True
    inputs: bool = False


def check(
    label: str, points: float, *, inputs: bool = False
) -> Callable[[CheckFunction], Check]:
    """Make the decorated function a hidden check of the exercise whose file this is.

    The checks of a ``checks.py`` are asked in the order in which they stand there.

    Parameters
    ----------
    label : str
        What is checked, in words that the student may read.
    points : float
        Its share of the exercise's points.
    inputs : bool
        Whether it is this check that charges for changed arguments. An exercise
        without such a check charges for them in every check.
    """
    return lambda run: Check(label, points, run, inputs=inputs)


def check_each_key(
    name: str,
    right: Mapping[str, Any],
    points: float,
    labels: Mapping[str, str] | None = None,
    rtol: float = 1e-3,
    atol: float = 5e-3,
) -> list[Check]:
    """Make one check per key of a dict that the student fills in, with equal points.

    Parameters
    ----------
    name : str
        The name of the dict.
    right : mapping
        The right value of each key.
    points : float
        What all of them are worth together.
    labels : mapping
        For a key, what the student reads; by default the key with spaces.
    rtol, atol : float
        How far a number may be off, as in :func:`answer_checks.compare.difference`.
    """
    share, labels = points / len(right), labels or {}
    return [
        Check(
            labels.get(key, key.replace("_", " ")),
            share,
            _key_check(name, key, want, rtol, atol),
            fresh=False,
        )
        for key, want in right.items()
    ]


def _key_check(
    name: str, key: str, want: Any, rtol: float, atol: float
) -> CheckFunction:
    def run(student: Student, rng: np.random.Generator) -> None:
        answers = student.name(name)
        kind = student.fetch(answers)
        student.transcript.pop()  # only the one answer belongs to this check
        student.require(isinstance(kind, dict), f"{name} is not a dict", "type")
        student.require(kind.get(key) is not None, "it is not filled in", "unanswered")
        got = kind[key]
        student.transcript.append(got)
        found = difference(got, want, f"{name}[{key!r}]", rtol=rtol, atol=atol)
        if found:
            # The question is the same for all: a ratio or a sign would be the answer.
            hidden = found.kind == "value"
            reason = f"{name}[{key!r}]: is not right" if hidden else found.reason
            raise CheckFailed(reason, found.kind)

    return run


__all__ = ["Check", "CheckFunction", "check", "check_each_key"]
