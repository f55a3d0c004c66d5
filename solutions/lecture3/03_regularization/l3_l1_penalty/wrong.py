"""L1 penalty and a subgradient: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the gradient is one everywhere, whatever the sign of the weight",
    "Draw the absolute value: does it rise or fall to the left of zero?",
)
def l1_gradient_ones(W):
    return np.sum(np.abs(W)), np.ones(W.shape)


@misconception(
    "the weights are summed without the absolute value",
    "Take a positive and a negative weight: can their penalties cancel?",
)
def l1_plain_sum(W):
    return np.sum(W), np.sign(W)


@misconception(
    "the absolute value is taken once, of the whole sum",
    "Take a weight of one and a weight of minus one: what should they cost together? "
    "Look at the order of sum and absolute value.",
)
def l1_absolute_of_sum(W):
    return np.abs(np.sum(W)), np.sign(W)


@misconception(
    "the slope is a weight divided by its size, which fails at zero",
    "What does your expression give for a weight of exactly zero? The text says which "
    "values are valid there.",
)
def l1_zero_by_zero(W):
    return np.sum(np.abs(W)), W / np.abs(W)


@misconception(
    "the gradient is the size of each weight",
    "Go from one weight to one twice as large: does the V of the absolute value become "
    "steeper?",
)
def l1_gradient_of_size(W):
    return np.sum(np.abs(W)), np.abs(W)


@misconception(
    "the gradient is the weight itself",
    "Go from one weight to one twice as large: does the V of the absolute value become "
    "steeper?",
)
def l1_gradient_weight(W):
    return np.sum(np.abs(W)), W.copy()


@misconception(
    "this is the L2 penalty",
    "One of the two penalties charges the size of a weight, the other its square. "
    "Which is which?",
)
def l1_is_l2(W):
    return np.sum(W * W), 2 * W


@misconception(
    "the gradient is that of the L2 penalty",
    "Your penalty is that of this exercise. Is your slope the derivative of the same "
    "function?",
)
def l1_gradient_of_l2(W):
    return np.sum(np.abs(W)), 2 * W


@misconception(
    "the gradient carries a factor two as that of L2 does",
    "How much does the absolute value grow when the weight grows by one? Compare with "
    "your slope.",
)
def l1_gradient_doubled(W):
    return np.sum(np.abs(W)), 2 * np.sign(W)


@misconception(
    "the penalty is a mean instead of a sum",
    "The mean belongs to the data loss, over the examples. Is there a division in the "
    "formula of R?",
)
def l1_mean(W):
    return np.mean(np.abs(W)), np.sign(W) / W.size


@misconception(
    "the gradient is one number for all weights",
    "Each weight has its own slope. What shape must dW have?",
)
def l1_gradient_summed(W):
    return np.sum(np.abs(W)), np.sum(np.sign(W))


@misconception(
    "the gradient has the wrong sign",
    "Is the gradient the direction in which R grows or falls? Who takes the minus, the "
    "gradient or the step?",
)
def l1_gradient_negative(W):
    return np.sum(np.abs(W)), -np.sign(W)


@misconception(
    "the norm of order one of a matrix is not the sum over its entries",
    "Read what the library function does for a matrix: over what does it take the "
    "largest value?",
)
def l1_matrix_norm(W):
    return np.linalg.norm(W, 1), np.sign(W)


@misconception(
    "there is one penalty for each column instead of one number",
    "R is one number for the whole matrix. Over how many axes does your sum run?",
)
def l1_by_column(W):
    return np.sum(np.abs(W), axis=0), np.sign(W)


@misconception(
    "negative weights get the slope zero",
    "A comparison gives one or zero. What should the slope be to the left of the kink?",
)
def l1_step(W):
    return np.sum(np.abs(W)), (W > 0).astype(float)


@misconception(
    "the largest weight alone is charged",
    "How many weights stand under the sum sign? How many does your R depend on?",
)
def l1_largest(W):
    return np.max(np.abs(W)), np.sign(W)


@misconception(
    "only the penalty is returned",
    "The docstring names two results. Which one is missing?",
)
def l1_value_only(W):
    return np.sum(np.abs(W))


@misconception(
    "the weights of the caller are changed",
    "An assignment to entries of W works on the caller's array. Where does yours do "
    "that?",
)
def l1_changes_weights(W):
    dW = np.sign(W)
    W[W < 0] *= -1
    return np.sum(W), dW


@misconception(
    "the gradient comes from finite differences, which do not count here",
    "Each weight stands in one term of the sum. Derive the slope of that term.",
)
def l1_finite_differences(W):
    def penalty(V):
        return np.sum(np.abs(V))

    dW = np.zeros(W.shape)
    h = 1e-5
    for index in np.ndindex(*W.shape):
        step = np.zeros(W.shape)
        step[index] = h
        dW[index] = (penalty(W + step) - penalty(W - step)) / (2 * h)
    return penalty(W), dW
