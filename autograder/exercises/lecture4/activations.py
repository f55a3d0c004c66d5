"""The records of notebook ``lecture4/04_activations``: activations and their slopes."""

# Classes here are groups of functions, named as the functions are and without self:
# ruff: noqa: N801, N805

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise.record import Exercise
from autograder.exercise.student import Student, probe_argument, rng_argument

NOTEBOOK = "lecture4/04_activations"
KINK = 1e-3  # ordinary inputs stay at least this far from zero
SINGLE = {"rtol": 1e-4, "atol": 1e-5}  # what float32 inputs allow
CUBIC, ROOT = 0.044715, math.sqrt(2 / math.pi)  # of the tanh form of GELU

# The activations -------------------------------------------------------------------

activations = Exercise(
    "l4_activations",
    NOTEBOOK,
    5,
    ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu"),
    title="Activation functions",
    size="loss",
)


def _each(f: Callable[[float], float], x: Any) -> Any:
    """Apply a function of one number to every entry of `x`, or to a number."""
    values = np.asarray(x, dtype=float)
    out = np.array([f(v) for v in values.reshape(-1).tolist()])
    return out.reshape(values.shape) if values.ndim else float(out[0])


def _logistic(v: float) -> float:
    return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))


def _inner(v: float) -> float:
    """Twice what stands in the tanh of GELU: (1 + tanh u) / 2 = logistic(2 u)."""
    return 2 * ROOT * (v + CUBIC * v**3)


def _slope_of_logistic(v: float) -> float:
    """Return 1 / (4 cosh(v / 2)**2); 0 where the cosine is beyond any float."""
    return 0.25 / math.cosh(v / 2) ** 2 if abs(v) < 700 else 0.0


@activations.reference
def sigmoid(x):
    """1 / (1 + exp(-x)), in the form that does not overflow."""
    return _each(_logistic, x)


@activations.reference
def tanh(x):
    """Twice the sigmoid at 2 x, less 1, by the function of the standard library."""
    return _each(math.tanh, x)


@activations.reference
def relu(x):
    """Take the larger of x and 0."""
    return _each(lambda v: max(v, 0.0), x)


@activations.reference
def leaky_relu(x, slope=0.01):
    """X above 0, slope * x below."""
    return _each(lambda v: v if v > 0 else slope * v, x)


@activations.reference
def elu(x, alpha=1.0):
    """X above 0, alpha * (exp(x) - 1) below."""
    return _each(lambda v: v if v > 0 else alpha * math.expm1(v), x)


@activations.reference
def gelu(x):
    """X times a logistic function of x + 0.044715 x**3."""
    return _each(lambda v: v * _logistic(_inner(v)), x)


PLAIN = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu")
BENT = ("sigmoid", "tanh", "elu", "gelu")  # those with an exponential in them


def _inputs(rng: np.random.Generator, *shape: int, scale: float = 2.0) -> np.ndarray:
    """Draw numbers of both signs, none of them near a kink."""
    x = scale * rng.standard_normal(shape)
    x = np.where(np.abs(x) < KINK, 1.0, x).reshape(-1)
    if x.size > 1:
        x[:2] = np.abs(x[0]), -np.abs(x[1])
    return rng.permutation(x).reshape(shape)


def _common_checks(exercise: Exercise, prefix: str, usual: float, forms: float) -> None:
    """Add what is asked of each function: ordinary inputs, then other forms."""
    for name in PLAIN:
        title = f"{prefix}{name}"

        def _usual(
            student: Student, rng: np.random.Generator, name: str = title
        ) -> None:
            for shape in ((8,), (3, 5)):
                student.agrees(name, _inputs(rng, *shape))
            student.agrees(name, _inputs(rng, 6, scale=0.2))

        def _forms(
            student: Student, rng: np.random.Generator, name: str = title
        ) -> None:
            for value in _inputs(rng, 2).tolist():
                student.agrees(name, value)
            student.agrees(name, np.float64(_inputs(rng, 2)[0]))
            student.agrees(name, _inputs(rng, 2, 3, 4))
            student.agrees(name, _inputs(rng, 1))
            student.agrees(name, np.array(_inputs(rng, 2)[0]))
            student.agrees(name, _inputs(rng, 7).astype(np.float32), **SINGLE)

        exercise.check(f"{title}, an array", usual)(_usual)
        exercise.check(f"{title}, a number, other shapes, float32", forms)(_forms)


def _large_checks(exercise: Exercise, prefix: str, points: float) -> None:
    for name in BENT:
        title = f"{prefix}{name}"

        def _large(
            student: Student, rng: np.random.Generator, name: str = title
        ) -> None:
            far = float(rng.uniform(800, 4000))
            student.agrees(name, rng.permutation([far, -far, 30.0, -30.0, 720.0]))
            student.agrees(name, -far)
            student.agrees(name, far)

        exercise.check(f"{title}, far from zero", points)(_large)


_common_checks(activations, "", usual=0.5, forms=0.2)
_large_checks(activations, "", points=0.15)


@activations.check("leaky_relu, another slope", 0.1)
def _other_slope(student: Student, rng: np.random.Generator) -> None:
    student.agrees("leaky_relu", _inputs(rng, 6), float(rng.uniform(0.1, 0.4)))
    student.agrees("leaky_relu", _inputs(rng, 2, 3), slope=0.1)


@activations.check("elu, another alpha", 0.1)
def _other_alpha(student: Student, rng: np.random.Generator) -> None:
    student.agrees("elu", _inputs(rng, 6), float(rng.uniform(1.5, 3)))
    student.agrees("elu", _inputs(rng, 2, 3), alpha=0.5)


@activations.misconception(
    "the sigmoid overflows at inputs far from zero",
    "Infinity over infinity is not a number. Can the fraction be written so that only "
    "e to a negative number occurs?",
    of="sigmoid",
)
def sigmoid_overflows(x):
    return np.exp(x) / (1 + np.exp(x))


@activations.misconception(
    "the sigmoid is made to run from minus one to one",
    "That is the range of another function. What does the fraction give for very large "
    "and very small inputs?",
    of="sigmoid",
)
def sigmoid_from_minus_one(x):
    return 2 / (1 + np.exp(-x)) - 1


