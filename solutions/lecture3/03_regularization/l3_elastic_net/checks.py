"""Elastic net and a subgradient: reference and hidden checks."""

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
    names=("elastic_net",),
    title="Elastic net and a subgradient",
    size="loss",
    returns={"elastic_net": ("R", "dW")},
    leans_on=("l3_l1_penalty", "l3_l2_penalty"),
)


def elastic_net(W, beta):
    """Sum of beta w**2 + |w|, and the slope 2 beta w plus or minus 1."""
    R, dW = 0.0, np.zeros(W.shape)
    for place, w in np.ndenumerate(W.astype(float)):
        side = 1.0 if w > 0 else -1.0 if w < 0 else 0.0
        R += float(beta) * float(w) ** 2 + side * float(w)
        dW[place] = 2 * float(beta) * float(w) + side
    return R, dW


def _beta(rng: np.random.Generator) -> float:
    """Draw a beta away from 0, 1/2 and 1, where different formulas agree."""
    return float(rng.choice([rng.uniform(0.15, 0.4), rng.uniform(1.3, 4.0)]))


@check("the penalty", 0.5)
def elastic_value(student: Student, rng: np.random.Generator) -> None:
    for D, C in SHAPES:
        student.agrees("elastic_net", draw_weights(rng, D, C), _beta(rng), only="R")


@check("the gradient where no weight is zero", 0.7)
def elastic_gradient(student: Student, rng: np.random.Generator) -> None:
    for D, C in SHAPES:
        student.agrees("elastic_net", draw_weights(rng, D, C), _beta(rng), only="dW")
    student.agrees("elastic_net", draw_uneven(rng), _beta(rng), only="dW")


@check("weights that are exactly zero", 0.3)
def elastic_zeros(student: Student, rng: np.random.Generator) -> None:
    for W in (draw_with_zeros(rng), np.zeros((3, 2))):
        beta = _beta(rng)
        require_subgradient(student, "elastic_net", W, beta, want=elastic_net(W, beta))


@check("beta of zero and of one", 0.1)
def elastic_betas(student: Student, rng: np.random.Generator) -> None:
    for beta in (0.0, 1.0, 0, 1):
        student.agrees("elastic_net", draw_weights(rng, 4, 3), beta)
    student.agrees("elastic_net", draw_weights(rng, 4, 3), beta=0.5)


@check("one weight, large weights, float32", 0.2)
def elastic_extremes(student: Student, rng: np.random.Generator) -> None:
    for D, C in SMALL:
        student.agrees("elastic_net", draw_weights(rng, D, C), _beta(rng))
    student.agrees("elastic_net", 1e4 * draw_weights(rng, 4, 3), 2.5)
    W = draw_weights(rng, 4, 3).astype(np.float32)
    student.agrees("elastic_net", W, 0.3, **SINGLE)


@check("W is left as it was", 0.2, inputs=True)
def elastic_inputs(student: Student, rng: np.random.Generator) -> None:
    for D, C in SHAPES:
        student.agrees("elastic_net", draw_weights(rng, D, C), _beta(rng))
