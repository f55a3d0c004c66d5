"""A sigmoid neuron with the one gate: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the gradient of the bias is missing",
    "How many entries has w, and how many has your dw? The bias has a gradient too.",
)
def bias_gradient_missing(w, x):
    f = 1 / (1 + np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    slope = (1 - f) * f
    return f, slope * x, slope * w[:2]


@misconception(
    "the gradients of w and x are not switched",
    "A multiply gate hands each input the value of the other one.",
)
def neuron_not_switched(w, x):
    f = 1 / (1 + np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    slope = (1 - f) * f
    return f, np.array([w[0], w[1], 1]) * slope, slope * x


@misconception(
    "the slope of the sigmoid is left out",
    "Between the sum and f stands one gate. What does it do to the gradient?",
)
def slope_left_out(w, x):
    f = 1 / (1 + np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    return f, np.array([x[0], x[1], 1.0]), np.array(w[:2])


@misconception(
    "the slope is computed from the sum, not from the output",
    "In (1 - s) s, is s the input of the sigmoid gate or its output?",
)
def slope_of_the_sum(w, x):
    s = w[0] * x[0] + w[1] * x[1] + w[2]
    slope = (1 - s) * s
    f = 1 / (1 + np.exp(-s))
    return f, slope * np.array([x[0], x[1], 1.0]), slope * w[:2]


@misconception(
    "the bias is left out of the sum",
    "Which entry of w is the bias, and where does it enter?",
)
def neuron_without_bias(w, x):
    f = 1 / (1 + np.exp(-(w[0] * x[0] + w[1] * x[1])))
    slope = (1 - f) * f
    return f, slope * np.array([x[0], x[1], 1.0]), slope * w[:2]


@misconception(
    "the bias is taken for the first entry of w",
    "Conventions differ; here the bias comes last. Compare with the figure.",
)
def bias_first(w, x):
    f = 1 / (1 + np.exp(-(w[0] + w[1] * x[0] + w[2] * x[1])))
    slope = (1 - f) * f
    return f, slope * np.array([1.0, x[0], x[1]]), slope * w[1:]


@misconception(
    "the gradient of the bias is the bias times the slope",
    "w2 enters an add gate. What does such a gate do to a gradient?",
)
def neuron_bias_scaled(w, x):
    f = 1 / (1 + np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    slope = (1 - f) * f
    return f, slope * np.array([x[0], x[1], w[2]]), slope * w[:2]


@misconception(
    "the slope is that of the hyperbolic tangent",
    "At a sum of zero the sigmoid is much flatter than tanh. What is its slope there?",
)
def neuron_slope_of_tanh(w, x):
    f = 1 / (1 + np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    slope = 1 - f**2
    return f, slope * np.array([x[0], x[1], 1.0]), slope * w[:2]


@misconception(
    "the gradients are measured with small steps, not computed by the chain rule",
    "What does the sigmoid gate send back to the sum, and each product to its inputs?",
)
def differences_for_gradients(w, x):
    h = 1e-5

    def f(w, x):
        return 1 / (1 + np.exp(-(w[:2] @ x + w[2])))

    steps_w, steps_x = h * np.eye(3), h * np.eye(2)
    dw = np.array([(f(w + s, x) - f(w - s, x)) / (2 * h) for s in steps_w])
    dx = np.array([(f(w, x + s) - f(w, x - s)) / (2 * h) for s in steps_x])
    return f(w, x), dw, dx


@misconception(
    "the gradient of the bias stands first, though the bias is last in w",
    "Which place does the bias have in w? dw has the same order.",
)
def bias_gradient_first(w, x):
    f = 1 / (1 + np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    slope = (1 - f) * f
    return f, slope * np.concatenate(([1.0], x)), slope * w[:2]
