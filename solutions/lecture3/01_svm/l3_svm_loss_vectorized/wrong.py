"""SVM loss and gradient, vectorised: misconceptions."""

import numpy as np

from autograder.exercise import misconception

from .. import wrong_loss_or_gradient, wrong_regularization

SHARED = (wrong_regularization, wrong_loss_or_gradient)


@misconception(
    "the result is right, but a Python loop computes it",
    "All scores come from one product of matrices. Which index arrays pick the score "
    "of the true class in every row at once?",
)
def still_a_loop(W, X, y, reg):
    N = X.shape[0]
    loss = 0.0
    dW = np.zeros(W.shape)
    for i in range(N):
        margins = np.maximum(0, X[i] @ W - X[i] @ W[:, y[i]] + 1)
        margins[y[i]] = 0
        loss += np.sum(margins)
        mask = (margins > 0) * 1.0
        mask[y[i]] = -np.sum(mask)
        dW += np.outer(X[i], mask)
    return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W


@misconception(
    "every row has all the true classes of the batch set to zero",
    "Indexing with a colon and y takes whole columns. How do you name one entry "
    "in each row?",
)
def columns_zeroed(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[:, y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W
