"""The records of notebook ``lecture3/02_softmax``: softmax and cross-entropy."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise.record import Exercise
from autograder.exercise.student import Student
from autograder.exercises.lecture3.linear_loss import (
    SINGLE,
    Problem,
    add_loss_checks,
    ask_number_types,
)

NOTEBOOK = "lecture3/02_softmax"

# Softmax ----------------------------------------------------------------------------

probabilities = Exercise(
    "l3_softmax",
    NOTEBOOK,
    3,
    ("softmax",),
    title="Softmax, stable",
    size="loss",
    returns={"softmax": ("probs",)},
)


@probabilities.reference
def softmax(scores):
    """Divide e to the score by the sum of these over the row; the top score off."""
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
    "A number may be taken off only if every class of the example loses the same. "
    "Along which axis do the classes lie?",
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


# Cross-entropy of one example -------------------------------------------------------

one_loss = Exercise(
    "l3_cross_entropy_i",
    NOTEBOOK,
    2,
    ("cross_entropy_i",),
    title="Cross-entropy of one example",
    size="loss",
    returns={"cross_entropy_i": ("loss",)},
)


@one_loss.reference
def cross_entropy_i(scores, y):
    """Take the score of the true class off the log-sum-exp of the scores."""
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
    scores = rng.uniform(-1, 1, size=5)
    last = int(rng.integers(5))
    scores[last] -= 2000.0  # so far behind that only the largest score may be taken off
    student.agrees("cross_entropy_i", scores, (last + 1) % 5)


@one_loss.check("float32 scores", 0.1)
def _single(student: Student, rng: np.random.Generator) -> None:
    scores = _scores(rng, 7).astype(np.float32)
    student.agrees("cross_entropy_i", scores, int(rng.integers(7)), **SINGLE)


@one_loss.misconception(
    "the logarithm to base ten is taken",
    "A published slide does the same. Which function of NumPy is the natural "
    "logarithm?",
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
    "How large can your loss become for a hopeless prediction? Compare with the "
    "formula.",
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
    "A guard against the logarithm of zero also changes the losses that were right. "
    "Can you do without the division?",
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


# The whole loss: loops, then vectors ------------------------------------------------

naive = Exercise(
    "l3_softmax_loss_naive",
    NOTEBOOK,
    4,
    ("softmax_loss_naive",),
    title="Softmax loss and gradient, with loops",
    size="loss",
    returns={"softmax_loss_naive": ("loss", "dW")},
)

vectorized = Exercise(
    "l3_softmax_loss_vectorized",
    NOTEBOOK,
    6,
    ("softmax_loss_vectorized",),
    title="Softmax loss and gradient, vectorised",
    size="loss",
    returns={"softmax_loss_vectorized": ("loss", "dW")},
)


@naive.reference
def softmax_loss_naive(W, X, y, reg):
    """Mean over i of log-sum-exp(s_i) - s_iy, plus reg * sum(W**2), and dW.

    An entry of dW collects x_i times the probability of its column, loses x_i in the
    column of the true class; then the mean, then 2 * reg * W.
    """
    W, X = W.astype(float), X.astype(float)
    (N, D), C = X.shape, W.shape[1]
    loss, dW = 0.0, np.zeros((D, C))
    for i in range(N):
        true = int(y[i])
        # Scores less that of the true class: a number added to all of them is gone.
        lead = [
            math.fsum(X[i, d] * (W[d, c] - W[d, true]) for d in range(D))
            for c in range(C)
        ]
        top = max(lead)
        log_sum = top + math.log(math.fsum(math.exp(s - top) for s in lead))
        loss += log_sum / N
        for c in range(C):
            share = math.exp(lead[c] - log_sum)
            for d in range(D):
                dW[d, c] += X[i, d] * share / N
                if c == true:
                    dW[d, c] -= X[i, d] / N
    for d in range(D):
        for c in range(C):
            loss += reg * W[d, c] ** 2
            dW[d, c] += 2 * reg * W[d, c]
    return loss, dW


vectorized.reference_names["softmax_loss_vectorized"] = softmax_loss_naive


def _problem(rng: np.random.Generator, N: int, D: int, C: int) -> Problem:
    """Draw W, X, y such that some examples are classified wrongly, where N allows."""
    while True:
        W = rng.standard_normal((D, C))
        X = rng.standard_normal((N, D))
        y = rng.integers(C, size=N)
        wrong = (X @ W).argmax(axis=1) != y
        if N < 3 or wrong.any():
            return W, X, y


def _shifted_problem(rng: np.random.Generator, sign: int) -> Problem:
    """Draw W, X, y with another large number added to all scores of each example.

    The number enters as a further feature whose weight is one for every class.
    """
    W, X, y = _problem(rng, 5, 4, 3)
    shifts = sign * rng.permutation([0.0, 900.0, 1800.0, 3000.0, 4500.0])
    W = np.vstack([W, np.ones(3)])  # (5, 3)
    return W, np.hstack([X, shifts[:, None]]), y


def _far_problem(rng: np.random.Generator) -> Problem:
    """Draw W, X, y with a class, nobody's true one, far behind in every example."""
    W, X, y = _problem(rng, 6, 4, 4)
    last = int(rng.integers(4))
    W = np.vstack([W, np.zeros(4)])  # (5, 4)
    W[4, last] = -2000.0
    y[y == last] = (last + 1) % 4
    return W, np.hstack([X, np.ones((6, 1))]), y


