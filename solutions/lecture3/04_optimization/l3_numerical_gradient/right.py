"""Numeric gradient, centred: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("the iterator of the course, with the old value kept", usual=True)
def course_nditer(f, x, h=1e-5):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        ix = it.multi_index
        oldval = x[ix]
        x[ix] = oldval + h
        fxph = f(x)
        x[ix] = oldval - h
        fxmh = f(x)
        x[ix] = oldval
        grad[ix] = (fxph - fxmh) / (2 * h)
        it.iternext()
    return grad


@variant("two copies an entry, ndindex")
def two_copies(f, x, h=1e-5):
    grad = np.empty(x.shape)
    for place in np.ndindex(*x.shape):
        high, low = x.copy(), x.copy()
        high[place] = high[place] + h
        low[place] = low[place] - h
        grad[place] = 0.5 * (f(high) - f(low)) / h
    return grad


@variant("rows of an identity matrix as steps")
def identity_steps(f, x, h=1e-5):
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    slopes = [(f(x + step) - f(x - step)) / (2 * h) for step in steps]
    return np.array(slopes).reshape(x.shape)


@variant("a flat copy, reshaped for each call")
def flat_copy(f, x, h=1e-5):
    flat = x.astype(np.float64).flatten()
    grad = np.zeros(flat.size)
    for i in range(flat.size):
        keep = flat[i]
        values = []
        for sign in (1, -1):
            flat[i] = keep + sign * h
            values.append(f(flat.reshape(x.shape)))
        flat[i] = keep
        grad[i] = (values[0] - values[1]) / (2 * h)
    return grad.reshape(x.shape)


@variant("half a step to each side, divided by one step")
def half_steps(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += h / 2
        down[place] -= h / 2
        grad[place] = (f(up) - f(down)) / h
    return grad


@variant("x.flat, restored in a finally clause")
def flat_iterator(f, x, h=1e-5):
    grad = np.zeros_like(x, dtype=float)
    for i in range(x.size):
        old = x.flat[i]
        try:
            x.flat[i] = old + h
            up = f(x)
            x.flat[i] = old - h
            down = f(x)
        finally:
            x.flat[i] = old
        grad.flat[i] = (up - down) / (2 * h)
    return grad
