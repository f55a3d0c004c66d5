"""L1 penalty and a subgradient: reference and hidden checks."""

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE
from ..penalties import (
    SHAPES,
    SMALL,
    draw_uneven,
    draw_weights,
    draw_with_zeros,
    require_subgradient,
)

EXERCISE = Exercise(
    points=2,
    names=("l1_penalty",),
    title="L1 penalty and a subgradient",
    size="loss",
    returns={"l1_penalty": ("R", "dW")},
)


def l1_penalty(W):
    """Sum of |w|; the slope is 1 above zero, -1 below, and 0 at zero."""
    R, dW = 0.0, np.zeros(W.shape)
    for place, w in np.ndenumerate(W.astype(float)):
        R += float(w) if w > 0 else -float(w)
        dW[place] = 1.0 if w > 0 else -1.0 if w < 0 else 0.0
    return R, dW


@check("the penalty", 0.5)
def l1_value(student: Student, rng: np.random.Generator) -> None:
    for D, C in SHAPES:
        student.agrees("l1_penalty", draw_weights(rng, D, C), only="R")


@check("the gradient where no weight is zero", 0.7)
def l1_gradient(student: Student, rng: np.random.Generator) -> None:
    for D, C in SHAPES:
        student.agrees("l1_penalty", draw_weights(rng, D, C), only="dW")
    student.agrees("l1_penalty", draw_uneven(rng), only="dW")


@check("weights that are exactly zero", 0.3)
def l1_zeros(student: Student, rng: np.random.Generator) -> None:
    for W in (draw_with_zeros(rng), np.zeros((3, 2))):
        require_subgradient(student, "l1_penalty", W, want=l1_penalty(W))


@check("one weight, one row, one column", 0.1)
def l1_small(student: Student, rng: np.random.Generator) -> None:
    for D, C in SMALL:
        student.agrees("l1_penalty", draw_weights(rng, D, C))


@check("large and tiny weights, float32", 0.2)
def l1_extremes(student: Student, rng: np.random.Generator) -> None:
    student.agrees("l1_penalty", 1e6 * draw_weights(rng, 4, 3))
    student.agrees("l1_penalty", 1e-3 * draw_weights(rng, 4, 3))
    student.agrees("l1_penalty", draw_weights(rng, 4, 3).astype(np.float32), **SINGLE)


@check("W is left as it was", 0.2, inputs=True)
def l1_inputs(student: Student, rng: np.random.Generator) -> None:
    for D, C in SHAPES:
        student.agrees("l1_penalty", draw_weights(rng, D, C))
