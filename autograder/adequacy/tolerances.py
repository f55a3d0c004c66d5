"""Measure how far right and wrong answers are from the reference, for the tolerance.

The default tolerance of a comparison must lie in a gap: well above what another order
of summation or single precision changes in a right answer, and well below what the
least of the known mistakes changes. An error is given in units of the tolerance: it is
the smallest relative tolerance that would let the number pass.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

import numpy as np

from answer_checks.compare import ATOL, RTOL, is_number
from autograder.exercise.backend import LocalBackend
from autograder.exercise.kinds import ExerciseKind
from autograder.exercise.record import Exercise
from autograder.exercise.student import Student
from autograder.judging.alike import leaves_of
from autograder.judging.decide import check_rng

# By which factor the tolerance is at least away from right and from wrong answers.
ABOVE_RIGHT, BELOW_WRONG = 100, 5


@dataclass(frozen=True)
class Errors:
    """What the comparisons of one exercise at the default tolerance see.

    Attributes
    ----------
    exercise : str
        The id.
    right : float
        The largest error of a right variant.
    single : float
        The largest error of a right variant that computes in single precision.
    wrong : float
        The least that a misconception errs in the check where it errs most; infinite
        where none is seen by these comparisons.
    nearest : str
        That misconception.
    """

    exercise: str
    right: float
    single: float
    wrong: float
    nearest: str

    @property
    def faults(self) -> list[str]:
        """Say where the tolerance is too near."""
        found = []
        if self.right * ABOVE_RIGHT > RTOL:
            found.append("a right variant differs by nearly the tolerance")
        if self.wrong < RTOL * BELOW_WRONG:
            found.append(f"{self.nearest} differs by hardly more than the tolerance")
        return found


class _Measuring(Student):
    """Notes the errors of what is compared at the default tolerance."""

    errors: list[float]

    def expect(self, got: Any, want: Any, name: str, **options: Any) -> None:
        default = (
            options.get("rtol", RTOL) == RTOL and options.get("atol", ATOL) == ATOL
        )
        if default:
            self.errors.append(error_of(got, want))
        super().expect(got, want, name, **options)


def error_of(got: Any, want: Any) -> float:
    """Return the smallest relative tolerance at which two answers agree.

    The absolute one is in proportion to it, as in the default. What differs in
    structure, or is not finite where it should be, has no such tolerance: nan.

    Examples
    --------
    >>> round(error_of((1.0, np.array([2.0, 3.0])), (1.0, np.array([2.0, 3.3]))), 4)
    0.0906
    """
    ours, theirs = leaves_of(want), leaves_of(got)
    if ours.keys() != theirs.keys():
        return float("nan")
    worst = 0.0
    for path, right in ours.items():
        given = theirs[path]
        if not (is_number(right) or isinstance(right, np.ndarray)):
            continue
        try:
            a, b = np.asarray(given, dtype=float), np.asarray(right, dtype=float)
        except (TypeError, ValueError, OverflowError):
            return float("nan")
        if a.shape != b.shape:
            return float("nan")
        with np.errstate(all="ignore"):
            off = np.abs(a - b) / (np.abs(b) + ATOL / RTOL)
        off = np.where(a == b, 0.0, off)
        worst = max(worst, float(off.max(initial=0.0)))
    return worst


def errors_in(exercise: Exercise, backend: LocalBackend, seed: bytes) -> list[float]:
    """Return the largest error in each check that compares at the default tolerance."""
    found = []
    for index, check in enumerate(exercise.checks):
        student = _Measuring(
            backend,
            exercise.reference_names,
            exercise.returns,
            relation=exercise.relation,
        )
        student.guards_inputs = check.inputs
        student.errors = []
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                check.run(student, check_rng(seed, exercise.id, index))
        except Exception:  # noqa: S110 - what was compared before counts
            pass
        finite = [e for e in student.errors if np.isfinite(e)]
        if finite:
            found.append(max(finite))
    return found


def in_single_precision(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that computes in float32 what `function` does in float64."""

    def narrow(value: Any) -> Any:
        if isinstance(value, np.ndarray) and value.dtype == np.float64:
            return value.astype(np.float32)
        if isinstance(value, tuple | list):
            return type(value)(map(narrow, value))
        if isinstance(value, dict):
            return {key: narrow(item) for key, item in value.items()}
        return value

    @wraps(function)
    def single(*args: Any, **kwargs: Any) -> Any:
        return function(*map(narrow, args), **{k: narrow(v) for k, v in kwargs.items()})

    return single


def measure_errors(exercise: Exercise, seed: bytes) -> Errors | None:
    """Measure one exercise; None where nothing is compared at the default tolerance."""
    if exercise.kind is not ExerciseKind.CODE:
        return None
    rights = [
        e
        for v in exercise.variants
        for e in errors_in(exercise, exercise.local(v), seed)
    ]
    if not rights:
        return None
    singles = [
        e
        for backend in _single_backends(exercise)
        for e in errors_in(exercise, backend, seed)
    ]
    wrong, nearest = float("inf"), ""
    for entry in exercise.misconceptions:
        seen = max(errors_in(exercise, exercise.local(entry), seed), default=0.0)
        if RTOL < seen < wrong:
            wrong, nearest = seen, entry.name
    return Errors(exercise.id, max(rights), max(singles, default=0.0), wrong, nearest)


def _single_backends(exercise: Exercise) -> Iterator[LocalBackend]:
    """Yield backends of the right variants, made to compute in single precision."""
    for entry in exercise.variants:
        names = {**exercise.given, **exercise.reference_names, **entry.names}
        narrowed = {
            name: in_single_precision(names[name])
            for name in exercise.names
            if inspect.isfunction(names[name])
        }
        if narrowed:
            yield LocalBackend({**names, **narrowed})