SIZES = ((5, 4, 3), (7, 3, 5), (4, 6, 4))


def _loss_checks(exercise: Exercise, points: dict[str, float]) -> None:
    """Add the checks that both forms of the loss share."""
    (name,) = exercise.names

    add_loss_checks(exercise, points, _problem, SIZES)

    @exercise.check("one example, two classes, one feature, W = 0", points["small"])
    def _small(student: Student, rng: np.random.Generator) -> None:
        for N, D, C in ((1, 4, 3), (5, 3, 2), (6, 1, 4), (1, 1, 2), (3, 3, 3)):
            student.agrees(name, *_problem(rng, N, D, C), float(rng.uniform(0, 1)))
        C = int(rng.integers(3, 11))
        X, y = rng.standard_normal((6, 4)), rng.integers(C, size=6)
        student.agrees(name, np.zeros((4, C)), X, y, 0.5)

    @exercise.check(
        "another large number added to the scores of each example; a class far behind",
        points["shift"],
    )
    def _shift(student: Student, rng: np.random.Generator) -> None:
        for sign in (1, -1):
            student.agrees(name, *_shifted_problem(rng, sign), 0.0)
        student.agrees(name, *_shifted_problem(rng, 1), float(rng.uniform(0.2, 3)))
        student.agrees(name, *_far_problem(rng), 0.0)

    @exercise.check("other number types", points["types"])
    def _types(student: Student, rng: np.random.Generator) -> None:
        ask_number_types(student, name, _problem, rng)


_loss_checks(
    naive,
    {
        "loss": 0.7,
        "loss_reg": 0.5,
        "grad": 0.9,
        "grad_reg": 0.5,
        "small": 0.4,
        "shift": 0.7,
        "types": 0.3,
    },
)
_loss_checks(
    vectorized,
    {
        "loss": 0.8,
        "loss_reg": 0.5,
        "grad": 1.2,
        "grad_reg": 0.5,
        "small": 0.4,
        "shift": 0.8,
        "types": 0.3,
    },
)


@vectorized.check("the loss without a Python loop", 1.5)
def _no_loop(student: Student, rng: np.random.Generator) -> None:
    # An empty function has no loop either, so the loss must be right as well.
    W, X, y = _problem(rng, 6, 5, 4)
    student.agrees("softmax_loss_vectorized", W, X, y, 0.0, only="loss")
    student.without_loops("softmax_loss_vectorized")


# Misconceptions of the whole loss ---------------------------------------------------


def both(says: str, hint: str) -> Callable[[Any], Any]:
    """Add one function as a misconception of both forms of the loss."""

    def add(function: Any) -> Any:
        naive.misconception(says, hint)(function)
        vectorized.misconception(says, hint)(function)
        return function

    return add


def stable_probs(scores):
    e = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


