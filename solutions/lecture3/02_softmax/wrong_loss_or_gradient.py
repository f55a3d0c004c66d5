"""Misconceptions of both forms of the softmax loss: loss and gradient."""

import numpy as np

from autograder.exercise import misconception

from .probabilities import stable_probs


@misconception(
    "the sum over the examples is taken, not the mean",
    "Give your function every example twice: what should happen to the loss?",
)
def sum_for_mean(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs + 2 * reg * W


@misconception(
    "the gradient is not divided by the number of examples",
    "The loss is a mean. What is the derivative of a mean?",
)
def gradient_not_divided(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs + 2 * reg * W


@misconception(
    "the mean runs over examples and classes, not over the examples alone",
    "With W = 0, what should the loss be for many classes? Compare it with yours.",
)
def mean_over_classes_too(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    probs = stable_probs(X @ W)
    target = np.eye(C)[y]
    loss = np.mean(-target * np.log(probs)) + reg * np.sum(W * W)
    return loss, X.T @ (probs - target) / (N * C) + 2 * reg * W


@misconception(
    "the logarithm to base ten is taken",
    "A published slide does the same. Which function of NumPy is the natural "
    "logarithm?",
)
def logarithm_to_base_ten(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log10(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the minus sign of the loss is missing",
    "The logarithm of a number below one is negative. Can a loss be?",
)
def loss_without_minus(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the probability is used as the loss, without the logarithm",
    "A good prediction should cost little. What does your loss do when the true class "
    "becomes more probable?",
)
def probability_as_loss(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = np.mean(probs[np.arange(N), y]) + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the logarithms of all classes are added up, not that of the true class alone",
    "The true distribution puts all its mass on one class. Which terms of the sum are "
    "left?",
)
def every_class_in_loss(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs)) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the scores of the true class are used without the sum over all classes",
    "The loss is not just minus the score. What happens to it when another class "
    "overtakes?",
)
def score_without_sum(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    probs = stable_probs(scores)
    loss = -np.sum(scores[np.arange(N), y]) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the most probable class is taken for the true one",
    "Which class is the right one when the classifier errs? Only y knows.",
)
def best_class_for_true(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    best = np.argmax(probs, axis=1)
    loss = -np.sum(np.log(probs[np.arange(N), best])) / N + reg * np.sum(W * W)
    probs[np.arange(N), best] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "large scores overflow",
    "Add a thousand to all scores of one example: the loss should stay the same. "
    "Where does yours go wrong?",
)
def scores_overflow(W, X, y, reg):
    N = X.shape[0]
    e = np.exp(X @ W)
    probs = e / np.sum(e, axis=1, keepdims=True)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the largest score of the whole batch is taken off every example",
    "Think of two examples of which one has far lower scores. What is left of e to the "
    "score in that one?",
)
def maximum_of_batch(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    e = np.exp(scores - np.max(scores))
    probs = e / np.sum(e, axis=1, keepdims=True)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the largest score is looked for over the examples, not over the classes",
    "A number may be taken off only if every class of the example loses the same. "
    "Along which axis do the classes lie?",
)
def maximum_over_examples(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    e = np.exp(scores - np.max(scores, axis=0))
    probs = e / np.sum(e, axis=1, keepdims=True)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the probabilities add up to one over the examples, not over the classes",
    "Add up the probabilities of one example. Along which axis do the classes lie?",
)
def normalised_over_examples(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    e = np.exp(scores - np.max(scores, axis=0))
    probs = e / np.sum(e, axis=0)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the exponentials are divided by one sum over the whole batch",
    "Add up the probabilities of one example: is it one? Each example needs its own "
    "sum.",
)
def one_sum_for_batch(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    e = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    probs = e / np.sum(e)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "each score goes through a sigmoid on its own, instead of a softmax",
    "Do the probabilities of one example add up to one? Each must depend on all its "
    "scores.",
)
def sigmoid_for_softmax(W, X, y, reg):
    N = X.shape[0]
    probs = 1 / (1 + np.exp(-(X @ W)))
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the true class is not singled out in the gradient",
    "Every score of your gradient points down. What happens to the loss when the score "
    "of the true class rises a little?",
)
def one_not_subtracted(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the one is taken off every class, not off the true one alone",
    "The slopes of one example add up to zero over the classes. Do yours?",
)
def one_subtracted_everywhere(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    return loss, X.T @ (probs - 1) / N + 2 * reg * W


@misconception(
    "only the column of the true class gets a gradient",
    "The other scores stand in the sum under the fraction. What happens to the loss "
    "when one of them rises?",
)
def true_column_alone(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    probs = stable_probs(X @ W)
    target = np.eye(C)[y]
    loss = -np.sum(target * np.log(probs)) / N + reg * np.sum(W * W)
    return loss, X.T @ ((probs - 1) * target) / N + 2 * reg * W


@misconception(
    "only the columns of the wrong classes get a gradient",
    "The score of the true class stands in the loss as well. What happens to the loss "
    "when it rises?",
)
def wrong_columns_alone(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] = 0
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the sign of the data gradient is turned round",
    "Take one small step against your gradient. Does the loss fall?",
)
def gradient_sign(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, -X.T @ probs / N + 2 * reg * W


@misconception(
    "the derivative of softmax is applied to p - 1 a second time",
    "The short formula already holds the slope of the softmax. How often does p enter "
    "your gradient?",
)
def softmax_slope_twice(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    probs = stable_probs(X @ W)
    target = np.eye(C)[y]
    loss = -np.sum(target * np.log(probs)) / N + reg * np.sum(W * W)
    slope = (probs - target) * probs * (1 - probs)
    return loss, X.T @ slope / N + 2 * reg * W


@misconception(
    "the derivative stops at the logarithm, before the softmax",
    "You have the slope with respect to p. How does p itself depend on the scores?",
)
def slope_of_logarithm_alone(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    probs = stable_probs(X @ W)
    target = np.eye(C)[y]
    loss = -np.sum(target * np.log(probs)) / N + reg * np.sum(W * W)
    return loss, X.T @ (-target / probs) / N + 2 * reg * W


@misconception(
    "the gradient has the shape of W transposed",
    "A gradient has the shape of its variable. Compare dW.shape with W.shape.",
)
def gradient_transposed(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, probs.T @ X / N + 2 * reg * W.T


@misconception(
    "the gradient is still the array of zeros it started as",
    "The loss is right. Which line of yours changes dW?",
)
def gradient_left_zero(W, X, y, reg):
    N = X.shape[0]
    dW = np.zeros(W.shape)
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    return loss, dW


@misconception(
    "the gradient of the hinge loss stands in place of that of the softmax",
    "The hinge counts violated margins. What takes the place of the count here?",
)
def hinge_gradient(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    probs = stable_probs(scores)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    mask = (scores - scores[np.arange(N), y][:, None] + 1 > 0) * 1.0
    mask[np.arange(N), y] = 0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "only the loss is returned",
    "The caller takes two values from one call. Which of them is missing?",
)
def loss_alone(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    return -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)


@misconception(
    "the results are printed instead of returned",
    "A function hands its results on with one keyword. Which one is missing?",
)
def results_printed(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    dW = X.T @ probs / N + 2 * reg * W
    print(loss, dW)


@misconception(
    "the weights of the caller are changed",
    "An operator such as *= works on the caller's array. Which line of yours "
    "writes into W?",
)
def weights_changed(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    W *= 2 * reg
    W += X.T @ probs / N
    return loss, W


@misconception(
    "the loss is a sum over the examples, though its gradient is that of the mean",
    "Give your function every example twice: the mean stays. What does your loss do?",
)
def loss_not_divided(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "loss and gradient are divided by the number of classes, not of examples",
    "A mean over the examples divides by their number. Which axis of which array "
    "holds it?",
)
def divided_by_classes(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    C = W.shape[1]
    loss = -np.sum(np.log(probs[np.arange(N), y])) / C + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / C + 2 * reg * W


@misconception(
    "the gradient comes from finite differences, which do not count here",
    "Each entry of dW is a sum over the examples. Derive it from the slope of each "
    "score.",
)
def finite_differences(W, X, y, reg):
    def loss_at(V):
        probs = stable_probs(X @ V)
        return -np.mean(np.log(probs[np.arange(len(X)), y])) + reg * np.sum(V * V)

    dW = np.zeros(W.shape)
    h = 1e-5
    for index in np.ndindex(*W.shape):
        step = np.zeros(W.shape)
        step[index] = h
        dW[index] = (loss_at(W + step) - loss_at(W - step)) / (2 * h)
    return loss_at(W), dW


@misconception(
    "the probabilities are kept away from zero by a small number, so the loss is "
    "capped",
    "Which loss is due where the true class lies far behind? Print yours there, and "
    "see what the logarithm is given.",
    sizes=(1e-8, 1e-7, 1e-6, 1e-5),
)
def guard_added(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.mean(np.log(probs[np.arange(N), y] + 1e-8)) + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the probabilities are kept away from zero by a small number, so the loss is "
    "capped",
    "Which loss is due where the true class lies far behind? Print yours there, and "
    "see what the logarithm is given.",
    sizes=(1e-12, 1e-10, 1e-9),
)
def tiny_guard_added(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.mean(np.log(probs[np.arange(N), y] + 1e-12)) + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the probabilities are kept away from zero by a small number, so the loss is "
    "capped",
    "Which loss is due where the true class lies far behind? Print yours there, and "
    "see what the logarithm is given.",
    sizes=(1e-12, 1e-15, 1e-10, 1e-8, 1e-7, 1e-6, 1e-5),
)
def probabilities_clipped(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    picked = np.clip(probs[np.arange(N), y], 1e-12, 1.0)
    loss = -np.mean(np.log(picked)) + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@misconception(
    "the gradient uses the exponentials, not the probabilities",
    "Add up the slopes of one example over its classes: what should the sum be?",
)
def gradient_not_normalised(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    slopes = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    true = slopes[np.arange(N), y] / np.sum(slopes, axis=1)
    loss = -np.sum(np.log(true)) / N + reg * np.sum(W * W)
    slopes[np.arange(N), y] -= 1
    return loss, X.T @ slopes / N + 2 * reg * W


@misconception(
    "the shift is taken off in one term of the loss and not in the other",
    "The loss of an example is a difference of two terms. Is the shift in both of "
    "them?",
)
def shifted_in_one_term(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    log_sum = np.log(np.sum(np.exp(shifted), axis=1))
    loss = np.mean(log_sum - scores[np.arange(N), y]) + reg * np.sum(W * W)
    probs = stable_probs(scores)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W
