"""Jacobian of ReLU: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("np.diag of the mask", usual=True)
def jacobian_diag(x):
    return np.diag((x > 0).astype(float))


@variant("the identity, its columns switched off; slope one at zero")
def jacobian_masked(x):
    return np.eye(len(x)) * (x >= 0)


@variant("a mask of truth values, slope 0 at zero")
def jacobian_truth(x):
    return np.diag(x > 0)


@variant("a loop over the diagonal, one half at zero")
def jacobian_loop(x):
    J = np.zeros((x.size, x.size))
    for i in range(x.size):
        J[i, i] = np.heaviside(x[i], 0.5)
    return J


@variant("integers")
def jacobian_integers(x):
    n = x.shape[0]
    J = np.zeros((n, n), dtype=int)
    J[np.arange(n), np.arange(n)] = x > 0
    return J
