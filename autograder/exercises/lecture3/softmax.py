"""The records of notebook ``lecture3/02_softmax``: softmax and cross-entropy."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercises.record import Exercise
from autograder.exercises.student import Student

NOTEBOOK = "lecture3/02_softmax"
SINGLE = {"rtol": 1e-4, "atol": 1e-5}  # what float32 inputs allow

# Softmax ----------------------------------------------------------------------------

probabilities = Exercise(
    "l3_softmax",
    NOTEBOOK,
    3,
    ("softmax",),
    title="softmax, stable",
    size="loss",
    returns={"softmax": ("probs",)},
)


@probabilities.reference
def softmax(scores):
    """e to the score, divided by the sum of these over the row; the top score off."""
    rows = np.atleast_2d(np.asarray(scores, dtype=float))
    probs = np.empty(rows.shape)
    for i, row in enumerate(rows.tolist()):
        weights = [math.exp(s - max(row)) for s in row]
        probs[i] = [w / math.fsum(weights) for w in weights]
    return probs.reshape(np.shape(scores))


def _scores(rng: np.random.Generator, *shape: int, scale: float = 2.0) -> np.ndarray:
    return scale * rng.standard_normal(shape)


@probabilities.check("one vector of scores", 0.6)
def _vector(student: Student, rng: np.random.Generator) -> None:
    for C in (3, 5, 10):
        student.agrees("softmax", _scores(rng, C))


@probabilities.check("several rows of scores", 0.8)
def _rows(student: Student, rng: np.random.Generator) -> None:
    for N, C in ((5, 3), (2, 7), (8, 10)):
        student.agrees("softmax", _scores(rng, N, C))


@probabilities.check("another large number added to each row", 0.8)
def _shifted_rows(student: Student, rng: np.random.Generator) -> None:
    for sign in (1, -1):
        student.agrees("softmax", _scores(rng, 4) + sign * rng.uniform(800, 5000))
    far = np.array([[0.0], [1500.0], [-1500.0], [4000.0]])
    student.agrees("softmax", _scores(rng, 4, 3) + rng.permutation(far))


@probabilities.check("scores far from one another", 0.3)
def _spread(student: Student, rng: np.random.Generator) -> None:
    student.agrees("softmax", rng.permutation([123.0, 456.0, 789.0]))
    student.agrees("softmax", rng.permutation([-3000.0, 0.0, 2000.0, 1999.0]))
    student.agrees("softmax", _scores(rng, 3, 5, scale=2000.0))


@probabilities.check("one row, two classes, as many rows as classes, equal scores", 0.3)
def _small_shapes(student: Student, rng: np.random.Generator) -> None:
    for N, C in ((1, 4), (4, 2), (1, 1), (4, 4), (3, 3)):
        student.agrees("softmax", _scores(rng, N, C))
    student.agrees("softmax", np.full((2, 5), float(rng.integers(-9, 9))))


@probabilities.check("whole numbers and float32 as scores", 0.2)
def _types(student: Student, rng: np.random.Generator) -> None:
    student.agrees("softmax", rng.integers(-4, 5, size=6))
    student.agrees("softmax", rng.integers(-4, 5, size=(3, 4)))
    student.agrees("softmax", _scores(rng, 3, 5).astype(np.float32), **SINGLE)


@probabilities.misconception(
    "e to the score overflows, because nothing is taken off the scores first",
    "Which number taken off every score of a row leaves the probabilities as they are? "
    "Try your function on a score of a thousand.",
)
def nothing_taken_off(scores):
    e = np.exp(scores)
    return e / np.sum(e, axis=-1, keepdims=True)


@probabilities.misconception(
    "the rows are divided by one sum over the whole array",
    "Each row is one example. What must the entries of one row add up to?",
)
def one_sum_for_all(scores):
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return e / np.sum(e)


@probabilities.misconception(
    "the sum runs over the examples instead of over the classes",
    "Add up one row of your result, then one column. Which of the two should be one?",
)
def sum_over_examples(scores):
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return e / np.sum(e, axis=0)


@probabilities.misconception(
    "the exponentials are not divided by their sum",
    "Softmax is more than exp. What must the probabilities of one example add up to?",
)
def not_normalised(scores):
    return np.exp(scores - np.max(scores, axis=-1, keepdims=True))


@probabilities.misconception(
    "the scores themselves are divided by their sum, without exp",
    "What would your function return for a negative score?",
)
def without_exp(scores):
    return scores / np.sum(scores, axis=-1, keepdims=True)


@probabilities.misconception(
    "the largest score of the whole array is taken off every row",
    "Think of two rows of which one lies far below the other. What is left of e to the "
    "score in the lower one?",
)
def one_maximum_for_all(scores):
    e = np.exp(scores - np.max(scores))
    return e / e.sum(axis=-1, keepdims=True)


@probabilities.misconception(
    "the largest score is looked for down the columns, not along the rows",
    "A number may be taken off only if every class of the example loses the same. Along "
    "which axis do the classes lie?",
)
def maximum_of_columns(scores):
    e = np.exp(scores - np.max(scores, axis=0))
    return e / e.sum(axis=-1, keepdims=True)


@probabilities.misconception(
    "the smallest or mean score is taken off, not one that bounds the exponent",
    "After your shift, how large can the largest exponent still be?",
)
def smallest_taken_off(scores):
    e = np.exp(scores - np.min(scores, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@probabilities.misconception(
    "the scores are cut off at a bound, which changes the probabilities",
    "Two different scores beyond your bound become equal. Is there a change of the "
    "scores that keeps their differences?",
)
def scores_clipped(scores):
    e = np.exp(np.clip(scores, -500, 500))
    return e / e.sum(axis=-1, keepdims=True)


@probabilities.misconception(
    "the logarithm of the probabilities is returned",
    "Probabilities lie between zero and one. Look at the sign of your results.",
)
def logarithms_returned(scores):
    shifted = scores - np.max(scores, axis=-1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))


@probabilities.misconception(
    "the sums of the rows cannot be lined up with the rows",
    "Print the shape of your sum and think how NumPy stretches it. One argument of sum "
    "keeps the summed axis.",
)
def sums_lose_axis(scores):
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1)


@probabilities.misconception(
    "a single vector of scores is not handled",
    "Scores of shape (C,) have no second axis. How do you name the last axis, however "
    "many there are?",
)
def rows_only(scores):
    e = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


@probabilities.misconception(
    "the result of a single vector has two axes",
    "The result has the shape of the scores. Compare the two for one vector.",
)
def always_two_axes(scores):
    rows = np.atleast_2d(scores)
    e = np.exp(rows - np.max(rows, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


@probabilities.misconception(
    "each score goes through a sigmoid on its own",
    "Do the probabilities of one example add up to one? Each must depend on all the "
    "scores of its row.",
)
def sigmoid_of_each(scores):
    e = np.exp(-np.abs(scores))
    return np.where(scores >= 0, 1, e) / (1 + e)


@probabilities.misconception(
    "the sign of the scores is turned round",
    "Which class should be the most probable: the one with the highest score or with "
    "the lowest?",
)
def sign_turned(scores):
    e = np.exp(np.min(scores, axis=-1, keepdims=True) - scores)
    return e / e.sum(axis=-1, keepdims=True)


@probabilities.misconception(
    "powers of two stand where powers of e belong",
    "Any base gives numbers that add up to one. Which base does the formula name?",
)
def powers_of_two(scores):
    e = 2.0 ** (scores - np.max(scores, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@probabilities.misconception(
    "all the probability goes to the highest score",
    "That is the maximum, not its soft form. What does the second best class get?",
)
def hard_maximum(scores):
    top = scores == np.max(scores, axis=-1, keepdims=True)
    return top / np.sum(top, axis=-1, keepdims=True)


@probabilities.misconception(
    "the scores of the caller are changed",
    "An operator such as -= works on the caller's array. Which line of yours writes "
    "into it?",
)
def scores_changed(scores):
    scores -= np.max(scores, axis=-1, keepdims=True)
    e = np.exp(scores)
    return e / np.sum(e, axis=-1, keepdims=True)


@probabilities.misconception(
    "the result is printed instead of returned",
    "A function hands its result on with one keyword. Which one is missing?",
)
def probabilities_printed(scores):
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    print(e / np.sum(e, axis=-1, keepdims=True))


@probabilities.misconception(
    "the answer of the worked example is written into the code",
    "Call your function with scores that you choose. Does the answer change?",
)
def cat_written_down(scores):
    return np.broadcast_to([0.12998, 0.86905, 0.00097], np.shape(scores))


@probabilities.variant("the last axis, whatever the shape")
def last_axis(scores):
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


@probabilities.variant("the two shapes apart")
def shapes_apart(scores):
    if scores.ndim == 1:
        e = np.exp(scores - scores.max())
        return e / e.sum()
    e = np.exp(scores - scores.max(axis=1)[:, None])
    return e / e.sum(axis=1)[:, None]


@probabilities.variant("transposed, so that nothing needs a kept axis")
def by_transposing(scores):
    columns = np.asarray(scores).T
    e = np.exp(columns - columns.max(axis=0))
    return (e / e.sum(axis=0)).T


@probabilities.variant("through the logarithm of the sum")
def through_log_sum(scores):
    top = np.max(scores, axis=-1, keepdims=True)
    log_sum = top + np.log(np.sum(np.exp(scores - top), axis=-1, keepdims=True))
    return np.exp(scores - log_sum)


@probabilities.variant("a loop over the rows")
def loop_over_rows(scores):
    if np.ndim(scores) == 1:
        shifted = [float(s) - float(max(scores)) for s in scores]
        return np.array([np.exp(s) / sum(np.exp(shifted)) for s in shifted])
    return np.array([loop_over_rows(row) for row in scores])


@probabilities.variant("a log-sum-exp of NumPy's own")
def by_logaddexp(scores):
    total = np.logaddexp.reduce(scores, axis=-1, keepdims=True)
    return np.exp(scores - total)


# Cross-entropy of one example ---------------------------------------------------------

one_loss = Exercise(
    "l3_cross_entropy_i",
    NOTEBOOK,
    2,
    ("cross_entropy_i",),
    title="cross-entropy of one example",
    size="loss",
    returns={"cross_entropy_i": ("loss",)},
)


@one_loss.reference
def cross_entropy_i(scores, y):
    """The log-sum-exp of the scores, less the score of the true class."""
    row = [float(s) for s in scores]
    top = max(row)
    return top + math.log(math.fsum(math.exp(s - top) for s in row)) - row[y]


@one_loss.check("random scores", 0.7)
def _usual(student: Student, rng: np.random.Generator) -> None:
    for C in (3, 5, 8, 10):
        student.agrees("cross_entropy_i", _scores(rng, C), int(rng.integers(C)))


@one_loss.check("a large number added to every score", 0.5)
def _shifted(student: Student, rng: np.random.Generator) -> None:
    for shift in (1000.0, -1000.0, float(rng.uniform(2e3, 9e3))):
        scores = _scores(rng, 5) + shift
        student.agrees("cross_entropy_i", scores, int(rng.integers(5)))


@one_loss.check("the first and the last class as the true one", 0.3)
def _edge_classes(student: Student, rng: np.random.Generator) -> None:
    for y in (0, 5):
        student.agrees("cross_entropy_i", _scores(rng, 6), y)


@one_loss.check("two classes, equal scores", 0.2)
def _two(student: Student, rng: np.random.Generator) -> None:
    student.agrees("cross_entropy_i", _scores(rng, 2), int(rng.integers(2)))
    C = int(rng.integers(3, 12))
    same = np.full(C, float(rng.integers(-5, 5)))
    student.agrees("cross_entropy_i", same, int(rng.integers(C)))


@one_loss.check("the true class well ahead, and well behind", 0.2)
def _far(student: Student, rng: np.random.Generator) -> None:
    for lead in (8.0, -12.0):
        scores = rng.uniform(-1, 1, size=5)
        y = int(rng.integers(5))
        scores[y] += lead
        student.agrees("cross_entropy_i", scores, y)


@one_loss.check("float32 scores", 0.1)
def _single(student: Student, rng: np.random.Generator) -> None:
    scores = _scores(rng, 7).astype(np.float32)
    student.agrees("cross_entropy_i", scores, int(rng.integers(7)), **SINGLE)


@one_loss.misconception(
    "the logarithm to base ten is taken",
    "A published slide does the same. Which function of NumPy is the natural logarithm?",
)
def base_ten(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log10(e[y] / np.sum(e))


@one_loss.misconception(
    "the logarithm to base two is taken",
    "The loss is measured in nats here, not in bits. Which logarithm belongs to e?",
)
def base_two(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log2(e[y] / np.sum(e))


@one_loss.misconception(
    "large scores overflow",
    "Add a thousand to every score: the probabilities stay the same. Does your loss?",
)
def loss_overflows(scores, y):
    e = np.exp(scores)
    return -np.log(e[y] / np.sum(e))


@one_loss.misconception(
    "the probability of the true class is returned, not the loss",
    "A good prediction should cost little. What does your function return for one?",
)
def probability_returned(scores, y):
    e = np.exp(scores - np.max(scores))
    return e[y] / np.sum(e)


@one_loss.misconception(
    "the minus sign is missing",
    "The logarithm of a number below one is negative. Can a loss be?",
)
def without_minus(scores, y):
    e = np.exp(scores - np.max(scores))
    return np.log(e[y] / np.sum(e))


@one_loss.misconception(
    "the exponentials are not divided by their sum before the logarithm",
    "Without the division the other classes play no part. What is the logarithm of "
    "e to the score?",
)
def without_dividing(scores, y):
    return -np.log(np.exp(scores[y] - np.max(scores)))


@one_loss.misconception(
    "the most probable class is used instead of the true one",
    "Which class is the right one when the classifier errs? Only y knows.",
)
def most_probable_class(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log(np.max(e) / np.sum(e))


@one_loss.misconception(
    "the logarithms of all classes are added up",
    "The true distribution puts all its mass on one class. Which terms of the sum are "
    "left?",
)
def all_classes_added(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.sum(np.log(e / np.sum(e)))


@one_loss.misconception(
    "this is the entropy of the prediction, which does not look at y",
    "Change y and call again: the loss should change. Whose probabilities stand before "
    "the logarithm?",
)
def entropy(scores, y):
    e = np.exp(scores - np.max(scores))
    p = e / np.sum(e)
    return -np.sum(p * np.log(p))


@one_loss.misconception(
    "one minus the probability is taken instead of the logarithm",
    "How large can your loss become for a hopeless prediction? Compare with the formula.",
)
def one_minus_probability(scores, y):
    e = np.exp(scores - np.max(scores))
    return 1 - e[y] / np.sum(e)


@one_loss.misconception(
    "the loss is divided by the number of classes",
    "One example has one loss. Over what does your mean run?",
)
def divided_by_classes(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log(e[y] / np.sum(e)) / len(scores)


@one_loss.misconception(
    "a small number is added to the probability",
    "A guard against the logarithm of zero also changes the losses that were right. Can "
    "you do without the division?",
)
def guard_added(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log(e[y] / np.sum(e) + 1e-6)


@one_loss.misconception(
    "the shift is taken off in one term of the loss and not in the other",
    "Write down the loss with the shifted scores in every place. Which place of yours "
    "still holds the old ones?",
)
def shifted_in_one_term(scores, y):
    top = np.max(scores)
    return np.log(np.sum(np.exp(scores - top))) - scores[y]


@one_loss.misconception(
    "the true class is left out of the sum under the fraction",
    "Do the probabilities of all classes still add up to one? Look at what is summed.",
)
def true_class_left_out(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log(e[y] / (np.sum(e) - e[y] + 1e-300))


@one_loss.misconception(
    "the losses of all classes are returned",
    "The loss of one example is one number. Which entry is it?",
)
def every_class_returned(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log(e / np.sum(e))


@one_loss.misconception(
    "this is the hinge loss, not the cross-entropy",
    "Both come from the same scores. Which of the two is exactly zero for a good "
    "prediction?",
)
def hinge_loss(scores, y):
    margins = np.maximum(0, scores - scores[y] + 1)
    return np.sum(margins) - 1


@one_loss.misconception(
    "the first class is always taken as the true one",
    "Where does y appear in your code?",
)
def first_class(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log(e[0] / np.sum(e))


@one_loss.misconception(
    "the caller's scores are changed",
    "An operator such as -= works on the caller's array. Which line of yours writes "
    "into it?",
)
def caller_changed(scores, y):
    scores -= np.max(scores)
    return np.log(np.sum(np.exp(scores))) - scores[y]


@one_loss.misconception(
    "the loss is printed instead of returned",
    "A function hands its result on with one keyword. Which one is missing?",
)
def loss_printed(scores, y):
    e = np.exp(scores - np.max(scores))
    print(-np.log(e[y] / np.sum(e)))


@one_loss.misconception(
    "the loss of the cat image is written into the code",
    "Call your function with scores that you choose. Does the answer change?",
)
def cat_loss_written_down(scores, y):
    return 2.04036


@one_loss.variant("the textbook form: minus the logarithm of a stable softmax")
def textbook_i(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log(e[y] / np.sum(e))


@one_loss.variant("log-sum-exp of the shifted scores")
def log_sum_exp_i(scores, y):
    shifted = scores - scores.max()
    return float(np.log(np.exp(shifted).sum()) - shifted[y])


@one_loss.variant("log-sum-exp with the maximum put back")
def maximum_put_back(scores, y):
    top = np.amax(scores)
    return top + np.log(np.sum(np.exp(scores - top))) - scores[y]


@one_loss.variant("the score of the true class taken off")
def true_score_off(scores, y):
    return np.logaddexp.reduce(scores - scores[y])


@one_loss.variant("a one-hot vector; a 0-d array returned")
def one_hot_i(scores, y):
    shifted = scores - np.max(scores)
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    target = np.zeros(len(scores))
    target[y] = 1
    return np.array(-np.dot(target, log_probs))


@one_loss.variant("a loop and a guard against zero that changes nothing")
def loop_i(scores, y):
    top = max(scores)
    total = 0.0
    for s in scores:
        total += np.exp(s - top)
    return -np.log(max(np.exp(scores[y] - top) / total, 1e-300))
