"""Softmax loss and gradient, with loops: misconceptions."""

import numpy as np

from autograder.exercise import misconception

from .. import wrong_loss_or_gradient, wrong_regularization
from ..probabilities import stable_probs

SHARED = (wrong_regularization, wrong_loss_or_gradient)


@misconception(
    "the gradient of the last example replaces that of the others",
    "A column of dW hears from every example. Does your line add, or does it replace?",
)
def gradient_replaced(W, X, y, reg):
    N = X.shape[0]
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(N):
        p = stable_probs(X[i : i + 1] @ W)[0]
        loss -= np.log(p[y[i]])
        for c in range(W.shape[1]):
            dW[:, c] = (p[c] - (c == y[i])) * X[i]
    return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W


@misconception(
    "the loss of the last example replaces that of the others",
    "Print the loss inside the loop: does it grow from example to example?",
)
def loss_replaced(W, X, y, reg):
    N = X.shape[0]
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(N):
        p = stable_probs(X[i : i + 1] @ W)[0]
        loss = -np.log(p[y[i]])
        for c in range(W.shape[1]):
            dW[:, c] += (p[c] - (c == y[i])) * X[i]
    return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W


@misconception(
    "the division by the number of examples stands inside the loop",
    "How often is the first example divided? Follow it through all turns of the loop.",
)
def divided_in_loop(W, X, y, reg):
    N = X.shape[0]
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(N):
        p = stable_probs(X[i : i + 1] @ W)[0]
        loss -= np.log(p[y[i]])
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
        loss /= N
        dW /= N
    return loss + reg * np.sum(W * W), dW + 2 * reg * W


@misconception(
    "regularization is added once for each example",
    "The penalty belongs to W, not to an example. How often does your code add it?",
)
def regularized_in_loop(W, X, y, reg):
    N = X.shape[0]
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(N):
        p = stable_probs(X[i : i + 1] @ W)[0]
        loss -= np.log(p[y[i]]) / N
        p[y[i]] -= 1
        dW += np.outer(X[i], p) / N
        loss += reg * np.sum(W * W)
        dW += 2 * reg * W
    return loss, dW


@misconception(
    "the function returns inside the loop, after the first example",
    "Look at the indentation of your return. How many examples has it seen?",
)
def returned_in_loop(W, X, y, reg):
    N = X.shape[0]
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(N):
        p = stable_probs(X[i : i + 1] @ W)[0]
        loss -= np.log(p[y[i]])
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
        return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W
