"""Random search: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the history holds the loss of every try, not the best so far",
    "Can the best loss so far ever go up? Look at your history from left to right.",
)
def history_of_every_try(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = None, np.inf, []
    for _ in range(num_tries):
        W = scale * rng.standard_normal(shape)
        loss = loss_fn(W)
        if loss < best_loss:
            best_W, best_loss = W, loss
        history.append(loss)
    return best_W, best_loss, history


@misconception(
    "the history grows only when a try is better",
    "How long must the history be, when it has one entry for each try?",
)
def history_of_improvements(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = None, np.inf, []
    for _ in range(num_tries):
        W = scale * rng.standard_normal(shape)
        loss = loss_fn(W)
        if loss < best_loss:
            best_W, best_loss = W, loss
            history.append(loss)
    return best_W, best_loss, history


@misconception(
    "scale is not used",
    "Call your function twice with different values of scale and the same seed. "
    "Should both results be the same?",
)
def scale_not_used(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = None, np.inf, []
    for _ in range(num_tries):
        W = rng.standard_normal(shape)
        loss = loss_fn(W)
        if loss < best_loss:
            best_W, best_loss = W, loss
        history.append(best_loss)
    return best_W, best_loss, history


@misconception(
    "each try starts from the best weights so far, which is local search",
    "Random search learns nothing from earlier tries. Where does your next try start?",
)
def searches_locally(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = np.zeros(shape), np.inf, []
    for _ in range(num_tries):
        W = best_W + scale * rng.standard_normal(shape)
        loss = loss_fn(W)
        if loss < best_loss:
            best_W, best_loss = W, loss
        history.append(best_loss)
    return best_W, best_loss, history


@misconception(
    "the weights of the last try are returned, whatever their loss",
    "Evaluate loss_fn at the weights that you return: is it the best loss?",
)
def last_weights(loss_fn, shape, num_tries, scale, rng):
    best_loss, history = np.inf, []
    for _ in range(num_tries):
        W = scale * rng.standard_normal(shape)
        best_loss = min(best_loss, loss_fn(W))
        history.append(best_loss)
    return W, best_loss, history


@misconception(
    "the largest loss is kept instead of the smallest",
    "Which is better, a high loss or a low one? Look at your comparison.",
)
def largest_loss_kept(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = None, -np.inf, []
    for _ in range(num_tries):
        W = scale * rng.standard_normal(shape)
        loss = loss_fn(W)
        if loss > best_loss:
            best_W, best_loss = W, loss
        history.append(best_loss)
    return best_W, best_loss, history


@misconception(
    "the weights are drawn uniformly from 0 to 1, not from the normal distribution",
    "Can a weight of your tries ever be negative? Compare your draw with the text.",
)
def uniform_draw(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = None, np.inf, []
    for _ in range(num_tries):
        W = scale * rng.random(shape)
        loss = loss_fn(W)
        if loss < best_loss:
            best_W, best_loss = W, loss
        history.append(best_loss)
    return best_W, best_loss, history


@misconception(
    "one try is missing",
    "Count how often your loop runs when num_tries is 1.",
)
def one_try_short(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = None, np.inf, []
    for _ in range(1, num_tries):
        W = scale * rng.standard_normal(shape)
        loss = loss_fn(W)
        if loss < best_loss:
            best_W, best_loss = W, loss
        history.append(best_loss)
    return best_W, best_loss, history


@misconception(
    "NumPy's global generator is used instead of rng",
    "Start twice from the same seed: a search that cannot be repeated cannot be "
    "debugged.",
)
def global_draw(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = None, np.inf, []
    for _ in range(num_tries):
        W = scale * np.random.randn(*shape)  # noqa: NPY002
        loss = loss_fn(W)
        if loss < best_loss:
            best_W, best_loss = W, loss
        history.append(best_loss)
    return best_W, best_loss, history


@misconception(
    "the history records the best loss before the try is compared with it",
    "After the first try, what is the best loss so far? Look at the first entry of "
    "your history.",
)
def recorded_before(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = None, np.inf, []
    for _ in range(num_tries):
        W = scale * rng.standard_normal(shape)
        loss = loss_fn(W)
        history.append(best_loss)
        if loss < best_loss:
            best_W, best_loss = W, loss
    return best_W, best_loss, history


@misconception(
    "one try is made before the loop, and so one too many",
    "Count the calls of loss_fn, or the entries of your history.",
)
def one_try_before_the_loop(loss_fn, shape, num_tries, scale, rng):
    best_W = scale * rng.standard_normal(shape)
    best_loss = loss_fn(best_W)
    history = [best_loss]
    for _ in range(num_tries):
        W = scale * rng.standard_normal(shape)
        loss = loss_fn(W)
        if loss < best_loss:
            best_W, best_loss = W, loss
        history.append(best_loss)
    return best_W, best_loss, history
