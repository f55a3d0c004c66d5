"""Both forms of the SVM loss, right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("the textbook form, a list returned", usual=True)
def textbook(W, X, y, reg):
    N = X.shape[0]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
    margins[rows, y] = 0
    loss = margins.sum() / N + reg * np.sum(W * W)
    mask = (margins > 0).astype(W.dtype)
    mask[rows, y] = -mask.sum(axis=1)
    return [loss, X.T @ mask / N + 2 * reg * W]


@variant("einsum and a one-hot matrix")
def by_einsum(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    true = np.eye(C)[y]
    scores = np.einsum("nd,dc->nc", X, W)
    margins = scores - np.einsum("nc,nc->n", scores, true)[:, None] + 1 - true
    violated = (margins > 0) * (1 - true)
    loss = np.einsum("nc,nc->", violated, margins) / N
    slope = violated - true * violated.sum(axis=1, keepdims=True)
    dW = np.einsum("nd,nc->dc", X, slope) / N
    return loss + reg * np.einsum("dc,dc->", W, W), dW + 2 * reg * W


@variant("the true class counted, then taken off; a 0-d array as the loss")
def one_taken_off(W, X, y, reg):
    N = len(X)
    scores = X.dot(W)
    correct = np.take_along_axis(scores, y[:, None].astype(int), axis=1)
    margins = np.maximum(scores - correct + 1, 0)
    loss = margins.sum() / N - 1 + reg * (W**2).sum()
    mask = np.where(margins > 0, 1.0, 0.0)
    mask[range(N), y] -= np.sum(mask, axis=1)
    return np.array(loss), X.T.dot(mask) / N + reg * 2 * W


@variant("np.add.at collects the columns of the true classes")
def by_add_at(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    scores = X @ W
    margins = scores - scores[np.arange(N), y, None] + 1.0
    active = (margins > 0) & (np.arange(C) != y[:, None])
    columns = active.T @ X  # (C, D)
    np.add.at(columns, y, -X * active.sum(axis=1)[:, None])
    loss = np.sum(margins, where=active) / N + reg * np.linalg.norm(W) ** 2
    return float(loss), columns.T / N + 2 * reg * W


@variant("a margin of exactly zero counted as violated")
def closed_hinge(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    scores = X @ W
    margins = scores - scores[np.arange(N), y].reshape(N, 1) + 1
    others = np.ones((N, C), dtype=bool)
    others[np.arange(N), y] = False
    mask = (others & (margins >= 0)).astype(float)
    loss = (mask * margins).sum() / N + reg * np.sum(np.square(W))
    mask[np.arange(N), y] = -mask.sum(1)
    return loss, (mask.T @ X).T / N + 2 * reg * W


@variant("half of each side's slope at a margin of exactly zero")
def middle_subgradient(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = scores - scores[np.arange(N), y][:, None] + 1
    slope = np.heaviside(margins, 0.5)
    margins[np.arange(N), y] = 0
    slope[np.arange(N), y] = 0
    slope[np.arange(N), y] = -slope.sum(axis=1)
    loss = np.clip(margins, 0, None).sum(axis=1).mean() + reg * np.sum(W * W)
    return loss, X.T @ (slope / N) + 2 * reg * W


@variant("examples in columns, as in the lecture")
def lecture_layout(W, X, y, reg):
    N = X.shape[0]
    scores = W.T @ X.T  # (C, N)
    margins = np.maximum(0, scores - scores[y, np.arange(N)] + 1)
    margins[y, np.arange(N)] = 0
    mask = np.zeros_like(margins)
    mask[margins > 0] = 1
    mask[y, np.arange(N)] = -mask.sum(axis=0)
    dW = (mask @ X).T / N + 2 * reg * W
    return np.sum(margins) / N + reg * np.vdot(W, W), dW
