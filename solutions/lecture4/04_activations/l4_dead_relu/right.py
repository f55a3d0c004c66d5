"""The share of dead ReLU units: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("all examples silent", usual=True)
def dead_all(X, W, b):
    return np.mean(np.all(X @ W + b <= 0, axis=0))


@variant("the largest response of each unit")
def dead_by_maximum(X, W, b):
    return float(np.mean((X @ W + b).max(axis=0) <= 0))


@variant("ReLU, then the sum of each column")
def dead_by_sum(X, W, b):
    out = np.maximum(0, X.dot(W) + b)
    return np.count_nonzero(out.sum(axis=0) == 0) / W.shape[1]


@variant("a loop over the units")
def dead_loop(X, W, b):
    dead = [all(X @ W[:, h] + b[h] <= 0) for h in range(len(b))]
    return sum(dead) / len(dead)


@variant("one less the share of the living")
def dead_complement(X, W, b):
    return np.array(1 - (X @ W > -b).any(axis=0).mean())