@activations.misconception(
    "the sign in the exponent of the sigmoid is missing",
    "Should the sigmoid rise or fall with its input?",
    of="sigmoid",
)
def sigmoid_falls(x):
    return 1 / (1 + np.exp(x))


@activations.misconception(
    "tanh takes single numbers only",
    "The functions of the math module know no arrays. Which library has the same "
    "function for both?",
    of="tanh",
)
def tanh_of_math(x):
    from math import tanh as of_one_number

    return of_one_number(x)


@activations.misconception(
    "two times the sigmoid at x stands for tanh, not at twice x",
    "Compare the slopes of both sides at zero. How must the input be stretched?",
    of="tanh",
)
def tanh_not_stretched(x):
    return 2 / (1 + np.exp(-np.asarray(x))) - 1


@activations.misconception(
    "tanh is the sigmoid at twice x, without the stretching of its values",
    "What is tanh at zero? Compare it with your function.",
    of="tanh",
)
def tanh_as_sigmoid(x):
    return 1 / (1 + np.exp(-2 * np.asarray(x)))


@activations.misconception(
    "tanh overflows at inputs far from zero",
    "Infinity less infinity is not a number. Which functions that you already have "
    "stay finite there?",
    of="tanh",
)
def tanh_overflows(x):
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


@activations.misconception(
    "the mask of ReLU is returned, not its values",
    "What is ReLU at five?",
    of="relu",
)
def relu_mask(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


@activations.misconception(
    "the absolute value stands for ReLU",
    "What should become of an input below zero?",
    of="relu",
)
def relu_absolute(x):
    return np.abs(x)


@activations.misconception(
    "ReLU overwrites its input",
    "Assigning to a masked array writes into it. Whose array is it?",
    of="relu",
)
def relu_changes_input(x):
    if np.ndim(x) == 0:
        return max(x, 0.0)
    x[x < 0] = 0
    return x


@activations.misconception(
    "ReLU takes one maximum over the whole array",
    "One function of NumPy takes the largest entry, another compares entry by entry. "
    "Which is which?",
    of="relu",
)
def relu_one_maximum(x):
    return max(0.0, float(np.max(x)))


@activations.misconception(
    "the slope of the leaky ReLU is that of the slides",
    "Slides and notes differ here. Which default does the text name?",
    of="leaky_relu",
)
def leaky_slope_of_slides(x, slope=0.1):
    return np.where(np.asarray(x) > 0, x, slope * np.asarray(x))


@activations.misconception(
    "the slope of the leaky ReLU is fixed, whatever the argument says",
    "Call your function twice with different slopes and compare.",
    of="leaky_relu",
)
def leaky_slope_fixed(x, slope=0.01):
    return np.maximum(0.01 * np.asarray(x), x)


@activations.misconception(
    "the leaky ReLU gives the slope itself below zero, not slope times x",
    "Below zero it is a straight line through the origin. Is yours?",
    of="leaky_relu",
)
def leaky_constant(x, slope=0.01):
    return np.where(np.asarray(x) > 0, x, slope)


@activations.misconception(
    "the leaky ReLU has the wrong sign below zero",
    "Does the line below zero go on downwards, or does it turn up?",
    of="leaky_relu",
)
def leaky_turned_up(x, slope=0.01):
    return np.where(np.asarray(x) > 0, x, -slope * np.asarray(x))


@activations.misconception(
    "the smaller of the two lines is taken for the leaky ReLU",
    "At an input of one, which of the two lines should it follow?",
    of="leaky_relu",
)
def leaky_minimum(x, slope=0.01):
    return np.minimum(slope * np.asarray(x), x)


@activations.misconception(
    "ELU leaves out the minus one",
    "At zero both branches should meet. Do yours?",
    of="elu",
)
def elu_without_one(x, alpha=1.0):
    return np.where(np.asarray(x) > 0, x, alpha * np.exp(np.minimum(x, 0)))


@activations.misconception(
    "alpha is left out of ELU, or multiplies only a part of it",
    "How low does ELU go far to the left? Try an alpha of two.",
    of="elu",
)
def elu_alpha_on_exp(x, alpha=1.0):
    return np.where(np.asarray(x) > 0, x, alpha * np.exp(np.minimum(x, 0)) - 1)


@activations.misconception(
    "alpha scales both branches of ELU",
    "What is ELU at five, whatever alpha is?",
    of="elu",
)
def elu_scaled(x, alpha=1.0):
    return alpha * np.where(np.asarray(x) > 0, x, np.expm1(np.minimum(x, 0)))


@activations.misconception(
    "ELU mixes its branches by masks, and infinity times zero is not a number",
    "A product with a mask computes both branches everywhere. What is e to a large "
    "number, times zero?",
    of="elu",
)
def elu_by_products(x, alpha=1.0):
    x = np.asarray(x)
    return x * (x > 0) + alpha * (np.exp(x) - 1) * (x <= 0)


@activations.misconception(
    "the sign of ELU is wrong below zero",
    "Is e to a negative number, less one, above or below zero?",
    of="elu",
)
def elu_turned_up(x, alpha=1.0):
    return np.where(np.asarray(x) > 0, x, alpha * (1 - np.exp(np.minimum(x, 0))))


@activations.misconception(
    "the factor one half of GELU is missing",
    "Far to the right GELU should come close to x. Does yours?",
    of="gelu",
)
def gelu_without_half(x):
    x = np.asarray(x)
    return x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


@activations.misconception(
    "the cubic term of GELU is missing or squared",
    "Read the polynomial inside the tanh again, power by power.",
    of="gelu",
)
def gelu_squared_term(x):
    x = np.asarray(x)
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**2)))


@activations.misconception(
    "the polynomial inside GELU is reduced to x",
    "The text's form has a second term inside the tanh. Which one?",
    of="gelu",
)
def gelu_without_cube(x):
    x = np.asarray(x)
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * x))


@activations.misconception(
    "the root of two over pi is taken wrongly in GELU",
    "Which of the two numbers stands above the line, and what does the root cover?",
    of="gelu",
)
def gelu_wrong_root(x):
    x = np.asarray(x)
    return 0.5 * x * (1 + np.tanh(np.sqrt(2) / np.pi * (x + 0.044715 * x**3)))


