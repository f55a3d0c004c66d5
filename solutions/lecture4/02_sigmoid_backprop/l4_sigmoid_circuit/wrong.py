"""The sigmoid circuit, gate by gate: misconceptions."""

import numpy as np

from autograder.exercise import misconception

from .passes import forward_values, inputs_from_sum


@misconception(
    "the minus of the gate that negates is lost on the way back",
    "What is the slope of minus s with respect to s? It belongs in the backward pass.",
)
def minus_lost(w, x):
    v = forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = -1 / v["d"] ** 2
    g["e"] = g["d"]
    g["n"] = g["e"] * v["e"]
    g["s"] = g["n"]
    return v["f"], v, inputs_from_sum(v, g)


@misconception(
    "the minus in the slope of one over d is missing",
    "If d grows, does one over d grow or fall?",
)
def inverse_sign(w, x):
    v = forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = 1 / v["d"] ** 2
    g["e"] = g["d"]
    g["n"] = g["e"] * v["e"]
    g["s"] = -g["n"]
    return v["f"], v, inputs_from_sum(v, g)


@misconception(
    "the square in the slope of one over d is missing",
    "Look up the derivative of one over d: to which power does d stand there?",
)
def inverse_without_square(w, x):
    v = forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = -1 / v["d"]
    g["e"] = g["d"]
    g["n"] = g["e"] * v["e"]
    g["s"] = -g["n"]
    return v["f"], v, inputs_from_sum(v, g)


@misconception(
    "the exponential gate multiplies by its input, not by its output",
    "The exponential is its own derivative. "
    "Which of the two numbers at the gate is that?",
)
def exp_by_input(w, x):
    v = forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = -1 / v["d"] ** 2
    g["e"] = g["d"]
    g["n"] = g["e"] * v["n"]
    g["s"] = -g["n"]
    return v["f"], v, inputs_from_sum(v, g)


@misconception(
    "the exponential gate takes the exponential of its output once more",
    "Is the local gradient the exponential of n, or of e? Check it at the example.",
)
def exp_of_output(w, x):
    v = forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = -1 / v["d"] ** 2
    g["e"] = g["d"]
    g["n"] = g["e"] * np.exp(v["e"])
    g["s"] = -g["n"]
    return v["f"], v, inputs_from_sum(v, g)


@misconception(
    "the exponential gate leaves out what flows in from above",
    "Every gate multiplies two factors. Which one is missing at the exponential?",
)
def exp_without_upstream(w, x):
    v = forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = -1 / v["d"] ** 2
    g["e"] = g["d"]
    g["n"] = v["e"]
    g["s"] = -g["n"]
    return v["f"], v, inputs_from_sum(v, g)


@misconception(
    "the multiply gates are not switched: w gets w and x gets x",
    "Let w grow by a little: by how much does w * x grow?",
)
def not_switched(w, x):
    v = forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = g["e"] = -1 / v["d"] ** 2
    g["n"] = g["e"] * v["e"]
    g["s"] = g["a"] = g["w2"] = g["p0"] = g["p1"] = -g["n"]
    g["w0"], g["x0"] = g["p0"] * v["w0"], g["p0"] * v["x0"]
    g["w1"], g["x1"] = g["p1"] * v["w1"], g["p1"] * v["x1"]
    return v["f"], v, g


@misconception(
    "the gradient of the bias is multiplied by the bias",
    "w2 enters an add gate. What does such a gate do to a gradient?",
)
def bias_scaled(w, x):
    v = forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = g["e"] = -1 / v["d"] ** 2
    g["n"] = g["e"] * v["e"]
    g["s"] = -g["n"]
    g = inputs_from_sum(v, g)
    g["w2"] = g["s"] * v["w2"]
    return v["f"], v, g


@misconception(
    "the minus in front of the sum is missing, in both directions",
    "Is f near one or near zero where the sum is large? Compare with the formula.",
)
def no_minus(w, x):
    v = forward_values(w, x)
    v["n"] = v["s"]
    v["e"] = np.exp(v["n"])
    v["d"] = 1 + v["e"]
    v["f"] = 1 / v["d"]
    g = {"f": 1.0}
    g["d"] = g["e"] = -1 / v["d"] ** 2
    g["n"] = g["s"] = g["e"] * v["e"]
    return v["f"], v, inputs_from_sum(v, g)


@misconception(
    "the gradients are local ones, not multiplied along the way",
    "Each number under a wire is the gradient of f. "
    "Where does the one from above come in?",
)
def local_only(w, x):
    v = forward_values(w, x)
    g = {"f": 1.0, "d": -1 / v["d"] ** 2, "e": 1.0, "n": v["e"], "s": -1.0}
    g |= {"a": 1.0, "w2": 1.0, "p0": 1.0, "p1": 1.0}
    g |= {"w0": v["x0"], "x0": v["w0"], "w1": v["x1"], "x1": v["w1"]}
    return v["f"], v, g


@misconception(
    "every value is rounded to two digits before it is used again",
    "Round what you print, not what you go on computing with.",
)
def rounded_on_the_way(w, x):
    v = {}
    for name, value in forward_values(w, x).items():
        v[name] = round(float(value), 2)
    g = {"f": 1.0}
    g["d"] = g["e"] = round(-1 / v["d"] ** 2, 2)
    g["n"] = round(g["e"] * v["e"], 2)
    g["s"] = -g["n"]
    return v["f"], v, inputs_from_sum(v, g)


@misconception(
    "the bias is left out of the sum",
    "How many inputs has the sum s, and what is its value in the example?",
)
def bias_left_out(w, x):
    v = forward_values([w[0], w[1], 0.0], x)
    v["w2"] = w[2]
    g = {"f": 1.0}
    g["d"] = g["e"] = -1 / v["d"] ** 2
    g["n"] = g["e"] * v["e"]
    g["s"] = -g["n"]
    return v["f"], v, inputs_from_sum(v, g)


@misconception(
    "the gradient of the bias is zero",
    "The sum grows with the bias. What does an add gate pass on to each of its inputs?",
)
def bias_without_gradient(w, x):
    v = forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = -1 / v["d"] ** 2
    g["e"] = g["d"]
    g["n"] = g["e"] * v["e"]
    g["s"] = -g["n"]
    return v["f"], v, {**inputs_from_sum(v, g), "w2": 0.0}
