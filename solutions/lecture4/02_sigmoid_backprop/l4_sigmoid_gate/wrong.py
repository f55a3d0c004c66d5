"""The sigmoid as one gate: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the slope is taken to be s",
    "Where is the sigmoid flat? Your slope should be zero on both sides.",
    of="sigmoid_backward",
)
def slope_is_s(dout, cache):
    return dout * cache


@misconception(
    "the slope is taken to be one minus s",
    "Where is the sigmoid flat? Your slope should be zero on both sides.",
    of="sigmoid_backward",
)
def slope_is_one_minus_s(dout, cache):
    return dout * (1 - cache)


@misconception(
    "the gradient from above is left out",
    "A gate returns upstream times local gradient. Where do you use dout?",
    of="sigmoid_backward",
)
def upstream_left_out(dout, cache):
    return (1 - cache) * cache


@misconception(
    "the slope is that of the hyperbolic tangent",
    "At the origin the sigmoid is much flatter than tanh. What is its slope there?",
    of="sigmoid_backward",
)
def slope_of_tanh(dout, cache):
    return dout * (1 - cache**2)


@misconception(
    "the slope has the wrong sign",
    "Does the sigmoid rise or fall?",
    of="sigmoid_backward",
)
def slope_falls(dout, cache):
    return -dout * (1 - cache) * cache


@misconception(
    "the formula (1 - s) s is used with x in place of s",
    "What did forward put into the cache: x, or the output?",
)
class x_for_s:
    def sigmoid_forward(x):
        return 1 / (1 + np.exp(-x)), x

    def sigmoid_backward(dout, cache):
        return dout * (1 - cache) * cache


@misconception(
    "the minus in the exponent is missing",
    "Is your output near one or near zero for a large x? Look at the formula.",
)
class exponent_sign:
    def sigmoid_forward(x):
        s = 1 / (1 + np.exp(x))
        return s, s

    def sigmoid_backward(dout, cache):
        return dout * (1 - cache) * cache


@misconception(
    "the output lies between minus one and one, as that of tanh",
    "What does the formula give for a large negative x: minus one or zero?",
)
class tanh_for_sigmoid:
    def sigmoid_forward(x):
        s = np.tanh(x)
        return s, s

    def sigmoid_backward(dout, cache):
        return dout * (1 - cache**2)


@misconception(
    "exp(x) is divided by one plus exp(x), which is not a number for large x",
    "What is the exponential of a thousand as a float? "
    "For which sign of the exponent is it harmless?",
)
class overflow_above:
    def sigmoid_forward(x):
        s = np.exp(x) / (1 + np.exp(x))
        return s, s

    def sigmoid_backward(dout, cache):
        return dout * (1 - cache) * cache


@misconception(
    "backward computes the exponential anew and overflows",
    "The output is at hand when backward runs. Can you write the slope with it alone?",
)
class overflow_in_backward:
    def sigmoid_forward(x):
        return 1 / (1 + np.exp(-x)), x

    def sigmoid_backward(dout, cache):
        return dout * np.exp(-cache) / (1 + np.exp(-cache)) ** 2


@misconception(
    "the input is clipped so tightly that ordinary results change",
    "Clipping may only touch inputs whose result is as good as zero or one anyway.",
)
class clipped:
    def sigmoid_forward(x):
        s = 1 / (1 + np.exp(-np.clip(x, -2, 2)))
        return s, s

    def sigmoid_backward(dout, cache):
        return dout * (1 - cache) * cache


@misconception(
    "the cache is one place for all calls",
    "Run forward for two inputs, then backward for the first. "
    "Whose output does it use?",
)
class shared_cache:
    def sigmoid_forward(x, last=[0.0]):  # noqa: B006 - the mistake itself
        last[0] = 1 / (1 + np.exp(-x))
        return last[0], last

    def sigmoid_backward(dout, cache):
        return dout * (1 - cache[0]) * cache[0]


@misconception(
    "the input of the caller is changed",
    "An operator such as *= works on the caller's array. Which line of yours writes "
    "into it?",
    of="sigmoid_backward",
)
def upstream_overwritten(dout, cache):
    if isinstance(dout, np.ndarray) and dout.dtype.kind == "f":
        dout *= (1 - cache) * cache
        return dout
    return dout * (1 - cache) * cache


@misconception(
    "the sigmoid is taken at the size of x, so that it never falls below one half",
    "The values at -1 and at 1 should add up to one. Do yours?",
    of="sigmoid_forward",
)
def size_of_the_input(x):
    out = 1 / (1 + np.exp(-np.abs(x)))
    return out, out
