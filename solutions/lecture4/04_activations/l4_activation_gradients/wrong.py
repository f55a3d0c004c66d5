"""Slopes of the activation functions: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the slope of the sigmoid is taken at the output, as if x were s(x)",
    "The formula s (1 - s) wants the value of the sigmoid. What does your function get "
    "as its argument?",
    of="d_sigmoid",
)
def d_sigmoid_of_output(x):
    return x * (1 - x)


@misconception(
    "the slope of the sigmoid is taken for the sigmoid itself",
    "How steep is a curve where it is almost flat? Compare with your value at ten.",
    of="d_sigmoid",
)
def d_sigmoid_is_value(x):
    return 1 / (1 + np.exp(-x))


@misconception(
    "the slope of the sigmoid has one plus s in place of one less s",
    "The slope should vanish on both sides. Does it on the right?",
    of="d_sigmoid",
)
def d_sigmoid_plus(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 + s)


@misconception(
    "the slope of the sigmoid overflows at inputs far from zero",
    "Infinity over infinity is not a number. Can the slope be written with the sigmoid "
    "alone?",
    of="d_sigmoid",
)
def d_sigmoid_overflows(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


@misconception(
    "the slope of tanh is one less tanh, without the square",
    "At large negative inputs the slope should be zero. What is yours?",
    of="d_tanh",
)
def d_tanh_no_square(x):
    return 1 - np.tanh(x)


@misconception(
    "the slope of tanh is taken at the output, as if x were tanh(x)",
    "The formula wants the value of tanh. What does your function get as its argument?",
    of="d_tanh",
)
def d_tanh_of_output(x):
    return 1 - np.asarray(x) ** 2


@misconception(
    "the slope of tanh has the form of the sigmoid's",
    "How steep is tanh at zero?",
    of="d_tanh",
)
def d_tanh_like_sigmoid(x):
    return np.tanh(x) * (1 - np.tanh(x))


@misconception(
    "the inner factor is missing in the slope of tanh by the sigmoid",
    "tanh is stretched in both directions. What does the chain rule make of the inner "
    "one?",
    of="d_tanh",
)
def d_tanh_inner_missing(x):
    s = 1 / (1 + np.exp(-2 * np.asarray(x)))
    return 2 * s * (1 - s)


@misconception(
    "the values of ReLU are returned, not its slopes",
    "What is the slope of the straight branch?",
    of="d_relu",
)
def d_relu_values(x):
    return np.maximum(0, x)


@misconception(
    "the slope of ReLU is one everywhere",
    "How does ReLU change below zero?",
    of="d_relu",
)
def d_relu_ones(x):
    return np.ones_like(x)


@misconception(
    "the slope of ReLU is minus one below zero",
    "That is the absolute value. How does ReLU change below zero?",
    of="d_relu",
)
def d_relu_sign(x):
    return np.sign(x)


@misconception(
    "the slope of ReLU is found below zero, not above",
    "On which side does ReLU follow its input?",
    of="d_relu",
)
def d_relu_turned(x):
    return np.where(np.asarray(x) < 0, 1.0, 0.0)


@misconception(
    "the slope of the leaky ReLU is zero below zero",
    "The leak is what keeps it alive. How steep is it there?",
    of="d_leaky_relu",
)
def d_leaky_like_relu(x, slope=0.01):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


@misconception(
    "the slope of the leaky ReLU is multiplied by x below zero",
    "You return a value of the function. What is the slope of a straight line?",
    of="d_leaky_relu",
)
def d_leaky_times_x(x, slope=0.01):
    return np.where(np.asarray(x) > 0, 1.0, slope * np.asarray(x))


@misconception(
    "the default slope of the leaky ReLU is that of the slides",
    "Slides and notes differ here. Which default does the text name?",
    of="d_leaky_relu",
)
def d_leaky_of_slides(x, slope=0.1):
    return np.where(np.asarray(x) > 0, 1.0, slope)


@misconception(
    "the slope of the leaky ReLU is fixed, whatever the argument says",
    "Call your function twice with different slopes and compare.",
    of="d_leaky_relu",
)
def d_leaky_fixed(x, slope=0.01):
    return np.where(np.asarray(x) > 0, 1.0, 0.01)


@misconception(
    "the value of ELU is returned below zero, not its slope",
    "The derivative of a constant is zero. Which part of the branch is a constant?",
    of="d_elu",
)
def d_elu_value(x, alpha=1.0):
    return np.where(np.asarray(x) > 0, 1.0, alpha * np.expm1(np.minimum(x, 0)))


@misconception(
    "alpha is left out of the slope of ELU",
    "Try an alpha of two: how steep is the lower branch just below zero?",
    of="d_elu",
)
def d_elu_without_alpha(x, alpha=1.0):
    return np.where(np.asarray(x) > 0, 1.0, np.exp(np.minimum(x, 0)))


@misconception(
    "alpha stands for the slope of ELU below zero",
    "The lower branch is a curve, not a line. What is its slope far to the left?",
    of="d_elu",
)
def d_elu_constant(x, alpha=1.0):
    return np.where(np.asarray(x) > 0, 1.0, alpha)


@misconception(
    "the slope of ELU mixes its branches by masks, and infinity times zero is not a "
    "number",
    "A product with a mask computes both branches everywhere. What is e to a large "
    "number, times zero?",
    of="d_elu",
)
def d_elu_by_products(x, alpha=1.0):
    x = np.asarray(x)
    return (x > 0) + alpha * np.exp(x) * (x <= 0)


@misconception(
    "the second term of the product rule is missing in the slope of GELU",
    "GELU is x times a gate. Which of the two factors did you differentiate?",
    of="d_gelu",
)
def d_gelu_gate_only(x):
    x = np.asarray(x)
    return 0.5 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


@misconception(
    "the first term of the product rule is missing in the slope of GELU",
    "GELU is x times a gate. Far to the right its slope should be one: is yours?",
    of="d_gelu",
)
def d_gelu_second_only(x):
    x = np.asarray(x)
    t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
    inner = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x**2)
    return 0.5 * x * (1 - t**2) * inner


@misconception(
    "the inner derivative is missing in the slope of GELU",
    "Inside the tanh stands a polynomial. What does the chain rule make of it?",
    of="d_gelu",
)
def d_gelu_inner_missing(x):
    x = np.asarray(x)
    t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
    return 0.5 * (1 + t) + 0.5 * x * (1 - t**2)


@misconception(
    "the inner derivative of GELU forgets the three of the cube",
    "What is the derivative of x cubed?",
    of="d_gelu",
)
def d_gelu_three_missing(x):
    x = np.asarray(x)
    t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
    inner = np.sqrt(2 / np.pi) * (1 + 0.044715 * x**2)
    return 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * inner


@misconception(
    "the slope of tanh lacks its square in the slope of GELU",
    "What is the derivative of tanh, written with tanh itself?",
    of="d_gelu",
)
def d_gelu_no_square(x):
    x = np.asarray(x)
    t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
    inner = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x**2)
    return 0.5 * (1 + t) + 0.5 * x * (1 - t) * inner


@misconception(
    "a forward difference with a coarse step stands for the slope of GELU",
    "The numeric slope is a check, not the answer. Which digits does it lose?",
    of="d_gelu",
)
def d_gelu_numeric(x):
    def value(x):
        return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))

    x = np.asarray(x, dtype=float)
    return (value(x + 1e-3) - value(x)) / 1e-3


@misconception(
    "tanh is taken of the square of x, where its value should be squared",
    "In the formula, what is squared: x or tanh(x)?",
    of="d_tanh",
)
def d_tanh_of_square(x):
    return 1 - np.tanh(np.asarray(x) ** 2)
