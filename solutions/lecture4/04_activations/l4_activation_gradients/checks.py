"""Slopes of the activation functions: reference and hidden checks."""

import math

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....value_and_gradients import require_chain_rule
from ..formulas import CUBIC, ROOT, each, inner, logistic
from ..functions import (
    BENT,
    PLAIN,
    draw_inputs,
    far_check,
    function_checks,
    inputs_check,
)


def _slope_of_logistic(v: float) -> float:
    """Return 1 / (4 cosh(v / 2)**2); 0 where the cosine is beyond any float."""
    return 0.25 / math.cosh(v / 2) ** 2 if abs(v) < 700 else 0.0


EXERCISE = Exercise(
    points=5,
    names=("d_sigmoid", "d_tanh", "d_relu", "d_leaky_relu", "d_elu", "d_gelu"),
    title="Slopes of the activation functions",
    size="loss",
    leans_on=("l4_activations",),
)


def d_sigmoid(x):
    """1 / (4 cosh(x / 2)**2)."""
    return each(_slope_of_logistic, x)


def d_tanh(x):
    """1 / cosh(x)**2, as four times the slope of the sigmoid at 2 x."""
    return each(lambda v: 4 * _slope_of_logistic(2 * v), x)


def d_relu(x):
    """1 above 0, 0 elsewhere."""
    return each(lambda v: 1.0 if v > 0 else 0.0, x)


def d_leaky_relu(x, slope=0.01):
    """1 above 0, slope elsewhere."""
    return each(lambda v: 1.0 if v > 0 else slope, x)


def d_elu(x, alpha=1.0):
    """1 above 0, alpha * exp(x) elsewhere."""
    return each(lambda v: 1.0 if v > 0 else alpha * math.exp(v), x)


def d_gelu(x):
    """Product rule on x * logistic(inner)."""

    def one(v: float) -> float:
        slope = 2 * ROOT * (1 + 3 * CUBIC * v * v)
        return logistic(inner(v)) + v * slope * _slope_of_logistic(inner(v))

    return each(one, x)


COMMON = [
    one for name in PLAIN for one in function_checks(f"d_{name}", usual=0.5, forms=0.15)
]
FAR = [far_check(f"d_{name}", points=0.1) for name in BENT]
UNTOUCHED = inputs_check([f"d_{name}" for name in PLAIN], points=0.2)


@check("d_leaky_relu, another slope", 0.1)
def other_slope_of_leaky(student: Student, rng: np.random.Generator) -> None:
    student.agrees("d_leaky_relu", draw_inputs(rng, 6), float(rng.uniform(0.1, 0.4)))
    student.agrees("d_leaky_relu", draw_inputs(rng, 2, 3), slope=0.1)


@check("d_elu, another alpha", 0.1)
def other_alpha_of_elu(student: Student, rng: np.random.Generator) -> None:
    student.agrees("d_elu", draw_inputs(rng, 6), float(rng.uniform(1.5, 3)))
    student.agrees("d_elu", draw_inputs(rng, 2, 3), alpha=0.5)


@check("at zero: every slope between the two sides where there is a kink", 0.1)
def at_zero(student: Student, rng: np.random.Generator) -> None:
    x = rng.permutation([0.0, 1.5, -0.5, 0.0])
    alpha = float(rng.uniform(1.5, 3))
    student.agrees("d_sigmoid", x)
    # Who takes "0 at a kink" to the letter loses nothing for a leaky ReLU or an ELU.
    for name, given, top in (
        ("d_relu", (), 1.0),
        ("d_leaky_relu", (0.2,), 1.0),
        ("d_elu", (alpha,), alpha),
    ):
        got = student.array(student.call(name, x, *given), x.shape, name)
        want = student.reference[name](x, *given)
        want[x == 0] = np.clip(got, 0, top)[x == 0]
        student.expect(got, want, name)


@check("slopes as exact as their formulas make them", 0.2)
def exact(student: Student, rng: np.random.Generator) -> None:
    # Not GELU: its constants may be written with as many digits as one finds.
    for name in ("d_sigmoid", "d_tanh", "d_leaky_relu", "d_elu"):
        x = draw_inputs(rng, 6)
        got = student.agrees(name, x)
        require_chain_rule(got, student.reference[name](x), name)
