"""Relative error: reference and hidden checks."""

from typing import Any

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE

EXERCISE = Exercise(
    points=2,
    names=("relative_error",),
    title="Relative error",
    returns={"relative_error": ("error",)},
)


def relative_error(a, b):
    """Take the largest abs(a - b) / max(abs(a), abs(b)); both zero counts as 0."""
    worst = 0.0
    for one, other in zip(np.ravel(a), np.ravel(b), strict=True):
        one, other = float(one), float(other)
        if one != other:
            worst = max(worst, abs(one - other) / max(abs(one), abs(other)))
    return worst


def _near(rng: np.random.Generator, shape: tuple[int, ...]) -> tuple[Any, Any]:
    """Draw two arrays, one nearly the other, neither always the larger."""
    a = rng.uniform(0.5, 20, size=shape) * rng.choice([-1.0, 1.0], size=shape)
    b = a * (1 + rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.01, 0.3, shape))
    return a, b


@check("arrays of one and more axes", 0.4)
def relative_arrays(student: Student, rng: np.random.Generator) -> None:
    for shape in ((6,), (3, 4), (2, 2, 3)):
        student.agrees("relative_error", *_near(rng, shape))


@check("whichever of the two is larger, one entry", 0.3)
def relative_sizes(student: Student, rng: np.random.Generator) -> None:
    small, large = sorted(rng.uniform(0.5, 9, size=2))
    for a, b in ((small, large), (large, small), (-small, -large), (-large, -small)):
        student.agrees("relative_error", np.array([a]), np.array([b]))
        student.agrees("relative_error", np.array([a, a]), np.array([a, b]))


@check("opposite signs, and one of the two is zero", 0.3)
def relative_signs(student: Student, rng: np.random.Generator) -> None:
    a = rng.uniform(0.5, 3, size=4)
    student.agrees("relative_error", a, -a * rng.uniform(0.5, 2, size=4))
    b = a.copy()
    b[1] = 0
    student.agrees("relative_error", a, b)
    student.agrees("relative_error", b, a)


@check("entries that are zero in both", 0.4)
def relative_zeros(student: Student, rng: np.random.Generator) -> None:
    a, b = _near(rng, (5,))
    a[2] = b[2] = 0
    student.agrees("relative_error", a, b)
    student.agrees("relative_error", np.zeros((2, 3)), np.zeros((2, 3)))
    same = rng.standard_normal(4)
    student.agrees("relative_error", same, same.copy())


@check("very small entries beside large ones", 0.4)
def relative_small(student: Student, rng: np.random.Generator) -> None:
    a, b = _near(rng, (4,))
    student.agrees("relative_error", 1e-11 * a, 1e-11 * b)
    a, b = np.append(a, 1e-9), np.append(a * (1 + 1e-6), 3e-9)
    student.agrees("relative_error", a, b)
    a, b = _near(rng, (4,))
    student.agrees(
        "relative_error", a.astype(np.float32), b.astype(np.float32), **SINGLE
    )


@check("a and b are left as they were", 0.2, inputs=True)
def relative_inputs(student: Student, rng: np.random.Generator) -> None:
    a, b = _near(rng, (5,))
    a[2] = b[2] = 0
    student.agrees("relative_error", a, b)
