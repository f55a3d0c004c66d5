"""L1 penalty and a subgradient: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("sign", usual=True)
def l1_sign(W):
    return np.abs(W).sum(), np.sign(W)


@variant("slope one at zero")
def l1_one_at_zero(W):
    return float(np.sum(np.abs(W))), np.where(W >= 0, 1.0, -1.0)


@variant("slope minus one at zero")
def l1_minus_one_at_zero(W):
    return np.sum(np.fabs(W)), np.where(W > 0, 1, -1)


@variant("comparisons subtracted, integers")
def l1_comparisons(W):
    return np.sum(np.maximum(W, -W)), (W > 0).astype(int) - (W < 0).astype(int)


@variant("loops")
def l1_loops(W):
    R = 0.0
    dW = np.zeros(W.shape)
    for d in range(W.shape[0]):
        for c in range(W.shape[1]):
            R += abs(W[d, c])
            if W[d, c] > 0:
                dW[d, c] = 1
            elif W[d, c] < 0:
                dW[d, c] = -1
    return R, dW


@variant("the norm of order one of the flattened weights")
def l1_flat_norm(W):
    return np.linalg.norm(W.ravel(), 1), np.sign(W)


@variant("the penalty as slope times weight")
def l1_slope_times_weight(W):
    dW = np.sign(W)
    return [np.sum(dW * W), dW]


@variant("a division guarded at zero")
def l1_guarded_division(W):
    size = np.abs(W)
    return np.sum(size), W / np.where(size == 0, 1, size)
