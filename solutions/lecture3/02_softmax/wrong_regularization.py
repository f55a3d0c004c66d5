"""Misconceptions of both forms of the softmax loss: its regularization."""

import numpy as np

from autograder.exercise import misconception

from .probabilities import stable_probs


@misconception(
    "regularization is missing, from the loss and from the gradient",
    "Try a large reg on weights that classify everything well: what should rise with "
    "it?",
)
def no_regularization(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N


@misconception(
    "regularization is missing from the loss",
    "Compare the loss for reg = 0 and for a large reg on the same W. "
    "Which of your lines should make a difference?",
)
def loss_without_regularization(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "regularization is missing from the gradient",
    "The last term of the loss depends on W as well. What does it add to the slope?",
)
def gradient_without_regularization(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N


@misconception(
    "regularization has a factor one half that this course does not use",
    "Other editions write the penalty differently. Compare your term with the "
    "formula above the exercise.",
)
def half_regularization(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + 0.5 * reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + reg * W


@misconception(
    "the gradient of the regularization lacks its factor",
    "Differentiate the square of one weight on paper. What comes down from the "
    "exponent?",
)
def regularization_gradient_halved(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + reg * W


@misconception(
    "the gradient of the regularization is one number for all weights",
    "Each weight has its own slope. What shape must the term have before it is added "
    "to dW?",
)
def regularization_gradient_summed(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * np.sum(W)


@misconception(
    "regularization sums absolute values, not squares",
    "Both penalties exist under the names L1 and L2. Which one is in the formula?",
)
def absolute_regularization(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(np.abs(W))
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + reg * np.sign(W)


@misconception(
    "regularization is divided by the number of examples too",
    "The mean belongs to the data loss alone. Where does your division stand?",
)
def regularization_divided(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss / N, (X.T @ probs + 2 * reg * W) / N


@misconception(
    "one row of W is left out of the regularization",
    "The formula sums over the whole of W. Does every weight enter your penalty?",
)
def one_row_spared(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W[:-1] ** 2)
    probs[np.arange(N), y] -= 1
    dW = X.T @ probs / N
    dW[:-1] += 2 * reg * W[:-1]
    return loss, dW


@misconception(
    "the penalty is not multiplied by reg",
    "With reg = 0 the penalty has to vanish. Where in your loss does reg stand?",
)
def penalty_without_reg(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.mean(np.log(probs[np.arange(N), y])) + np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the penalty is reg times the norm of W, not its square",
    "The norm is a square root. Compare your penalty with the formula for a single "
    "weight.",
)
def norm_for_square(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.mean(np.log(probs[np.arange(N), y])) + reg * np.linalg.norm(W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the penalty sums products of different weights too",
    "A matrix product multiplies rows by other rows too. Which of its entries are "
    "sums of squares?",
)
def penalty_of_matrix_product(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.mean(np.log(probs[np.arange(N), y])) + reg * np.sum(W @ W.T)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the gradient of the regularization is divided by the number of examples",
    "Double the examples: should the slope of the penalty change? Look at what your "
    "last division covers.",
)
def regularization_gradient_divided(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, (X.T @ probs + 2 * reg * W) / N
