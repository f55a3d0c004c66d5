"""SVM loss and gradient, with loops: right in other ways."""

import numpy as np

from autograder.exercise import variant

from .. import right_losses

SHARED = (right_losses,)


@variant("the loops of the course, with continue")
def course_loops(W, X, y, reg):
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(X.shape[0]):
        scores = X[i].dot(W)
        correct = scores[y[i]]
        for j in range(W.shape[1]):
            if j == y[i]:
                continue
            margin = scores[j] - correct + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    loss /= X.shape[0]
    dW /= X.shape[0]
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW


@variant("the classes in the outer loop, violations counted")
def classes_outside(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    dW = 2 * reg * W
    loss = reg * np.sum(W**2)
    for c in range(C):
        for x, true in zip(X, y, strict=True):
            margin = x @ W[:, c] - x @ W[:, true] + 1
            if c != true and margin > 0:
                loss = loss + margin / N
                dW[:, c] = dW[:, c] + x / N
                dW[:, true] = dW[:, true] - x / N
    return loss, dW
