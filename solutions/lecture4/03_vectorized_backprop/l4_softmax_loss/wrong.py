"""Softmax loss as the last layer: misconceptions."""

import numpy as np

from autograder.exercise import misconception


def _probabilities(scores):
    e = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


@misconception(
    "the loss is summed over the examples, not averaged",
    "Give your function the same example twice. Should the loss change?",
)
def softmax_loss_summed(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.sum(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@misconception(
    "the gradient is not divided by the number of examples",
    "The loss is a mean. What does that do to the slope of each score?",
)
def softmax_slope_summed(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.mean(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p


@misconception(
    "loss and gradient are both summed over the examples, not averaged",
    "They fit each other, so a gradient check is content. Does the text ask for a sum "
    "or for a mean?",
)
def softmax_both_summed(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.sum(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p


@misconception(
    "nothing is taken off the probability of the true class in the gradient",
    "Should the score of the true class rise or fall in a step against your gradient?",
)
def softmax_without_one(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    return -np.mean(np.log(p[rows, y])), p / len(y)


@misconception(
    "the sign of the gradient is turned round",
    "A wrong class with a high score: should the loss rise or fall when that score "
    "rises?",
)
def softmax_sign_turned(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.mean(np.log(p[rows, y]))
    return loss, (np.eye(scores.shape[1])[y] - p) / len(y)


@misconception(
    "only the true class gets a gradient",
    "Every score stands in the sum under the fraction. Does the loss change when a "
    "wrong class scores more?",
)
def softmax_true_class_only(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    dscores = np.zeros(scores.shape)
    dscores[rows, y] = (p[rows, y] - 1) / len(y)
    return -np.mean(np.log(p[rows, y])), dscores


@misconception(
    "the gradient with respect to the probabilities is returned",
    "Minus one over p is the slope against the probability. One more local gradient "
    "leads from there to the scores: which?",
)
def softmax_slope_of_log(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    dscores = np.zeros(scores.shape)
    dscores[rows, y] = -1 / p[rows, y] / len(y)
    return -np.mean(np.log(p[rows, y])), dscores


@misconception(
    "the gradient is multiplied by the slope p (1 - p) of a sigmoid once more",
    "The Jacobian of softmax is already in the difference of p and the one-hot vector. "
    "Derive one entry by hand.",
)
def softmax_slope_twice(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.mean(np.log(p[rows, y]))
    return loss, (p - np.eye(scores.shape[1])[y]) * p * (1 - p) / len(y)


@misconception(
    "the one is taken off whole columns, for every true class of the batch",
    "Indexing with a colon and y takes whole columns. How do you name one entry in "
    "each row?",
)
def softmax_columns(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.mean(np.log(p[rows, y]))
    p[:, y] -= 1
    return loss, p / len(y)


@misconception(
    "the logarithm to base ten is taken",
    "A published slide does the same. Which function of NumPy is the natural "
    "logarithm?",
)
def softmax_base_ten(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.mean(np.log10(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@misconception(
    "the probability is averaged, not its logarithm",
    "First the loss of each example, then the mean. In which order are yours?",
)
def softmax_log_of_mean(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.log(np.mean(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@misconception(
    "the sign of the loss is wrong",
    "The logarithm of a probability is never above zero. Can a loss be below?",
)
def softmax_loss_negative(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = np.mean(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@misconception(
    "e to the score overflows, because nothing is taken off the scores first",
    "Which number taken off every score of a row leaves the probabilities as they are?",
)
def softmax_overflow(scores, y):
    e, rows = np.exp(scores), np.arange(len(y))
    p = e / np.sum(e, axis=1, keepdims=True)
    loss = -np.mean(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@misconception(
    "the largest score of the whole batch is taken off every row",
    "Think of two rows of which one lies far below the other. What is left of e to the "
    "score in the lower one?",
)
def softmax_one_maximum(scores, y):
    e, rows = np.exp(scores - np.max(scores)), np.arange(len(y))
    p = e / np.sum(e, axis=1, keepdims=True)
    loss = -np.mean(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@misconception(
    "the probabilities are normalised over the examples, not over the classes",
    "Add up one row of your probabilities. Which axis numbers the classes?",
)
def softmax_wrong_axis(scores, y):
    e, rows = np.exp(scores - np.max(scores, axis=0)), np.arange(len(y))
    p = e / np.sum(e, axis=0)
    loss = -np.mean(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@misconception(
    "the scores of the caller are changed",
    "An operator such as -= works on the caller's array. Which line of yours writes "
    "into it?",
)
def softmax_scores_changed(scores, y):
    scores -= np.max(scores, axis=1, keepdims=True)
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.mean(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@misconception(
    "the loss of each example is returned, not their mean",
    "Gradient descent needs one number. What is the shape of your loss?",
)
def softmax_losses_returned(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    losses = -np.log(p[rows, y])
    p[rows, y] -= 1
    return losses, p / len(y)


@misconception(
    "only the loss is returned",
    "The text asks for two results. Which is the other one?",
)
def softmax_only_loss(scores, y):
    return -np.mean(np.log(_probabilities(scores)[np.arange(len(y)), y]))


@misconception(
    "the probabilities are kept away from zero by a small number, so the loss is "
    "capped",
    "What is your loss where the true class lies far behind? With scores that are "
    "shifted first, is the logarithm in danger at all?",
    sizes=(1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5),
)
def softmax_small_number_added(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.mean(np.log(p[rows, y] + 1e-12))
    p[rows, y] -= 1
    return loss, p / len(y)


@misconception(
    "the probabilities are kept away from zero by a small number, so the loss is "
    "capped",
    "What is your loss where the true class lies far behind? With scores that are "
    "shifted first, is the logarithm in danger at all?",
    sizes=(1e-8, 1e-15, 1e-12, 1e-10, 1e-7, 1e-5),
)
def softmax_clipped(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.mean(np.log(np.clip(p[rows, y], 1e-8, 1.0)))
    p[rows, y] -= 1
    return loss, p / len(y)


@misconception(
    "the gradient is measured with small steps, not computed by the chain rule",
    "In the lesson above the gradient of the scores is a difference of two things that "
    "the forward pass has. Which?",
)
def softmax_differences(scores, y):
    def loss(scores):
        return -np.mean(np.log(_probabilities(scores)[np.arange(len(y)), y]))

    dscores, h = np.zeros(scores.shape), 1e-5
    for place in np.ndindex(scores.shape):
        step = np.zeros(scores.shape)
        step[place] = h
        dscores[place] = (loss(scores + step) - loss(scores - step)) / (2 * h)
    return loss(scores), dscores


@misconception(
    "the one is taken off after the division by the number of examples",
    "Add up the slopes of one example over its classes: what should the sum be? Look "
    "at the order of your lines.",
)
def softmax_one_after_mean(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.mean(np.log(p[rows, y]))
    dscores = p / len(y)
    dscores[rows, y] -= 1
    return loss, dscores
