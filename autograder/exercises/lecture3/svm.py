"""The records of notebook ``lecture3/01_svm``: the multiclass SVM loss."""

from __future__ import annotations

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

NOTEBOOK = "lecture3/01_svm"
KINK = 1e-3  # ordinary inputs keep their margins at least this far from zero

# One example ----------------------------------------------------------------------

loss_i = Exercise(
    "l3_svm_loss_i",
    NOTEBOOK,
    2,
    ("svm_loss_i",),
    title="SVM loss of one example",
    size="loss",
    returns={"svm_loss_i": ("loss",)},
)


@loss_i.reference
def svm_loss_i(scores, y, delta=1.0):
    """Sum over j != y of max(0, scores[j] - scores[y] + delta)."""
    loss = 0.0
    for j in range(len(scores)):
        if j != y:
            loss += max(0.0, float(scores[j]) - float(scores[y]) + delta)
    return loss


def _scores(rng: np.random.Generator, C: int, scale: float = 3.0) -> np.ndarray:
    return scale * rng.standard_normal(C)


@loss_i.check("random scores, the usual delta", 0.5)
def _usual(student: Student, rng: np.random.Generator) -> None:
    for C in (3, 5, 8, 10):
        student.agrees("svm_loss_i", _scores(rng, C), int(rng.integers(C)))


@loss_i.check("the first and the last class as the true one", 0.3)
def _edge_classes(student: Student, rng: np.random.Generator) -> None:
    for y in (0, 5):
        student.agrees("svm_loss_i", _scores(rng, 6), y)


@loss_i.check("another delta", 0.4)
def _other_delta(student: Student, rng: np.random.Generator) -> None:
    for delta in (0.5, 10.0, float(rng.uniform(2, 5))):
        student.agrees("svm_loss_i", _scores(rng, 4), int(rng.integers(4)), delta)
    student.agrees("svm_loss_i", _scores(rng, 4), int(rng.integers(4)), delta=2.5)


@loss_i.check("two classes, equal scores, margins of exactly zero", 0.3)
def _ties(student: Student, rng: np.random.Generator) -> None:
    student.agrees("svm_loss_i", _scores(rng, 2), int(rng.integers(2)))
    C = int(rng.integers(3, 9))
    same = np.full(C, float(rng.integers(-5, 5)))
    student.agrees("svm_loss_i", same, int(rng.integers(C)))
    y = int(rng.integers(C))
    exact = same - 1.0
    exact[y] += 1.0
    student.agrees("svm_loss_i", exact, y)
    exact[(y + 1) % C] += 2.0
    student.agrees("svm_loss_i", exact, y)


@loss_i.check("large scores, and a true class far ahead", 0.3)
def _large(student: Student, rng: np.random.Generator) -> None:
    C = int(rng.integers(4, 9))
    student.agrees("svm_loss_i", _scores(rng, C, 1e6), int(rng.integers(C)))
    student.agrees("svm_loss_i", -1e3 - np.abs(_scores(rng, C, 1e3)), C - 1)
    ahead = _scores(rng, C)
    y = int(rng.integers(C))
    ahead[y] = ahead.max() + 40.0
    student.agrees("svm_loss_i", ahead, y)


@loss_i.check("float32 scores", 0.2)
def _single(student: Student, rng: np.random.Generator) -> None:
    scores = _scores(rng, 7).astype(np.float32)
    student.agrees("svm_loss_i", scores, int(rng.integers(7)), **SINGLE)


# The whole loss: loops, then vectors ----------------------------------------------

naive = Exercise(
    "l3_svm_loss_naive",
    NOTEBOOK,
    4,
    ("svm_loss_naive",),
    title="SVM loss and gradient, with loops",
    size="loss",
    returns={"svm_loss_naive": ("loss", "dW")},
)

vectorized = Exercise(
    "l3_svm_loss_vectorized",
    NOTEBOOK,
    6,
    ("svm_loss_vectorized",),
    title="SVM loss and gradient, vectorised",
    size="loss",
    returns={"svm_loss_vectorized": ("loss", "dW")},
)


@naive.reference
def svm_loss_naive(W, X, y, reg):
    """Mean over i of sum_j max(0, s_ij - s_iy + 1), plus reg * sum(W**2), and dW.

    An entry of dW collects x_i for each violated margin of its column and loses x_i
    in the column of the true class as often; then the mean, then 2 * reg * W.
    """
    W, X = W.astype(float), X.astype(float)
    (N, D), C = X.shape, W.shape[1]
    loss, dW = 0.0, np.zeros((D, C))
    for i in range(N):
        true = int(y[i])
        for j in range(C):
            if j == true:
                continue
            margin = 1.0
            for d in range(D):
                margin += X[i, d] * (W[d, j] - W[d, true])
            if margin > 0:
                loss += margin / N
                for d in range(D):
                    dW[d, j] += X[i, d] / N
                    dW[d, true] -= X[i, d] / N
    for d in range(D):
        for c in range(C):
            loss += reg * W[d, c] ** 2
            dW[d, c] += 2 * reg * W[d, c]
    return loss, dW


