"""Minibatch gradient descent: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the step goes along the gradient, uphill",
    "Watch the loss over the steps: which way does it go? The gradient points to where "
    "the loss grows.",
)
def uphill(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    W, loss_history = W.copy(), []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W += learning_rate * dW
    return W, loss_history


@misconception(
    "the W that was handed in is changed",
    "What does W -= ... do to the array that the caller still holds?",
)
def changes_its_input(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W -= learning_rate * dW
    return W, loss_history


@misconception(
    "all the examples are used in every step",
    "What is batch_size for? Look at what you hand to loss_fn.",
)
def full_batch(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        loss, dW = loss_fn(W, X, y, reg)
        loss_history.append(loss)
        W = W - learning_rate * dW
    return W, loss_history


@misconception(
    "one minibatch is drawn before the loop and used in every step",
    "How many different examples does your run ever see? "
    "Look at where the draw stands.",
)
def one_batch_for_all(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    rows = rng.integers(len(X), size=batch_size)
    loss_history = []
    for _ in range(num_iters):
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - learning_rate * dW
    return W, loss_history


@misconception(
    "the loss is recorded after the step instead of before it",
    "Which W belongs to the first entry of loss_history: the one handed in, or the one "
    "after a step?",
)
def recorded_after(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        W = W - learning_rate * loss_fn(W, X[rows], y[rows], reg)[1]
        loss_history.append(loss_fn(W, X[rows], y[rows], reg)[0])
    return W, loss_history


@misconception(
    "reg is not handed on to loss_fn",
    "Your function takes reg: follow it through the code. Where is it used?",
)
def reg_lost(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], 0.0)
        loss_history.append(loss)
        W = W - learning_rate * dW
    return W, loss_history


@misconception(
    "the gradient is divided by the batch size once more",
    "loss_fn returns a mean over its examples. What does your division do to it?",
)
def divided_again(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - learning_rate * dW / batch_size
    return W, loss_history


@misconception(
    "the learning rate is not used",
    "Run it with two different learning rates: should both end at the same place?",
)
def rate_not_used(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - dW
    return W, loss_history


@misconception(
    "the penalty is taken off the weights a second time",
    "The gradient of loss_fn already holds the slope of the penalty. What does your "
    "extra term add?",
)
def penalty_twice(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - learning_rate * (dW + 2 * reg * W)
    return W, loss_history


@misconception(
    "the step has the same length whatever the gradient",
    "How long is your step where the loss is almost flat? Compare it with the formula.",
)
def gradient_normalised(
    loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng
):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - learning_rate * np.sign(dW)
    return W, loss_history


@misconception(
    "the minibatch is drawn without replacement",
    "Ask for more examples a step than there are. With replacement, that is possible.",
)
def drawn_without_replacement(
    loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng
):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.permutation(len(X))[:batch_size]
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - learning_rate * dW
    return W, loss_history


@misconception(
    "examples and labels are drawn separately",
    "Does each label in your minibatch still belong to the row beside it?",
)
def labels_drawn_apart(
    loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng
):
    loss_history = []
    for _ in range(num_iters):
        X_batch = X[rng.integers(len(X), size=batch_size)]
        y_batch = y[rng.integers(len(X), size=batch_size)]
        loss, dW = loss_fn(W, X_batch, y_batch, reg)
        loss_history.append(loss)
        W = W - learning_rate * dW
    return W, loss_history


@misconception(
    "the last loss is returned, not the list of them",
    "loss_history has one entry a step. What is the type of what you return?",
)
def last_loss_only(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        W = W - learning_rate * dW
    return W, loss


@misconception(
    "a loss on all the examples is added at the end of the history",
    "Count the entries of loss_history and the steps. Do the numbers agree?",
)
def one_loss_too_many(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - learning_rate * dW
    loss_history.append(loss_fn(W, X, y, reg)[0])
    return W, loss_history


@misconception(
    "NumPy's global generator is used instead of rng",
    "Start twice from the same seed: a run that cannot be repeated cannot be debugged.",
)
def global_draw(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = np.random.choice(len(X), batch_size)  # noqa: NPY002
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - learning_rate * dW
    return W, loss_history


@misconception(
    "the loss on all the examples is recorded, not that on the minibatch",
    "One pass over all the examples for each step is what minibatches save. Which loss "
    "do you have already?",
)
def recorded_on_all(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        _, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss_fn(W, X, y, reg)[0])
        W = W - learning_rate * dW
    return W, loss_history


@misconception(
    "the first rows are used in every step, without a draw",
    "How many different examples does your run ever see? Where does rng come in?",
)
def first_rows_always(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        loss, dW = loss_fn(W, X[:batch_size], y[:batch_size], reg)
        loss_history.append(loss)
        W = W - learning_rate * dW
    return W, loss_history


@misconception(
    "one step is missing",
    "How often does your loop run? Count the entries of loss_history.",
)
def one_step_short(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    W, loss_history = W.copy(), []
    for _ in range(1, num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W -= learning_rate * dW
    return W, loss_history
