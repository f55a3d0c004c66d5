"""Activation functions: reference and hidden checks."""

import math

import numpy as np

from autograder.exercise import Exercise, Student, check

from ..formulas import each, inner, logistic
from ..functions import (
    BENT,
    PLAIN,
    draw_inputs,
    far_check,
    function_checks,
    inputs_check,
)

EXERCISE = Exercise(
    points=5,
    names=("sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu"),
    title="Activation functions",
    size="loss",
)


def sigmoid(x):
    """1 / (1 + exp(-x)), in the form that does not overflow."""
    return each(logistic, x)


def tanh(x):
    """Twice the sigmoid at 2 x, less 1, by the function of the standard library."""
    return each(math.tanh, x)


def relu(x):
    """Take the larger of x and 0."""
    return each(lambda v: max(v, 0.0), x)


def leaky_relu(x, slope=0.01):
    """X above 0, slope * x below."""
    return each(lambda v: v if v > 0 else slope * v, x)


def elu(x, alpha=1.0):
    """X above 0, alpha * (exp(x) - 1) below."""
    return each(lambda v: v if v > 0 else alpha * math.expm1(v), x)


def gelu(x):
    """X times a logistic function of x + 0.044715 x**3."""
    return each(lambda v: v * logistic(inner(v)), x)


COMMON = [one for name in PLAIN for one in function_checks(name, usual=0.5, forms=0.2)]
FAR = [far_check(name, points=0.1) for name in BENT]
UNTOUCHED = inputs_check(PLAIN, points=0.2)


@check("leaky_relu, another slope", 0.1)
def other_slope(student: Student, rng: np.random.Generator) -> None:
    student.agrees("leaky_relu", draw_inputs(rng, 6), float(rng.uniform(0.1, 0.4)))
    student.agrees("leaky_relu", draw_inputs(rng, 2, 3), slope=0.1)


@check("elu, another alpha", 0.1)
def other_alpha(student: Student, rng: np.random.Generator) -> None:
    student.agrees("elu", draw_inputs(rng, 6), float(rng.uniform(1.5, 3)))
    student.agrees("elu", draw_inputs(rng, 2, 3), alpha=0.5)