vectorized.reference_names["svm_loss_vectorized"] = svm_loss_naive


def _problem(
    rng: np.random.Generator, N: int, D: int, C: int, scale: float = 1.0
) -> Problem:
    """Draw W, X, y with no margin near its kink, some violated and some not."""
    while True:
        W = scale * rng.standard_normal((D, C))
        X = rng.standard_normal((N, D))
        y = rng.integers(C, size=N)
        scores = X @ W
        margins = scores - scores[np.arange(N), y][:, None] + 1
        others = margins[np.arange(C) != y[:, None]]
        mixed = N * C < 6 or ((others > 0).any() and (others < 0).any())
        if np.abs(others).min() > KINK and mixed:
            return W, X, y


SIZES = ((4, 6, 4), (5, 4, 3), (7, 3, 5))


def _loss_checks(exercise: Exercise, points: dict[str, float]) -> None:
    """Add the checks that both forms of the loss share."""
    (name,) = exercise.names

    add_loss_checks(exercise, points, _problem, SIZES)

    @exercise.check("one example, two classes, one feature", points["small"])
    def _small(student: Student, rng: np.random.Generator) -> None:
        for N, D, C in ((1, 4, 3), (5, 3, 2), (6, 1, 4), (1, 1, 2)):
            student.agrees(name, *_problem(rng, N, D, C), float(rng.uniform(0, 1)))

    @exercise.check("equal scores and margins of exactly zero", points["kinks"])
    def _at_kinks(student: Student, rng: np.random.Generator) -> None:
        D, C = 4, int(rng.integers(3, 7))
        zero, X = np.zeros((D, C)), rng.standard_normal((6, D))
        student.agrees(name, zero, X, rng.integers(C, size=6), 0.5)
        _kinks(student, name, rng)

    @exercise.check("large scores and other number types", points["types"])
    def _types(student: Student, rng: np.random.Generator) -> None:
        student.agrees(name, *_problem(rng, 6, 4, 5, scale=1e4), 0.1)
        ask_number_types(student, name, _problem, rng)


def _kinks(student: Student, name: str, rng: np.random.Generator) -> None:
    """Put margins at exactly zero and take every subgradient there.

    With one example, dW may hold ``a * x`` more in the column of a margin that is zero
    and as much less in the true one, for any a from 0 to 1.
    """
    C = 5
    y = int(rng.integers(C))
    x = rng.choice([-2.0, -1.0, 1.0, 2.0], size=3)
    # Whole numbers and quarters: every product and sum is exact.
    W = np.zeros((3, C))
    W[:, y] = x
    at_zero = [c for c in range(C) if c != y][:2]
    for c in at_zero:
        W[:, c] = x
        W[0, c] -= 1 / x[0]
    want, base = svm_loss_naive(W, x[None, :], np.array([y]), 0.25)
    got = student.call(name, W, x[None, :], np.array([y]), 0.25)
    parts = student.returns[name]
    if not isinstance(got, tuple | list) or len(got) != len(parts):
        student.expect(got, (want, base), name, parts=parts)
    student.expect(got[0], want, "loss")
    dW = student.array(got[1], base.shape, "dW")
    nearest = base.copy()
    for c in at_zero:
        step = x * np.clip((dW - base)[:, c] @ x / (x @ x), 0.0, 1.0)
        nearest[:, c] += step
        nearest[:, y] -= step
    student.expect(dW, nearest, "dW")


_loss_checks(
    naive,
    {
        "loss": 0.8,
        "loss_reg": 0.6,
        "grad": 1.0,
        "grad_reg": 0.6,
        "small": 0.4,
        "kinks": 0.3,
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
        "kinks": 0.3,
        "types": 0.3,
    },
)


@vectorized.check("the loss without a Python loop", 2.0)
def _no_loop(student: Student, rng: np.random.Generator) -> None:
    # An empty function has no loop either, so the loss must be right as well.
    W, X, y = _problem(rng, 6, 5, 4)
    student.agrees("svm_loss_vectorized", W, X, y, 0.0, only="loss")
    student.without_loops("svm_loss_vectorized")


# Misconceptions of one example ----------------------------------------------------


