"""Relative error: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("zeros replaced by one below", usual=True)
def ones_below(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    size = np.maximum(abs(a), abs(b))
    size[size == 0] = 1.0
    return (abs(a - b) / size).max()


@variant("division only where it is defined")
def divide_where(a, b):
    a, b = np.atleast_1d(a), np.atleast_1d(b)
    size = np.maximum(np.abs(a), np.abs(b))
    error = np.divide(np.abs(a - b), size, out=np.zeros(size.shape), where=size > 0)
    return float(error.max())


@variant("0 / 0 replaced afterwards")
def nan_replaced(a, b):
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))
    return np.max(np.nan_to_num(error))


@variant("the smallest positive float as safety term")
def tiny_below(a, b):
    tiny = np.finfo(np.float64).tiny
    return np.max(np.abs(a - b) / np.maximum(tiny, np.maximum(np.abs(a), np.abs(b))))
