"""Misconceptions of both forms of the SVM loss: margins, mean and gradient."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the sum over the examples is taken, not the mean",
    "Give your function every example twice: what should happen to the loss?",
)
def sum_for_mean(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    return np.sum(margins) + reg * np.sum(W * W), X.T @ mask + 2 * reg * W


@misconception(
    "the gradient is not divided by the number of examples",
    "The loss is a mean. What is the derivative of a mean?",
)
def gradient_not_divided(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask + 2 * reg * W


@misconception(
    "the mean runs over all margins instead of over the examples",
    "With W = 0, what should the loss be for many classes? Compare it with yours.",
)
def mean_over_all_margins(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.mean(margins) + reg * np.sum(W * W)
    return loss, X.T @ mask / (N * C) + 2 * reg * W


@misconception(
    "the true class is counted in the loss",
    "Work out the term for j = y by hand: can it ever be zero?",
)
def true_class_counted(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] -= mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "the column of the true class gets no gradient",
    "Each violated margin holds two scores. What happens to the loss when the score "
    "of the true class rises a little?",
)
def true_column_missing(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0).astype(W.dtype)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "the column of the true class moves once, however many margins are violated",
    "In how many terms of one example does the score of the true class stand?",
)
def true_column_once(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -1.0 * np.any(mask, axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "the true class is counted among the violated margins in the gradient",
    "Count by hand how often x is taken from the true column. Does your count start "
    "with the true class itself?",
)
def count_with_true_class(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "the gradient has the shape of W transposed",
    "A gradient has the shape of its variable. Compare dW.shape with W.shape.",
)
def gradient_transposed(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, mask.T @ X / N + 2 * reg * W.T


@misconception(
    "the margins are summed without the maximum with zero",
    "Can your loss be negative? Ask which classes should add nothing.",
)
def hinge_without_maximum(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    scores = X @ W
    margins = scores - scores[np.arange(N), y][:, None] + 1
    margins[np.arange(N), y] = 0
    coefficients = np.ones((N, C))
    coefficients[np.arange(N), y] = 1 - C
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ coefficients / N + 2 * reg * W


@misconception(
    "the gradient flows through every margin, violated or not",
    "A class that is far behind adds nothing to the loss. What is its slope?",
)
def gradient_without_mask(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    coefficients = np.ones((N, C))
    coefficients[np.arange(N), y] = 1 - C
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ coefficients / N + 2 * reg * W


@misconception(
    "the absolute value of the margins is taken",
    "Draw the hinge and the absolute value side by side. Where do they differ?",
)
def absolute_margins(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = scores - scores[np.arange(N), y][:, None] + 1
    margins[np.arange(N), y] = 0
    mask = np.sign(margins)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(np.abs(margins)) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "delta is left out of the margin",
    "With W = 0 every score is the same: is your loss zero there?",
)
def margin_without_delta(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None])
    margins[np.arange(N), y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "delta has the wrong sign in the margin",
    "Is the loss zero as soon as the true class is ahead, or only when it is ahead "
    "by enough?",
)
def margin_minus_delta(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] - 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "the two scores of the margin are exchanged",
    "If the true class has by far the highest score, is your loss small or large?",
)
def margin_exchanged(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores[np.arange(N), y][:, None] - scores + 1)
    margins[np.arange(N), y] = 0
    mask = -(margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "the hinge is squared",
    "Squaring gives a different loss, as the lecture says when it is asked. "
    "Which one does the exercise name?",
)
def squared_margins(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    slope = 2 * margins
    slope[np.arange(N), y] = -slope.sum(axis=1)
    loss = np.sum(margins**2) / N + reg * np.sum(W * W)
    return loss, X.T @ slope / N + 2 * reg * W


@misconception(
    "the gradient uses the size of the margin instead of whether it is violated",
    "What is the slope of the hinge to the right of its corner: does it grow?",
)
def margins_as_slope(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    margins[np.arange(N), y] = -margins.sum(axis=1)
    return loss, X.T @ margins / N + 2 * reg * W


@misconception(
    "the sign of the data gradient is turned round",
    "Take one small step against your gradient. Does the loss fall?",
)
def gradient_sign(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = -(margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "the scores of the true class line up with the columns, not with the rows",
    "Which shape has the array of true scores, and along which axis does NumPy "
    "stretch it?",
)
def true_scores_along_columns(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "the violated margins are counted over the examples, not over the classes",
    "The count belongs to one example. Along which axis do the classes lie?",
)
def count_along_examples(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=0)[y]
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "the highest score stands where the score of the true class belongs",
    "Which class is the right one when the classifier errs? Only y knows.",
)
def best_score_for_true(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores.max(axis=1, keepdims=True) + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "the gradient is still the array of zeros it started as",
    "The loss is right. Which line of yours changes dW?",
)
def gradient_left_zero(W, X, y, reg):
    N = X.shape[0]
    dW = np.zeros(W.shape)
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, dW


@misconception(
    "only the loss is returned",
    "The caller takes two values from one call. Which of them is missing?",
)
def loss_alone(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    return np.sum(margins) / N + reg * np.sum(W * W)


@misconception(
    "nothing is returned, though the results may be printed",
    "A function hands its results on with one keyword. Which one is missing?",
)
def results_printed(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    dW = X.T @ mask / N + 2 * reg * W
    print(loss, dW)


@misconception(
    "the weights of the caller are changed",
    "An operator such as *= works on the caller's array. Which line of yours "
    "writes into W?",
)
def weights_changed(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    W *= 2 * reg
    W += X.T @ mask / N
    return loss, W


@misconception(
    "the loss is a sum over the examples, though its gradient is that of the mean",
    "Give your function every example twice: the mean stays. What does your loss do?",
)
def loss_not_divided(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0) * 1.0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "loss and gradient are divided by the number of classes, not of examples",
    "A mean over the examples divides by their number. Which axis of which array "
    "holds it?",
)
def divided_by_classes(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0) * 1.0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    C = W.shape[1]
    loss = np.sum(margins) / C + reg * np.sum(W * W)
    return loss, X.T @ mask / C + 2 * reg * W


@misconception(
    "the gradient comes from finite differences, which do not count here",
    "Each entry of dW is a sum over the examples. Derive it from the slope of each "
    "score.",
)
def finite_differences(W, X, y, reg):
    def loss_at(V):
        scores = X @ V
        margins = np.maximum(0, scores - scores[np.arange(len(X)), y][:, None] + 1)
        return np.sum(margins) / len(X) - 1 + reg * np.sum(V * V)

    dW = np.zeros(W.shape)
    h = 1e-5
    for index in np.ndindex(*W.shape):
        step = np.zeros(W.shape)
        step[index] = h
        dW[index] = (loss_at(W + step) - loss_at(W - step)) / (2 * h)
    return loss_at(W), dW


@misconception(
    "the column of the true class moves for margins that are not violated, too",
    "A margin below zero adds nothing to the loss. May it move any column?",
)
def true_column_for_every_class(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = 1 - W.shape[1]
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "the violated margins are counted over the whole batch, not in each row",
    "How many margins does one example violate? Print the shape of your counts.",
)
def count_of_whole_batch(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum()
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "margins of zero count as violated, and after the maximum many are zero",
    "After the maximum no margin is below zero. What tells one that was cut off from "
    "one that counts?",
)
def zeros_count_as_violated(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins >= 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


@misconception(
    "the term of the true class is taken off once, not once for each example",
    "How many examples are there, and how many terms of a true class does your sum "
    "hold?",
)
def true_term_taken_off_once(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    loss = (np.sum(margins) - 1) / N + reg * np.sum(W * W)
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] -= mask.sum(axis=1)
    return loss, X.T @ mask / N + 2 * reg * W