@loss_i.misconception(
    "the true class is counted in the sum",
    "Work out the term for j = y by hand: can it ever be zero? "
    "Look at what stands under the sum sign.",
)
def counts_true_class(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] + delta)
    return np.sum(margins)


@loss_i.misconception(
    "delta is left out",
    "A published frog loss has this slip. How far ahead must the true class be "
    "before a term becomes zero?",
)
def delta_left_out(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y])
    margins[y] = 0
    return np.sum(margins)


@loss_i.misconception(
    "delta is fixed in the code, whatever the argument says",
    "Call your function twice with different values of delta and compare.",
)
def delta_fixed(scores, y, delta=1.0):
    loss = 0.0
    for j in range(len(scores)):
        if j != y:
            loss += max(0, scores[j] - scores[y] + 1)
    return loss


@loss_i.misconception(
    "the margin is summed without the maximum with zero",
    "What should a class that is far behind the true one add to the loss?",
)
def no_maximum(scores, y, delta=1.0):
    margins = scores - scores[y] + delta
    margins[y] = 0
    return margins.sum()


@loss_i.misconception(
    "the absolute value is taken instead of the maximum with zero",
    "Draw both functions of the margin: which of them punishes a class that is "
    "far behind?",
)
def absolute_value(scores, y, delta=1.0):
    margins = np.abs(scores - scores[y] + delta)
    margins[y] = 0
    return margins.sum()


@loss_i.misconception(
    "the hinge is squared",
    "Squaring gives a different loss, as the lecture says when it is asked. "
    "Which one does the exercise name?",
)
def squared_hinge(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] + delta)
    margins[y] = 0
    return np.sum(margins**2)


@loss_i.misconception(
    "the mean over the classes is taken instead of the sum",
    "With all scores equal, what should the loss be for many classes? "
    "Compare it with yours.",
)
def mean_over_classes(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] + delta)
    margins[y] = 0
    return np.sum(margins) / (len(scores) - 1)


@loss_i.misconception(
    "the two scores of the margin are exchanged",
    "If the true class has by far the highest score, is your loss small or large?",
)
def sign_exchanged(scores, y, delta=1.0):
    loss = 0.0
    for j in range(len(scores)):
        if j == y:
            continue
        loss += max(0, scores[y] - scores[j] + delta)
    return loss


@loss_i.misconception(
    "delta has the wrong sign",
    "Take two equal scores: should that be good enough for a loss of zero?",
)
def delta_subtracted(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] - delta)
    margins[y] = 0
    return np.sum(margins)


@loss_i.misconception(
    "only the worst class counts, instead of all of them",
    "How many wrong classes add a term in the frog image? Compare with yours.",
)
def worst_class_only(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] + delta)
    margins[y] = 0
    return np.max(margins)


@loss_i.misconception(
    "the maximum with zero is taken once, after the sum",
    "Can a class that is far behind make up for one that is ahead? "
    "Look at where the maximum stands in the formula.",
)
def maximum_of_sum(scores, y, delta=1.0):
    margins = scores - scores[y] + delta
    return max(0.0, np.sum(margins) - margins[y])


@loss_i.misconception(
    "the maximum with zero is taken of the scores, not of the margins",
    "Add the same number to every score: the loss must not change. Does yours?",
)
def maximum_of_scores(scores, y, delta=1.0):
    loss = 0.0
    for j in range(len(scores)):
        if j != y:
            loss += max(0, scores[j]) - scores[y] + delta
    return loss


@loss_i.misconception(
    "the loop ends at the true class instead of passing over it",
    "Which classes has your loop seen when the true class comes first? "
    "Look up what break and continue do.",
)
def break_for_continue(scores, y, delta=1.0):
    loss = 0.0
    for j in range(len(scores)):
        if j == y:
            break
        loss += max(0, scores[j] - scores[y] + delta)
    return loss


@loss_i.misconception(
    "each term replaces the sum so far",
    "Print the loss inside the loop: does it grow from class to class?",
)
def last_term_only(scores, y, delta=1.0):
    loss = 0.0
    for j in range(len(scores)):
        if j != y:
            loss = max(0, scores[j] - scores[y] + delta)
    return loss


@loss_i.misconception(
    "the margins are returned, not their sum",
    "The loss of one example is one number. What is the shape of what you return?",
)
def margins_returned(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] + delta)
    margins[y] = 0
    return margins


@loss_i.misconception(
    "nothing is returned, though a result may be printed",
    "A function hands its result on with one keyword. Which one is missing?",
)
def printed(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] + delta)
    margins[y] = 0
    print(np.sum(margins))


