"""Softmax loss and gradient, vectorised: right in other ways."""

import numpy as np

from autograder.exercise import variant

from .. import right_losses
from ..probabilities import stable_probs

SHARED = (right_losses,)


@variant("np.where instead of index arrays")
def by_where(W, X, y, reg):
    N = X.shape[0]
    true = y.reshape(-1, 1) == np.arange(W.shape[1])
    probs = stable_probs(np.matmul(X, W))
    loss = np.where(true, -np.log(np.where(true, probs, 1.0)), 0.0).sum() / N
    slope = np.where(true, probs - 1.0, probs)
    dW = np.tensordot(X, slope, axes=(0, 0)) / N
    return loss + reg * np.sum(W * W), dW + 2 * reg * W