@activations.misconception(
    "the factor x in front of GELU is missing",
    "GELU is x times a number between zero and one. What is it at minus ten?",
    of="gelu",
)
def gelu_gate_only(x):
    x = np.asarray(x)
    return 0.5 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


@activations.misconception(
    "another approximation of GELU is used, x times the sigmoid of a multiple of x",
    "There are several approximations. The exercise names the one with tanh.",
    of="gelu",
)
def gelu_by_sigmoid(x):
    return x / (1 + np.exp(-1.702 * np.asarray(x)))


@activations.misconception(
    "the exact GELU is computed, not its tanh form",
    "The two differ in the fourth digit. Which one does the exercise name?",
    of="gelu",
)
def gelu_exact(x):
    from math import erf

    x = np.asarray(x, dtype=float)
    return 0.5 * x * (1 + np.vectorize(erf)(x / np.sqrt(2)))


@activations.variant("NumPy's own functions, the naive sigmoid")
class naive_forms:
    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    def tanh(x):
        return np.tanh(x)

    def relu(x):
        return np.maximum(0, x)

    def leaky_relu(x, slope=0.01):
        return np.where(x > 0, x, slope * x)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * (np.exp(x) - 1))

    def gelu(x):
        return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


@activations.variant("each through the sigmoid")
class by_sigmoid:
    def sigmoid(x):
        return np.exp(-np.logaddexp(0, -np.asarray(x)))

    def tanh(x):
        return 2 * np.exp(-np.logaddexp(0, -2 * np.asarray(x))) - 1

    def relu(x):
        return x * (x > 0)

    def leaky_relu(x, slope=0.01):
        return np.maximum(x, 0) + slope * np.minimum(x, 0)

    def elu(x, alpha=1.0):
        return np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0))

    def gelu(x):
        inner = 2 * np.sqrt(2 / np.pi) * (x + 0.044715 * np.power(x, 3))
        return x * np.exp(-np.logaddexp(0, -inner))


@activations.variant("masks over a copy")
class by_masks:
    def sigmoid(x):
        x = np.asarray(x, dtype=float)
        e = np.exp(-np.abs(x))
        return np.where(x >= 0, 1, e) / (1 + e)

    def tanh(x):
        e = np.exp(-2 * np.abs(x))
        return np.sign(x) * (1 - e) / (1 + e)

    def relu(x):
        out = np.array(x, dtype=float)
        out[out < 0] = 0
        return out

    def leaky_relu(x, slope=0.01):
        out = np.array(x, dtype=float)
        out[out < 0] *= slope
        return out

    def elu(x, alpha=1.0):
        out = np.array(x, dtype=float)
        low = out < 0
        out[low] = alpha * (np.exp(out[low]) - 1)
        return out

    def gelu(x):
        u = np.sqrt(2.0 / np.pi) * x * (1 + 0.044715 * x * x)
        return x / 2 + x / 2 * np.tanh(u)


@activations.variant("sigmoid by tanh, the others by clip")
class by_tanh:
    def sigmoid(x):
        return 0.5 * (1 + np.tanh(np.asarray(x) / 2))

    def tanh(x):
        return np.sinh(np.clip(x, -20, 20)) / np.cosh(np.clip(x, -20, 20))

    def relu(x):
        return np.clip(x, 0, None)

    def leaky_relu(x, slope=0.01):
        return np.maximum(slope * np.asarray(x), x)

    def elu(x, alpha=1.0):
        low = np.clip(x, None, 0)
        return np.clip(x, 0, None) + alpha * (np.exp(low) - 1)

    def gelu(x):
        c = (2 / np.pi) ** 0.5
        return 0.5 * np.asarray(x) * (1 + np.tanh(c * x + c * 0.044715 * x**3))


@activations.variant("number by number")
class one_by_one:
    def sigmoid(x):
        def one(v):
            return 1 / (1 + np.exp(-v)) if v > 0 else np.exp(v) / (np.exp(v) + 1)

        return np.vectorize(one, otypes=[float])(x)

    def tanh(x):
        return np.vectorize(np.tanh, otypes=[float])(x)

    def relu(x):
        return (x + np.abs(x)) / 2

    def leaky_relu(x, slope=0.01):
        return (1 + slope) / 2 * x + (1 - slope) / 2 * np.abs(x)

    def elu(x, alpha=1.0):
        def one(v):
            return v if v > 0 else alpha * (np.exp(v) - 1)

        return np.vectorize(one, otypes=[float])(x)

    def gelu(x):
        def one(v):
            return 0.5 * v * (1 + np.tanh(np.sqrt(2 / np.pi) * (v + 0.044715 * v**3)))

        return np.vectorize(one, otypes=[float])(x)


# Their slopes ----------------------------------------------------------------------

gradients = Exercise(
    "l4_activation_gradients",
    NOTEBOOK,
    5,
    ("d_sigmoid", "d_tanh", "d_relu", "d_leaky_relu", "d_elu", "d_gelu"),
    title="Slopes of the activation functions",
    size="loss",
)


@gradients.reference
def d_sigmoid(x):
    """1 / (4 cosh(x / 2)**2)."""
    return _each(_slope_of_logistic, x)


@gradients.reference
def d_tanh(x):
    """1 / cosh(x)**2, as four times the slope of the sigmoid at 2 x."""
    return _each(lambda v: 4 * _slope_of_logistic(2 * v), x)


@gradients.reference
def d_relu(x):
    """1 above 0, 0 elsewhere."""
    return _each(lambda v: 1.0 if v > 0 else 0.0, x)


@gradients.reference
def d_leaky_relu(x, slope=0.01):
    """1 above 0, slope elsewhere."""
    return _each(lambda v: 1.0 if v > 0 else slope, x)


@gradients.reference
def d_elu(x, alpha=1.0):
    """1 above 0, alpha * exp(x) elsewhere."""
    return _each(lambda v: 1.0 if v > 0 else alpha * math.exp(v), x)


@gradients.reference
def d_gelu(x):
    """Product rule on x * logistic(inner)."""

    def one(v: float) -> float:
        slope = 2 * ROOT * (1 + 3 * CUBIC * v * v)
        return _logistic(_inner(v)) + v * slope * _slope_of_logistic(_inner(v))

    return _each(one, x)