@loss_i.misconception(
    "the answer of the worked example is written into the code",
    "Call your function with scores that you choose, and work them out by hand too.",
)
def visible_example(scores, y, delta=1.0):
    return 2.9


@loss_i.misconception(
    "the scores of the caller are changed",
    "An assignment such as scores -= or scores[y] = works on the caller's array. "
    "Where does yours do that?",
)
def scores_changed(scores, y, delta=1.0):
    scores -= scores[y] - delta
    scores[y] = 0
    return np.sum(np.maximum(0, scores))


@loss_i.misconception(
    "the highest score stands where the score of the true class belongs",
    "Which class is the right one when the classifier errs? Only y knows.",
)
def best_for_true(scores, y, delta=1.0):
    margins = np.maximum(0, scores - np.max(scores) + delta)
    margins[y] = 0
    return np.sum(margins)


@loss_i.misconception(
    "this is the cross-entropy loss, not the hinge loss",
    "Both come from the same scores. Which of the two can be exactly zero?",
)
def cross_entropy(scores, y, delta=1.0):
    shifted = scores - np.max(scores)
    return np.log(np.sum(np.exp(shifted))) - shifted[y]


# Right variants of one example ----------------------------------------------------


@loss_i.variant("a loop with continue")
def loop_with_continue(scores, y, delta=1.0):
    correct = scores[y]
    loss = 0
    for j in range(scores.shape[0]):
        if j == y:
            continue
        margin = scores[j] - correct + delta
        if margin > 0:
            loss += margin
    return loss


@loss_i.variant("all margins, the true one set to zero")
def true_margin_zeroed(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] + delta)
    margins[y] = 0
    return np.sum(margins)


@loss_i.variant("delta taken off the sum, a 0-d array returned")
def delta_taken_off(scores, y, delta=1.0):
    total = np.maximum(scores - scores[y] + delta, 0).sum() - delta
    return np.array(total)


@loss_i.variant("the true class deleted from the scores")
def true_class_deleted(scores, y, delta=1.0):
    others = np.delete(scores, y)
    return float(np.sum(np.clip(others - scores[y] + delta, 0, None)))


@loss_i.variant("a mask of the other classes")
def mask_of_others(scores, y, delta=1.0):
    other = np.arange(scores.size) != y
    margins = scores[other] - scores[y] + delta
    return margins[margins > 0].sum()


@loss_i.variant("a generator expression")
def generator(scores, y, delta=1.0):
    return sum(max(0.0, s - scores[y] + delta) for j, s in enumerate(scores) if j != y)


@loss_i.variant("half of the margin plus its absolute value")
def half_of_absolute(scores, y, delta=1.0):
    margins = scores - scores[y] + delta
    return np.dot(np.arange(len(scores)) != y, (margins + np.abs(margins)) / 2)


# Misconceptions of the whole loss --------------------------------------------------


def both(says: str, hint: str) -> Callable[[Any], Any]:
    """Add one function as a misconception of both forms of the loss."""

    def add(function: Any) -> Any:
        naive.misconception(says, hint)(function)
        vectorized.misconception(says, hint)(function)
        return function

    return add


@both(
    "regularization is missing, from the loss and from the gradient",
    "Try a large reg on weights that classify everything: should the loss still be "
    "zero?",
)
def no_regularization(W, X, y, reg):
    N = X.shape[0]
    scores = X.dot(W)
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, np.newaxis] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N
    mask = (margins > 0).astype(float)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    return loss, X.T.dot(mask) / N


@both(
    "regularization is missing from the loss",
    "Compare the loss for reg = 0 and for a large reg on the same W. "
    "Which of your lines should make a difference?",
)
def loss_without_regularization(W, X, y, reg):
    N = X.shape[0]
    scores = X.dot(W)
    margins = np.maximum(0, scores - scores[np.arange(N), y].reshape(N, 1) + 1)
    margins[np.arange(N), y] = 0
    loss = margins.sum() / N
    mask = np.zeros(margins.shape)
    mask[margins > 0] = 1
    mask[np.arange(N), y] = -np.sum(mask, axis=1)
    dW = X.T.dot(mask) / N + 2 * reg * W
    return loss, dW