@both(
    "regularization is missing, from the loss and from the gradient",
    "Try a large reg on weights that classify everything well: what should rise with "
    "it?",
)
def no_regularization(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N


@both(
    "regularization is missing from the loss",
    "Compare the loss for reg = 0 and for a large reg on the same W. "
    "Which of your lines should make a difference?",
)
def loss_without_regularization(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@both(
    "regularization is missing from the gradient",
    "The last term of the loss depends on W as well. What does it add to the slope?",
)
def gradient_without_regularization(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N


@both(
    "regularization has a factor one half that this course does not use",
    "Other editions write the penalty differently. Compare your term with the "
    "formula above the exercise.",
)
def half_regularization(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + 0.5 * reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + reg * W


@both(
    "the gradient of the regularization lacks its factor",
    "Differentiate the square of one weight on paper. What comes down from the "
    "exponent?",
)
def regularization_gradient_halved(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + reg * W


@both(
    "the gradient of the regularization is one number for all weights",
    "Each weight has its own slope. What shape must the term have before it is added "
    "to dW?",
)
def regularization_gradient_summed(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * np.sum(W)


@both(
    "regularization sums absolute values, not squares",
    "Both penalties exist under the names L1 and L2. Which one is in the formula?",
)
def absolute_regularization(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(np.abs(W))
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + reg * np.sign(W)


@both(
    "regularization is divided by the number of examples too",
    "The mean belongs to the data loss alone. Where does your division stand?",
)
def regularization_divided(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss / N, (X.T @ probs + 2 * reg * W) / N


@both(
    "one row of W is left out of the regularization",
    "The formula sums over the whole of W. Does every weight enter your penalty?",
)
def one_row_spared(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W[:-1] ** 2)
    probs[np.arange(N), y] -= 1
    dW = X.T @ probs / N
    dW[:-1] += 2 * reg * W[:-1]
    return loss, dW


@both(
    "the sum over the examples is taken, not the mean",
    "Give your function every example twice: what should happen to the loss?",
)
def sum_for_mean(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs + 2 * reg * W


@both(
    "the gradient is not divided by the number of examples",
    "The loss is a mean. What is the derivative of a mean?",
)
def gradient_not_divided(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs + 2 * reg * W


@both(
    "the mean runs over examples and classes, not over the examples alone",
    "With W = 0, what should the loss be for many classes? Compare it with yours.",
)
def mean_over_classes_too(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    probs = stable_probs(X @ W)
    target = np.eye(C)[y]
    loss = np.mean(-target * np.log(probs)) + reg * np.sum(W * W)
    return loss, X.T @ (probs - target) / (N * C) + 2 * reg * W


@both(
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


@both(
    "the minus sign of the loss is missing",
    "The logarithm of a number below one is negative. Can a loss be?",
)
def loss_without_minus(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
    "the true class is not singled out in the gradient",
    "Every score of your gradient points down. What happens to the loss when the score "
    "of the true class rises a little?",
)
def one_not_subtracted(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    return loss, X.T @ probs / N + 2 * reg * W


@both(
    "the one is taken off every class, not off the true one alone",
    "The slopes of one example add up to zero over the classes. Do yours?",
)
def one_subtracted_everywhere(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    return loss, X.T @ (probs - 1) / N + 2 * reg * W


@both(
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


@both(
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


@both(
    "the sign of the data gradient is turned round",
    "Take one small step against your gradient. Does the loss fall?",
)
def gradient_sign(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, -X.T @ probs / N + 2 * reg * W


@both(
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


@both(
    "the derivative stops at the logarithm, before the softmax",
    "You have the slope with respect to p. How does p itself depend on the scores?",
)
def slope_of_logarithm_alone(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    probs = stable_probs(X @ W)
    target = np.eye(C)[y]
    loss = -np.sum(target * np.log(probs)) / N + reg * np.sum(W * W)
    return loss, X.T @ (-target / probs) / N + 2 * reg * W


@both(
    "the gradient has the shape of W transposed",
    "A gradient has the shape of its variable. Compare dW.shape with W.shape.",
)
def gradient_transposed(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, probs.T @ X / N + 2 * reg * W.T


@both(
    "the gradient is still the array of zeros it started as",
    "The loss is right. Which line of yours changes dW?",
)
def gradient_left_zero(W, X, y, reg):
    N = X.shape[0]
    dW = np.zeros(W.shape)
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    return loss, dW


@both(
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


@both(
    "only the loss is returned",
    "The caller takes two values from one call. Which of them is missing?",
)
def loss_alone(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    return -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)


@both(
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


@both(
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


@naive.misconception(
    "the gradient of the last example replaces that of the others",
    "A column of dW hears from every example. Does your line add, or does it replace?",
)
def gradient_replaced(W, X, y, reg):
    N = X.shape[0]
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(N):
        p = stable_probs(X[i : i + 1] @ W)[0]
        loss -= np.log(p[y[i]])
        for c in range(W.shape[1]):
            dW[:, c] = (p[c] - (c == y[i])) * X[i]
    return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W


@naive.misconception(
    "the loss of the last example replaces that of the others",
    "Print the loss inside the loop: does it grow from example to example?",
)
def loss_replaced(W, X, y, reg):
    N = X.shape[0]
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(N):
        p = stable_probs(X[i : i + 1] @ W)[0]
        loss = -np.log(p[y[i]])
        for c in range(W.shape[1]):
            dW[:, c] += (p[c] - (c == y[i])) * X[i]
    return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W


@naive.misconception(
    "the division by the number of examples stands inside the loop",
    "How often is the first example divided? Follow it through all turns of the loop.",
)
def divided_in_loop(W, X, y, reg):
    N = X.shape[0]
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(N):
        p = stable_probs(X[i : i + 1] @ W)[0]
        loss -= np.log(p[y[i]])
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
        loss /= N
        dW /= N
    return loss + reg * np.sum(W * W), dW + 2 * reg * W


@naive.misconception(
    "regularization is added once for each example",
    "The penalty belongs to W, not to an example. How often does your code add it?",
)
def regularized_in_loop(W, X, y, reg):
    N = X.shape[0]
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(N):
        p = stable_probs(X[i : i + 1] @ W)[0]
        loss -= np.log(p[y[i]]) / N
        p[y[i]] -= 1
        dW += np.outer(X[i], p) / N
        loss += reg * np.sum(W * W)
        dW += 2 * reg * W
    return loss, dW


@naive.misconception(
    "the function returns inside the loop, after the first example",
    "Look at the indentation of your return. How many examples has it seen?",
)
def returned_in_loop(W, X, y, reg):
    N = X.shape[0]
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(N):
        p = stable_probs(X[i : i + 1] @ W)[0]
        loss -= np.log(p[y[i]])
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
        return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W


@vectorized.misconception(
    "the result is right, but a Python loop computes it",
    "All scores come from one product of matrices. Which index arrays pick the "
    "probability of the true class in every row at once?",
)
def still_a_loop(W, X, y, reg):
    N = X.shape[0]
    loss = 0.0
    dW = np.zeros(W.shape)
    for i in range(N):
        scores = X[i] @ W
        e = np.exp(scores - np.max(scores))
        p = e / np.sum(e)
        loss -= np.log(p[y[i]])
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W


@vectorized.misconception(
    "the one is taken off whole columns, not off one entry in each row",
    "Indexing with a colon and y takes whole columns. How do you name one entry "
    "in each row?",
)
def one_off_whole_columns(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N + reg * np.sum(W * W)
    probs[:, y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@vectorized.misconception(
    "the loss takes whole columns of the probabilities, not one entry in each row",
    "Indexing with a colon and y takes whole columns. How do you name one entry "
    "in each row?",
)
def loss_of_whole_columns(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    loss = -np.mean(np.log(probs[:, y])) + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


# Right variants of the whole loss ---------------------------------------------------


def also_right(says: str) -> Callable[[Any], Any]:
    """Add one function as a right variant of both forms of the loss."""

    def add(function: Any) -> Any:
        naive.variant(says)(function)
        vectorized.variant(says)(function)
        return function

    return add


@also_right("the textbook form: minus the logarithm of a stable softmax")
def textbook(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    scores -= scores.max(axis=1, keepdims=True)
    probs = np.exp(scores)
    probs /= probs.sum(axis=1, keepdims=True)
    loss = -np.log(probs[np.arange(N), y]).mean() + reg * np.sum(W * W)
    probs[np.arange(N), y] -= 1
    return loss, X.T @ probs / N + 2 * reg * W


@also_right("log-sum-exp, a list returned")
def log_sum_exp(W, X, y, reg):
    N = len(X)
    scores = X.dot(W)
    shifted = scores - np.amax(scores, axis=1)[:, np.newaxis]
    log_sum = np.log(np.sum(np.exp(shifted), axis=1))
    loss = np.sum(log_sum - shifted[range(N), y]) / N + reg * (W**2).sum()
    slope = np.exp(shifted - log_sum[:, np.newaxis])
    slope[range(N), y] -= 1
    return [loss, X.T.dot(slope) / N + reg * 2 * W]


@also_right("einsum and a one-hot matrix")
def by_einsum(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    true = np.eye(C)[y]
    scores = np.einsum("nd,dc->nc", X, W)
    e = np.exp(scores - scores.max(axis=1)[:, None])
    probs = e / np.einsum("nc->n", e)[:, None]
    loss = -np.einsum("nc,nc->", true, np.log(np.maximum(probs, 1e-300))) / N
    dW = np.einsum("nd,nc->dc", X, probs - true) / N
    return loss + reg * np.einsum("dc,dc->", W, W), dW + 2 * reg * W


@also_right("the score of the true class taken off first; a 0-d array as the loss")
def true_score_taken_off(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    lead = scores - np.take_along_axis(scores, y[:, None].astype(int), axis=1)
    top = lead.max(axis=1, keepdims=True)
    log_sum = top + np.log(np.exp(lead - top).sum(axis=1, keepdims=True))
    loss = np.mean(log_sum) + reg * np.linalg.norm(W) ** 2
    slope = np.exp(lead - log_sum) - (np.arange(W.shape[1]) == y[:, None])
    return np.array(loss), X.T @ (slope / N) + 2 * reg * W


@also_right("examples in columns, as in the lecture")
def lecture_layout(W, X, y, reg):
    N = X.shape[0]
    scores = W.T @ X.T  # (C, N)
    e = np.exp(scores - scores.max(axis=0))
    probs = e / e.sum(axis=0)
    loss = -np.sum(np.log(probs[y, np.arange(N)])) / N
    probs[y, np.arange(N)] -= 1
    return loss + reg * np.vdot(W, W), (probs @ X).T / N + 2 * reg * W


@also_right("np.add.at collects the columns of the true classes")
def by_add_at(W, X, y, reg):
    N = X.shape[0]
    probs = stable_probs(X @ W)
    columns = probs.T @ X  # (C, D)
    np.add.at(columns, y, -X)
    loss = np.log(1 / probs[np.arange(N), y]).sum() / N + reg * np.sum(np.square(W))
    return float(loss), columns.T / N + 2 * reg * W


@naive.variant("the loops of the course")
def course_loops(W, X, y, reg):
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(X.shape[0]):
        scores = X[i].dot(W)
        scores -= np.max(scores)
        p = np.exp(scores) / np.sum(np.exp(scores))
        loss += -np.log(p[y[i]])
        for c in range(W.shape[1]):
            dW[:, c] += (p[c] - (c == y[i])) * X[i]
    loss /= X.shape[0]
    dW /= X.shape[0]
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW


@naive.variant("one outer product for each example, NumPy's own log-sum-exp")
def outer_products(W, X, y, reg):
    N = len(y)
    loss, dW = reg * np.sum(W**2), 2 * reg * W
    for x, true in zip(X, y, strict=True):
        scores = x @ W
        total = np.logaddexp.reduce(scores)
        slope = np.exp(scores - total)
        slope[true] -= 1
        loss = loss + (total - scores[true]) / N
        dW = dW + np.outer(x, slope) / N
    return loss, dW


@vectorized.variant("np.where instead of index arrays")
def by_where(W, X, y, reg):
    N = X.shape[0]
    true = y.reshape(-1, 1) == np.arange(W.shape[1])
    probs = stable_probs(np.matmul(X, W))
    loss = np.where(true, -np.log(np.where(true, probs, 1.0)), 0.0).sum() / N
    slope = np.where(true, probs - 1.0, probs)
    dW = np.tensordot(X, slope, axes=(0, 0)) / N
    return loss + reg * np.sum(W * W), dW + 2 * reg * W


# The questions ----------------------------------------------------------------------

answers = Exercise(
    "l3_softmax_predict_then_run",
    NOTEBOOK,
    4,
    ("softmax_answers",),
    title="The questions of the lecture on softmax",
    kind="value",
)
answers.answers(
    {
        "smallest_loss": 0.0,
        "smallest_loss_is_reached": False,
        "largest_loss": np.inf,
        "loss_at_start": math.log(10),
        "slide_logarithm": "base 10",
        "halved_scores": "softer",
        "svm_prefers": "none",
        "softmax_prefers": "third",
        "svm_changes": False,
        "softmax_changes": True,
    },
    labels={
        "smallest_loss": "the lower bound of the loss",
        "smallest_loss_is_reached": "whether finite scores reach that bound",
        "largest_loss": "the upper bound of the loss",
        "loss_at_start": "the loss when all scores are about zero",
        "slide_logarithm": "the logarithm behind a published slide",
        "halved_scores": "the probabilities when the scores are halved",
        "svm_prefers": "the vector that the SVM loss prefers",
        "softmax_prefers": "the vector that the softmax loss prefers",
        "svm_changes": "the SVM loss of a well classified point that moves",
        "softmax_changes": "the softmax loss of a well classified point that moves",
    },
)
answers.wrong_answer(
    "the bounds of a probability given as the bounds of the loss",
    "The probability goes into the logarithm; what comes out? Let p go towards zero.",
    largest_loss=1.0,
)
answers.wrong_answer(
    "the lower bound taken as a value of the loss",
    "For the loss to be zero the probability must be one. What would the other classes "
    "have to get?",
    smallest_loss_is_reached=True,
)
answers.wrong_answer(
    "the logarithm of the number of classes with a minus sign",
    "One course prints it that way. Can a loss be negative when every probability is "
    "below one?",
    loss_at_start=-math.log(10),
)
answers.wrong_answer(
    "the start value of the SVM loss",
    "That value belongs to the hinge. What is the probability of each class when all "
    "scores are equal?",
    loss_at_start=9.0,
)
answers.wrong_answer(
    "the start value under the logarithm of the slide",
    "The slide and the course use different logarithms. Which one belongs to e?",
    loss_at_start=1.0,
)
answers.wrong_answer(
    "a loss of zero for scores of zero",
    "Equal scores are a guess, not a right answer. What is the probability of the true "
    "class?",
    loss_at_start=0.0,
)
answers.wrong_answer(
    "the logarithm of the slide taken for the natural one",
    "Compute minus the logarithm of the probability in each base and compare with the "
    "slide.",
    slide_logarithm="base e",
)
answers.wrong_answer(
    "the logarithm of the slide taken for bits",
    "Compute minus the logarithm of the probability in each base and compare with the "
    "slide.",
    slide_logarithm="base 2",
)
answers.wrong_answer(
    "smaller scores taken to make sharper probabilities",
    "Go to the limit: what are the probabilities when all scores are zero?",
    halved_scores="sharper",
)
answers.wrong_answer(
    "softmax taken not to change when all scores are multiplied",
    "Adding a number to all scores changes nothing. Does multiplying keep their "
    "differences?",
    halved_scores="the same",
)
answers.wrong_answer(
    "the SVM taken to prefer a larger lead beyond the margin",
    "Work out every margin of the three vectors. Which of them is violated?",
    svm_prefers="third",
)
answers.wrong_answer(
    "softmax taken to stop at the margin like the SVM",
    "Does the sum under the fraction ever lose the terms of the other classes?",
    softmax_prefers="none",
)
answers.wrong_answer(
    "the SVM loss taken to change with every move",
    "The point is far beyond the margin. What does the maximum with zero return there?",
    svm_changes=True,
)
answers.wrong_answer(
    "the softmax loss taken to stay the same for a well classified point",
    "Is the slope of the loss ever exactly zero? Look at p of the true class less one.",
    softmax_changes=False,
)
answers.right_answer("fewer digits", loss_at_start=2.3, largest_loss=float("inf"))
answers.right_answer("whole numbers where they fit", smallest_loss=0)

question = Exercise(
    "l3_softmax_question",
    NOTEBOOK,
    2,
    title="What the SVM ignores and softmax never stops doing",
    kind="manual",
    rubric=(
        "- 1 point: the SVM loss **and** its slope are zero for both images, as "
        "every margin holds; it ignores by how much.\n"
        "- 1 point: the softmax loss and its slope are never exactly zero, so it "
        "goes on raising the lead, with one sound consequence: weights grow without "
        "regularization, easy images go on counting, the second image counts far "
        "less than the first.\n"
        "- Half a point each where the claim stands without its reason."
    ),
)
