"""Softmax, stable: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "e to the score overflows, because nothing is taken off the scores first",
    "Which number taken off every score of a row leaves the probabilities as they are? "
    "Try your function on a score of a thousand.",
)
def nothing_taken_off(scores):
    e = np.exp(scores)
    return e / np.sum(e, axis=-1, keepdims=True)


@misconception(
    "the rows are divided by one sum over the whole array",
    "Each row is one example. What must the entries of one row add up to?",
)
def one_sum_for_all(scores):
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return e / np.sum(e)


@misconception(
    "the sum runs over the examples instead of over the classes",
    "Add up one row of your result, then one column. Which of the two should be one?",
)
def sum_over_examples(scores):
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return e / np.sum(e, axis=0)


@misconception(
    "the exponentials are not divided by their sum",
    "Softmax is more than exp. What must the probabilities of one example add up to?",
)
def not_normalised(scores):
    return np.exp(scores - np.max(scores, axis=-1, keepdims=True))


@misconception(
    "the scores themselves are divided by their sum, without exp",
    "What would your function return for a negative score?",
)
def without_exp(scores):
    return scores / np.sum(scores, axis=-1, keepdims=True)


@misconception(
    "the largest score of the whole array is taken off every row",
    "Think of two rows of which one lies far below the other. What is left of e to the "
    "score in the lower one?",
)
def one_maximum_for_all(scores):
    e = np.exp(scores - np.max(scores))
    return e / e.sum(axis=-1, keepdims=True)


@misconception(
    "the largest score is looked for down the columns, not along the rows",
    "A number may be taken off only if every class of the example loses the same. "
    "Along which axis do the classes lie?",
)
def maximum_of_columns(scores):
    e = np.exp(scores - np.max(scores, axis=0))
    return e / e.sum(axis=-1, keepdims=True)


@misconception(
    "the smallest or mean score is taken off, not one that bounds the exponent",
    "After your shift, how large can the largest exponent still be?",
)
def smallest_taken_off(scores):
    e = np.exp(scores - np.min(scores, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@misconception(
    "the scores are cut off at a bound, which changes the probabilities",
    "Two different scores beyond your bound become equal. Is there a change of the "
    "scores that keeps their differences?",
)
def scores_clipped(scores):
    e = np.exp(np.clip(scores, -500, 500))
    return e / e.sum(axis=-1, keepdims=True)


@misconception(
    "the logarithm of the probabilities is returned",
    "Probabilities lie between zero and one. Look at the sign of your results.",
)
def logarithms_returned(scores):
    shifted = scores - np.max(scores, axis=-1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))


@misconception(
    "the sums of the rows cannot be lined up with the rows",
    "Print the shape of your sum and think how NumPy stretches it. One argument of sum "
    "keeps the summed axis.",
)
def sums_lose_axis(scores):
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1)


@misconception(
    "a single vector of scores is not handled",
    "Scores of shape (C,) have no second axis. How do you name the last axis, however "
    "many there are?",
)
def rows_only(scores):
    e = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


@misconception(
    "the result of a single vector has two axes",
    "The result has the shape of the scores. Compare the two for one vector.",
)
def always_two_axes(scores):
    rows = np.atleast_2d(scores)
    e = np.exp(rows - np.max(rows, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


@misconception(
    "each score goes through a sigmoid on its own",
    "Do the probabilities of one example add up to one? Each must depend on all the "
    "scores of its row.",
)
def sigmoid_of_each(scores):
    e = np.exp(-np.abs(scores))
    return np.where(scores >= 0, 1, e) / (1 + e)


@misconception(
    "the sign of the scores is turned round",
    "Which class should be the most probable: the one with the highest score or with "
    "the lowest?",
)
def sign_turned(scores):
    e = np.exp(np.min(scores, axis=-1, keepdims=True) - scores)
    return e / e.sum(axis=-1, keepdims=True)


@misconception(
    "powers of two stand where powers of e belong",
    "Any base gives numbers that add up to one. Which base does the formula name?",
)
def powers_of_two(scores):
    e = 2.0 ** (scores - np.max(scores, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@misconception(
    "all the probability goes to the highest score",
    "That is the maximum, not its soft form. What does the second best class get?",
)
def hard_maximum(scores):
    top = scores == np.max(scores, axis=-1, keepdims=True)
    return top / np.sum(top, axis=-1, keepdims=True)


@misconception(
    "the scores of the caller are changed",
    "An operator such as -= works on the caller's array. Which line of yours writes "
    "into it?",
)
def scores_changed(scores):
    scores -= np.max(scores, axis=-1, keepdims=True)
    e = np.exp(scores)
    return e / np.sum(e, axis=-1, keepdims=True)


@misconception(
    "the result is printed instead of returned",
    "A function hands its result on with one keyword. Which one is missing?",
)
def probabilities_printed(scores):
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    print(e / np.sum(e, axis=-1, keepdims=True))


@misconception(
    "the answer of the worked example is written into the code",
    "Call your function with scores that you choose. Does the answer change?",
)
def cat_written_down(scores):
    return np.broadcast_to([0.12998, 0.86905, 0.00097], np.shape(scores))
