"""SVM loss and gradient, vectorised: right in other ways."""

import numpy as np

from autograder.exercise import variant

from .. import right_losses

SHARED = (right_losses,)


def _margins_of(scores, y):
    rows = np.arange(scores.shape[0])
    margins = np.maximum(0, scores - scores[rows, y].reshape(-1, 1) + 1)
    margins[rows, y] = 0
    return margins


@variant("a helper function beside it")
def with_helper(W, X, y, reg):
    N = X.shape[0]
    margins = _margins_of(X @ W, y)
    violated = margins > 0
    coefficients = violated.astype(float)
    coefficients[np.arange(N), y] = -np.count_nonzero(violated, axis=1)
    dW = X.T.dot(coefficients) / N
    return np.sum(margins) / N + reg * np.sum(W * W), dW + 2 * reg * W
