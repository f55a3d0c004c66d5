"""Softmax, stable: reference and hidden checks."""

import math

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE
from ..problems import draw_scores

EXERCISE = Exercise(
    points=3,
    names=("softmax",),
    title="Softmax, stable",
    size="loss",
    returns={"softmax": ("probs",)},
)


def softmax(scores):
    """Divide e to the score by the sum of these over the row; the top score off."""
    rows = np.atleast_2d(np.asarray(scores, dtype=float))
    probs = np.empty(rows.shape)
    for i, row in enumerate(rows.tolist()):
        weights = [math.exp(s - max(row)) for s in row]
        probs[i] = [w / math.fsum(weights) for w in weights]
    return probs.reshape(np.shape(scores))


@check("one vector of scores", 0.5)
def vector(student: Student, rng: np.random.Generator) -> None:
    for C in (3, 5, 10):
        student.agrees("softmax", draw_scores(rng, C))


@check("several rows of scores", 0.7)
def rows(student: Student, rng: np.random.Generator) -> None:
    for N, C in ((5, 3), (2, 7), (8, 10)):
        student.agrees("softmax", draw_scores(rng, N, C))


@check("another large number added to each row", 0.6)
def shifted_rows(student: Student, rng: np.random.Generator) -> None:
    for sign in (1, -1):
        student.agrees("softmax", draw_scores(rng, 4) + sign * rng.uniform(800, 5000))
    far = np.array([[0.0], [1500.0], [-1500.0], [4000.0]])
    student.agrees("softmax", draw_scores(rng, 4, 3) + rng.permutation(far))


@check("scores far from one another", 0.3)
def spread(student: Student, rng: np.random.Generator) -> None:
    student.agrees("softmax", rng.permutation([123.0, 456.0, 789.0]))
    student.agrees("softmax", rng.permutation([-3000.0, 0.0, 2000.0, 1999.0]))
    student.agrees("softmax", draw_scores(rng, 3, 5, scale=2000.0))


@check("one row, two classes, as many rows as classes, equal scores", 0.3)
def small_shapes(student: Student, rng: np.random.Generator) -> None:
    for N, C in ((1, 4), (4, 2), (1, 1), (4, 4), (3, 3)):
        student.agrees("softmax", draw_scores(rng, N, C))
    student.agrees("softmax", np.full((2, 5), float(rng.integers(-9, 9))))


@check("whole numbers and float32 as scores", 0.2)
def types(student: Student, rng: np.random.Generator) -> None:
    student.agrees("softmax", rng.integers(-4, 5, size=6))
    student.agrees("softmax", rng.integers(-4, 5, size=(3, 4)))
    student.agrees("softmax", draw_scores(rng, 3, 5).astype(np.float32), **SINGLE)


@check("the scores are left as they were", 0.4, inputs=True)
def inputs(student: Student, rng: np.random.Generator) -> None:
    for shape in ((5,), (4, 3)):
        student.agrees("softmax", draw_scores(rng, *shape))