_common_checks(gradients, "d_", usual=0.5, forms=0.15)
_large_checks(gradients, "d_", points=0.2)


@gradients.check("d_leaky_relu, another slope", 0.1)
def _other_slope_of_leaky(student: Student, rng: np.random.Generator) -> None:
    student.agrees("d_leaky_relu", _inputs(rng, 6), float(rng.uniform(0.1, 0.4)))
    student.agrees("d_leaky_relu", _inputs(rng, 2, 3), slope=0.1)


@gradients.check("d_elu, another alpha", 0.1)
def _other_alpha_of_elu(student: Student, rng: np.random.Generator) -> None:
    student.agrees("d_elu", _inputs(rng, 6), float(rng.uniform(1.5, 3)))
    student.agrees("d_elu", _inputs(rng, 2, 3), alpha=0.5)


@gradients.check(
    "at zero: every slope between the two sides where there is a kink", 0.1
)
def _at_zero(student: Student, rng: np.random.Generator) -> None:
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
        want = gradients.reference_names[name](x, *given)
        want[x == 0] = np.clip(got, 0, top)[x == 0]
        student.expect(got, want, name)


@gradients.misconception(
    "the slope of the sigmoid is taken at the output, as if x were s(x)",
    "The formula s (1 - s) wants the value of the sigmoid. What does your function get "
    "as its argument?",
    of="d_sigmoid",
)
def d_sigmoid_of_output(x):
    return x * (1 - x)


@gradients.misconception(
    "the slope of the sigmoid is taken for the sigmoid itself",
    "How steep is a curve where it is almost flat? Compare with your value at ten.",
    of="d_sigmoid",
)
def d_sigmoid_is_value(x):
    return 1 / (1 + np.exp(-x))


@gradients.misconception(
    "the slope of the sigmoid has one plus s in place of one less s",
    "The slope should vanish on both sides. Does it on the right?",
    of="d_sigmoid",
)
def d_sigmoid_plus(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 + s)


@gradients.misconception(
    "the slope of the sigmoid overflows at inputs far from zero",
    "Infinity over infinity is not a number. Can the slope be written with the sigmoid "
    "alone?",
    of="d_sigmoid",
)
def d_sigmoid_overflows(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


@gradients.misconception(
    "the slope of tanh is one less tanh, without the square",
    "At large negative inputs the slope should be zero. What is yours?",
    of="d_tanh",
)
def d_tanh_no_square(x):
    return 1 - np.tanh(x)


@gradients.misconception(
    "the slope of tanh is taken at the output, as if x were tanh(x)",
    "The formula wants the value of tanh. What does your function get as its argument?",
    of="d_tanh",
)
def d_tanh_of_output(x):
    return 1 - np.asarray(x) ** 2


@gradients.misconception(
    "the slope of tanh has the form of the sigmoid's",
    "How steep is tanh at zero?",
    of="d_tanh",
)
def d_tanh_like_sigmoid(x):
    return np.tanh(x) * (1 - np.tanh(x))


@gradients.misconception(
    "the inner factor is missing in the slope of tanh by the sigmoid",
    "tanh is stretched in both directions. What does the chain rule make of the inner "
    "one?",
    of="d_tanh",
)
def d_tanh_inner_missing(x):
    s = 1 / (1 + np.exp(-2 * np.asarray(x)))
    return 2 * s * (1 - s)


@gradients.misconception(
    "the values of ReLU are returned, not its slopes",
    "What is the slope of the straight branch?",
    of="d_relu",
)
def d_relu_values(x):
    return np.maximum(0, x)


@gradients.misconception(
    "the slope of ReLU is one everywhere",
    "How does ReLU change below zero?",
    of="d_relu",
)
def d_relu_ones(x):
    return np.ones_like(x)


@gradients.misconception(
    "the slope of ReLU is minus one below zero",
    "That is the absolute value. How does ReLU change below zero?",
    of="d_relu",
)
def d_relu_sign(x):
    return np.sign(x)


@gradients.misconception(
    "the slope of ReLU is found below zero, not above",
    "On which side does ReLU follow its input?",
    of="d_relu",
)
def d_relu_turned(x):
    return np.where(np.asarray(x) < 0, 1.0, 0.0)


@gradients.misconception(
    "the slope of the leaky ReLU is zero below zero",
    "The leak is what keeps it alive. How steep is it there?",
    of="d_leaky_relu",
)
def d_leaky_like_relu(x, slope=0.01):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


@gradients.misconception(
    "the slope of the leaky ReLU is multiplied by x below zero",
    "You return a value of the function. What is the slope of a straight line?",
    of="d_leaky_relu",
)
def d_leaky_times_x(x, slope=0.01):
    return np.where(np.asarray(x) > 0, 1.0, slope * np.asarray(x))


@gradients.misconception(
    "the default slope of the leaky ReLU is that of the slides",
    "Slides and notes differ here. Which default does the text name?",
    of="d_leaky_relu",
)
def d_leaky_of_slides(x, slope=0.1):
    return np.where(np.asarray(x) > 0, 1.0, slope)


@gradients.misconception(
    "the slope of the leaky ReLU is fixed, whatever the argument says",
    "Call your function twice with different slopes and compare.",
    of="d_leaky_relu",
)
def d_leaky_fixed(x, slope=0.01):
    return np.where(np.asarray(x) > 0, 1.0, 0.01)


@gradients.misconception(
    "the value of ELU is returned below zero, not its slope",
    "The derivative of a constant is zero. Which part of the branch is a constant?",
    of="d_elu",
)
def d_elu_value(x, alpha=1.0):
    return np.where(np.asarray(x) > 0, 1.0, alpha * np.expm1(np.minimum(x, 0)))


@gradients.misconception(
    "alpha is left out of the slope of ELU",
    "Try an alpha of two: how steep is the lower branch just below zero?",
    of="d_elu",
)
def d_elu_without_alpha(x, alpha=1.0):
    return np.where(np.asarray(x) > 0, 1.0, np.exp(np.minimum(x, 0)))


@gradients.misconception(
    "alpha stands for the slope of ELU below zero",
    "The lower branch is a curve, not a line. What is its slope far to the left?",
    of="d_elu",
)
def d_elu_constant(x, alpha=1.0):
    return np.where(np.asarray(x) > 0, 1.0, alpha)


@gradients.misconception(
    "the slope of ELU mixes its branches by masks, and infinity times zero is not a "
    "number",
    "A product with a mask computes both branches everywhere. What is e to a large "
    "number, times zero?",
    of="d_elu",
)
def d_elu_by_products(x, alpha=1.0):
    x = np.asarray(x)
    return (x > 0) + alpha * np.exp(x) * (x <= 0)


@gradients.misconception(
    "the second term of the product rule is missing in the slope of GELU",
    "GELU is x times a gate. Which of the two factors did you differentiate?",
    of="d_gelu",
)
def d_gelu_gate_only(x):
    x = np.asarray(x)
    return 0.5 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


@gradients.misconception(
    "the first term of the product rule is missing in the slope of GELU",
    "GELU is x times a gate. Far to the right its slope should be one: is yours?",
    of="d_gelu",
)
def d_gelu_second_only(x):
    x = np.asarray(x)
    t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
    inner = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x**2)
    return 0.5 * x * (1 - t**2) * inner