@both(
    "regularization is missing from the gradient",
    "The last term of the loss depends on W as well. What does it add to the slope?",
)
def gradient_without_regularization(W, X, y, reg):
    N = X.shape[0]
    scores = X.dot(W)
    margins = np.maximum(0, scores - scores[np.arange(N), y].reshape(-1, 1) + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    mask = (margins > 0).astype(float)
    mask[np.arange(N), y] -= mask.sum(axis=1)
    return loss, X.T.dot(mask) / N


@both(
    "regularization has a factor one half that this course does not use",
    "Other editions write the penalty differently. Compare your term with the "
    "formula above the exercise.",
)
def half_regularization(W, X, y, reg):
    N = X.shape[0]
    scores = X.dot(W)
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + 0.5 * reg * np.sum(W * W)
    mask = (margins > 0).astype(float)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    return loss, X.T @ mask / N + reg * W


@both(
    "the gradient of the regularization lacks its factor",
    "Differentiate the square of one weight on paper. What comes down from the "
    "exponent?",
)
def regularization_gradient_halved(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    mask = (margins > 0) * 1.0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    return loss, X.T @ mask / N + reg * W


@both(
    "the gradient of the regularization is one number for all weights",
    "Each weight has its own slope. What shape must the term have before it is added "
    "to dW?",
)
def regularization_gradient_summed(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    mask = (margins > 0) * 1.0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    return loss, X.T @ mask / N + 2 * reg * np.sum(W)


@both(
    "regularization sums absolute values, not squares",
    "Both penalties exist under the names L1 and L2. Which one is in the formula?",
)
def absolute_regularization(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + reg * np.sum(np.abs(W))
    mask = (margins > 0) * 1.0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    return loss, X.T @ mask / N + reg * np.sign(W)


@both(
    "regularization is divided by the number of examples too",
    "The mean belongs to the data loss alone. Where does your division stand?",
)
def regularization_divided(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = (margins > 0) * 1.0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) + reg * np.sum(W * W)
    dW = X.T @ mask + 2 * reg * W
    return loss / N, dW / N


@both(
    "one row of W is left out of the regularization",
    "W holds no bias here. Does every weight enter your penalty?",
)
def first_row_spared(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W[:-1] ** 2)
    mask = (margins > 0) * 1.0
    mask[np.arange(N), y] = -mask.sum(axis=1)
    dW = X.T @ mask / N
    dW[:-1] += 2 * reg * W[:-1]
    return loss, dW


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
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


@both(
    "only the loss is returned",
    "The caller takes two values from one call. Which of them is missing?",
)
def loss_alone(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    return np.sum(margins) / N + reg * np.sum(W * W)


@both(
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


@both(
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


@naive.misconception(
    "the loop ends at the true class instead of passing over it",
    "Which classes has your inner loop seen when the true class comes first? "
    "Look up what break and continue do.",
)
def inner_loop_broken(W, X, y, reg):
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(X.shape[0]):
        scores = X[i].dot(W)
        for j in range(W.shape[1]):
            if j == y[i]:
                break
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    loss /= X.shape[0]
    dW /= X.shape[0]
    return loss + reg * np.sum(W * W), dW + 2 * reg * W


@naive.misconception(
    "the gradient of the last example replaces that of the others",
    "A column of dW hears from many examples. Does your line add, or does it replace?",
)
def gradient_replaced(W, X, y, reg):
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(X.shape[0]):
        scores = X[i].dot(W)
        for j in range(W.shape[1]):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] = X[i]
                dW[:, y[i]] = -X[i]
    loss /= X.shape[0]
    dW /= X.shape[0]
    return loss + reg * np.sum(W * W), dW + 2 * reg * W


@naive.misconception(
    "the division by the number of examples stands inside the loop",
    "How often is the first example divided? Follow it through all turns of the loop.",
)
def divided_in_loop(W, X, y, reg):
    N = X.shape[0]
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(N):
        scores = X[i].dot(W)
        for j in range(W.shape[1]):
            margin = scores[j] - scores[y[i]] + 1
            if j != y[i] and margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
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
        scores = X[i].dot(W)
        for j in range(W.shape[1]):
            margin = scores[j] - scores[y[i]] + 1
            if j != y[i] and margin > 0:
                loss += margin / N
                dW[:, j] += X[i] / N
                dW[:, y[i]] -= X[i] / N
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
        scores = X[i].dot(W)
        for j in range(W.shape[1]):
            margin = scores[j] - scores[y[i]] + 1
            if j != y[i] and margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
        return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W


@vectorized.misconception(
    "the result is right, but a Python loop computes it",
    "All scores come from one product of matrices. Which index arrays pick the score "
    "of the true class in every row at once?",
)
def still_a_loop(W, X, y, reg):
    N = X.shape[0]
    loss = 0.0
    dW = np.zeros(W.shape)
    for i in range(N):
        margins = np.maximum(0, X[i] @ W - X[i] @ W[:, y[i]] + 1)
        margins[y[i]] = 0
        loss += np.sum(margins)
        mask = (margins > 0) * 1.0
        mask[y[i]] = -np.sum(mask)
        dW += np.outer(X[i], mask)
    return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W


@vectorized.misconception(
    "every row has all the true classes of the batch set to zero",
    "Indexing with a colon and y takes whole columns. How do you name one entry "
    "in each row?",
)
def columns_zeroed(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
    margins[:, y] = 0
    mask = (margins > 0).astype(W.dtype)
    mask[np.arange(N), y] = -mask.sum(axis=1)
    loss = np.sum(margins) / N + reg * np.sum(W * W)
    return loss, X.T @ mask / N + 2 * reg * W


# Right variants of the whole loss ---------------------------------------------------


def also_right(says: str) -> Callable[[Any], Any]:
    """Add one function as a right variant of both forms of the loss."""

    def add(function: Any) -> Any:
        naive.variant(says)(function)
        vectorized.variant(says)(function)
        return function

    return add


@also_right("the textbook form, a list returned")
def textbook(W, X, y, reg):
    N = X.shape[0]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
    margins[rows, y] = 0
    loss = margins.sum() / N + reg * np.sum(W * W)
    mask = (margins > 0).astype(W.dtype)
    mask[rows, y] = -mask.sum(axis=1)
    return [loss, X.T @ mask / N + 2 * reg * W]


@also_right("einsum and a one-hot matrix")
def by_einsum(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    true = np.eye(C)[y]
    scores = np.einsum("nd,dc->nc", X, W)
    margins = scores - np.einsum("nc,nc->n", scores, true)[:, None] + 1 - true
    violated = (margins > 0) * (1 - true)
    loss = np.einsum("nc,nc->", violated, margins) / N
    slope = violated - true * violated.sum(axis=1, keepdims=True)
    dW = np.einsum("nd,nc->dc", X, slope) / N
    return loss + reg * np.einsum("dc,dc->", W, W), dW + 2 * reg * W


@also_right("the true class counted, then taken off; a 0-d array as the loss")
def one_taken_off(W, X, y, reg):
    N = len(X)
    scores = X.dot(W)
    correct = np.take_along_axis(scores, y[:, None].astype(int), axis=1)
    margins = np.maximum(scores - correct + 1, 0)
    loss = margins.sum() / N - 1 + reg * (W**2).sum()
    mask = np.where(margins > 0, 1.0, 0.0)
    mask[range(N), y] -= np.sum(mask, axis=1)
    return np.array(loss), X.T.dot(mask) / N + reg * 2 * W


@also_right("np.add.at collects the columns of the true classes")
def by_add_at(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    scores = X @ W
    margins = scores - scores[np.arange(N), y, None] + 1.0
    active = (margins > 0) & (np.arange(C) != y[:, None])
    columns = active.T @ X  # (C, D)
    np.add.at(columns, y, -X * active.sum(axis=1)[:, None])
    loss = np.sum(margins, where=active) / N + reg * np.linalg.norm(W) ** 2
    return float(loss), columns.T / N + 2 * reg * W


@also_right("a margin of exactly zero counted as violated")
def closed_hinge(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    scores = X @ W
    margins = scores - scores[np.arange(N), y].reshape(N, 1) + 1
    others = np.ones((N, C), dtype=bool)
    others[np.arange(N), y] = False
    mask = (others & (margins >= 0)).astype(float)
    loss = (mask * margins).sum() / N + reg * np.sum(np.square(W))
    mask[np.arange(N), y] = -mask.sum(1)
    return loss, (mask.T @ X).T / N + 2 * reg * W


@also_right("half of each side's slope at a margin of exactly zero")
def middle_subgradient(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    margins = scores - scores[np.arange(N), y][:, None] + 1
    slope = np.heaviside(margins, 0.5)
    margins[np.arange(N), y] = 0
    slope[np.arange(N), y] = 0
    slope[np.arange(N), y] = -slope.sum(axis=1)
    loss = np.clip(margins, 0, None).sum(axis=1).mean() + reg * np.sum(W * W)
    return loss, X.T @ (slope / N) + 2 * reg * W


@also_right("examples in columns, as in the lecture")
def lecture_layout(W, X, y, reg):
    N = X.shape[0]
    scores = W.T @ X.T  # (C, N)
    margins = np.maximum(0, scores - scores[y, np.arange(N)] + 1)
    margins[y, np.arange(N)] = 0
    mask = np.zeros_like(margins)
    mask[margins > 0] = 1
    mask[y, np.arange(N)] = -mask.sum(axis=0)
    dW = (mask @ X).T / N + 2 * reg * W
    return np.sum(margins) / N + reg * np.vdot(W, W), dW


@naive.variant("the loops of the course, with continue")
def course_loops(W, X, y, reg):
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(X.shape[0]):
        scores = X[i].dot(W)
        correct = scores[y[i]]
        for j in range(W.shape[1]):
            if j == y[i]:
                continue
            margin = scores[j] - correct + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    loss /= X.shape[0]
    dW /= X.shape[0]
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW


@naive.variant("the classes in the outer loop, violations counted")
def classes_outside(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    dW = 2 * reg * W
    loss = reg * np.sum(W**2)
    for c in range(C):
        for x, true in zip(X, y, strict=True):
            margin = x @ W[:, c] - x @ W[:, true] + 1
            if c != true and margin > 0:
                loss = loss + margin / N
                dW[:, c] = dW[:, c] + x / N
                dW[:, true] = dW[:, true] - x / N
    return loss, dW


def _margins_of(scores, y):
    rows = np.arange(scores.shape[0])
    margins = np.maximum(0, scores - scores[rows, y].reshape(-1, 1) + 1)
    margins[rows, y] = 0
    return margins


@vectorized.variant("a helper function beside it")
def with_helper(W, X, y, reg):
    N = X.shape[0]
    margins = _margins_of(X @ W, y)
    violated = margins > 0
    coefficients = violated.astype(float)
    coefficients[np.arange(N), y] = -np.count_nonzero(violated, axis=1)
    dW = X.T.dot(coefficients) / N
    return np.sum(margins) / N + reg * np.sum(W * W), dW + 2 * reg * W


# The lecture's questions -------------------------------------------------------------

answers = Exercise(
    "l3_svm_predict_then_run",
    NOTEBOOK,
    4,
    ("svm_answers",),
    title="The lecture's questions on the SVM loss",
    kind="value",
)
answers.answers(
    {
        "true_score_frog": -3.1,
        "delta_only_sets_a_scale": True,
        "car_loss_after_drop": 0.0,
        "smallest_loss": 0.0,
        "largest_loss": float("inf"),
        "loss_at_start": 9.0,
        "rise_with_true_class": 1.0,
        "mean_keeps_best_W": True,
        "squaring_keeps_best_W": False,
        "zero_loss_W_is_unique": False,
        "car_loss_under_2W": 0.0,
        "frog_loss_under_2W": 23.8,
    },
    labels={
        "true_score_frog": "the score of the true class, frog image",
        "delta_only_sets_a_scale": "what the choice of delta changes",
        "car_loss_after_drop": "the car loss after its score drops",
        "smallest_loss": "the smallest possible loss",
        "largest_loss": "the largest possible loss",
        "loss_at_start": "the loss where all scores are about zero",
        "rise_with_true_class": "the loss with the true class counted",
        "mean_keeps_best_W": "the mean over the classes instead of the sum",
        "squaring_keeps_best_W": "the squared hinge",
        "zero_loss_W_is_unique": "whether a W with zero loss is the only one",
        "car_loss_under_2W": "the car loss under 2W",
        "frog_loss_under_2W": "the frog loss under 2W",
    },
)
answers.wrong_answer(
    "the highest score is taken for the score of the true class",
    "Look for the row named frog in the column of the frog image.",
    true_score_frog=2.5,
)
answers.wrong_answer(
    "the first row is taken for the true class in every image",
    "Each image has a true class of its own. Which row belongs to the frog?",
    true_score_frog=2.2,
)
answers.wrong_answer(
    "the value of delta is taken for something that matters",
    "If all of W is doubled, what happens to the differences between the scores?",
    delta_only_sets_a_scale=False,
)
answers.wrong_answer(
    "the drop of the score is taken for a rise of the loss",
    "Write down both margins of the car image after the drop. Is one above zero?",
    car_loss_after_drop=0.5,
)
answers.wrong_answer(
    "the maximum with zero is forgotten after the drop",
    "A margin below zero counts as zero. Sum the terms again.",
    car_loss_after_drop=-1.4,
)
answers.wrong_answer(
    "the hinge loss is taken to be able to fall below zero",
    "Each term is a maximum with zero. How small can such a term be?",
    smallest_loss=float("-inf"),
)
answers.wrong_answer(
    "the hinge loss is taken to have an upper bound",
    "Let one wrong class run ahead without end. What does its term do?",
    largest_loss=100.0,
)
answers.wrong_answer(
    "the true class is counted at the start",
    "How many terms does the sum have when j = y is left out?",
    loss_at_start=10.0,
)
answers.wrong_answer(
    "equal scores are taken for no loss",
    "With equal scores each margin is delta alone. What does the hinge make of that?",
    loss_at_start=0.0,
)
answers.wrong_answer(
    "the softmax loss at the start is given",
    "The logarithm of the number of classes belongs to another loss. "
    "Work out one hinge term for equal scores.",
    loss_at_start=2.3026,
)
answers.wrong_answer(
    "the term of the true class is taken for zero",
    "Put j = y into the margin. What is left of it?",
    rise_with_true_class=0.0,
)
answers.wrong_answer(
    "the rise is summed over the images, but the loss is a mean",
    "Every image rises by the same. What does the mean do?",
    rise_with_true_class=3.0,
)
answers.wrong_answer(
    "a constant factor is taken to move the best W",
    "Multiply a curve by a positive number. Where is its lowest point now?",
    mean_keeps_best_W=False,
)
answers.wrong_answer(
    "the squared hinge is taken for the same loss on another scale",
    "Compare one large violation with several small ones under both losses.",
    squaring_keeps_best_W=True,
)
answers.wrong_answer(
    "a W of zero loss is taken for the only one",
    "What does 2W do to margins that already hold?",
    zero_loss_W_is_unique=True,
)
answers.wrong_answer(
    "the maximum with zero is forgotten under 2W",
    "A margin below zero counts as zero, before and after doubling.",
    car_loss_under_2W=-11.0,
)
answers.wrong_answer(
    "2W is taken to leave every loss unchanged",
    "That holds only where all margins already do. Double the frog's scores and "
    "sum its terms again.",
    frog_loss_under_2W=12.9,
)
answers.wrong_answer(
    "the loss is doubled as a whole, delta with it",
    "W scales the scores. Does it scale delta too?",
    frog_loss_under_2W=25.8,
)
answers.right_answer("whole numbers", loss_at_start=9, smallest_loss=0)
answers.right_answer("a NumPy infinity", largest_loss=np.inf)
answers.right_answer(
    "what floating point leaves over", frog_loss_under_2W=2 * 11.9 + 1e-12
)

slip = Exercise(
    "l3_svm_find_the_slip",
    NOTEBOOK,
    2,
    ("frog_loss_slip",),
    title="The slip in a published frog loss",
    kind="value",
)
slip.answers(
    {"wrong_loss": 10.9, "right_loss": 12.9, "forgotten_term": "delta"},
    labels={
        "wrong_loss": "the published loss that is wrong",
        "right_loss": "the right value",
        "forgotten_term": "what was forgotten",
    },
)
slip.wrong_answer(
    "the published mean is named, not the loss that it follows from",
    "The mean is only as wrong as one of the three losses. Which of them does "
    "not come out when you work it through?",
    wrong_loss=4.6,
)
slip.wrong_answer(
    "the cat loss is taken for the wrong one",
    "Sum the terms of all three images by hand, and compare each with what is printed.",
    wrong_loss=2.9,
)
slip.wrong_answer(
    "the car loss is taken for the wrong one",
    "A loss of zero is possible. Are both margins of the car image below zero?",
    wrong_loss=0.0,
)
slip.wrong_answer(
    "the published value is given as the right one",
    "Write down both terms of the frog image in full, then sum them.",
    right_loss=10.9,
)
slip.wrong_answer(
    "delta is added once, though two terms are violated",
    "Each wrong class has a term of its own. In how many of them does delta stand?",
    right_loss=11.9,
)
slip.wrong_answer(
    "the true class is counted in the mended loss",
    "Which class does the sum leave out?",
    right_loss=13.9,
)
slip.wrong_answer(
    "the maximum is taken for what was forgotten",
    "Both terms of the frog image are above zero. Would the maximum change them?",
    forgotten_term="max",
)
slip.wrong_answer(
    "the true class is taken for what was forgotten",
    "The true class is left out on purpose. By how much is each term too small?",
    forgotten_term="true class",
)
slip.wrong_answer(
    "regularization is taken for what was forgotten",
    "The losses of single images hold no penalty. Look inside one term of the sum.",
    forgotten_term="regularization",
)
slip.right_answer("the sum left as a sum", right_loss=6.3 + 6.6)

scale_question = Exercise(
    "l3_svm_scale_question",
    NOTEBOOK,
    2,
    title="Why regularization makes W unique",
    kind="manual",
    rubric=(
        "- 1 point: names other weights with data loss 0, such as 2W or any larger "
        "multiple, **and** gives the reason: margins that hold go on holding.\n"
        "- 1 point: says that the penalty prefers the smallest W that fits **and** "
        "that the data loss stops the shrinking, or argues by strict convexity.\n"
        "- Half a point each where the claim stands without its reason. A picture "
        "or an example with numbers serves as well as a proof, and no point is lost "
        'for leaving out convexity. "Regularization prevents overfitting" alone '
        "earns nothing."
    ),
)
