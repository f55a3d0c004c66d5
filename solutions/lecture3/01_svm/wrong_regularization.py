"""Misconceptions of both forms of the SVM loss: its regularization."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "regularization is missing, from the loss and from the gradient",
    "Try a large reg on weights that classify everything: should the loss still be "
    "zero?",
)
def no_regularization(W, X, y, reg):
    N = X.shape[0]
    scores = X.dot(W)
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, np.newaxis] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N
    mask = (margins > 0).astype(float)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    return loss, X.T.dot(mask) / N


@misconception(
    "regularization is missing from the loss",
    "Compare the loss for reg = 0 and for a large reg on the same W. "
    "Which of your lines should make a difference?",
)
def loss_without_regularization(W, X, y, reg):
    N = X.shape[0]
    scores = X.dot(W)
    margins = np.maximum(0, scores - scores[np.arange(N), y].reshape(N, 1) + 1)
    margins[np.arange(N), y] = 0
    loss = margins.sum() / N
    mask = np.zeros(margins.shape)
    mask[margins > 0] = 1
    mask[np.arange(N), y] = -np.sum(mask, axis=1)
    dW = X.T.dot(mask) / N + 2 * reg * W
    return loss, dW


@misconception(
    "regularization is missing from the gradient",
    "The last term of the loss depends on W as well. What does it add to the slope?",
)
def gradient_without_regularization(W, X, y, reg):
    N = X.shape[0]
    scores = X.dot(W)
    margins = np.maximum(0, scores - scores[np.arange(N), y].reshape(-1, 1) + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    mask = (margins > 0).astype(float)
    mask[np.arange(N), y] -= mask.sum(axis=1)
    return loss, X.T.dot(mask) / N


@misconception(
    "regularization has a factor one half that this course does not use",
    "Other editions write the penalty differently. Compare your term with the "
    "formula above the exercise.",
)
def half_regularization(W, X, y, reg):
    N = X.shape[0]
    scores = X.dot(W)
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + 0.5 * reg * np.sum(W * W)
    mask = (margins > 0).astype(float)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    return loss, X.T @ mask / N + reg * W


@misconception(
    "the gradient of the regularization lacks its factor",
    "Differentiate the square of one weight on paper. What comes down from the "
    "exponent?",
)
def regularization_gradient_halved(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    mask = (margins > 0) * 1.0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    return loss, X.T @ mask / N + reg * W


@misconception(
    "the gradient of the regularization is one number for all weights",
    "Each weight has its own slope. What shape must the term have before it is added "
    "to dW?",
)
def regularization_gradient_summed(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    mask = (margins > 0) * 1.0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    return loss, X.T @ mask / N + 2 * reg * np.sum(W)


@misconception(
    "regularization sums absolute values, not squares",
    "Both penalties exist under the names L1 and L2. Which one is in the formula?",
)
def absolute_regularization(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + reg * np.sum(np.abs(W))
    mask = (margins > 0) * 1.0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    return loss, X.T @ mask / N + reg * np.sign(W)


@misconception(
    "regularization is divided by the number of examples too",
    "The mean belongs to the data loss alone. Where does your division stand?",
)
def regularization_divided(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0) * 1.0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) + reg * np.sum(W * W)
    dW = X.T @ mask + 2 * reg * W
    return loss / N, dW / N


@misconception(
    "one row of W is left out of the regularization",
    "W holds no bias here. Does every weight enter your penalty?",
)
def first_row_spared(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W[:-1] ** 2)
    mask = (margins > 0) * 1.0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    dW = X.T @ mask / N
    dW[:-1] += 2 * reg * W[:-1]
    return loss, dW


@misconception(
    "the penalty is not multiplied by reg",
    "With reg = 0 the penalty has to vanish. Where in your loss does reg stand?",
)
def penalty_without_reg(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0) * 1.0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "the penalty is reg times the norm of W, not its square",
    "The norm is a square root. Compare your penalty with the formula for a single "
    "weight.",
)
def norm_for_square(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0) * 1.0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.linalg.norm(W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "the penalty sums products of different weights too",
    "A matrix product multiplies rows by other rows too. Which of its entries are "
    "sums of squares?",
)
def penalty_of_matrix_product(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0) * 1.0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W @ W.T)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "the gradient of the regularization is divided by the number of examples",
    "Double the examples: should the slope of the penalty change? Look at what your "
    "last division covers.",
)
def regularization_gradient_divided(W, X, y, reg):
    N = X.shape[0]
    scores = X.dot(W)
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, np.newaxis] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    mask = (margins > 0).astype(float)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    return loss, (X.T.dot(mask) + 2 * reg * W) / N
