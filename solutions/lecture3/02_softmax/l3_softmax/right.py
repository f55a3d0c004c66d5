"""Softmax, stable: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("the last axis, whatever the shape", usual=True)
def last_axis(scores):
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


@variant("the two shapes apart")
def shapes_apart(scores):
    if scores.ndim == 1:
        e = np.exp(scores - scores.max())
        return e / e.sum()
    e = np.exp(scores - scores.max(axis=1)[:, None])
    return e / e.sum(axis=1)[:, None]


@variant("transposed, so that nothing needs a kept axis")
def by_transposing(scores):
    columns = np.asarray(scores).T
    e = np.exp(columns - columns.max(axis=0))
    return (e / e.sum(axis=0)).T


@variant("through the logarithm of the sum")
def through_log_sum(scores):
    top = np.max(scores, axis=-1, keepdims=True)
    log_sum = top + np.log(np.sum(np.exp(scores - top), axis=-1, keepdims=True))
    return np.exp(scores - log_sum)


@variant("a loop over the rows")
def loop_over_rows(scores):
    if np.ndim(scores) == 1:
        shifted = [float(s) - float(max(scores)) for s in scores]
        return np.array([np.exp(s) / sum(np.exp(shifted)) for s in shifted])
    return np.array([loop_over_rows(row) for row in scores])


@variant("a log-sum-exp of NumPy's own")
def by_logaddexp(scores):
    total = np.logaddexp.reduce(scores, axis=-1, keepdims=True)
    return np.exp(scores - total)
