"""Three-layer forward pass: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the maximum with zero is taken of the scores as well",
    "How many times does the maximum stand in the formula? The scores may be negative.",
)
def three_times_relu(params, x):
    for name in ("W1", "W2", "W3"):
        x = np.maximum(0, params[name] @ x)
    return x


@misconception(
    "there is no maximum between the layers",
    "Without it the three matrices are one matrix. What stands round each product in "
    "the formula?",
)
def linear_again(params, x):
    return params["W3"] @ (params["W2"] @ (params["W1"] @ x))


@misconception(
    "the second hidden layer lacks its maximum",
    "Each hidden layer has a maximum of its own. How many does your code have?",
)
def one_maximum(params, x):
    return params["W3"] @ (params["W2"] @ np.maximum(0, params["W1"] @ x))


@misconception(
    "the maximum is taken of the weights",
    "The maximum looks at what arrives at a unit. Does your code cut the products or "
    "the matrices?",
)
def maximum_of_weights(params, x):
    h1 = np.maximum(0, params["W1"]) @ x
    h2 = np.maximum(0, params["W2"]) @ h1
    return params["W3"] @ h2


@misconception(
    "the hidden layers are sigmoids",
    "The lecture's code on another slide has sigmoids. Which function does the formula "
    "here name?",
)
def sigmoid_layers(params, x):
    for name in ("W1", "W2"):
        x = 1 / (1 + np.exp(-(params[name] @ x)))
    return params["W3"] @ x


@misconception(
    "the matrices are transposed, as if examples were rows",
    "Here the lecture's convention holds: x is a column, and W stands on its left. "
    "What shape has each product?",
)
def rows_for_columns(params, x):
    row = np.asarray(x).reshape(-1)
    if any(W.shape[0] != W.shape[1] for W in params.values()):
        return row @ params["W1"].T
    h = np.maximum(0, np.maximum(0, row @ params["W1"]) @ params["W2"])
    return h @ params["W3"]


@misconception(
    "the first hidden layer lacks its maximum",
    "How many maxima are there in the formula? Which arrays do they act on?",
)
def first_without_maximum(params, x):
    second = np.maximum(0, params["W2"] @ (params["W1"] @ x))
    return params["W3"] @ second
