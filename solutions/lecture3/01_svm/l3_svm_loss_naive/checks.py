"""SVM loss and gradient, with loops: reference and hidden checks."""

import numpy as np

from autograder.exercise import Exercise
from cs231n_lib.penalty import without_penalty

from ..whole_loss import loss_checks

EXERCISE = Exercise(
    points=4,
    names=("svm_loss_naive",),
    title="SVM loss and gradient, with loops",
    size="loss",
    returns={"svm_loss_naive": ("loss", "dW")},
    relation=without_penalty,
    leans_on=("l3_svm_loss_i",),
)


def svm_loss_naive(W, X, y, reg):
    """Mean over i of sum_j max(0, s_ij - s_iy + 1), plus reg * sum(W**2), and dW.

    An entry of dW collects x_i for each violated margin of its column and loses x_i
    in the column of the true class as often; then the mean, then 2 * reg * W.
    """
    W, X = W.astype(float), X.astype(float)
    (N, D), C = X.shape, W.shape[1]
    loss, dW = 0.0, np.zeros((D, C))
    for i in range(N):
        true = int(y[i])
        for j in range(C):
            if j == true:
                continue
            margin = 1.0
            for d in range(D):
                margin += X[i, d] * (W[d, j] - W[d, true])
            if margin > 0:
                loss += margin / N
                for d in range(D):
                    dW[d, j] += X[i, d] / N
                    dW[d, true] -= X[i, d] / N
    for d in range(D):
        for c in range(C):
            loss += reg * W[d, c] ** 2
            dW[d, c] += 2 * reg * W[d, c]
    return loss, dW


CHECKS = loss_checks(
    "svm_loss_naive",
    {
        "loss": 0.7,
        "loss_reg": 0.6,
        "grad": 1.0,
        "grad_reg": 0.6,
        "small": 0.3,
        "kinks": 0.2,
        "types": 0.3,
        "inputs": 0.3,
    },
)
