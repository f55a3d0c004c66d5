"""Predictions and accuracy of a linear classifier: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("matmul and a list of labels", of="predict", usual=True)
def listed(W, X):
    return [int(np.argmax(scores)) for scores in np.matmul(X, W)]


@variant("the transposed product", of="predict")
def transposed_product(W, X):
    return np.argmax(W.T.dot(X.T), axis=0)


@variant("a sum of truth values", of="accuracy")
def summed(W, X, y):
    return float((np.argmax(X.dot(W), axis=1) == y).sum()) / y.size


@variant("one minus the share of errors")
class one_minus_errors:
    def predict(W, X):
        return np.argsort(X @ W, axis=1)[:, -1]

    def accuracy(W, X, y):
        return 1 - np.count_nonzero(np.argmax(X @ W, axis=1) - y) / len(y)
