"""The share of dead ReLU units: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the share of outputs that are zero is computed, not that of dead units",
    "A unit that is silent for one image may speak for another. When does it count as "
    "dead?",
)
def dead_outputs(X, W, b):
    return np.mean(X @ W + b <= 0)


@misconception(
    "examples that no unit responds to are counted, not dead units",
    "Which axis of X @ W numbers the examples, and over which must all be silent?",
)
def dead_examples(X, W, b):
    return np.mean(np.all(X @ W + b <= 0, axis=1))


@misconception(
    "a unit counts as dead if any example leaves it silent",
    "What do the words any and all make of your condition?",
)
def dead_if_any(X, W, b):
    return np.mean(np.any(X @ W + b <= 0, axis=0))


@misconception(
    "the share of living units is returned",
    "Push all biases far down. Should the answer be one or zero?",
)
def dead_living(X, W, b):
    return np.mean(np.any(X @ W + b > 0, axis=0))


@misconception(
    "the bias is left out",
    "A bias can switch a unit off for good. Does yours enter?",
)
def dead_without_bias(X, W, b):
    return np.mean(np.all(X @ W <= 0, axis=0))


@misconception(
    "the number of dead units is returned, not their share",
    "A share lies between zero and one. By what must you divide?",
)
def dead_count(X, W, b):
    return float(np.sum(np.all(X @ W + b <= 0, axis=0)))


@misconception(
    "a sum of exactly zero counts as alive",
    "ReLU of zero is zero, and so is its slope there. Can such a unit still learn?",
)
def dead_strictly(X, W, b):
    return np.mean(np.all(X @ W + b < 0, axis=0))


@misconception(
    "the mean activation decides, not each example",
    "One strong response can hide behind many silent ones. What if the mean is below "
    "zero and one example is not?",
)
def dead_on_average(X, W, b):
    return np.mean(np.mean(X @ W + b, axis=0) <= 0)


@misconception(
    "the dead units are divided by the number of examples",
    "A share of the units: how many units are there?",
)
def dead_by_examples(X, W, b):
    return np.sum(np.all(X @ W + b <= 0, axis=0)) / X.shape[0]


@misconception(
    "it is asked whether all the units are dead, not how many",
    "A layer of five units has five answers, dead or not. How many does your code get?",
)
def dead_all_at_once(X, W, b):
    return float(np.mean(np.all(X @ W + b <= 0)))
