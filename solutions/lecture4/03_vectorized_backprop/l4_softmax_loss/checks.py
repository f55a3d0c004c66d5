"""Softmax loss as the last layer: reference and hidden checks."""

import math

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE
from ....value_and_gradients import require_chain_rule

EXERCISE = Exercise(
    points=4,
    names=("softmax_loss",),
    title="Softmax loss as the last layer",
    size="loss",
    returns={"softmax_loss": ("loss", "dscores")},
)


def softmax_loss(scores, y):
    """Mean over the rows of log-sum-exp less the true score, and its gradient."""
    N, C = scores.shape
    loss, dscores = 0.0, np.zeros((N, C))
    for n in range(N):
        row = [float(s) for s in scores[n]]
        weights = [math.exp(s - max(row)) for s in row]
        total = math.fsum(weights)
        loss += (max(row) + math.log(total) - row[int(y[n])]) / N
        for c in range(C):
            right = 1.0 if c == int(y[n]) else 0.0
            dscores[n, c] = (weights[c] / total - right) / N
    return loss, dscores


def _scored(
    rng: np.random.Generator, N: int, C: int, scale: float = 2.0
) -> tuple[np.ndarray, np.ndarray]:
    return scale * rng.standard_normal((N, C)), rng.integers(C, size=N)


SOFTMAX_SIZES = ((4, 4), (5, 3), (7, 10))


@check("the loss", 0.8)
def softmax_value(student: Student, rng: np.random.Generator) -> None:
    for N, C in SOFTMAX_SIZES:
        student.agrees("softmax_loss", *_scored(rng, N, C), only="loss")


@check("the gradient", 1.0)
def softmax_gradient(student: Student, rng: np.random.Generator) -> None:
    for N, C in SOFTMAX_SIZES:
        student.agrees("softmax_loss", *_scored(rng, N, C), only="dscores")


@check("another large number added to each row, the loss", 0.5)
def softmax_shifted(student: Student, rng: np.random.Generator) -> None:
    for sign in (1, -1):
        scores, y = _scored(rng, 4, 3)
        shifts = sign * rng.permutation([0.0, 900.0, 2000.0, 5000.0])
        student.agrees("softmax_loss", scores + shifts[:, None], y, only="loss")


@check("another large number added to each row, the gradient", 0.4)
def softmax_shifted_slope(student: Student, rng: np.random.Generator) -> None:
    for sign in (1, -1):
        scores, y = _scored(rng, 4, 3)
        shifts = sign * rng.permutation([0.0, 900.0, 2000.0, 5000.0])
        student.agrees("softmax_loss", scores + shifts[:, None], y, only="dscores")


@check("one example, two classes, equal scores", 0.4)
def softmax_small(student: Student, rng: np.random.Generator) -> None:
    for N, C in ((1, 4), (6, 2), (1, 2)):
        student.agrees("softmax_loss", *_scored(rng, N, C))
    same = np.full((4, 6), float(rng.integers(-5, 5)))
    student.agrees("softmax_loss", same, rng.integers(6, size=4))


@check("the true class far ahead, and far behind", 0.3)
def softmax_far(student: Student, rng: np.random.Generator) -> None:
    # A floor under the probability, or a number added to it, caps the loss of the last.
    for lead in (12.0, -12.0, -40.0, -200.0):
        scores, y = _scored(rng, 5, 4, scale=0.5)
        scores[np.arange(5), y] += lead
        student.agrees("softmax_loss", scores, y)
    scores, y = _scored(rng, 5, 4, scale=0.5)
    scores[np.arange(5), y] += 2000.0
    student.agrees("softmax_loss", scores, y)


@check("other number types", 0.2)
def softmax_types(student: Student, rng: np.random.Generator) -> None:
    for dtype in (np.int8, np.uint8, np.int32):
        scores, y = _scored(rng, 5, 4)
        student.agrees("softmax_loss", scores, y.astype(dtype))
    scores, y = _scored(rng, 5, 4)
    student.agrees("softmax_loss", scores.astype(np.float32), y, **SINGLE)


@check("a gradient as exact as the chain rule makes it", 0.2)
def softmax_exact(student: Student, rng: np.random.Generator) -> None:
    scores, y = _scored(rng, 5, 4)
    _, dscores = student.agrees("softmax_loss", scores, y, only="dscores")
    require_chain_rule(dscores, softmax_loss(scores, y)[1], "dscores")


@check("scores and y stay as they were", 0.2, inputs=True)
def softmax_inputs(student: Student, rng: np.random.Generator) -> None:
    student.agrees("softmax_loss", *_scored(rng, 5, 4))
