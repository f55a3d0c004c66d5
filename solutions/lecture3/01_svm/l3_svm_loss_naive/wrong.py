"""SVM loss and gradient, with loops: misconceptions."""

import numpy as np

from autograder.exercise import misconception

from .. import wrong_loss_or_gradient, wrong_regularization

SHARED = (wrong_regularization, wrong_loss_or_gradient)


@misconception(
    "the loop ends at the true class instead of passing over it",
    "Which classes has your inner loop seen when the true class comes first? "
    "Look up what break and continue do.",
)
def inner_loop_broken(W, X, y, reg):
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(X.shape[0]):
        scores = X[i].dot(W)
        for j in range(W.shape[1]):
            if j == y[i]:
                break
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    loss /= X.shape[0]
    dW /= X.shape[0]
    return loss + reg * np.sum(W * W), dW + 2 * reg * W


@misconception(
    "the gradient of the last example replaces that of the others",
    "A column of dW hears from many examples. Does your line add, or does it replace?",
)
def gradient_replaced(W, X, y, reg):
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(X.shape[0]):
        scores = X[i].dot(W)
        for j in range(W.shape[1]):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] = X[i]
                dW[:, y[i]] = -X[i]
    loss /= X.shape[0]
    dW /= X.shape[0]
    return loss + reg * np.sum(W * W), dW + 2 * reg * W


@misconception(
    "the division by the number of examples stands inside the loop",
    "How often is the first example divided? Follow it through all turns of the loop.",
)
def divided_in_loop(W, X, y, reg):
    N = X.shape[0]
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(N):
        scores = X[i].dot(W)
        for j in range(W.shape[1]):
            margin = scores[j] - scores[y[i]] + 1
            if j != y[i] and margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
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
        scores = X[i].dot(W)
        for j in range(W.shape[1]):
            margin = scores[j] - scores[y[i]] + 1
            if j != y[i] and margin > 0:
                loss += margin / N
                dW[:, j] += X[i] / N
                dW[:, y[i]] -= X[i] / N
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
        scores = X[i].dot(W)
        for j in range(W.shape[1]):
            margin = scores[j] - scores[y[i]] + 1
            if j != y[i] and margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
        return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W
