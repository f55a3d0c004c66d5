"""Softmax loss and gradient, vectorised: misconceptions."""

import numpy as np

from autograder.exercise import misconception

from .. import wrong_loss_or_gradient, wrong_regularization
from ..probabilities import stable_probs

SHARED = (wrong_regularization, wrong_loss_or_gradient)


@misconception(
    "the result is right, but a Python loop computes it",
    "All scores come from one product of matrices. Which index arrays pick the "
    "probability of the true class in every row at once?",
)
def still_a_loop(W, X, y, reg):
    N = X.shape[0]
    loss = 0.0
    dW = np.zeros(W.shape)
    for i in range(N):
        scores = X[i] @ W
        e = np.exp(scores - np.max(scores))
        p = e / np.sum(e)
        loss -= np.log(p[y[i]])
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W


@misconception(
    "the one is taken off whole columns, not off one entry in each row",
    "Indexing with a colon and y takes whole columns. How do you name one entry "
    "in each row?",
)
def one_off_whole_columns(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[:, y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the loss takes whole columns of the probabilities, not one entry in each row",
    "Indexing with a colon and y takes whole columns. How do you name one entry "
    "in each row?",
)
def loss_of_whole_columns(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.mean(np.log(probs[:, y])) + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the sums of the rows are lined up with the columns",
    "Print the shape of the sums. Along which axis are they lined up with the "
    "exponentials?",
)
def sums_lose_axis(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=1))
    loss = -np.sum(log_probs[np.arange(N), y]) / N + reg * np.sum(W * W)
    probs = np.exp(log_probs)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the number of the class is taken off, not a one at the true class",
    "An example of class 3 and one of class 1: is more taken off for the first? What "
    "does y hold?",
)
def class_number_subtracted(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    return loss, X.T @ (probs - y[:, None].astype(float)) / N + 2 * reg * W
