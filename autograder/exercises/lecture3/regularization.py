"""The records of notebook ``lecture3/03_regularization``: penalties, their strength."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise.memo import searched
from autograder.exercise.record import Exercise
from autograder.exercise.student import Student, probe_argument

NOTEBOOK = "lecture3/03_regularization"
SINGLE = {"rtol": 1e-4, "atol": 1e-5}  # what float32 inputs allow
SHAPES = ((4, 3), (3, 5), (6, 2))
SMALL = ((1, 1), (5, 1), (1, 4))  # one weight, one column, one row


def _weights(rng: np.random.Generator, D: int, C: int) -> np.ndarray:
    """Draw weights of both signs, none near zero."""
    return rng.choice([-1.0, 1.0], size=(D, C)) * rng.uniform(0.2, 2.5, size=(D, C))


def _with_zeros(rng: np.random.Generator) -> np.ndarray:
    """Draw weights with exact zeros, some of them negative zero."""
    W = _weights(rng, 5, 4)
    W.flat[rng.permutation(20)[:6]] = 0.0
    W[int(rng.integers(5)), int(rng.integers(4))] = -0.0
    return W


def _subgradient(
    student: Student, name: str, W: np.ndarray, *args: float, want: Any
) -> None:
    """Require R, the slopes away from zero, and a valid slope at each zero."""
    R, slopes = want
    got = student.call(name, W, *args)
    if not isinstance(got, tuple | list) or len(got) != 2:
        student.expect(got, want, name, parts=student.returns[name])
    student.expect(got[0], R, "R")
    dW = student.array(got[1], W.shape, "dW")
    # Where w = 0 the squares have no slope and the absolute value any from -1 to 1.
    nearest = np.where(W == 0, np.clip(dW, -1.0, 1.0), slopes)
    student.expect(dW, nearest, "dW")


# L2 -------------------------------------------------------------------------------

l2 = Exercise(
    "l3_l2_penalty",
    NOTEBOOK,
    2,
    ("l2_penalty",),
    title="L2 penalty and its gradient",
    size="loss",
    returns={"l2_penalty": ("R", "dW")},
)


@l2.reference
def l2_penalty(W):
    """Sum of w**2, and for each weight the slope 2 w of its own square."""
    R, dW = 0.0, np.zeros(W.shape)
    for place, w in np.ndenumerate(W.astype(float)):
        R += float(w) ** 2
        dW[place] = 2 * float(w)
    return R, dW


@l2.check("the penalty", 0.7)
def _l2_value(student: Student, rng: np.random.Generator) -> None:
    for D, C in SHAPES:
        student.agrees("l2_penalty", _weights(rng, D, C), only="R")


@l2.check("the gradient", 0.8)
def _l2_gradient(student: Student, rng: np.random.Generator) -> None:
    for D, C in SHAPES:
        student.agrees("l2_penalty", _weights(rng, D, C), only="dW")


@l2.check("one weight, one row, one column", 0.2)
def _l2_small(student: Student, rng: np.random.Generator) -> None:
    for D, C in SMALL:
        student.agrees("l2_penalty", _weights(rng, D, C))


@l2.check("zeros, large and tiny weights", 0.2)
def _l2_extremes(student: Student, rng: np.random.Generator) -> None:
    student.agrees("l2_penalty", np.zeros((3, 2)))
    student.agrees("l2_penalty", _with_zeros(rng))
    student.agrees("l2_penalty", 1e5 * _weights(rng, 4, 3))
    student.agrees("l2_penalty", 1e-3 * _weights(rng, 4, 3), atol=1e-12)


@l2.check("float32 weights", 0.1)
def _l2_single(student: Student, rng: np.random.Generator) -> None:
    student.agrees("l2_penalty", _weights(rng, 4, 3).astype(np.float32), **SINGLE)


@l2.misconception(
    "the penalty and its gradient have a factor one half",
    "Other editions put a factor before the penalty. Compare yours with the formula "
    "above the exercise.",
)
def l2_half(W):
    return 0.5 * np.sum(W * W), W


@l2.misconception(
    "the gradient lacks its factor",
    "Differentiate the square of one weight on paper. What comes down from the "
    "exponent?",
)
def l2_gradient_without_two(W):
    return np.sum(W**2), 1.0 * W


@l2.misconception(
    "the gradient is one number for all weights",
    "Raise one weight and leave the others alone: on which weights does the change of "
    "R depend? What shape must dW have?",
)
def l2_gradient_summed(W):
    return np.sum(W**2), 2 * np.sum(W)


@l2.misconception(
    "every weight has the slope of the sum of all weights",
    "Each weight stands in one term of the sum only. Which terms does your slope use?",
)
def l2_gradient_filled(W):
    return np.sum(W**2), np.full(W.shape, 2 * np.sum(W))


@l2.misconception(
    "the penalty is the norm, not its square",
    "The formula has no root. What does your library function return before you "
    "square it?",
)
def l2_root(W):
    return np.linalg.norm(W), 2 * W


@l2.misconception(
    "the penalty is the norm, and the gradient that of the norm",
    "The formula has no root. Which function did you differentiate?",
)
def l2_root_throughout(W):
    norm = np.linalg.norm(W)
    return norm, W / norm


@l2.misconception(
    "this is the L1 penalty",
    "One of the two penalties charges the size of a weight, the other its square. "
    "Which is which?",
)
def l2_is_l1(W):
    return np.sum(np.abs(W)), np.sign(W)


@l2.misconception(
    "the penalty is a mean instead of a sum",
    "The mean belongs to the data loss, over the examples. Is there a division in the "
    "formula of R?",
)
def l2_mean(W):
    return np.mean(W**2), 2 * W / W.size


@l2.misconception(
    "the penalty is a mean, the gradient that of the sum",
    "Compare your R with a check by numbers of your dW. Which of them follows the "
    "formula?",
)
def l2_mean_value(W):
    return np.mean(W**2), 2 * W


@l2.misconception(
    "there is one penalty for each column instead of one number",
    "R is one number for the whole matrix. Over how many axes does your sum run?",
)
def l2_by_column(W):
    return np.sum(W**2, axis=0), 2 * W


@l2.misconception(
    "the last row is left out as if it held the biases",
    "Look at the conventions: what does W hold in this notebook, and where are the "
    "biases?",
)
def l2_without_last_row(W):
    dW = 2 * W
    dW[-1] = 0
    return np.sum(W[:-1] ** 2), dW


@l2.misconception(
    "the sum is squared, not each weight",
    "Take a weight of one and a weight of minus one: can their penalties cancel? Look "
    "at the order of square and sum.",
)
def l2_square_of_sum(W):
    return np.sum(W) ** 2, 2 * W


@l2.misconception(
    "a matrix product stands where each weight should be multiplied by itself",
    "Write out the product of a small matrix with its transpose. Which entries of it "
    "are squares of weights?",
)
def l2_matrix_product(W):
    return np.sum(W @ W.T), 2 * W


@l2.misconception(
    "the gradient ignores the signs of the weights",
    "Should a negative weight be pushed up or down to make its square smaller?",
)
def l2_gradient_of_size(W):
    return np.sum(W**2), 2 * np.abs(W)


@l2.misconception(
    "the gradient has the wrong sign",
    "Is the gradient the direction in which R grows or falls? Who takes the minus, the "
    "gradient or the step?",
)
def l2_gradient_negative(W):
    return np.sum(W**2), -2 * W


@l2.misconception(
    "only the penalty is returned",
    "The docstring names two results. Which one is missing?",
)
def l2_value_only(W):
    return np.sum(W**2)


@l2.misconception(
    "the weights of the caller are changed",
    "An assignment such as W *= 2 works on the caller's array. Where does yours do "
    "that?",
)
def l2_changes_weights(W):
    R = np.sum(W**2)
    W *= 2
    return R, W


@l2.misconception(
    "the gradient of the lecture's example is written into the code",
    "Call your function with weights that you choose, and work them out by hand too.",
)
def l2_visible_example(W):
    dW = np.zeros(W.shape)
    dW.flat[0] = 2.0
    return np.sum(W**2), dW


@l2.misconception(
    "the result is printed instead of returned",
    "A function hands its result on with one keyword. Which one is missing?",
)
def l2_printed(W):
    print(np.sum(W**2), 2 * W)


@l2.variant("squares with the power operator")
def l2_power(W):
    return (W**2).sum(), 2 * W


@l2.variant("W plus W for the gradient, a Python float")
def l2_twice(W):
    return float(np.sum(np.square(W))), W + W


@l2.variant("the norm, squared")
def l2_norm_squared(W):
    return np.linalg.norm(W) ** 2, 2.0 * W


@l2.variant("loops")
def l2_loops(W):
    R = 0
    dW = np.zeros_like(W)
    for d in range(W.shape[0]):
        for c in range(W.shape[1]):
            R += W[d, c] ** 2
            dW[d, c] = 2 * W[d, c]
    return R, dW


@l2.variant("einsum, a list of two")
def l2_einsum(W):
    return [np.einsum("dc,dc->", W, W), np.multiply(2, W)]


@l2.variant("the dot product of the flattened weights")
def l2_flat(W):
    w = W.ravel()
    return w @ w, (2 * w).reshape(W.shape)


@l2.variant("the trace of W.T @ W")
def l2_trace(W):
    return np.trace(W.T @ W), 2 * W


# L1 -------------------------------------------------------------------------------

l1 = Exercise(
    "l3_l1_penalty",
    NOTEBOOK,
    2,
    ("l1_penalty",),
    title="L1 penalty and a subgradient",
    size="loss",
    returns={"l1_penalty": ("R", "dW")},
)


@l1.reference
def l1_penalty(W):
    """Sum of |w|; the slope is 1 above zero, -1 below, and 0 at zero."""
    R, dW = 0.0, np.zeros(W.shape)
    for place, w in np.ndenumerate(W.astype(float)):
        R += float(w) if w > 0 else -float(w)
        dW[place] = 1.0 if w > 0 else -1.0 if w < 0 else 0.0
    return R, dW


@l1.check("the penalty", 0.6)
def _l1_value(student: Student, rng: np.random.Generator) -> None:
    for D, C in SHAPES:
        student.agrees("l1_penalty", _weights(rng, D, C), only="R")


@l1.check("the gradient where no weight is zero", 0.7)
def _l1_gradient(student: Student, rng: np.random.Generator) -> None:
    for D, C in SHAPES:
        student.agrees("l1_penalty", _weights(rng, D, C), only="dW")


@l1.check("weights that are exactly zero", 0.4)
def _l1_zeros(student: Student, rng: np.random.Generator) -> None:
    for W in (_with_zeros(rng), np.zeros((3, 2))):
        _subgradient(student, "l1_penalty", W, want=l1_penalty(W))


@l1.check("one weight, one row, one column", 0.1)
def _l1_small(student: Student, rng: np.random.Generator) -> None:
    for D, C in SMALL:
        student.agrees("l1_penalty", _weights(rng, D, C))


@l1.check("large and tiny weights, float32", 0.2)
def _l1_extremes(student: Student, rng: np.random.Generator) -> None:
    student.agrees("l1_penalty", 1e6 * _weights(rng, 4, 3))
    student.agrees("l1_penalty", 1e-3 * _weights(rng, 4, 3))
    student.agrees("l1_penalty", _weights(rng, 4, 3).astype(np.float32), **SINGLE)


@l1.misconception(
    "the gradient is one everywhere, whatever the sign of the weight",
    "Draw the absolute value: does it rise or fall to the left of zero?",
)
def l1_gradient_ones(W):
    return np.sum(np.abs(W)), np.ones(W.shape)


@l1.misconception(
    "the weights are summed without the absolute value",
    "Take a positive and a negative weight: can their penalties cancel?",
)
def l1_plain_sum(W):
    return np.sum(W), np.sign(W)


@l1.misconception(
    "the absolute value is taken once, of the whole sum",
    "Take a weight of one and a weight of minus one: what should they cost together? "
    "Look at the order of sum and absolute value.",
)
def l1_absolute_of_sum(W):
    return np.abs(np.sum(W)), np.sign(W)


@l1.misconception(
    "the slope is a weight divided by its size, which fails at zero",
    "What does your expression give for a weight of exactly zero? The text says which "
    "values are valid there.",
)
def l1_zero_by_zero(W):
    return np.sum(np.abs(W)), W / np.abs(W)


@l1.misconception(
    "the gradient is the size of each weight",
    "Go from one weight to one twice as large: does the V of the absolute value become "
    "steeper?",
)
def l1_gradient_of_size(W):
    return np.sum(np.abs(W)), np.abs(W)


@l1.misconception(
    "the gradient is the weight itself",
    "Go from one weight to one twice as large: does the V of the absolute value become "
    "steeper?",
)
def l1_gradient_weight(W):
    return np.sum(np.abs(W)), W.copy()


@l1.misconception(
    "this is the L2 penalty",
    "One of the two penalties charges the size of a weight, the other its square. "
    "Which is which?",
)
def l1_is_l2(W):
    return np.sum(W * W), 2 * W


@l1.misconception(
    "the gradient is that of the L2 penalty",
    "Your penalty is that of this exercise. Is your slope the derivative of the same "
    "function?",
)
def l1_gradient_of_l2(W):
    return np.sum(np.abs(W)), 2 * W


@l1.misconception(
    "the gradient carries a factor two as that of L2 does",
    "How much does the absolute value grow when the weight grows by one? Compare with "
    "your slope.",
)
def l1_gradient_doubled(W):
    return np.sum(np.abs(W)), 2 * np.sign(W)


@l1.misconception(
    "the penalty is a mean instead of a sum",
    "The mean belongs to the data loss, over the examples. Is there a division in the "
    "formula of R?",
)
def l1_mean(W):
    return np.mean(np.abs(W)), np.sign(W) / W.size


@l1.misconception(
    "the gradient is one number for all weights",
    "Each weight has its own slope. What shape must dW have?",
)
def l1_gradient_summed(W):
    return np.sum(np.abs(W)), np.sum(np.sign(W))


@l1.misconception(
    "the gradient has the wrong sign",
    "Is the gradient the direction in which R grows or falls? Who takes the minus, the "
    "gradient or the step?",
)
def l1_gradient_negative(W):
    return np.sum(np.abs(W)), -np.sign(W)


@l1.misconception(
    "the norm of order one of a matrix is not the sum over its entries",
    "Read what the library function does for a matrix: over what does it take the "
    "largest value?",
)
def l1_matrix_norm(W):
    return np.linalg.norm(W, 1), np.sign(W)


@l1.misconception(
    "there is one penalty for each column instead of one number",
    "R is one number for the whole matrix. Over how many axes does your sum run?",
)
def l1_by_column(W):
    return np.sum(np.abs(W), axis=0), np.sign(W)


@l1.misconception(
    "negative weights get the slope zero",
    "A comparison gives one or zero. What should the slope be to the left of the kink?",
)
def l1_step(W):
    return np.sum(np.abs(W)), (W > 0).astype(float)


@l1.misconception(
    "the largest weight alone is charged",
    "How many weights stand under the sum sign? How many does your R depend on?",
)
def l1_largest(W):
    return np.max(np.abs(W)), np.sign(W)


@l1.misconception(
    "only the penalty is returned",
    "The docstring names two results. Which one is missing?",
)
def l1_value_only(W):
    return np.sum(np.abs(W))


@l1.misconception(
    "the weights of the caller are changed",
    "An assignment to entries of W works on the caller's array. Where does yours do "
    "that?",
)
def l1_changes_weights(W):
    dW = np.sign(W)
    W[W < 0] *= -1
    return np.sum(W), dW


@l1.variant("sign")
def l1_sign(W):
    return np.abs(W).sum(), np.sign(W)


@l1.variant("slope one at zero")
def l1_one_at_zero(W):
    return float(np.sum(np.abs(W))), np.where(W >= 0, 1.0, -1.0)


@l1.variant("slope minus one at zero")
def l1_minus_one_at_zero(W):
    return np.sum(np.fabs(W)), np.where(W > 0, 1, -1)


@l1.variant("comparisons subtracted, integers")
def l1_comparisons(W):
    return np.sum(np.maximum(W, -W)), (W > 0).astype(int) - (W < 0).astype(int)


@l1.variant("loops")
def l1_loops(W):
    R = 0.0
    dW = np.zeros(W.shape)
    for d in range(W.shape[0]):
        for c in range(W.shape[1]):
            R += abs(W[d, c])
            if W[d, c] > 0:
                dW[d, c] = 1
            elif W[d, c] < 0:
                dW[d, c] = -1
    return R, dW


@l1.variant("the norm of order one of the flattened weights")
def l1_flat_norm(W):
    return np.linalg.norm(W.ravel(), 1), np.sign(W)


@l1.variant("the penalty as slope times weight")
def l1_slope_times_weight(W):
    dW = np.sign(W)
    return [np.sum(dW * W), dW]


@l1.variant("a division guarded at zero")
def l1_guarded_division(W):
    size = np.abs(W)
    return np.sum(size), W / np.where(size == 0, 1, size)


# Elastic net ----------------------------------------------------------------------

elastic = Exercise(
    "l3_elastic_net",
    NOTEBOOK,
    2,
    ("elastic_net",),
    title="Elastic net and a subgradient",
    size="loss",
    returns={"elastic_net": ("R", "dW")},
)


@elastic.reference
def elastic_net(W, beta):
    """Sum of beta w**2 + |w|, and the slope 2 beta w plus or minus 1."""
    R, dW = 0.0, np.zeros(W.shape)
    for place, w in np.ndenumerate(W.astype(float)):
        side = 1.0 if w > 0 else -1.0 if w < 0 else 0.0
        R += float(beta) * float(w) ** 2 + side * float(w)
        dW[place] = 2 * float(beta) * float(w) + side
    return R, dW


def _beta(rng: np.random.Generator) -> float:
    """Draw a beta away from 0, 1/2 and 1, where different formulas agree."""
    return float(rng.choice([rng.uniform(0.15, 0.4), rng.uniform(1.3, 4.0)]))


@elastic.check("the penalty", 0.6)
def _elastic_value(student: Student, rng: np.random.Generator) -> None:
    for D, C in SHAPES:
        student.agrees("elastic_net", _weights(rng, D, C), _beta(rng), only="R")


@elastic.check("the gradient where no weight is zero", 0.7)
def _elastic_gradient(student: Student, rng: np.random.Generator) -> None:
    for D, C in SHAPES:
        student.agrees("elastic_net", _weights(rng, D, C), _beta(rng), only="dW")


@elastic.check("weights that are exactly zero", 0.3)
def _elastic_zeros(student: Student, rng: np.random.Generator) -> None:
    for W in (_with_zeros(rng), np.zeros((3, 2))):
        beta = _beta(rng)
        _subgradient(student, "elastic_net", W, beta, want=elastic_net(W, beta))


@elastic.check("beta of zero and of one", 0.15)
def _elastic_betas(student: Student, rng: np.random.Generator) -> None:
    for beta in (0.0, 1.0, 0, 1):
        student.agrees("elastic_net", _weights(rng, 4, 3), beta)
    student.agrees("elastic_net", _weights(rng, 4, 3), beta=0.5)


@elastic.check("one weight, large weights, float32", 0.25)
def _elastic_extremes(student: Student, rng: np.random.Generator) -> None:
    for D, C in SMALL:
        student.agrees("elastic_net", _weights(rng, D, C), _beta(rng))
    student.agrees("elastic_net", 1e4 * _weights(rng, 4, 3), 2.5)
    W = _weights(rng, 4, 3).astype(np.float32)
    student.agrees("elastic_net", W, 0.3, **SINGLE)


@elastic.misconception(
    "beta weighs the absolute values instead of the squares",
    "Set beta to zero: which of the two penalties should be left? Which one is left in "
    "yours?",
)
def elastic_beta_exchanged(W, beta):
    return np.sum(W**2 + beta * np.abs(W)), 2 * W + beta * np.sign(W)


@elastic.misconception(
    "beta weighs both parts",
    "Set beta to zero: should the whole penalty vanish? Look at what beta stands "
    "before.",
)
def elastic_beta_on_both(W, beta):
    return beta * np.sum(W**2 + np.abs(W)), beta * (2 * W + np.sign(W))


@elastic.misconception(
    "the two parts are weighed with shares that add up to one",
    "That is the form of statistics packages. Compare the second term with the formula "
    "above the exercise.",
)
def elastic_shares(W, beta):
    R = np.sum(beta * W**2 + (1 - beta) * np.abs(W))
    return R, 2 * beta * W + (1 - beta) * np.sign(W)


@elastic.misconception(
    "beta is not used",
    "Call your function twice with different values of beta and compare.",
)
def elastic_without_beta(W, beta):
    return np.sum(W**2 + np.abs(W)), 2 * W + np.sign(W)


@elastic.misconception(
    "beta is missing from the gradient",
    "A constant factor in a term stays when you differentiate. Which factor did you "
    "lose?",
)
def elastic_gradient_without_beta(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), 2 * W + np.sign(W)


@elastic.misconception(
    "the gradient of the squares lacks its factor",
    "Differentiate the square of one weight on paper. What comes down from the "
    "exponent?",
)
def elastic_gradient_without_two(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), beta * W + np.sign(W)


@elastic.misconception(
    "the squares have a factor one half",
    "Other editions put a factor before the squares. Compare yours with the formula "
    "above the exercise.",
)
def elastic_half(W, beta):
    return np.sum(0.5 * beta * W**2 + np.abs(W)), beta * W + np.sign(W)


@elastic.misconception(
    "the gradient of the absolute values is missing",
    "R has two terms under the sum. Which of them has a part in your slope?",
)
def elastic_gradient_of_squares(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), 2 * beta * W


@elastic.misconception(
    "the gradient of the squares is missing",
    "R has two terms under the sum. Which of them has a part in your slope?",
)
def elastic_gradient_of_sizes(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), np.sign(W)


@elastic.misconception(
    "the slope of the absolute value is one everywhere, whatever the sign",
    "Draw the absolute value: does it rise or fall to the left of zero?",
)
def elastic_ones(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), 2 * beta * W + 1


@elastic.misconception(
    "the slope of the absolute value is taken as the size of the weight",
    "Go from one weight to one twice as large: does the V of the absolute value become "
    "steeper?",
)
def elastic_gradient_of_size(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), 2 * beta * W + np.abs(W)


@elastic.misconception(
    "beta is squared together with the weight",
    "Which binds tighter in your code, the product with beta or the square?",
)
def elastic_beta_squared(W, beta):
    return np.sum((beta * W) ** 2 + np.abs(W)), 2 * beta**2 * W + np.sign(W)


@elastic.misconception(
    "the slope is a weight divided by its size, which fails at zero",
    "What does your expression give for a weight of exactly zero? The text says which "
    "values are valid there.",
)
def elastic_zero_by_zero(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), 2 * beta * W + W / np.abs(W)


@elastic.misconception(
    "the penalty is a mean instead of a sum",
    "The mean belongs to the data loss, over the examples. Is there a division in the "
    "formula of R?",
)
def elastic_mean(W, beta):
    return np.mean(beta * W**2 + np.abs(W)), (2 * beta * W + np.sign(W)) / W.size


@elastic.misconception(
    "the weights are summed without the absolute value",
    "Take a positive and a negative weight: can their penalties cancel?",
)
def elastic_plain_sum(W, beta):
    return np.sum(beta * W**2 + W), 2 * beta * W + 1.0 * np.sign(W)


@elastic.misconception(
    "there is one penalty for each column instead of one number",
    "R is one number for the whole matrix. Over how many axes does your sum run?",
)
def elastic_by_column(W, beta):
    return np.sum(beta * W**2 + np.abs(W), axis=0), 2 * beta * W + np.sign(W)


@elastic.misconception(
    "the gradient is one number for all weights",
    "Each weight has its own slope. What shape must dW have?",
)
def elastic_gradient_summed(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), np.sum(2 * beta * W + np.sign(W))


@elastic.misconception(
    "only the penalty is returned",
    "The docstring names two results. Which one is missing?",
)
def elastic_value_only(W, beta):
    return np.sum(beta * W**2 + np.abs(W))


@elastic.variant("two sums")
def elastic_two_sums(W, beta):
    R = beta * np.sum(W * W) + np.sum(np.abs(W))
    return R, beta * 2 * W + np.sign(W)


@elastic.variant("the two penalties of the earlier exercises")
def elastic_from_parts(W, beta):
    squares, d_squares = l2_penalty(W)
    sizes, d_sizes = l1_penalty(W)
    return beta * squares + sizes, beta * d_squares + d_sizes


@elastic.variant("loops")
def elastic_loops(W, beta):
    R = 0.0
    dW = np.zeros(W.shape)
    for d in range(W.shape[0]):
        for c in range(W.shape[1]):
            w = W[d, c]
            R += beta * w**2 + abs(w)
            dW[d, c] = 2 * beta * w + (w > 0) - (w < 0)
    return R, dW


@elastic.variant("slope one at zero")
def elastic_one_at_zero(W, beta):
    return np.sum(beta * W**2 + np.abs(W)), 2 * beta * W + np.where(W < 0, -1, 1)


@elastic.variant("the size of the weight factored out, a list of two")
def elastic_factored(W, beta):
    size = np.abs(W)
    return [float(np.sum(size * (beta * size + 1))), np.sign(W) * (2 * beta * size + 1)]


@elastic.variant("slope one half at zero")
def elastic_half_at_zero(W, beta):
    slope = np.where(W == 0, 0.5, np.sign(W))
    return (beta * W**2 + np.abs(W)).sum(), 2 * beta * W + slope


# Max-norm -------------------------------------------------------------------------

limit = Exercise(
    "l3_max_norm",
    NOTEBOOK,
    2,
    ("max_norm",),
    title="Max-norm, column by column",
)


@limit.reference
def max_norm(W, c):
    """Scale a column to norm c where its norm is above c."""
    out = W.astype(float)
    for j in range(W.shape[1]):
        norm = sum(float(w) ** 2 for w in out[:, j]) ** 0.5
        if norm > c:
            out[:, j] = [float(w) * c / norm for w in out[:, j]]
    return out


def _columns(
    rng: np.random.Generator, D: int, C: int, low: float = 0.5, high: float = 4.0
) -> np.ndarray:
    """Draw columns in random directions, their norms spread from low to high."""
    W = rng.standard_normal((D, C))
    norms = rng.permutation(np.linspace(low, high, C)) * rng.uniform(0.9, 1.1, C)
    return W / np.sqrt((W**2).sum(axis=0)) * norms


@limit.check("some columns too long, some not", 0.9)
def _limit_mixed(student: Student, rng: np.random.Generator) -> None:
    for D, C in ((4, 5), (6, 3), (3, 3)):
        student.agrees("max_norm", _columns(rng, D, C), float(rng.uniform(1.2, 2.5)))


@limit.check("all columns within the limit, one exactly at it", 0.4)
def _limit_within(student: Student, rng: np.random.Generator) -> None:
    student.agrees("max_norm", _columns(rng, 4, 5), 7.5)
    W = np.array([[3.0, 0.25, -0.5], [4.0, 0.5, 0.75]])
    student.agrees("max_norm", W, 5.0)
    # Each column is within the limit, all of them together are not.
    student.agrees("max_norm", _columns(rng, 4, 8, 1.0, 2.0), 2.5)


@limit.check("columns of zeros", 0.4)
def _limit_zeros(student: Student, rng: np.random.Generator) -> None:
    W = _columns(rng, 5, 6)
    W[:, rng.permutation(6)[:2]] = 0.0
    student.agrees("max_norm", W, 1.5)
    student.agrees("max_norm", np.zeros((3, 2)), 1.0)


@limit.check("one row, one column, float32, long columns", 0.3)
def _limit_small(student: Student, rng: np.random.Generator) -> None:
    student.agrees("max_norm", _columns(rng, 1, 5), 1.5)
    student.agrees("max_norm", _columns(rng, 5, 1, 3.0, 3.0), 0.75)
    student.agrees("max_norm", 1e6 * _columns(rng, 4, 3), 2.0)
    W = _columns(rng, 4, 5).astype(np.float32)
    student.agrees("max_norm", W, 1.5, **SINGLE)


@limit.misconception(
    "rows are limited instead of columns",
    "Which way does the weight vector of one class run through W? Print the shape of "
    "your norms.",
)
def limit_rows(W, c):
    norms = np.linalg.norm(W, axis=1, keepdims=True)
    return W * np.minimum(1, c / np.where(norms > 0, norms, 1))


@limit.misconception(
    "the norm of the whole matrix is limited instead of that of each column",
    "How many norms does a matrix with several columns have here? How many does your "
    "code compute?",
)
def limit_matrix(W, c):
    norm = np.linalg.norm(W)
    return W * (c / norm) if norm > c else W.copy()


@limit.misconception(
    "every column is scaled to the limit, short ones too",
    "What should happen to a column that is within the limit? Follow one through your "
    "code.",
)
def limit_all_scaled(W, c):
    norms = np.linalg.norm(W, axis=0)
    return W * c / np.where(norms > 0, norms, 1)


@limit.misconception(
    "a column of zeros is divided by its norm",
    "What does your division give for a column of zeros? Such a column is within every "
    "limit.",
)
def limit_all_scaled_nan(W, c):
    norms = np.linalg.norm(W, axis=0)
    factors = c / norms
    factors[factors > 1] = 1
    factors[norms == 0] = np.nan
    return W * factors


@limit.misconception(
    "each weight is limited by itself",
    "Does a column keep its direction when only its largest entries are cut? Which "
    "length does the text limit?",
)
def limit_entries(W, c):
    return np.clip(W, -c, c)


@limit.misconception(
    "the squared norm is compared and divided by, without the root",
    "Work out the length of the column with entries three and four. Which step is "
    "missing in your code?",
)
def limit_squared(W, c):
    squares = np.sum(W**2, axis=0)
    return W * np.where(squares > c, c / np.where(squares > 0, squares, 1), 1)


@limit.misconception(
    "the sum of absolute values is limited instead of the Euclidean norm",
    "Work out the length of the column with entries three and four. Which norm does "
    "the text define?",
)
def limit_l1(W, c):
    sizes = np.abs(W).sum(axis=0)
    return W * np.where(sizes > c, c / np.where(sizes > 0, sizes, 1), 1)


@limit.misconception(
    "columns that are too long are scaled to norm one",
    "What is the norm of a long column after your step? Compare it with the argument "
    "c.",
)
def limit_to_one(W, c):
    norms = np.linalg.norm(W, axis=0)
    return W / np.where(norms > c, norms, 1)


@limit.misconception(
    "one factor, that of the longest column, is used for all",
    "Should a short column change because another one is long? Look at the shape of "
    "your factor.",
)
def limit_by_longest(W, c):
    longest = np.linalg.norm(W, axis=0).max()
    return W * (c / longest) if longest > c else W.copy()


@limit.misconception(
    "the direction of long columns is turned around or lost",
    "Compare the signs of a long column before and after your step.",
)
def limit_signs_lost(W, c):
    norms = np.linalg.norm(W, axis=0)
    long = norms > c
    out = W.copy()
    out[:, long] = np.abs(W[:, long]) * c / norms[long]
    return out


@limit.misconception(
    "the weights of the caller are changed",
    "An assignment to a column of W works on the caller's array. Where does yours do "
    "that?",
)
def limit_in_place(W, c):
    norms = np.sqrt(np.sum(W**2, axis=0))
    for j in range(W.shape[1]):
        if norms[j] > c:
            W[:, j] *= c / norms[j]
    return W


@limit.misconception(
    "the short columns are scaled and the long ones are left",
    "Which columns does your comparison pick? Try it on a column that is far too long.",
)
def limit_comparison_turned(W, c):
    norms = np.linalg.norm(W, axis=0)
    return W * np.where((norms < c) & (norms > 0), c / np.where(norms > 0, norms, 1), 1)


@limit.misconception(
    "the norms are returned instead of the weights",
    "The docstring asks for an array of the shape of W. What does yours have?",
)
def limit_norms_returned(W, c):
    return np.minimum(np.linalg.norm(W, axis=0), c)


@limit.variant("a loop over the columns")
def limit_loop(W, c):
    out = W.copy()
    for j in range(W.shape[1]):
        norm = np.linalg.norm(W[:, j])
        if norm > c:
            out[:, j] *= c / norm
    return out


@limit.variant("divide by the larger of norm and limit")
def limit_maximum(W, c):
    norms = np.linalg.norm(W, axis=0, keepdims=True)
    return W * (c / np.maximum(norms, c))


@limit.variant("a small number added to the norm against division by zero")
def limit_epsilon(W, c):
    norms = np.sqrt(np.sum(np.square(W), axis=0, keepdims=True))
    return W * (np.clip(norms, 0, c) / (1e-7 + norms))


@limit.variant("where, with warnings of the division left standing")
def limit_where(W, c):
    norms = np.sqrt((W**2).sum(axis=0))
    return np.where(norms > c, W * c / norms, W)


@limit.variant("the minimum of one and c over the norm, guarded")
def limit_minimum(W, c):
    norms = np.linalg.norm(W, axis=0) + 1e-12
    return W * np.minimum(1.0, c / norms)


# Predictions ----------------------------------------------------------------------

predictions = Exercise(
    "l3_regularization_predict_then_run",
    NOTEBOOK,
    3,
    ("regularization_answers",),
    title="Predictions about the penalties",
    kind="value",
)

predictions.answers(
    {
        "score_difference": 0.0,
        "l2_of_w2": 0.25,
        "l2_prefers": "w2",
        "l1_prefers": "tie",
        "elastic_prefers": "w2",
        "l2_of_v2": 0.16,
        "l2_prefers_of_v": "v2",
        "l1_prefers_of_v": "v1",
        "l2_factor_of_double": 4.0,
        "leaves_hypothesis_class": False,
    },
    labels={
        "score_difference": "the difference of the two scores",
        "l2_of_w2": "the L2 penalty of w2",
        "l2_prefers": "which of w1 and w2 L2 prefers",
        "l1_prefers": "which of w1 and w2 L1 prefers",
        "elastic_prefers": "which of w1 and w2 the elastic net prefers",
        "l2_of_v2": "the L2 penalty of v2",
        "l2_prefers_of_v": "which of v1 and v2 L2 prefers",
        "l1_prefers_of_v": "which of v1 and v2 L1 prefers",
        "l2_factor_of_double": "the L2 penalty of twice the weights",
        "leaves_hypothesis_class": "whether a penalty takes functions out of the class",
    },
    rtol=1e-3,
    atol=2e-3,
)

predictions.wrong_answer(
    "L1 is said to prefer w1, as many summaries say",
    "Add up the absolute values of both vectors before you decide.",
    l1_prefers="w1",
)
predictions.wrong_answer(
    "L1 is said to prefer w2",
    "Add up the absolute values of both vectors before you decide.",
    l1_prefers="w2",
)
predictions.wrong_answer(
    "L2 is said to prefer the vector with the zeros",
    "Square the entries first and then add. Which of the two sums is smaller?",
    l2_prefers="w1",
    l2_prefers_of_v="v1",
)
predictions.wrong_answer(
    "the elastic net is said to leave the tie of L1",
    "Take the two parts of the penalty one by one. On which part do the vectors "
    "differ?",
    elastic_prefers="tie",
)
predictions.wrong_answer(
    "the L2 penalty is taken with a root",
    "Look for a root in the table of the penalties.",
    l2_of_w2=0.5,
    l2_of_v2=0.4,
    l2_factor_of_double=2.0,
)
predictions.wrong_answer(
    "the L2 penalty is taken with a factor one half",
    "Other editions put a factor before the sum. Look at the conventions of this "
    "notebook.",
    l2_of_w2=0.125,
    l2_of_v2=0.08,
)
predictions.wrong_answer(
    "the sum of absolute values stands for the L2 penalty",
    "What does L2 do with each entry before it adds?",
    l2_of_w2=1.0,
    l2_of_v2=0.8,
    l2_factor_of_double=2.0,
)
predictions.wrong_answer(
    "the second pair is said to be a tie under L1 too",
    "Add up the absolute values of the second pair; they are not those of the first.",
    l1_prefers_of_v="tie",
)
predictions.wrong_answer(
    "twice the weights are said to cost twice as much",
    "Double one weight and square it. By how much has the square grown?",
    l2_factor_of_double=2.0,
)
predictions.wrong_answer(
    "a penalty is said to take functions out of the class",
    "A price is not a prohibition. What would data have to look like to make large "
    "weights worth their price?",
    leaves_hypothesis_class=True,
)
predictions.right_answer(
    "integers, NumPy scalars and a NumPy truth value",
    score_difference=0,
    l2_of_v2=float(np.float32(0.16)),
    l2_factor_of_double=4,
)
predictions.right_answer(
    "fractions worked out in code, with rounding errors",
    l2_of_w2=4 * 0.25**2,
    l2_of_v2=4 * 0.2**2,
    score_difference=1e-16,
)

# Choosing the strength ------------------------------------------------------------

select = Exercise(
    "l3_select_reg",
    NOTEBOOK,
    4,
    ("select_reg",),
    title="The strength chosen by validation",
    returns={"select_reg": ("best_reg", "val_accuracies")},
)


@select.reference
def select_reg(train, X_train, y_train, X_val, y_val, regs):
    """Train for each candidate, count the hits on the validation part, keep the best.

    A later candidate replaces an earlier one only if it has more hits.
    """
    best_reg, best_hits, accuracies = None, -1, []
    for reg in regs:
        labels = train(X_train, y_train, reg)(X_val)
        hits = 0
        for guess, true in zip(labels, y_val, strict=True):
            hits += int(guess) == int(true)
        accuracies.append(hits / len(y_val))
        if hits > best_hits:
            best_reg, best_hits = float(reg), hits
    return best_reg, accuracies


Split = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
NEIGHBORS = probe_argument("neighbors_training")


def _noisy_split(rng: np.random.Generator, N: int = 40, M: int = 50) -> Split:
    """Draw two classes whose labels are wrong for about every fourth example."""
    parts: list[np.ndarray] = []
    for count in (N, M):
        X = rng.standard_normal((count, 2))
        y = (X[:, 0] > 0) ^ (rng.random(count) < 0.25)
        parts += [X, y.astype(np.int64)]
    X_train, y_train, X_val, y_val = parts
    return X_train, y_train, X_val, y_val


@searched
def _telling_split(rng: np.random.Generator, regs: list[float]) -> Split:
    """Draw until validation, and nothing else, leads to the right candidate.

    Choosing on the training part, training on the validation part or on both, and the
    first, last, smallest or largest candidate all lead to another one.
    """
    train = _neighbors()
    while True:
        X, y, X_val, y_val = split = _noisy_split(rng)
        best, accuracies = select_reg(train, *split, regs)
        lowest = regs[int(np.argmin(accuracies))]
        if best in (regs[0], regs[-1], min(regs), max(regs), lowest):
            continue
        if len(set(accuracies)) < len(regs):
            continue
        both = np.vstack([X, X_val]), np.concatenate([y, y_val])
        others = ((X, y, X, y), (X_val, y_val, X_val, y_val), (*both, X_val, y_val))
        if all(select_reg(train, *other, regs)[0] != best for other in others):
            return split


@searched
def _tied_split(rng: np.random.Generator, regs: list[float]) -> Split:
    """Draw until the second candidate is the best."""
    while True:
        split = _noisy_split(rng)
        if select_reg(_neighbors(), *split, regs)[0] == regs[1]:
            return split


def _neighbors() -> Any:
    from autograder.sandbox.inside import probes

    return probes.make("neighbors_training", {})


CANDIDATES = [20.0, 1.0, 7.0, 3.0, 40.0]


@select.check("the validation accuracies, in the order of regs", 1.4)
def _select_accuracies(student: Student, rng: np.random.Generator) -> None:
    split = _telling_split(rng, CANDIDATES)
    student.agrees(
        "select_reg", NEIGHBORS, *split, list(CANDIDATES), only="val_accuracies"
    )


@select.check("the chosen strength", 1.4)
def _select_best(student: Student, rng: np.random.Generator) -> None:
    split = _telling_split(rng, CANDIDATES)
    student.agrees("select_reg", NEIGHBORS, *split, list(CANDIDATES), only="best_reg")


@select.check("equal accuracies: the first candidate wins", 0.6)
def _select_ties(student: Student, rng: np.random.Generator) -> None:
    # int(reg) neighbours vote, so that 7.25 and 7.75 give the same accuracy.
    for pair in ((7.25, 7.75), (7.75, 7.25)):
        regs = [1.0, pair[0], 40.0, pair[1], 20.0]
        split = _tied_split(rng, regs)
        student.agrees("select_reg", NEIGHBORS, *split, regs, only="best_reg")


@select.check("one candidate, one validation example", 0.2)
def _select_small(student: Student, rng: np.random.Generator) -> None:
    student.agrees("select_reg", NEIGHBORS, *_noisy_split(rng), [3.0])
    student.agrees("select_reg", NEIGHBORS, *_noisy_split(rng, M=1), [5.0, 3.0, 9.0])


@select.check("candidates that get nothing right", 0.2)
def _select_hopeless(student: Student, rng: np.random.Generator) -> None:
    X, y, X_val, y_val = _noisy_split(rng, M=8)
    student.agrees("select_reg", NEIGHBORS, X, y, X_val, y_val + 5, [5.0, 1.0, 9.0])


@select.check("other label types, candidates as a tuple or an array", 0.2)
def _select_types(student: Student, rng: np.random.Generator) -> None:
    X, y, X_val, y_val = _noisy_split(rng)
    labels = y.astype(np.uint8), y_val.astype(np.uint8)
    args = (X, labels[0], X_val, labels[1])
    student.agrees("select_reg", NEIGHBORS, *args, tuple(CANDIDATES))
    args = (X.astype(np.float32), y.astype(np.int32), X_val, y_val)
    student.agrees("select_reg", NEIGHBORS, *args, np.array(CANDIDATES))


@select.misconception(
    "the accuracy is measured on the training data",
    "Which candidate knows its training data best, and is that a virtue? Look at which "
    "examples your classifier is asked about.",
)
def select_on_training(train, X_train, y_train, X_val, y_val, regs):
    accuracies = []
    for reg in regs:
        predict = train(X_train, y_train, reg)
        accuracies.append(np.mean(predict(X_train) == y_train))
    return regs[int(np.argmax(accuracies))], accuracies


@select.misconception(
    "the strength is chosen by training accuracy, beside the validation accuracies",
    "You compute the accuracies that matter and then compare others. By which of them "
    "is the best candidate chosen?",
)
def select_by_training(train, X_train, y_train, X_val, y_val, regs):
    accuracies = []
    best_reg, best = None, -1
    for reg in regs:
        predict = train(X_train, y_train, reg)
        accuracies.append(np.mean(predict(X_val) == y_val))
        if np.mean(predict(X_train) == y_train) > best:
            best_reg, best = reg, np.mean(predict(X_train) == y_train)
    return best_reg, accuracies


@select.misconception(
    "the classifier is trained on the validation data",
    "Data that a classifier was trained on cannot tell how good it is on new ones. "
    "Which examples go into train?",
)
def select_trained_on_validation(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_val, y_val, reg)(X_val) == y_val) for reg in regs]
    return regs[int(np.argmax(accuracies))], accuracies


@select.misconception(
    "training and validation data are trained on together",
    "Data that a classifier was trained on cannot tell how good it is on new ones. "
    "Which examples go into train?",
)
def select_trained_on_both(train, X_train, y_train, X_val, y_val, regs):
    X = np.concatenate([X_train, X_val])
    y = np.concatenate([y_train, y_val])
    accuracies = [np.mean(train(X, y, reg)(X_val) == y_val) for reg in regs]
    return regs[int(np.argmax(accuracies))], accuracies


@select.misconception(
    "training and validation part are exchanged",
    "One part is for fitting, the other for judging. Follow both through your code.",
)
def select_exchanged(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_val, y_val, reg)(X_train) == y_train) for reg in regs]
    return regs[int(np.argmax(accuracies))], accuracies


@select.misconception(
    "the last of equally good candidates wins",
    "Which comparison lets a later candidate replace an earlier one that is just as "
    "good? The docstring says who should win.",
)
def select_last_of_equals(train, X_train, y_train, X_val, y_val, regs):
    accuracies = []
    best_reg, best = None, 0.0
    for reg in regs:
        accuracy = np.mean(train(X_train, y_train, reg)(X_val) == y_val)
        accuracies.append(accuracy)
        if accuracy >= best:
            best_reg, best = reg, accuracy
    return best_reg, accuracies


@select.misconception(
    "the smallest of equally good candidates wins",
    "The docstring says which of equals wins: by place or by size?",
)
def select_smallest_of_equals(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_train, y_train, r)(X_val) == y_val) for r in regs]
    best = max(accuracies)
    equals = [regs[k] for k in range(len(regs)) if accuracies[k] == best]
    return min(equals), accuracies


@select.misconception(
    "error rates are returned instead of accuracies",
    "Is a large number in your list good or bad? Compare with what the docstring asks "
    "for.",
)
def select_errors(train, X_train, y_train, X_val, y_val, regs):
    errors = [np.mean(train(X_train, y_train, reg)(X_val) != y_val) for reg in regs]
    return regs[int(np.argmin(errors))], errors


@select.misconception(
    "the worst candidate is chosen",
    "Print the accuracy of your choice beside the others. Which comparison or function "
    "picked it?",
)
def select_worst(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_train, y_train, r)(X_val) == y_val) for r in regs]
    return regs[int(np.argmin(accuracies))], accuracies


@select.misconception(
    "accuracies are given in percent",
    "The docstring names the range of an accuracy. Which range has yours?",
)
def select_percent(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [
        100 * np.mean(train(X_train, y_train, reg)(X_val) == y_val) for reg in regs
    ]
    return regs[int(np.argmax(accuracies))], accuracies


@select.misconception(
    "right answers are counted, not divided by how many were asked",
    "The docstring names the range of an accuracy. What do you divide by?",
)
def select_counts(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.sum(train(X_train, y_train, reg)(X_val) == y_val) for reg in regs]
    return regs[int(np.argmax(accuracies))], accuracies


@select.misconception(
    "the place of the best candidate is returned, not the candidate",
    "A function that finds the largest entry gives its place. What stands at that "
    "place in regs?",
)
def select_index(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_train, y_train, reg)(X_val) == y_val) for reg in regs]
    return int(np.argmax(accuracies)), accuracies


@select.misconception(
    "the best accuracy is returned, not the candidate that reached it",
    "What does the caller want to know: how good, or with which strength?",
)
def select_best_accuracy(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_train, y_train, reg)(X_val) == y_val) for reg in regs]
    return max(accuracies), accuracies


@select.misconception(
    "the candidates are sorted first",
    "The docstring says in which order the accuracies stand. Which line changes it?",
)
def select_sorted(train, X_train, y_train, X_val, y_val, regs):
    regs = sorted(regs)
    accuracies = [np.mean(train(X_train, y_train, reg)(X_val) == y_val) for reg in regs]
    return regs[int(np.argmax(accuracies))], accuracies


@select.misconception(
    "the accuracies are sorted before they are returned",
    "The docstring says in which order the accuracies stand. Which line changes it?",
)
def select_accuracies_sorted(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_train, y_train, reg)(X_val) == y_val) for reg in regs]
    return regs[int(np.argmax(accuracies))], sorted(accuracies)


@select.misconception(
    "the two results are returned in the wrong order",
    "Compare your return statement with the docstring, result by result.",
)
def select_results_exchanged(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_train, y_train, reg)(X_val) == y_val) for reg in regs]
    return accuracies, regs[int(np.argmax(accuracies))]


@select.misconception(
    "the best so far starts at an accuracy that a bad candidate cannot beat",
    "What does your function return when every candidate gets everything wrong? Look "
    "at the value before the loop.",
)
def select_starts_at_zero(train, X_train, y_train, X_val, y_val, regs):
    accuracies = []
    best_reg, best = None, 0
    for reg in regs:
        accuracy = np.mean(train(X_train, y_train, reg)(X_val) == y_val)
        accuracies.append(accuracy)
        if accuracy > best:
            best_reg, best = reg, accuracy
    return best_reg, accuracies


@select.misconception(
    "training happens once, before the loop, for all candidates",
    "How often must a classifier be trained to compare several strengths? Where does "
    "your call of train stand?",
)
def select_trained_once(train, X_train, y_train, X_val, y_val, regs):
    predict = train(X_train, y_train, regs[0])
    accuracies = [np.mean(predict(X_val) == y_val) for reg in regs]
    return regs[int(np.argmax(accuracies))], accuracies


@select.misconception(
    "the accuracies are a dict, not a list in the order of regs",
    "Look at the type that the docstring names for the second result.",
)
def select_dict(train, X_train, y_train, X_val, y_val, regs):
    accuracies = {
        float(reg): float(np.mean(train(X_train, y_train, reg)(X_val) == y_val))
        for reg in regs
    }
    return max(accuracies, key=accuracies.get), accuracies


@select.variant("a loop with a strict comparison")
def select_loop(train, X_train, y_train, X_val, y_val, regs):
    best_reg, best_accuracy = None, -1.0
    val_accuracies = []
    for reg in regs:
        predict = train(X_train, y_train, reg)
        accuracy = (predict(X_val) == y_val).mean()
        val_accuracies.append(accuracy)
        if accuracy > best_accuracy:
            best_accuracy, best_reg = accuracy, reg
    return best_reg, val_accuracies


@select.variant("a comprehension and list.index")
def select_comprehension(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [
        float(np.mean(train(X_train, y_train, r)(X_val) == y_val)) for r in regs
    ]
    return regs[accuracies.index(max(accuracies))], accuracies


@select.variant("an array of accuracies, the result a list")
def select_array(train, X_train, y_train, X_val, y_val, regs):
    accuracies = np.zeros(len(regs))
    for k, reg in enumerate(regs):
        accuracies[k] = np.sum(train(X_train, y_train, reg)(X_val) == y_val)
    accuracies /= len(y_val)
    return [float(np.array(regs)[accuracies.argmax()]), accuracies]


@select.variant("one validation example at a time")
def select_one_by_one(train, X_train, y_train, X_val, y_val, regs):
    accuracies = []
    for reg in regs:
        predict = train(X_train, y_train, reg)
        hits = 0
        for i in range(len(y_val)):
            hits += bool(predict(X_val[i : i + 1])[0] == y_val[i])
        accuracies.append(hits / len(y_val))
    best = max(range(len(regs)), key=lambda k: accuracies[k])
    return regs[best], tuple(accuracies)


@select.variant("all classifiers first, then one minus the error rate")
def select_models_first(train, X_train, y_train, X_val, y_val, regs):
    models = [train(X_train, y_train, reg=reg) for reg in regs]
    errors = [np.mean(model(X_val) != y_val) for model in models]
    return regs[int(np.argmin(errors))], [1 - error for error in errors]


# Text -----------------------------------------------------------------------------

question = Exercise(
    "l3_regularization_question",
    NOTEBOOK,
    2,
    title="Regularization against the number of features or neurons",
    kind="manual",
    rubric=(
        "- 1 point: a smaller model loses functions for good, while a penalty only "
        "states a preference, so that data can bring them back (half a point for "
        "the claim without a reason).\n"
        "- 0.5 points: the strength is one continuous number, tuned on validation "
        "data, while the number of features is coarse and one must know which to "
        "drop.\n"
        "- 0.5 points: a case for the smaller model, such as cost, memory, features "
        "that are known to be useless, or readability."
    ),
)
