"""L2 penalty and its gradient: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the penalty and its gradient have a factor one half",
    "Other editions put a factor before the penalty. Compare yours with the formula "
    "above the exercise.",
)
def l2_half(W):
    return 0.5 * np.sum(W * W), W


@misconception(
    "the gradient lacks its factor",
    "Differentiate the square of one weight on paper. What comes down from the "
    "exponent?",
)
def l2_gradient_without_two(W):
    return np.sum(W**2), 1.0 * W


@misconception(
    "the gradient is one number for all weights",
    "Raise one weight and leave the others alone: on which weights does the change of "
    "R depend? What shape must dW have?",
)
def l2_gradient_summed(W):
    return np.sum(W**2), 2 * np.sum(W)


@misconception(
    "every weight has the slope of the sum of all weights",
    "Each weight stands in one term of the sum only. Which terms does your slope use?",
)
def l2_gradient_filled(W):
    return np.sum(W**2), np.full(W.shape, 2 * np.sum(W))


@misconception(
    "the penalty is the norm, not its square",
    "The formula has no root. What does your library function return before you "
    "square it?",
)
def l2_root(W):
    return np.linalg.norm(W), 2 * W


@misconception(
    "the penalty is the norm, and the gradient that of the norm",
    "The formula has no root. Which function did you differentiate?",
)
def l2_root_throughout(W):
    norm = np.linalg.norm(W)
    return norm, W / norm


@misconception(
    "this is the L1 penalty",
    "One of the two penalties charges the size of a weight, the other its square. "
    "Which is which?",
)
def l2_is_l1(W):
    return np.sum(np.abs(W)), np.sign(W)


@misconception(
    "the penalty is a mean instead of a sum",
    "The mean belongs to the data loss, over the examples. Is there a division in the "
    "formula of R?",
)
def l2_mean(W):
    return np.mean(W**2), 2 * W / W.size


@misconception(
    "the penalty is a mean, the gradient that of the sum",
    "Compare your R with a check by numbers of your dW. Which of them follows the "
    "formula?",
)
def l2_mean_value(W):
    return np.mean(W**2), 2 * W


@misconception(
    "there is one penalty for each column instead of one number",
    "R is one number for the whole matrix. Over how many axes does your sum run?",
)
def l2_by_column(W):
    return np.sum(W**2, axis=0), 2 * W


@misconception(
    "the last row is left out as if it held the biases",
    "Look at the conventions: what does W hold in this notebook, and where are the "
    "biases?",
)
def l2_without_last_row(W):
    dW = 2 * W
    dW[-1] = 0
    return np.sum(W[:-1] ** 2), dW


@misconception(
    "the sum is squared, not each weight",
    "Take a weight of one and a weight of minus one: can their penalties cancel? Look "
    "at the order of square and sum.",
)
def l2_square_of_sum(W):
    return np.sum(W) ** 2, 2 * W


@misconception(
    "a matrix product stands where each weight should be multiplied by itself",
    "Write out the product of a small matrix with its transpose. Which entries of it "
    "are squares of weights?",
)
def l2_matrix_product(W):
    return np.sum(W @ W.T), 2 * W


@misconception(
    "the gradient ignores the signs of the weights",
    "Should a negative weight be pushed up or down to make its square smaller?",
)
def l2_gradient_of_size(W):
    return np.sum(W**2), 2 * np.abs(W)


@misconception(
    "the gradient has the wrong sign",
    "Is the gradient the direction in which R grows or falls? Who takes the minus, the "
    "gradient or the step?",
)
def l2_gradient_negative(W):
    return np.sum(W**2), -2 * W


@misconception(
    "only the penalty is returned",
    "The docstring names two results. Which one is missing?",
)
def l2_value_only(W):
    return np.sum(W**2)


@misconception(
    "the weights of the caller are changed",
    "An assignment such as W *= 2 works on the caller's array. Where does yours do "
    "that?",
)
def l2_changes_weights(W):
    R = np.sum(W**2)
    W *= 2
    return R, W


@misconception(
    "the gradient of the lecture's example is written into the code",
    "Call your function with weights that you choose, and work them out by hand too.",
)
def l2_visible_example(W):
    dW = np.zeros(W.shape)
    dW.flat[0] = 2.0
    return np.sum(W**2), dW


@misconception(
    "the result is printed instead of returned",
    "A function hands its result on with one keyword. Which one is missing?",
)
def l2_printed(W):
    print(np.sum(W**2), 2 * W)


@misconception(
    "the gradient comes from finite differences, which do not count here",
    "Each weight stands in one term of the sum. Derive the slope of that term.",
)
def l2_finite_differences(W):
    def penalty(V):
        return np.sum(V**2)

    dW = np.zeros(W.shape)
    h = 1e-5
    for index in np.ndindex(*W.shape):
        step = np.zeros(W.shape)
        step[index] = h
        dW[index] = (penalty(W + step) - penalty(W - step)) / (2 * h)
    return penalty(W), dW


@misconception(
    "the gradient holds the squares of the weights, not the weights",
    "Double one weight: does the slope of its square become twice as large, or four "
    "times?",
)
def l2_gradient_of_squares(W):
    return np.sum(W**2), 2 * W**2
