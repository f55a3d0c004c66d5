"""L2 penalty and its gradient: reference and hidden checks."""

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE
from ..penalties import SHAPES, SMALL, draw_uneven, draw_weights, draw_with_zeros

EXERCISE = Exercise(
    points=2,
    names=("l2_penalty",),
    title="L2 penalty and its gradient",
    size="loss",
    returns={"l2_penalty": ("R", "dW")},
)


def l2_penalty(W):
    """Sum of w**2, and for each weight the slope 2 w of its own square."""
    R, dW = 0.0, np.zeros(W.shape)
    for place, w in np.ndenumerate(W.astype(float)):
        R += float(w) ** 2
        dW[place] = 2 * float(w)
    return R, dW


@check("the penalty", 0.6)
def l2_value(student: Student, rng: np.random.Generator) -> None:
    for D, C in SHAPES:
        student.agrees("l2_penalty", draw_weights(rng, D, C), only="R")


@check("the gradient", 0.7)
def l2_gradient(student: Student, rng: np.random.Generator) -> None:
    for D, C in SHAPES:
        student.agrees("l2_penalty", draw_weights(rng, D, C), only="dW")
    student.agrees("l2_penalty", draw_uneven(rng), only="dW")


@check("one weight, one row, one column", 0.2)
def l2_small(student: Student, rng: np.random.Generator) -> None:
    for D, C in SMALL:
        student.agrees("l2_penalty", draw_weights(rng, D, C))


@check("zeros, large and tiny weights", 0.2)
def l2_extremes(student: Student, rng: np.random.Generator) -> None:
    student.agrees("l2_penalty", np.zeros((3, 2)))
    student.agrees("l2_penalty", draw_with_zeros(rng))
    student.agrees("l2_penalty", 1e5 * draw_weights(rng, 4, 3))
    student.agrees("l2_penalty", 1e-3 * draw_weights(rng, 4, 3), atol=1e-12)


@check("float32 weights", 0.1)
def l2_single(student: Student, rng: np.random.Generator) -> None:
    student.agrees("l2_penalty", draw_weights(rng, 4, 3).astype(np.float32), **SINGLE)


@check("W is left as it was", 0.2, inputs=True)
def l2_inputs(student: Student, rng: np.random.Generator) -> None:
    for D, C in SHAPES:
        student.agrees("l2_penalty", draw_weights(rng, D, C))
