"""A sigmoid neuron with the one gate: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("dot product and np.append", usual=True)
def dot_product(w, x):
    f = 1 / (1 + np.exp(-(w[:2] @ x + w[2])))
    ds = f * (1 - f)
    return f, ds * np.append(x, 1.0), ds * w[:-1]


@variant("lists of numbers")
def with_lists(w, x):
    s = sum(a * b for a, b in zip(w[:2], x, strict=True)) + w[2]
    f = 0.5 * (1 + np.tanh(s / 2))
    ds = f - f * f
    return f, np.array([ds * x[0], ds * x[1], ds]), np.array([ds * w[0], ds * w[1]])


@variant("the bias trick")
def bias_trick(w, x):
    x1 = np.concatenate([x, [1.0]])
    f = np.float64(1) / (1 + np.exp(-np.sum(w * x1)))
    ds = f * (1 - f)
    return np.array(f), ds * x1, (ds * w)[:2]
