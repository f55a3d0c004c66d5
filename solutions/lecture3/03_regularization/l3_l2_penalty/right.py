"""L2 penalty and its gradient: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("squares with the power operator", usual=True)
def l2_power(W):
    return (W**2).sum(), 2 * W


@variant("W plus W for the gradient, a Python float")
def l2_twice(W):
    return float(np.sum(np.square(W))), W + W


@variant("the norm, squared")
def l2_norm_squared(W):
    return np.linalg.norm(W) ** 2, 2.0 * W


@variant("loops")
def l2_loops(W):
    R = 0
    dW = np.zeros_like(W)
    for d in range(W.shape[0]):
        for c in range(W.shape[1]):
            R += W[d, c] ** 2
            dW[d, c] = 2 * W[d, c]
    return R, dW


@variant("einsum, a list of two")
def l2_einsum(W):
    return [np.einsum("dc,dc->", W, W), np.multiply(2, W)]


@variant("the dot product of the flattened weights")
def l2_flat(W):
    w = W.ravel()
    return w @ w, (2 * w).reshape(W.shape)


@variant("the trace of W.T @ W")
def l2_trace(W):
    return np.trace(W.T @ W), 2 * W
