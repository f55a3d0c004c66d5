"""Softmax loss and gradient, with loops: reference and hidden checks."""

import math

import numpy as np

from autograder.exercise import Exercise
from cs231n_lib.penalty import without_penalty

from ..whole_loss import loss_checks

EXERCISE = Exercise(
    points=4,
    names=("softmax_loss_naive",),
    title="Softmax loss and gradient, with loops",
    size="loss",
    returns={"softmax_loss_naive": ("loss", "dW")},
    relation=without_penalty,
    leans_on=("l3_softmax", "l3_cross_entropy_i"),
)


def softmax_loss_naive(W, X, y, reg):
    """Mean over i of log-sum-exp(s_i) - s_iy, plus reg * sum(W**2), and dW.

    An entry of dW collects x_i times the probability of its column, loses x_i in the
    column of the true class; then the mean, then 2 * reg * W.
    """
    W, X = W.astype(float), X.astype(float)
    (N, D), C = X.shape, W.shape[1]
    loss, dW = 0.0, np.zeros((D, C))
    for i in range(N):
        true = int(y[i])
        # Scores less that of the true class: a number added to all of them is gone.
        lead = [
            math.fsum(X[i, d] * (W[d, c] - W[d, true]) for d in range(D))
            for c in range(C)
        ]
        top = max(lead)
        log_sum = top + math.log(math.fsum(math.exp(s - top) for s in lead))
        loss += log_sum / N
        for c in range(C):
            share = math.exp(lead[c] - log_sum)
            for d in range(D):
                dW[d, c] += X[i, d] * share / N
                if c == true:
                    dW[d, c] -= X[i, d] / N
    for d in range(D):
        for c in range(C):
            loss += reg * W[d, c] ** 2
            dW[d, c] += 2 * reg * W[d, c]
    return loss, dW


CHECKS = loss_checks(
    "softmax_loss_naive",
    {
        "loss": 0.6,
        "loss_reg": 0.5,
        "grad": 0.8,
        "grad_reg": 0.5,
        "small": 0.3,
        "shift": 0.5,
        "behind": 0.3,
        "types": 0.2,
        "inputs": 0.3,
    },
)
