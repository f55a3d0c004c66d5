"""Polar coordinates: reference and hidden checks."""

import math

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE

EXERCISE = Exercise(
    points=2,
    names=("to_polar",),
    title="Polar coordinates",
)


def to_polar(X):
    """Return the rows (r, theta), theta in (-pi, pi]."""
    rows = [(math.hypot(x, y), math.atan2(y, x)) for x, y in X.astype(float)]
    return np.array(rows, dtype=float).reshape(-1, 2)


@check("the distance r", 0.45)
def radius(student: Student, rng: np.random.Generator) -> None:
    for N in (6, 9):
        X = rng.uniform(0.5, 3, size=(N, 2)) * rng.choice([-1, 1], size=(N, 2))
        got = student.array(student.call("to_polar", X), (N, 2), "to_polar")
        student.transcript[-1] = got[:, 0]
        student.expect(got[:, 0], to_polar(X)[:, 0], "r, the first column")


@check("the angle theta in all four quadrants", 0.65)
def angle(student: Student, rng: np.random.Generator) -> None:
    signs = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)])
    for _ in range(2):
        X = signs * rng.uniform(0.5, 3, size=(4, 2))
        got = student.array(student.call("to_polar", X), (4, 2), "to_polar")
        student.transcript[-1] = got[:, 1]
        student.expect(got[:, 1], to_polar(X)[:, 1], "theta, the second column")


@check("points on the axes, and the origin", 0.35)
def axes(student: Student, rng: np.random.Generator) -> None:
    a, b, c, d = rng.uniform(0.5, 3, size=4)
    X = np.array([(a, 0.0), (0.0, b), (-c, 0.0), (0.0, -d)])
    student.agrees("to_polar", X)
    # The origin has no angle: any finite one will do.
    got = student.call("to_polar", np.array([(0.0, 0.0), (a, b)]))
    got = student.array(got, (2, 2), "to_polar")
    student.transcript[-1] = got[:, 0]
    student.expect(got[:, 0], np.array([0.0, math.hypot(a, b)]), "r")


@check("one point, many points, float32", 0.35)
def sizes(student: Student, rng: np.random.Generator) -> None:
    for N in (1, 2, 200):
        student.agrees("to_polar", 3 * rng.standard_normal((N, 2)))
    single = rng.uniform(0.5, 3, size=(5, 2)).astype(np.float32)
    student.agrees("to_polar", single, **SINGLE)


@check("X is left as it was", 0.2, inputs=True)
def inputs(student: Student, rng: np.random.Generator) -> None:
    student.agrees("to_polar", rng.uniform(0.5, 3, size=(6, 2)))
