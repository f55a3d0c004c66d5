"""Minibatch gradient descent: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("a copy first, then changed in place; rng.choice", usual=True)
def copy_first(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    W = W.copy()
    loss_history = []
    for _ in range(num_iters):
        rows = rng.choice(X.shape[0], batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W -= learning_rate * dW
    return W, loss_history


@variant("uniform numbers cut to integers, the history as an array")
def by_uniform_numbers(
    loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng
):
    loss_history = np.zeros(num_iters)
    for t in range(num_iters):
        rows = (len(X) * rng.random(batch_size)).astype(int)
        loss_history[t], dW = loss_fn(W, X[rows], y[rows], reg)
        W = W - learning_rate * dW
    return W, loss_history


@variant("all draws before the loop")
def draws_before(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    history = []
    for rows in rng.integers(0, len(y), size=(num_iters, batch_size)):
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        history += [float(loss)]
        W = np.subtract(W, np.multiply(learning_rate, dW))
    return [W, history]


def _draw_for_step(X, y, batch_size, rng):
    rows = np.array([rng.choice(len(X)) for _ in range(batch_size)])
    return X[rows], y[rows]


@variant("a helper that draws, keywords, a while loop")
def with_helper(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    current = np.array(W)
    while len(loss_history) < num_iters:
        X_batch, y_batch = _draw_for_step(X, y, batch_size, rng)
        loss, dW = loss_fn(W=current, X=X_batch, y=y_batch, reg=reg)
        loss_history.append(loss)
        current = current + (-learning_rate) * dW
    return current, loss_history


@variant("the loss on all the examples looked at on the way")
def watches_full_loss(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    W = W.copy()
    loss_history, full = [], []
    for t in range(num_iters):
        if t % 5 == 0:
            full.append(loss_fn(W, X, y, reg)[0])
        rows = rng.integers(X.shape[0], size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W -= learning_rate * dW
    return W, loss_history