@gradients.misconception(
    "the inner derivative is missing in the slope of GELU",
    "Inside the tanh stands a polynomial. What does the chain rule make of it?",
    of="d_gelu",
)
def d_gelu_inner_missing(x):
    x = np.asarray(x)
    t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
    return 0.5 * (1 + t) + 0.5 * x * (1 - t**2)


@gradients.misconception(
    "the inner derivative of GELU forgets the three of the cube",
    "What is the derivative of x cubed?",
    of="d_gelu",
)
def d_gelu_three_missing(x):
    x = np.asarray(x)
    t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
    inner = np.sqrt(2 / np.pi) * (1 + 0.044715 * x**2)
    return 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * inner


@gradients.misconception(
    "the slope of tanh lacks its square in the slope of GELU",
    "What is the derivative of tanh, written with tanh itself?",
    of="d_gelu",
)
def d_gelu_no_square(x):
    x = np.asarray(x)
    t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
    inner = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x**2)
    return 0.5 * (1 + t) + 0.5 * x * (1 - t) * inner


@gradients.misconception(
    "a forward difference with a coarse step stands for the slope of GELU",
    "The numeric slope is a check, not the answer. Which digits does it lose?",
    of="d_gelu",
)
def d_gelu_numeric(x):
    def value(x):
        return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))

    x = np.asarray(x, dtype=float)
    return (value(x + 1e-3) - value(x)) / 1e-3


@gradients.variant("the textbook forms")
class slopes_of_the_text:
    def d_sigmoid(x):
        s = 1 / (1 + np.exp(-x))
        return s * (1 - s)

    def d_tanh(x):
        return 1 - np.tanh(x) ** 2

    def d_relu(x):
        return np.where(x > 0, 1.0, 0.0)

    def d_leaky_relu(x, slope=0.01):
        return np.where(x > 0, 1.0, slope)

    def d_elu(x, alpha=1.0):
        return np.where(x > 0, 1, alpha * np.exp(x))

    def d_gelu(x):
        c, k = np.sqrt(2 / np.pi), 0.044715
        t = np.tanh(c * (x + k * x**3))
        return 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * c * (1 + 3 * k * x**2)


@gradients.variant("slope one at zero, hyperbolic cosines")
class slopes_by_cosh:
    def d_sigmoid(x):
        return 0.25 / np.cosh(np.asarray(x) / 2) ** 2

    def d_tanh(x):
        return 1 / np.cosh(x) ** 2

    def d_relu(x):
        return (np.asarray(x) >= 0).astype(float)

    def d_leaky_relu(x, slope=0.01):
        return np.where(np.asarray(x) >= 0, 1.0, slope)

    def d_elu(x, alpha=1.0):
        return np.where(np.asarray(x) >= 0, 1.0, alpha * np.exp(np.minimum(x, 0)))

    def d_gelu(x):
        c = np.sqrt(2 / np.pi)
        u = c * (x + 0.044715 * np.power(x, 3))
        gate = (1 + np.tanh(u)) / 2
        return gate + 2 * x * gate * (1 - gate) * (c + 3 * c * 0.044715 * np.square(x))


@gradients.variant("the slope through the value; truth values for ReLU")
class slopes_by_values:
    def d_sigmoid(x):
        s = np.exp(-np.logaddexp(0, -np.asarray(x)))
        return s - s**2

    def d_tanh(x):
        s = np.exp(-np.logaddexp(0, -2 * np.asarray(x)))
        return 4 * s * (1 - s)

    def d_relu(x):
        return 1.0 * (x > 0)

    def d_leaky_relu(x, slope=0.01):
        return slope + (1 - slope) * (x > 0)

    def d_elu(x, alpha=1.0):
        low = alpha * (np.exp(np.minimum(x, 0)) - 1)
        return np.where(np.asarray(x) > 0, 1.0, low + alpha)

    def d_gelu(x):
        t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
        bell = 1 - t * t
        return 0.5 + 0.5 * t + bell * (0.3989422804014327 * x + 0.0535161204 * x**3)


