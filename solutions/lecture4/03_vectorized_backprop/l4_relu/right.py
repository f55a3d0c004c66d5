"""ReLU layer, forward and backward: right in other ways."""

import numpy as np

from autograder.exercise import variant


# The first variant of a layer keeps the cache of the reference: the demo class
# completes a mistake in one direction with the other direction of this one.
@variant("a copy of the input as cache", usual=True)
class relu_copies:
    def relu_forward(x):
        out = x.copy()
        out[out < 0] = 0
        return out, x.copy()

    def relu_backward(dout, cache):
        dx = np.zeros_like(dout)
        dx[cache > 0] = dout[cache > 0]
        return dx


@variant("np.where, the output as cache")
class relu_output_as_cache:
    def relu_forward(x):
        out = np.where(x > 0, x, 0.0)
        return out, out

    def relu_backward(dout, cache):
        return np.where(cache > 0, dout, 0.0)


@variant("a mask of truth values as cache, in a tuple")
class relu_mask_as_cache:
    def relu_forward(x):
        mask = x > 0
        return x * mask, (mask,)

    def relu_backward(dout, cache):
        (mask,) = cache
        return dout * mask


@variant("slope one at exactly zero, a list returned, a dict as cache")
class relu_slope_one:
    def relu_forward(x):
        return [np.clip(x, 0, None), {"x": x}]

    def relu_backward(dout, cache):
        dx = dout.copy()
        dx[cache["x"] < 0] = 0
        return dx


@variant("slope one half at exactly zero, a closure as cache")
class relu_slope_half:
    def relu_forward(x):
        def local(dout):
            return dout * np.heaviside(x, 0.5)

        return (np.abs(x) + x) / 2, local

    def relu_backward(dout, cache):
        return cache(dout)


@variant("the product with the whole Jacobian")
class relu_by_jacobian:
    def relu_forward(x):
        return np.maximum(x, 0), x

    def relu_backward(dout, cache):
        J = np.diag((cache > 0).reshape(-1).astype(float))
        return (J.T @ dout.reshape(-1)).reshape(dout.shape)
