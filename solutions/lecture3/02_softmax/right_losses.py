"""Both forms of the softmax loss, right in other ways."""

import numpy as np

from autograder.exercise import variant

from .probabilities import stable_probs


@variant("the textbook form: minus the logarithm of a stable softmax", usual=True)
def textbook(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    scores -= scores.max(axis=1, keepdims=True)
    probs = np.exp(scores)
    probs /= probs.sum(axis=1, keepdims=True)
    loss = -np.log(probs[np.arange(N), y]).mean() + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@variant("log-sum-exp, a list returned")
def log_sum_exp(W, X, y, reg):
    N = len(X)
    scores = X.dot(W)
    shifted = scores - np.amax(scores, axis=1)[:, np.newaxis]
    log_sum = np.log(np.sum(np.exp(shifted), axis=1))
    loss = np.sum(log_sum - shifted[range(N), y]) / N + reg * (W**2).sum()
    slope = np.exp(shifted - log_sum[:, np.newaxis])
    slope[range(N), y] -= 1
    return [loss, X.T.dot(slope) / N + reg * 2 * W]


@variant("einsum and a one-hot matrix")
def by_einsum(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    true = np.eye(C)[y]
    scores = np.einsum("nd,dc->nc", X, W)
    e = np.exp(scores - scores.max(axis=1)[:, None])
    probs = e / np.einsum("nc->n", e)[:, None]
    loss = -np.einsum("nc,nc->", true, np.log(np.maximum(probs, 1e-300))) / N
    dW = np.einsum("nd,nc->dc", X, probs - true) / N
    return loss + reg * np.einsum("dc,dc->", W, W), dW + 2 * reg * W


@variant("the score of the true class taken off first; a 0-d array as the loss")
def true_score_taken_off(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    lead = scores - np.take_along_axis(scores, y[:, None].astype(int), axis=1)
    top = lead.max(axis=1, keepdims=True)
    log_sum = top + np.log(np.exp(lead - top).sum(axis=1, keepdims=True))
    loss = np.mean(log_sum) + reg * np.linalg.norm(W) ** 2
    slope = np.exp(lead - log_sum) - (np.arange(W.shape[1]) == y[:, None])
    return np.array(loss), X.T @ (slope / N) + 2 * reg * W


@variant("examples in columns, as in the lecture")
def lecture_layout(W, X, y, reg):
    N = X.shape[0]
    scores = W.T @ X.T  # (C, N)
    e = np.exp(scores - scores.max(axis=0))
    probs = e / e.sum(axis=0)
    loss = -np.sum(np.log(probs[y, np.arange(N)])) / N
    probs[y, np.arange(N)] -= 1
    return loss + reg * np.vdot(W, W), (probs @ X).T / N + 2 * reg * W


@variant("np.add.at collects the columns of the true classes")
def by_add_at(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    columns = probs.T @ X  # (C, D)
    np.add.at(columns, y, -X)
    loss = np.log(1 / probs[np.arange(N), y]).sum() / N + reg * np.sum(np.square(W))
    return float(loss), columns.T / N + 2 * reg * W
