"""The sigmoid as one gate: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("the textbook form; it overflows to the right result", usual=True)
class textbook:
    def sigmoid_forward(x):
        s = 1 / (1 + np.exp(-x))
        return s, s

    def sigmoid_backward(dout, cache):
        return (1 - cache) * cache * dout


@variant("two branches by np.where")
class two_branches:
    def sigmoid_forward(x):
        small = np.exp(-np.abs(x))
        out = np.where(np.asarray(x) >= 0, 1 / (1 + small), small / (1 + small))
        return out, (x, out)

    def sigmoid_backward(dout, cache):
        _, s = cache
        return dout * s * (1 - s)


@variant("two branches by masks, the cache a dict")
class masks:
    def sigmoid_forward(x):
        z = np.asarray(x, dtype=float)
        out = np.empty_like(z)
        right = z >= 0
        out[right] = 1 / (1 + np.exp(-z[right]))
        t = np.exp(z[~right])
        out[~right] = t / (1 + t)
        return out, {"s": out}

    def sigmoid_backward(dout, cache):
        s = cache["s"]
        return s * dout - s * s * dout


@variant("a wide clip that changes nothing visible")
class wide_clip:
    def sigmoid_forward(x):
        s = 1.0 / (1.0 + np.exp(-np.clip(x, -500, 500)))
        return s, s

    def sigmoid_backward(dout, cache):
        return dout * cache * (1.0 - cache)


@variant("the cache is x; backward calls forward")
class cache_is_x:
    def sigmoid_forward(x):
        return np.exp(-np.logaddexp(0, -np.asarray(x, dtype=float))), x

    def sigmoid_backward(dout, cache):
        s = np.exp(-np.logaddexp(0, -np.asarray(cache, dtype=float)))
        return dout * s * (1 - s)