@gradients.variant("the middle slope at kinks")
class slopes_in_the_middle:
    def d_sigmoid(x):
        e = np.exp(-np.abs(x))
        return e / (1 + e) ** 2

    def d_tanh(x):
        e = np.exp(-2 * np.abs(x))
        return 4 * e / (1 + e) ** 2

    def d_relu(x):
        return np.heaviside(x, 0.5)

    def d_leaky_relu(x, slope=0.01):
        up = np.heaviside(x, 0.5)
        return up + slope * (1 - up)

    def d_elu(x, alpha=1.0):
        up = np.heaviside(x, 0.5)
        return up + (1 - up) * alpha * np.exp(np.minimum(x, 0))

    def d_gelu(x):
        s = 1 / (1 + np.exp(-2 * np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
        inner = 2 * np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x**2)
        return s + x * s * (1 - s) * inner


@gradients.variant("masks over an array of ones; slope zero at a kink")
class slopes_by_masks:
    def d_sigmoid(x):
        return (1 - np.tanh(np.asarray(x) / 2) ** 2) / 4

    def d_tanh(x):
        return (1 - np.tanh(x)) * (1 + np.tanh(x))

    def d_relu(x):
        out = np.ones(np.shape(x))
        out[np.asarray(x) <= 0] = 0
        return out

    def d_leaky_relu(x, slope=0.01):
        x = np.asarray(x)
        return 1.0 * (x > 0) + slope * (x < 0)

    def d_elu(x, alpha=1.0):
        x = np.asarray(x, dtype=float)
        out = np.ones(x.shape)
        out[x <= 0] = alpha * np.exp(x[x <= 0])
        return out

    def d_gelu(x):
        c = (2 / np.pi) ** 0.5
        u = c * x + c * 0.044715 * x**3
        du = c + 3 * c * 0.044715 * x**2
        return (1 + np.tanh(u) + x * du * (1 - np.tanh(u) ** 2)) / 2


# How gradients fade or grow --------------------------------------------------------

flow = Exercise(
    "l4_gradient_flow",
    NOTEBOOK,
    4,
    ("gradient_flow",),
    title="Mean gradient of each layer of a deep net",
    size="loss",
    returns={"gradient_flow": ("flow",)},
)


@flow.reference
def gradient_flow(activation, d_activation, depth, width, scale, rng):
    """Follow single entries forward and back, with sums written out."""
    h = rng.standard_normal((64, width))
    weights, slopes = [], []
    for _ in range(depth):
        W = scale * rng.standard_normal((width, width))
        z = np.array([[math.fsum(row * column) for column in W.T] for row in h])
        h = np.asarray(activation(z), dtype=float)
        weights.append(W)
        slopes.append(np.asarray(d_activation(z), dtype=float))
    found = [0.0] * depth
    dh = np.ones(h.shape)
    for k in range(depth - 1, -1, -1):
        dz = dh * slopes[k]
        found[k] = math.fsum(np.abs(dz).reshape(-1)) / dz.size
        dh = np.array([[math.fsum(row * line) for line in weights[k]] for row in dz])
    return np.array(found)


def _flow(
    student: Student,
    rng: np.random.Generator,
    depth: int,
    width: int,
    scale: float,
    lean: float = 0.2,
) -> None:
    given = {"a": float(rng.uniform(0.5, 1.5)), "b": lean}
    student.agrees(
        "gradient_flow",
        probe_argument("leaning_tanh", **given),
        probe_argument("leaning_tanh_slope", **given),
        depth,
        width,
        scale,
        rng_argument(int(rng.integers(2**31))),
    )


@flow.check("one layer", 0.6)
def _flow_one(student: Student, rng: np.random.Generator) -> None:
    for width in (5, 3):
        _flow(student, rng, 1, width, float(rng.uniform(0.4, 0.8)))


@flow.check("two layers", 0.9)
def _flow_two(student: Student, rng: np.random.Generator) -> None:
    for width in (4, 6):
        _flow(student, rng, 2, width, float(rng.uniform(0.4, 0.8)))


@flow.check("several layers", 1.2)
def _flow_many(student: Student, rng: np.random.Generator) -> None:
    for depth, width in ((5, 4), (4, 6)):
        _flow(student, rng, depth, width, float(rng.uniform(0.3, 0.7)))


@flow.check("small and large scales", 0.6)
def _flow_scales(student: Student, rng: np.random.Generator) -> None:
    for scale in (0.05, 1.3):
        _flow(student, rng, 4, 5, scale)


@flow.check("a width of one, slopes of both signs", 0.3)
def _flow_narrow(student: Student, rng: np.random.Generator) -> None:
    _flow(student, rng, 3, 1, 0.8)
    _flow(student, rng, 3, 4, 0.6, lean=-0.4)


@flow.check("layers whose activation is the identity", 0.4)
def _flow_linear(student: Student, rng: np.random.Generator) -> None:
    student.agrees(
        "gradient_flow",
        probe_argument("leaning_tanh", a=0.0, b=1.0),
        probe_argument("leaning_tanh_slope", a=0.0, b=1.0),
        4,
        5,
        float(rng.uniform(0.3, 0.6)),
        rng_argument(int(rng.integers(2**31))),
    )


@flow.misconception(
    "the gradients are averaged with their signs, not as absolute values",
    "Gradients of both signs cancel in a mean. Which function has to stand inside it?",
)
def flow_signed(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.mean(dz)
        dh = dz @ Ws[k].T
    return out


@flow.misconception(
    "the layers are returned in backward order",
    "Which entry belongs to the first layer: the one next to the input or next to the "
    "loss?",
)
def flow_backwards(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), []
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out.append(np.mean(np.abs(dz)))
        dh = dz @ Ws[k].T
    return np.array(out)


@flow.misconception(
    "the slope is taken at the output h, not at the input z of the activation",
    "d_activation(x) is the slope at x. Which array goes into the activation?",
)
def flow_slope_at_output(activation, d_activation, depth, width, scale, rng):
    h, hs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        h = activation(h @ Ws[-1])
        hs.append(h)
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(hs[k])
        out[k] = np.mean(np.abs(dz))
        dh = dz @ Ws[k].T
    return out


@flow.misconception(
    "the slopes of the activation are left out of the backward pass",
    "Between h and z stands the activation. Which local gradient does it add?",
)
def flow_without_slopes(activation, d_activation, depth, width, scale, rng):
    h, Ws = rng.standard_normal((64, width)), []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        h = activation(h @ Ws[-1])
    dz, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        out[k] = np.mean(np.abs(dz))
        dz = dz @ Ws[k].T
    return out


@flow.misconception(
    "the weights are not transposed on the way back",
    "Square matrices fit either way. Write out one entry of the gradient of h.",
)
def flow_not_transposed(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.mean(np.abs(dz))
        dh = dz @ Ws[k]
    return out


@flow.misconception(
    "the gradients of h are averaged, not those of z",
    "Entry k belongs to z of layer k. Is the slope of the activation in yours already?",
)
def flow_of_outputs(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        out[k] = np.mean(np.abs(dh))
        dh = (dh * d_activation(zs[k])) @ Ws[k].T
    return out


@flow.misconception(
    "the gradients are summed, not averaged",
    "Should the result grow when there are more examples?",
)
def flow_summed(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.sum(np.abs(dz))
        dh = dz @ Ws[k].T
    return out


@flow.misconception(
    "the ones enter at the last z, past the last activation",
    "The text lets them enter at the last h. What does the last activation make of "
    "them?",
)
def flow_ones_at_z(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dz, out = np.ones(h.shape), np.zeros(depth)
    out[-1] = 1.0
    for k in range(depth - 2, -1, -1):
        dz = (dz @ Ws[k + 1].T) * d_activation(zs[k])
        out[k] = np.mean(np.abs(dz))
    return out


@flow.misconception(
    "the forward pass leaves out the activation",
    "The input of a layer is the output h of the one below, not its z.",
)
def flow_linear_forward(activation, d_activation, depth, width, scale, rng):
    z, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        z = z @ Ws[-1]
        zs.append(z)
    dh, out = np.ones(z.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.mean(np.abs(dz))
        dh = dz @ Ws[k].T
    return out


@flow.misconception(
    "the weights are not multiplied by scale",
    "Call your function with two scales and the same generator. Does anything change?",
)
def flow_without_scale(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.mean(np.abs(dz))
        dh = dz @ Ws[k].T
    return out


@flow.misconception(
    "the weights are drawn before the input",
    "The order of the draws is part of the task. Which array comes first?",
)
def flow_weights_first(activation, d_activation, depth, width, scale, rng):
    Ws = [scale * rng.standard_normal((width, width)) for _ in range(depth)]
    h, zs = rng.standard_normal((64, width)), []
    for W in Ws:
        zs.append(h @ W)
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.mean(np.abs(dz))
        dh = dz @ Ws[k].T
    return out


@flow.misconception(
    "the gradients of the weights are averaged, not those of z",
    "Entry k is the mean of the absolute gradient of z. Which array has its shape?",
)
def flow_of_weights(activation, d_activation, depth, width, scale, rng):
    h, hs, zs, Ws = rng.standard_normal((64, width)), [], [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        hs.append(h)
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.mean(np.abs(hs[k].T @ dz))
        dh = dz @ Ws[k].T
    return out


@flow.misconception(
    "the layers share one weight matrix",
    "Each layer draws weights of its own. How often does your code draw?",
)
def flow_one_matrix(activation, d_activation, depth, width, scale, rng):
    h, zs = rng.standard_normal((64, width)), []
    W = scale * rng.standard_normal((width, width))
    for _ in range(depth):
        zs.append(h @ W)
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.mean(np.abs(dz))
        dh = dz @ W.T
    return out


@flow.misconception(
    "the root mean square is taken, not the mean of the absolute values",
    "Both measure a size. Which one does the text name?",
)
def flow_root_mean_square(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.sqrt(np.mean(dz**2))
        dh = dz @ Ws[k].T
    return out


@flow.variant("the plain two loops")
def flow_two_loops(activation, d_activation, depth, width, scale, rng):
    h = rng.standard_normal((64, width))
    cache = []
    for _ in range(depth):
        W = scale * rng.standard_normal((width, width))
        z = h @ W
        cache.append((W, z))
        h = activation(z)
    dh = np.ones_like(h)
    result = np.zeros(depth)
    for k in range(depth - 1, -1, -1):
        W, z = cache[k]
        dz = dh * d_activation(z)
        result[k] = np.abs(dz).mean()
        dh = dz.dot(W.T)
    return result


@flow.variant("a list, put in front at each step")
def flow_insert(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    while len(Ws) < depth:
        Ws.append(rng.standard_normal((width, width)) * scale)
        zs.append(np.matmul(h, Ws[-1]))
        h = activation(zs[-1])
    up, out = np.ones((64, width)), []
    while Ws:
        up = up * d_activation(zs.pop())
        out.insert(0, float(np.abs(up).mean()))
        up = up @ Ws.pop().T
    return out


@flow.variant("all weights drawn in one block, the slopes kept")
def flow_block(activation, d_activation, depth, width, scale, rng):
    h = rng.standard_normal((64, width))
    W = scale * rng.standard_normal((depth, width, width))
    slopes = np.zeros((depth, 64, width))
    for k in range(depth):
        z = np.einsum("nd,dm->nm", h, W[k])
        slopes[k] = d_activation(z)
        h = activation(z)
    out, dh = np.zeros(depth), 1.0
    for k in range(depth)[::-1]:
        dz = dh * slopes[k]
        out[k] = np.sum(np.abs(dz)) / dz.size
        dh = np.einsum("nm,dm->nd", dz, W[k])
    return out


@flow.variant("by recursion")
def flow_recursive(activation, d_activation, depth, width, scale, rng):
    def below(h, left):
        if left == 0:
            return np.ones(h.shape), []
        W = scale * rng.standard_normal((width, width))
        z = h @ W
        dh, means = below(activation(z), left - 1)
        dz = dh * d_activation(z)
        return dz @ W.T, [np.mean(np.abs(dz)), *means]

    return np.array(below(rng.standard_normal((64, width)), depth)[1])


@flow.variant("examples in columns")
def flow_columns(activation, d_activation, depth, width, scale, rng):
    h = rng.standard_normal((64, width)).T
    layers = []
    for _ in range(depth):
        W = (scale * rng.standard_normal((width, width))).T
        layers.append((W, W @ h))
        h = activation(layers[-1][1])
    dh = np.ones(h.shape)
    means = {}
    for k, (W, z) in reversed(list(enumerate(layers))):
        dz = d_activation(z) * dh
        means[k] = np.average(np.abs(dz))
        dh = W.T @ dz
    return np.array([means[k] for k in range(depth)])


# Dead units ------------------------------------------------------------------------

dead = Exercise(
    "l4_dead_relu",
    NOTEBOOK,
    2,
    ("dead_fraction",),
    title="The share of dead ReLU units",
    returns={"dead_fraction": ("share",)},
)


@dead.reference
def dead_fraction(X, W, b):
    """Count the units that no example lifts above 0."""
    X, W, b = (np.asarray(part, dtype=float) for part in (X, W, b))
    found = 0
    for unit in range(W.shape[1]):
        alive = False
        for row in X:
            if math.fsum(row * W[:, unit]) + b[unit] > 0:
                alive = True
        found += not alive
    return found / W.shape[1]


def _layer(
    rng: np.random.Generator, N: int, D: int, H: int, shares: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw a layer with a share of dead units in this range, none of them barely so."""
    while True:
        X, W = rng.standard_normal((N, D)), rng.standard_normal((D, H))
        b = rng.uniform(-4, 1, size=H) * np.sqrt(D)
        top = (X @ W + b).max(axis=0)
        share = np.mean(top <= 0)
        if np.abs(X @ W + b).min() > 1e-6 and shares[0] < share < shares[1]:
            return X, W, b


@dead.check("some units dead, some alive", 0.9)
def _dead_some(student: Student, rng: np.random.Generator) -> None:
    for N, D, H in ((6, 6, 6), (9, 4, 12), (5, 3, 20)):
        student.agrees("dead_fraction", *_layer(rng, N, D, H, (0.05, 0.95)))


@dead.check("no unit dead, all units dead", 0.4)
def _dead_none(student: Student, rng: np.random.Generator) -> None:
    X, W, b = _layer(rng, 8, 4, 6, (0.05, 0.95))
    student.agrees("dead_fraction", X, W, b + 100.0)
    student.agrees("dead_fraction", X, W, b - 100.0)


@dead.check("sums of exactly zero", 0.3)
def _dead_at_zero(student: Student, rng: np.random.Generator) -> None:
    # Whole numbers: every sum is exact. Unit 0 only ever reaches 0, unit 1 exceeds it.
    X = rng.integers(1, 4, size=(5, 2)).astype(float)
    W = np.array([[0.0, 1.0, -1.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
    b = np.array([0.0, -X[:, 0].max() + 0.5, 0.0, -2.0])
    student.agrees("dead_fraction", X, W, b)
    student.agrees("dead_fraction", X, np.zeros((2, 3)), np.zeros(3))


@dead.check("one example, one unit, float32", 0.4)
def _dead_small(student: Student, rng: np.random.Generator) -> None:
    student.agrees("dead_fraction", *_layer(rng, 1, 4, 9, (0.05, 0.95)))
    for shift in (50.0, -50.0):
        X, W, b = _layer(rng, 6, 3, 1, (-1, 2))
        student.agrees("dead_fraction", X, W, b + shift)
    single = [a.astype(np.float32) for a in _layer(rng, 7, 3, 8, (0.05, 0.95))]
    student.agrees("dead_fraction", *single, **SINGLE)


@dead.misconception(
    "the share of outputs that are zero is computed, not that of dead units",
    "A unit that is silent for one image may speak for another. When does it count as "
    "dead?",
)
def dead_outputs(X, W, b):
    return np.mean(X @ W + b <= 0)


@dead.misconception(
    "examples that no unit responds to are counted, not dead units",
    "Which axis of X @ W numbers the examples, and over which must all be silent?",
)
def dead_examples(X, W, b):
    return np.mean(np.all(X @ W + b <= 0, axis=1))


@dead.misconception(
    "a unit counts as dead if any example leaves it silent",
    "What do the words any and all make of your condition?",
)
def dead_if_any(X, W, b):
    return np.mean(np.any(X @ W + b <= 0, axis=0))


@dead.misconception(
    "the share of living units is returned",
    "Push all biases far down. Should the answer be one or zero?",
)
def dead_living(X, W, b):
    return np.mean(np.any(X @ W + b > 0, axis=0))


@dead.misconception(
    "the bias is left out",
    "A bias can switch a unit off for good. Does yours enter?",
)
def dead_without_bias(X, W, b):
    return np.mean(np.all(X @ W <= 0, axis=0))


@dead.misconception(
    "the number of dead units is returned, not their share",
    "A share lies between zero and one. By what must you divide?",
)
def dead_count(X, W, b):
    return float(np.sum(np.all(X @ W + b <= 0, axis=0)))


@dead.misconception(
    "a sum of exactly zero counts as alive",
    "ReLU of zero is zero, and so is its slope there. Can such a unit still learn?",
)
def dead_strictly(X, W, b):
    return np.mean(np.all(X @ W + b < 0, axis=0))


@dead.misconception(
    "the mean activation decides, not each example",
    "One strong response can hide behind many silent ones. What if the mean is below "
    "zero and one example is not?",
)
def dead_on_average(X, W, b):
    return np.mean(np.mean(X @ W + b, axis=0) <= 0)


@dead.misconception(
    "the dead units are divided by the number of examples",
    "A share of the units: how many units are there?",
)
def dead_by_examples(X, W, b):
    return np.sum(np.all(X @ W + b <= 0, axis=0)) / X.shape[0]


@dead.variant("all examples silent")
def dead_all(X, W, b):
    return np.mean(np.all(X @ W + b <= 0, axis=0))


@dead.variant("the largest response of each unit")
def dead_by_maximum(X, W, b):
    return float(np.mean((X @ W + b).max(axis=0) <= 0))


@dead.variant("ReLU, then the sum of each column")
def dead_by_sum(X, W, b):
    out = np.maximum(0, X.dot(W) + b)
    return np.count_nonzero(out.sum(axis=0) == 0) / W.shape[1]


@dead.variant("a loop over the units")
def dead_loop(X, W, b):
    dead = [all(X @ W[:, h] + b[h] <= 0) for h in range(len(b))]
    return sum(dead) / len(dead)


@dead.variant("one less the share of the living")
def dead_complement(X, W, b):
    return np.array(1 - (X @ W > -b).any(axis=0).mean())


# The question ----------------------------------------------------------------------

question = Exercise(
    "l4_activations_question",
    NOTEBOOK,
    2,
    title="Choose an activation and defend it",
    kind="manual",
    rubric=(
        "- 1 point: a choice with a reason that names a property shown in the "
        "notebook (saturation, zero-centred outputs, dead units, cost) **and** what "
        "it does to the gradient.\n"
        "- 1 point: a weakness of this choice **and** how one would notice or mend "
        "it (share of dead units, scale of the weights, learning rate, a leak).\n"
        "- Half a point each where the claim stands without its effect on learning. "
        "Any activation may be chosen; a sigmoid needs a reason that fits, such as "
        "a probability at the output."
    ),
)
