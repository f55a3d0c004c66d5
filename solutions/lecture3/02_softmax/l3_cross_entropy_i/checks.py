"""Cross-entropy of one example: reference and hidden checks."""

import math

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE
from ..problems import draw_scores

EXERCISE = Exercise(
    points=2,
    names=("cross_entropy_i",),
    title="Cross-entropy of one example",
    size="loss",
    returns={"cross_entropy_i": ("loss",)},
    leans_on=("l3_softmax",),
)


def cross_entropy_i(scores, y):
    """Take the score of the true class off the log-sum-exp of the scores."""
    row = [float(s) for s in scores]
    top = max(row)
    return top + math.log(math.fsum(math.exp(s - top) for s in row)) - row[y]


@check("random scores", 0.5)
def usual(student: Student, rng: np.random.Generator) -> None:
    for C in (3, 5, 8, 10):
        student.agrees("cross_entropy_i", draw_scores(rng, C), int(rng.integers(C)))


@check("a large number added to every score", 0.4)
def shifted(student: Student, rng: np.random.Generator) -> None:
    for shift in (1000.0, -1000.0, float(rng.uniform(2e3, 9e3))):
        scores = draw_scores(rng, 5) + shift
        student.agrees("cross_entropy_i", scores, int(rng.integers(5)))


@check("the first and the last class as the true one", 0.2)
def edge_classes(student: Student, rng: np.random.Generator) -> None:
    for y in (0, 5):
        student.agrees("cross_entropy_i", draw_scores(rng, 6), y)


@check("two classes, equal scores", 0.2)
def two(student: Student, rng: np.random.Generator) -> None:
    student.agrees("cross_entropy_i", draw_scores(rng, 2), int(rng.integers(2)))
    C = int(rng.integers(3, 12))
    same = np.full(C, float(rng.integers(-5, 5)))
    student.agrees("cross_entropy_i", same, int(rng.integers(C)))


@check("the true class well ahead, and well behind", 0.2)
def far(student: Student, rng: np.random.Generator) -> None:
    for lead in (8.0, -12.0):
        scores = rng.uniform(-1, 1, size=5)
        y = int(rng.integers(5))
        scores[y] += lead
        student.agrees("cross_entropy_i", scores, y)
    scores = rng.uniform(-1, 1, size=5)
    last = int(rng.integers(5))
    scores[last] -= 2000.0  # so far behind that only the largest score may be taken off
    student.agrees("cross_entropy_i", scores, (last + 1) % 5)


@check("the true class so far behind that its probability is tiny", 0.2)
def behind(student: Student, rng: np.random.Generator) -> None:
    for lead in (27.0, 40.0, float(rng.uniform(50, 600))):
        scores = rng.uniform(-1, 1, size=5)
        y = int(rng.integers(5))
        scores[y] = scores.max() - lead
        student.agrees("cross_entropy_i", scores, y)


@check("the scores are left as they were", 0.2, inputs=True)
def inputs(student: Student, rng: np.random.Generator) -> None:
    for C in (4, 6):
        student.agrees("cross_entropy_i", draw_scores(rng, C), int(rng.integers(C)))


@check("float32 scores", 0.1)
def single(student: Student, rng: np.random.Generator) -> None:
    scores = draw_scores(rng, 7).astype(np.float32)
    student.agrees("cross_entropy_i", scores, int(rng.integers(7)), **SINGLE)
