"""Elastic net and a subgradient: right in other ways."""

import numpy as np

from autograder.exercise import variant

from ..l3_l1_penalty.checks import l1_penalty
from ..l3_l2_penalty.checks import l2_penalty


@variant("two sums", usual=True)
def elastic_two_sums(W, beta):
    R = beta * np.sum(W * W) + np.sum(np.abs(W))
    return R, beta * 2 * W + np.sign(W)


@variant("the two penalties of the earlier exercises")
def elastic_from_parts(W, beta):
    squares, d_squares = l2_penalty(W)
    sizes, d_sizes = l1_penalty(W)
    return beta * squares + sizes, beta * d_squares + d_sizes


@variant("loops")
def elastic_loops(W, beta):
    R = 0.0
    dW = np.zeros(W.shape)
    for d in range(W.shape[0]):
        for c in range(W.shape[1]):
            w = W[d, c]
            R += beta * w**2 + abs(w)
            dW[d, c] = 2 * beta * w + (w > 0) - (w < 0)
    return R, dW


@variant("slope one at zero")
def elastic_one_at_zero(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), 2 * beta * W + np.where(W < 0, -1, 1)


@variant("the size of the weight factored out, a list of two")
def elastic_factored(W, beta):
    size = np.abs(W)
    return [float(np.sum(size * (beta * size + 1))), np.sign(W) * (2 * beta * size + 1)]


@variant("slope one half at zero")
def elastic_half_at_zero(W, beta):
    slope = np.where(W == 0, 0.5, np.sign(W))
    return (beta * W**2 + np.abs(W)).sum(), 2 * beta * W + slope
