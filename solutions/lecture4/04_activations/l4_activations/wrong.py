"""Activation functions: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the sigmoid overflows at inputs far from zero",
    "Infinity over infinity is not a number. Can the fraction be written so that only "
    "e to a negative number occurs?",
    of="sigmoid",
)
def sigmoid_overflows(x):
    return np.exp(x) / (1 + np.exp(x))


@misconception(
    "the sigmoid is made to run from minus one to one",
    "That is the range of another function. What does the fraction give for very large "
    "and very small inputs?",
    of="sigmoid",
)
def sigmoid_from_minus_one(x):
    return 2 / (1 + np.exp(-x)) - 1


@misconception(
    "the sign in the exponent of the sigmoid is missing",
    "Should the sigmoid rise or fall with its input?",
    of="sigmoid",
)
def sigmoid_falls(x):
    return 1 / (1 + np.exp(x))


@misconception(
    "tanh takes single numbers only",
    "The functions of the math module know no arrays. Which library has the same "
    "function for both?",
    of="tanh",
)
def tanh_of_math(x):
    from math import tanh as of_one_number

    return of_one_number(x)


@misconception(
    "two times the sigmoid at x stands for tanh, not at twice x",
    "Compare the slopes of both sides at zero. How must the input be stretched?",
    of="tanh",
)
def tanh_not_stretched(x):
    return 2 / (1 + np.exp(-np.asarray(x))) - 1


@misconception(
    "tanh is the sigmoid at twice x, without the stretching of its values",
    "What is tanh at zero? Compare it with your function.",
    of="tanh",
)
def tanh_as_sigmoid(x):
    return 1 / (1 + np.exp(-2 * np.asarray(x)))


@misconception(
    "tanh overflows at inputs far from zero",
    "Infinity less infinity is not a number. Which functions that you already have "
    "stay finite there?",
    of="tanh",
)
def tanh_overflows(x):
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


@misconception(
    "the mask of ReLU is returned, not its values",
    "What is ReLU at five?",
    of="relu",
)
def relu_mask(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


@misconception(
    "the absolute value stands for ReLU",
    "What should become of an input below zero?",
    of="relu",
)
def relu_absolute(x):
    return np.abs(x)


@misconception(
    "ReLU overwrites its input",
    "Assigning to a masked array writes into it. Whose array is it?",
    of="relu",
)
def relu_changes_input(x):
    if np.ndim(x) == 0:
        return max(x, 0.0)
    x[x < 0] = 0
    return x


@misconception(
    "ReLU takes one maximum over the whole array",
    "One function of NumPy takes the largest entry, another compares entry by entry. "
    "Which is which?",
    of="relu",
)
def relu_one_maximum(x):
    return max(0.0, float(np.max(x)))


@misconception(
    "the slope of the leaky ReLU is that of the slides",
    "Slides and notes differ here. Which default does the text name?",
    of="leaky_relu",
)
def leaky_slope_of_slides(x, slope=0.1):
    return np.where(np.asarray(x) > 0, x, slope * np.asarray(x))


@misconception(
    "the slope of the leaky ReLU is fixed, whatever the argument says",
    "Call your function twice with different slopes and compare.",
    of="leaky_relu",
)
def leaky_slope_fixed(x, slope=0.01):
    return np.maximum(0.01 * np.asarray(x), x)


@misconception(
    "the leaky ReLU gives the slope itself below zero, not slope times x",
    "Below zero it is a straight line through the origin. Is yours?",
    of="leaky_relu",
)
def leaky_constant(x, slope=0.01):
    return np.where(np.asarray(x) > 0, x, slope)


@misconception(
    "the leaky ReLU has the wrong sign below zero",
    "Does the line below zero go on downwards, or does it turn up?",
    of="leaky_relu",
)
def leaky_turned_up(x, slope=0.01):
    return np.where(np.asarray(x) > 0, x, -slope * np.asarray(x))


@misconception(
    "the smaller of the two lines is taken for the leaky ReLU",
    "At an input of one, which of the two lines should it follow?",
    of="leaky_relu",
)
def leaky_minimum(x, slope=0.01):
    return np.minimum(slope * np.asarray(x), x)


@misconception(
    "ELU leaves out the minus one",
    "At zero both branches should meet. Do yours?",
    of="elu",
)
def elu_without_one(x, alpha=1.0):
    return np.where(np.asarray(x) > 0, x, alpha * np.exp(np.minimum(x, 0)))


@misconception(
    "alpha is left out of ELU, or multiplies only a part of it",
    "How low does ELU go far to the left? Try an alpha of two.",
    of="elu",
)
def elu_alpha_on_exp(x, alpha=1.0):
    return np.where(np.asarray(x) > 0, x, alpha * np.exp(np.minimum(x, 0)) - 1)


@misconception(
    "alpha scales both branches of ELU",
    "What is ELU at five, whatever alpha is?",
    of="elu",
)
def elu_scaled(x, alpha=1.0):
    return alpha * np.where(np.asarray(x) > 0, x, np.expm1(np.minimum(x, 0)))


@misconception(
    "ELU mixes its branches by masks, and infinity times zero is not a number",
    "A product with a mask computes both branches everywhere. What is e to a large "
    "number, times zero?",
    of="elu",
)
def elu_by_products(x, alpha=1.0):
    x = np.asarray(x)
    return x * (x > 0) + alpha * (np.exp(x) - 1) * (x <= 0)


@misconception(
    "the sign of ELU is wrong below zero",
    "Is e to a negative number, less one, above or below zero?",
    of="elu",
)
def elu_turned_up(x, alpha=1.0):
    return np.where(np.asarray(x) > 0, x, alpha * (1 - np.exp(np.minimum(x, 0))))


@misconception(
    "the factor one half of GELU is missing",
    "Far to the right GELU should come close to x. Does yours?",
    of="gelu",
)
def gelu_without_half(x):
    x = np.asarray(x)
    return x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


@misconception(
    "the cubic term of GELU is missing or squared",
    "Read the polynomial inside the tanh again, power by power.",
    of="gelu",
)
def gelu_squared_term(x):
    x = np.asarray(x)
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**2)))


@misconception(
    "the polynomial inside GELU is reduced to x",
    "The text's form has a second term inside the tanh. Which one?",
    of="gelu",
)
def gelu_without_cube(x):
    x = np.asarray(x)
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * x))


@misconception(
    "the root of two over pi is taken wrongly in GELU",
    "Which of the two numbers stands above the line, and what does the root cover?",
    of="gelu",
)
def gelu_wrong_root(x):
    x = np.asarray(x)
    return 0.5 * x * (1 + np.tanh(np.sqrt(2) / np.pi * (x + 0.044715 * x**3)))


@misconception(
    "the factor x in front of GELU is missing",
    "GELU is x times a number between zero and one. What is it at minus ten?",
    of="gelu",
)
def gelu_gate_only(x):
    x = np.asarray(x)
    return 0.5 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


@misconception(
    "another approximation of GELU is used, x times the sigmoid of a multiple of x",
    "There are several approximations. The exercise names the one with tanh.",
    of="gelu",
)
def gelu_by_sigmoid(x):
    return x / (1 + np.exp(-1.702 * np.asarray(x)))


@misconception(
    "the exact GELU is computed, not its tanh form",
    "The two differ in the fourth digit. Which one does the exercise name?",
    of="gelu",
)
def gelu_exact(x):
    from math import erf

    x = np.asarray(x, dtype=float)
    return 0.5 * x * (1 + np.vectorize(erf)(x / np.sqrt(2)))


@misconception(
    "the root of two over pi multiplies x alone, not the whole polynomial",
    "Which terms stand in the brackets of the formula? Compare them with those of "
    "your line.",
    of="gelu",
)
def gelu_root_on_x_alone(x):
    x = np.asarray(x)
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * x + 0.044715 * x**3))
