"""Elastic net and a subgradient: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "beta weighs the absolute values instead of the squares",
    "Set beta to zero: which of the two penalties should be left? Which one is left in "
    "yours?",
)
def elastic_beta_exchanged(W, beta):
    return np.sum(W**2 + beta * np.abs(W)), 2 * W + beta * np.sign(W)


@misconception(
    "beta weighs both parts",
    "Set beta to zero: should the whole penalty vanish? Look at what beta stands "
    "before.",
)
def elastic_beta_on_both(W, beta):
    return beta * np.sum(W**2 + np.abs(W)), beta * (2 * W + np.sign(W))


@misconception(
    "the two parts are weighed with shares that add up to one",
    "That is the form of statistics packages. Compare the second term with the formula "
    "above the exercise.",
)
def elastic_shares(W, beta):
    R = np.sum(beta * W**2 + (1 - beta) * np.abs(W))
    return R, 2 * beta * W + (1 - beta) * np.sign(W)


@misconception(
    "beta is not used",
    "Call your function twice with different values of beta and compare.",
)
def elastic_without_beta(W, beta):
    return np.sum(W**2 + np.abs(W)), 2 * W + np.sign(W)


@misconception(
    "beta is missing from the gradient",
    "A constant factor in a term stays when you differentiate. Which factor did you "
    "lose?",
)
def elastic_gradient_without_beta(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), 2 * W + np.sign(W)


@misconception(
    "the gradient of the squares lacks its factor",
    "Differentiate the square of one weight on paper. What comes down from the "
    "exponent?",
)
def elastic_gradient_without_two(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), beta * W + np.sign(W)


@misconception(
    "the squares have a factor one half",
    "Other editions put a factor before the squares. Compare yours with the formula "
    "above the exercise.",
)
def elastic_half(W, beta):
    return np.sum(0.5 * beta * W**2 + np.abs(W)), beta * W + np.sign(W)


@misconception(
    "the gradient of the absolute values is missing",
    "R has two terms under the sum. Which of them has a part in your slope?",
)
def elastic_gradient_of_squares(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), 2 * beta * W


@misconception(
    "the gradient of the squares is missing",
    "R has two terms under the sum. Which of them has a part in your slope?",
)
def elastic_gradient_of_sizes(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), np.sign(W)


@misconception(
    "the slope of the absolute value is one everywhere, whatever the sign",
    "Draw the absolute value: does it rise or fall to the left of zero?",
)
def elastic_ones(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), 2 * beta * W + 1


@misconception(
    "the slope of the absolute value is taken as the size of the weight",
    "Go from one weight to one twice as large: does the V of the absolute value become "
    "steeper?",
)
def elastic_gradient_of_size(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), 2 * beta * W + np.abs(W)


@misconception(
    "beta is squared together with the weight",
    "Which binds tighter in your code, the product with beta or the square?",
)
def elastic_beta_squared(W, beta):
    return np.sum((beta * W) ** 2 + np.abs(W)), 2 * beta**2 * W + np.sign(W)


@misconception(
    "the slope is a weight divided by its size, which fails at zero",
    "What does your expression give for a weight of exactly zero? The text says which "
    "values are valid there.",
)
def elastic_zero_by_zero(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), 2 * beta * W + W / np.abs(W)


@misconception(
    "the penalty is a mean instead of a sum",
    "The mean belongs to the data loss, over the examples. Is there a division in the "
    "formula of R?",
)
def elastic_mean(W, beta):
    return np.mean(beta * W**2 + np.abs(W)), (2 * beta * W + np.sign(W)) / W.size


@misconception(
    "the weights are summed without the absolute value",
    "Take a positive and a negative weight: can their penalties cancel?",
)
def elastic_plain_sum(W, beta):
    return np.sum(beta * W**2 + W), 2 * beta * W + 1.0 * np.sign(W)


@misconception(
    "there is one penalty for each column instead of one number",
    "R is one number for the whole matrix. Over how many axes does your sum run?",
)
def elastic_by_column(W, beta):
    return np.sum(beta * W**2 + np.abs(W), axis=0), 2 * beta * W + np.sign(W)


@misconception(
    "the gradient is one number for all weights",
    "Each weight has its own slope. What shape must dW have?",
)
def elastic_gradient_summed(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), np.sum(2 * beta * W + np.sign(W))


@misconception(
    "only the penalty is returned",
    "The docstring names two results. Which one is missing?",
)
def elastic_value_only(W, beta):
    return np.sum(beta * W**2 + np.abs(W))


@misconception(
    "the gradient comes from finite differences, which do not count here",
    "Each weight stands in one term of the sum. Derive the slope of that term.",
)
def elastic_finite_differences(W, beta):
    def penalty(V):
        return np.sum(beta * V**2 + np.abs(V))

    dW = np.zeros(W.shape)
    h = 1e-5
    for index in np.ndindex(*W.shape):
        step = np.zeros(W.shape)
        step[index] = h
        dW[index] = (penalty(W + step) - penalty(W - step)) / (2 * h)
    return penalty(W), dW


@misconception(
    "beta weighs both parts of the gradient, though only one of the penalty",
    "Set beta to zero: which slope should be left? Compare the brackets of your two "
    "lines.",
)
def elastic_beta_on_both_slopes(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), beta * (2 * W + np.sign(W))
