"""The records of notebook ``lecture4/05_two_layer_net``: two layers, trained and tuned.

How ``l4_tune`` is graded, and why so ------------------------------------- ``best_net``
is judged by digits that neither the student nor the student's process has ever held
(:mod:`autograder.exercises.lecture4.unseen_digits`). They do not go there either: the
grader takes the four arrays of ``best_net.params`` out and computes the scores itself.
So a ``predict`` that looks pictures up in a table is never asked, and a table cannot
hide in ``params``: their shapes are those of one hidden layer of at most ``MAX_HIDDEN``
units. The better of two readings counts, pixels as they are and pixels less the mean
training picture, because students may do either.

A net trained elsewhere does not help. Under grading there is no network and no file of
the student's own, so its weights would have to stand in the notebook: the source is
searched for more stored numbers or packed text than an answer needs
(:func:`autograder.exercise.packed_numbers.stored_numbers`), and for the weights of the
linear SVM that come with the library, the only trained ones in reach. A net whose
scores are a linear function of the pixels earns nothing. What is left is to compute
weights from the digits while the notebook runs, which is what the exercise asks for.
Not excluded: weights spelt out in short words of plain letters, or a net trained on the
test part too; full credit lies where an honest net arrives, so neither gains anything
on it.

The credit is a straight line from ``NO_CREDIT`` to ``FULL_CREDIT`` accuracy.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise.packed_numbers import stored_numbers
from autograder.exercise.record import Exercise
from autograder.exercise.student import CheckFailed, Ref, Student, rng_argument
from autograder.exercises.lecture4.unseen_digits import unseen_digits
from cs231n_lib.data import load_digits

NOTEBOOK = "lecture4/05_two_layer_net"
SINGLE = {"rtol": 1e-4, "atol": 1e-5}  # what float32 inputs allow
NAMES = ("W1", "b1", "W2", "b2")
Params = dict[str, np.ndarray]

# The loss and its gradients ---------------------------------------------------------

two_loss = Exercise(
    "l4_two_layer_loss",
    NOTEBOOK,
    8,
    ("two_layer_loss",),
    title="Loss and gradients of a two-layer net",
    size="loss",
)


@two_loss.reference
def two_layer_loss(params, X, y=None, reg=0.0):
    """Go through the examples one by one, and through each one's units and classes.

    Every weight of the first layer collects the slope of its unit times its pixel; the
    slope of a unit that is off is 0.
    """
    W1, b1, W2, b2 = (np.asarray(params[name], dtype=float) for name in NAMES)
    X = np.asarray(X, dtype=float)
    (D, H), C, N = W1.shape, W2.shape[1], len(X)
    scores = np.zeros((N, C))
    grads = {name: np.zeros(np.shape(params[name])) for name in NAMES}
    loss = 0.0
    for i in range(N):
        z = [
            math.fsum([b1[h], *(X[i, d] * W1[d, h] for d in range(D))])
            for h in range(H)
        ]
        a = [max(0.0, value) for value in z]
        s = [math.fsum([b2[c], *(a[h] * W2[h, c] for h in range(H))]) for c in range(C)]
        scores[i] = s
        if y is None:
            continue
        true, top = int(y[i]), max(s)
        log_sum = top + math.log(math.fsum(math.exp(value - top) for value in s))
        loss += (log_sum - s[true]) / N
        for c in range(C):
            slope = (math.exp(s[c] - log_sum) - (c == true)) / N
            grads["b2"][c] += slope
            for h in range(H):
                grads["W2"][h, c] += slope * a[h]
                if z[h] > 0:
                    grads["b1"][h] += slope * W2[h, c]
                    grads["W1"][:, h] += slope * W2[h, c] * X[i]
    if y is None:
        return scores
    for name, W in (("W1", W1), ("W2", W2)):
        loss += reg * math.fsum(float(w) ** 2 for w in W.flat)
        grads[name] += 2 * reg * W
    return loss, grads


def _problem(
    rng: np.random.Generator, N: int, D: int, H: int, C: int
) -> tuple[Params, np.ndarray, np.ndarray]:
    """Draw a net and examples; units on and off, no unit near its kink."""
    while True:
        params = {
            "W1": rng.standard_normal((D, H)),
            "b1": rng.standard_normal(H),
            "W2": rng.standard_normal((H, C)),
            "b2": rng.standard_normal(C),
        }
        X, y = rng.standard_normal((N, D)), rng.integers(C, size=N)
        z = X @ params["W1"] + params["b1"]  # (N, H)
        if np.abs(z).min() > 1e-3 and (z > 0).any() and (N < 2 or (z < 0).any()):
            return params, X, y


SIZES = ((5, 4, 6, 3), (6, 3, 5, 5), (4, 5, 4, 4))


def _asked(student: Student, part: str, *args: Any, **tolerance: float) -> None:
    """Compare one part of the answer: ``scores``, ``loss`` or a gradient."""
    want, _ = student._wanted("two_layer_loss", args, {})
    got = student.call("two_layer_loss", *args)
    if part != "scores":
        if not isinstance(got, tuple | list) or len(got) != 2:
            student.expect(got, want, "two_layer_loss", parts=("loss", "grads"))
        got, want = (got[0], want[0]) if part == "loss" else (got[1], want[1])
    if part in NAMES:
        if not isinstance(got, dict) or part not in got:
            raise CheckFailed(f"grads is no dict with the key {part!r}", "type")
        got, want = got[part], want[part]
    student.transcript[-1] = [got]
    name = part if part in ("scores", "loss") else f"grads[{part!r}]"
    penalty = _penalty(part, *args)
    student.expect(got, want, name, penalty=penalty, **tolerance)


def _penalty(
    part: str, params: Params, X: np.ndarray, y: Any = None, reg: float = 0.0
) -> tuple[np.ndarray, float] | None:
    """Return the weights that enter the penalty of a part of the answer, and reg."""
    if not reg or part not in ("loss", "W1", "W2"):
        return None
    if part != "loss":
        return params[part].astype(float), reg
    weights = [params[name].astype(float).ravel() for name in ("W1", "W2")]
    return np.concatenate(weights), reg


@two_loss.check("the scores, where no labels are given", 1)
def _scores_alone(student: Student, rng: np.random.Generator) -> None:
    for sizes in SIZES:
        params, X, _ = _problem(rng, *sizes)
        _asked(student, "scores", params, X)


@two_loss.check("the loss, regularization off", 1)
def _loss(student: Student, rng: np.random.Generator) -> None:
    for sizes in SIZES:
        _asked(student, "loss", *_problem(rng, *sizes), 0.0)
    _asked(student, "loss", *_problem(rng, *SIZES[0]))


@two_loss.check("the loss, regularization on", 1)
def _loss_with_reg(student: Student, rng: np.random.Generator) -> None:
    for sizes, reg in zip(SIZES, (0.5, 0.05, 1.3), strict=True):
        _asked(student, "loss", *_problem(rng, *sizes), reg)


def _gradient_check(name: str) -> None:
    @two_loss.check(f"the gradient of {name}, regularization off", 0.75)
    def run(student: Student, rng: np.random.Generator) -> None:
        for sizes in SIZES:
            _asked(student, name, *_problem(rng, *sizes), 0.0)


for _name in ("W2", "b2", "W1", "b1"):
    _gradient_check(_name)


@two_loss.check("the gradients of the weights, regularization on", 0.6)
def _weights_with_reg(student: Student, rng: np.random.Generator) -> None:
    for name in ("W1", "W2"):
        _asked(student, name, *_problem(rng, *SIZES[0]), 0.7)


@two_loss.check("the gradients of the biases, regularization on", 0.4)
def _biases_with_reg(student: Student, rng: np.random.Generator) -> None:
    for name in ("b1", "b2"):
        _asked(student, name, *_problem(rng, *SIZES[0]), 0.7)


@two_loss.check("one example; one hidden unit; two classes", 0.4)
def _small(student: Student, rng: np.random.Generator) -> None:
    for sizes in ((1, 3, 4, 3), (4, 3, 1, 3), (5, 2, 4, 2), (1, 1, 1, 2)):
        params, X, y = _problem(rng, *sizes)
        _asked(student, "scores", params, X)
        for part in ("loss", *NAMES):
            _asked(student, part, params, X, y, 0.3)


def _far_examples(
    rng: np.random.Generator, params: Params, N: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw examples and labels; the first has scores far from those of the others.

    The parameters may be a student's, all zero for example, where no draw gives that.
    """
    (D, _), C = params["W1"].shape, params["W2"].shape[1]
    for _ in range(100):
        X, y = rng.standard_normal((N, D)), rng.integers(C, size=N)
        X[0] *= 1e4
        scores = two_layer_loss(params, X)[0]
        y[0] = scores.argmax()
        if abs(scores.max()) > 1500 and np.ptp(scores) > 1500:
            break
    return X, y


@two_loss.check("a large number added to all scores, or to those of one example", 0.4)
def _stable(student: Student, rng: np.random.Generator) -> None:
    for shift in (1000.0, -1000.0):
        params, X, y = _problem(rng, *SIZES[1])
        params["b2"] = params["b2"] + shift
        for part in ("loss", "W2", "W1"):
            _asked(student, part, params, X, y, 0.1)
    params, _, _ = _problem(rng, *SIZES[1])
    X, y = _far_examples(rng, params, 6)
    for part in ("loss", "W2", "W1"):
        _asked(student, part, params, X, y, 0.1)


@two_loss.check("labels of other integer types, float32", 0.2)
def _types(student: Student, rng: np.random.Generator) -> None:
    params, X, y = _problem(rng, *SIZES[0])
    for dtype in (np.uint8, np.int32):
        _asked(student, "loss", params, X, y.astype(dtype), 0.1)
    params = {name: value.astype(np.float32) for name, value in params.items()}
    X = X.astype(np.float32)
    for part in ("loss", "W1", "b2"):
        _asked(student, part, params, X, y, 0.1, **SINGLE)


# What misconceptions and variants share; each of them changes one step.


def layers(params, X):
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    return hidden, hidden @ params["W2"] + params["b2"]


def softmax_loss(scores, y):
    rows = np.arange(len(y))
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dscores = np.exp(log_probs)
    dscores[rows, y] -= 1
    return -log_probs[rows, y].mean(), dscores / len(y)


def penalty(params, reg):
    return reg * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2))


def gradients(params, X, hidden, dscores, reg):
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0),
    }


@two_loss.misconception(
    "the biases are regularized too",
    "The penalty is there to keep the slopes small. Which of the four arrays only move "
    "the scores up and down?",
)
def biases_regularized(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    for name in ("b1", "b2"):
        loss += reg * np.sum(params[name] ** 2)
        grads[name] += 2 * reg * params[name]
    return loss + penalty(params, reg), grads


@two_loss.misconception(
    "the regularization term is missing from the gradients",
    "The loss grows with the weights even where every example fits. What does that "
    "term add to the slopes?",
)
def gradients_without_reg(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, 0.0)
    return loss + penalty(params, reg), grads


@two_loss.misconception(
    "the penalty is missing from loss and gradients",
    "Where does reg appear in your code? Compare with the formula.",
)
def reg_ignored(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    return loss, gradients(params, X, hidden, dscores, 0.0)


@two_loss.misconception(
    "the penalty is halved, as some texts write it, against the convention here",
    "Look at the table of conventions: is there a factor before the sum of squares?",
)
def half_the_penalty(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, 0.5 * reg)
    return loss + penalty(params, 0.5 * reg), grads


@two_loss.misconception(
    "the derivative of the squared weights lacks its factor",
    "Differentiate a square. What stands before the weight?",
)
def no_factor_in_reg_gradient(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, 0.5 * reg)
    return loss + penalty(params, reg), grads


@two_loss.misconception(
    "only one of the two layers is regularized",
    "The net has two weight matrices. Does your penalty shrink when you shrink the "
    "first of them?",
)
def one_layer_regularized(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    grads["W1"] = grads["W1"] - 2 * reg * params["W1"]
    return loss + reg * np.sum(params["W2"] ** 2), grads


@two_loss.misconception(
    "there is no maximum between the two layers",
    "What becomes of two linear layers in a row? Look at the formula between W1 and "
    "W2.",
)
def without_relu(params, X, y=None, reg=0.0):
    hidden = X @ params["W1"] + params["b1"]
    scores = hidden @ params["W2"] + params["b2"]
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    dhidden = dscores @ params["W2"].T
    grads = gradients(params, X, hidden, dscores, reg)
    grads["W1"] = X.T @ dhidden + 2 * reg * params["W1"]
    grads["b1"] = dhidden.sum(axis=0)
    return loss + penalty(params, reg), grads


@two_loss.misconception(
    "the gradient passes the hidden units that are off",
    "A unit whose output stays zero under a small change has no say in the loss. Where "
    "does your backward pass ask whether it was on?",
)
def no_mask(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    dhidden = dscores @ params["W2"].T
    grads = gradients(params, X, hidden, dscores, reg)
    grads["W1"] = X.T @ dhidden + 2 * reg * params["W1"]
    grads["b1"] = dhidden.sum(axis=0)
    return loss + penalty(params, reg), grads


@two_loss.misconception(
    "the gradient at the hidden layer is cut by its own sign",
    "The maximum looks at the input of the unit. Which array tells whether a unit was "
    "on in the forward pass?",
)
def mask_by_the_gradient(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    dhidden = np.maximum(0, dscores @ params["W2"].T)
    grads = gradients(params, X, hidden, dscores, reg)
    grads["W1"] = X.T @ dhidden + 2 * reg * params["W1"]
    grads["b1"] = dhidden.sum(axis=0)
    return loss + penalty(params, reg), grads


@two_loss.misconception(
    "the losses of the examples are added up, not averaged",
    "What happens to your loss when every example stands in the batch twice? It should "
    "not change.",
)
def sum_for_mean(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    N = len(y)
    grads = gradients(params, X, hidden, N * dscores, reg)
    return N * loss + penalty(params, reg), grads


@two_loss.misconception(
    "the gradients are those of the sum, while the loss is a mean",
    "The loss is divided by the number of examples. Follow that division backwards.",
)
def gradients_of_the_sum(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, len(y) * dscores, reg)
    return loss + penalty(params, reg), grads


@two_loss.misconception(
    "the gradients of the biases are averaged over the examples once more",
    "A bias enters every example with the factor one. Is the division by the number of "
    "examples already in the slopes that you add up?",
)
def biases_averaged(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    grads["b1"], grads["b2"] = grads["b1"] / len(y), grads["b2"] / len(y)
    return loss + penalty(params, reg), grads


@two_loss.misconception(
    "the one of the true class is not taken off the probabilities",
    "Add up one row of your slopes. What must the sum be, as a number added to all "
    "scores changes nothing?",
)
def true_class_not_taken_off(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    dscores[np.arange(len(y)), y] += 1 / len(y)
    grads = gradients(params, X, hidden, dscores, reg)
    return loss + penalty(params, reg), grads


@two_loss.misconception(
    "e to the score overflows, because nothing is taken off the scores first",
    "Try your function with scores of a thousand. Which number taken off all scores of "
    "an example leaves its probabilities alone?",
)
def loss_overflows(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    rows = np.arange(len(y))
    probs = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    loss = -np.log(probs[rows, y]).mean() + penalty(params, reg)
    probs[rows, y] -= 1
    return loss, gradients(params, X, hidden, probs / len(y), reg)


@two_loss.misconception(
    "the biases are left out of the forward pass",
    "Give the net an example of zeros. What should its hidden layer be?",
)
def biases_left_out(params, X, y=None, reg=0.0):
    hidden = np.maximum(0, X @ params["W1"])
    scores = hidden @ params["W2"]
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    return loss + penalty(params, reg), grads


@two_loss.misconception(
    "the maximum with zero is taken of the scores as well",
    "The scores are the output of the net and may be negative. How many times does the "
    "maximum stand in the formula?",
)
def relu_on_the_scores(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    scores = np.maximum(0, scores)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores * (scores > 0), reg)
    return loss + penalty(params, reg), grads


@two_loss.misconception(
    "the hidden layer is a sigmoid",
    "The lecture's short program has one; the formula of this exercise has another "
    "function between the layers.",
)
def sigmoid_hidden(params, X, y=None, reg=0.0):
    hidden = 1 / (1 + np.exp(-(X @ params["W1"] + params["b1"])))
    scores = hidden @ params["W2"] + params["b2"]
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    dhidden = (dscores @ params["W2"].T) * hidden * (1 - hidden)
    grads = gradients(params, X, hidden, dscores, reg)
    grads["W1"] = X.T @ dhidden + 2 * reg * params["W1"]
    grads["b1"] = dhidden.sum(axis=0)
    return loss + penalty(params, reg), grads


@two_loss.misconception(
    "probabilities are returned where the scores are asked for",
    "Without labels the net hands over what enters softmax. May a score be negative?",
)
def probabilities_for_scores(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    return loss + penalty(params, reg), grads


@two_loss.misconception(
    "the gradient of the first layer skips the second layer's weights of each class",
    "How does a hidden unit reach the scores? Its slope needs the weights on that way, "
    "not only their sum.",
)
def hidden_slope_without_weights(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    dhidden = np.abs(dscores).sum(axis=1, keepdims=True) * (hidden > 0)
    grads = gradients(params, X, hidden, dscores, reg)
    grads["W1"] = X.T @ dhidden + 2 * reg * params["W1"]
    grads["b1"] = dhidden.sum(axis=0)
    return loss + penalty(params, reg), grads


@two_loss.misconception(
    "the parameters of the caller are moved by a step",
    "This function computes the loss and its gradients. Which line of yours writes "
    "into params?",
)
def params_changed(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    loss += penalty(params, reg)
    for name in params:
        params[name] -= 0.1 * grads[name]
    return loss, grads


@two_loss.misconception(
    "the logarithm to base ten is taken",
    "A published slide does the same. Which function of NumPy is the natural "
    "logarithm?",
)
def base_ten(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    return loss / np.log(10) + penalty(params, reg), grads


@two_loss.variant("short, with whole arrays")
def whole_arrays(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    return loss + penalty(params, reg), grads


@two_loss.variant("the textbook form: minus the logarithm of a stable softmax")
def textbook(params, X, y=None, reg=0.0):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    N = X.shape[0]
    z = X.dot(W1) + b1
    a = z * (z > 0)
    scores = a.dot(W2) + b2
    if y is None:
        return scores
    probs = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    probs /= np.sum(probs, axis=1, keepdims=True)
    loss = np.sum(-np.log(probs[range(N), y])) / N
    loss += reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
    probs[range(N), y] -= 1
    probs /= N
    da = probs.dot(W2.T)
    da[a <= 0] = 0
    grads = {"W2": a.T.dot(probs), "b2": np.sum(probs, axis=0)}
    grads["W1"] = X.T.dot(da)
    grads["b1"] = np.sum(da, axis=0)
    grads["W1"] += 2 * reg * W1
    grads["W2"] += 2 * reg * W2
    return loss, grads


@two_loss.variant("layers with caches, backwards in turn")
def with_caches(params, X, y=None, reg=0.0):
    def affine(x, w, b):
        return x @ w + b, (x, w)

    def affine_back(dout, cache):
        x, w = cache
        return dout @ w.T, x.T @ dout, dout.sum(axis=0)

    z, first = affine(X, params["W1"], params["b1"])
    scores, second = affine(np.where(z > 0, z, 0), params["W2"], params["b2"])
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    da, dW2, db2 = affine_back(dscores, second)
    _, dW1, db1 = affine_back(np.where(z > 0, da, 0), first)
    dW1, dW2 = dW1 + 2 * reg * params["W1"], dW2 + 2 * reg * params["W2"]
    return loss + penalty(params, reg), dict(W1=dW1, b1=db1, W2=dW2, b2=db2)


@two_loss.variant("einsum and one-hot labels")
def by_einsum(params, X, y=None, reg=0.0):
    z = np.einsum("nd,dh->nh", X, params["W1"]) + params["b1"]
    a = (z + np.abs(z)) / 2
    scores = np.einsum("nh,hc->nc", a, params["W2"]) + params["b2"]
    if y is None:
        return scores
    hot = np.eye(scores.shape[1])[y]
    log_probs = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    slopes = (np.exp(log_probs) - hot) / len(X)
    back = np.einsum("nc,hc->nh", slopes, params["W2"]) * np.heaviside(z, 0)
    grads = {
        "b1": back.sum(0),
        "b2": slopes.sum(0),
        "W1": np.einsum("nd,nh->dh", X, back) + 2 * reg * params["W1"],
        "W2": np.einsum("nh,nc->hc", a, slopes) + 2 * reg * params["W2"],
    }
    return -np.sum(hot * log_probs) / len(X) + penalty(params, reg), grads


@two_loss.variant("a loop over the examples")
def loop_over_examples(params, X, y=None, reg=0.0):
    rows = [np.maximum(0, x @ params["W1"] + params["b1"]) for x in X]
    scores = np.array([row @ params["W2"] + params["b2"] for row in rows])
    if y is None:
        return scores
    grads = {name: np.zeros_like(value) for name, value in params.items()}
    loss = 0.0
    for x, a, s, true in zip(X, rows, scores, y, strict=True):
        p = np.exp(s - s.max())
        p = p / p.sum()
        loss = loss - np.log(p[true])
        p[true] -= 1
        back = params["W2"] @ p
        back[a == 0] = 0
        for name, part in (("W1", np.outer(x, back)), ("b1", back)):
            grads[name] = grads[name] + part
        grads["W2"] = grads["W2"] + np.outer(a, p)
        grads["b2"] = grads["b2"] + p
    for name in grads:
        grads[name] = grads[name] / len(X)
        if name.startswith("W"):
            loss = loss + len(X) * reg * np.sum(params[name] ** 2)
            grads[name] = grads[name] + 2 * reg * params[name]
    return [loss / len(X), grads]


@two_loss.variant("the biases as a further row of the weights")
def bias_rows(params, X, y=None, reg=0.0):
    ones = np.ones((len(X), 1))
    first = np.vstack([params["W1"], params["b1"]])
    second = np.vstack([params["W2"], params["b2"]])
    inputs = np.hstack([X, ones])
    hidden = np.hstack([np.maximum(0, inputs @ first), ones])
    scores = hidden @ second
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    dsecond = hidden.T @ dscores
    dhidden = (dscores @ second.T * (hidden > 0))[:, :-1]
    dfirst = inputs.T @ dhidden
    grads = {"b1": dfirst[-1], "b2": dsecond[-1]}
    grads["W1"] = dfirst[:-1] + 2 * reg * params["W1"]
    grads["W2"] = dsecond[:-1] + 2 * reg * params["W2"]
    return np.array(loss + penalty(params, reg)), grads


# The class --------------------------------------------------------------------------

net_class = Exercise(
    "l4_two_layer_net",
    NOTEBOOK,
    8,
    ("TwoLayerNet",),
    title="Class TwoLayerNet: start, loss, train, predict",
    size="loss",
)


def fast_loss(params, X, y=None, reg=0.0):
    """Whole arrays, written over where they are no longer needed."""
    hidden = X @ params["W1"]  # (N, H)
    hidden += params["b1"]
    np.maximum(hidden, 0, out=hidden)
    scores = hidden @ params["W2"]  # (N, C)
    scores += params["b2"]
    if y is None:
        return scores
    N, reg = len(X), float(reg)
    rows = np.arange(N)
    scores -= scores.max(axis=1, keepdims=True)
    true = scores[rows, y]
    slopes = np.exp(scores, out=scores)
    total = slopes.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(total[:, 0]) - true)
    slopes /= total
    slopes[rows, y] -= 1
    slopes /= N
    dhidden = slopes @ params["W2"].T  # (N, H)
    dhidden *= hidden > 0
    grads = {"W1": X.T @ dhidden, "b1": dhidden.sum(axis=0)}
    grads |= {"W2": hidden.T @ slopes, "b2": slopes.sum(axis=0)}
    for name in ("W1", "W2") if reg else ():
        W = params[name]
        loss += reg * np.vdot(W, W)
        grads[name] += 2 * reg * W
    return float(loss), grads


def start_params(input_size, hidden_size, output_size, std, rng):
    return {
        "W1": std * rng.standard_normal((input_size, hidden_size)),
        "b1": np.zeros(hidden_size),
        "W2": std * rng.standard_normal((hidden_size, output_size)),
        "b2": np.zeros(output_size),
    }


def accuracy_of(net, X, y):
    return float(np.mean(net.predict(X) == y))


def train_net(net, X, y, X_val, y_val, lr, decay, reg, num_iters, batch_size):
    history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
    per_epoch = max(len(X) // batch_size, 1)
    for step in range(num_iters):
        rows = net.rng.integers(len(X), size=batch_size)
        loss, grads = net.loss(X[rows], y[rows], reg)
        history["loss_history"].append(loss)
        for name in net.params:
            net.params[name] -= lr * grads[name]
        if (step + 1) % per_epoch == 0:
            history["train_acc_history"].append(accuracy_of(net, X[:1000], y[:1000]))
            history["val_acc_history"].append(accuracy_of(net, X_val, y_val))
            lr *= decay
    return history


@net_class.reference
class TwoLayerNet:
    """One hidden layer, softmax loss, minibatch descent; float32 in, float32 out."""

    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        dtype = np.result_type(X, np.float32)
        for name, value in self.params.items():
            self.params[name] = value.astype(dtype, copy=False)
        return train_net(
            self,
            X,
            y,
            X_val,
            y_val,
            float(learning_rate),
            learning_rate_decay,
            reg,
            num_iters,
            batch_size,
        )


# A class of the bank uses these, as a student's uses what stands in the notebook.
net_class.reference_names["two_layer_loss"] = fast_loss

Blobs = tuple[np.ndarray, np.ndarray]


def _blobs(rng: np.random.Generator, N: int) -> Blobs:
    """Draw points in four dimensions round three centres, well apart."""
    y = rng.permutation(np.arange(N) % 3)
    return 3 * np.eye(4)[y] + 0.4 * rng.standard_normal((N, 4)), y


def _new_net(
    student: Student, rng: np.random.Generator, *sizes: int, **options: Any
) -> Ref:
    seed = int(rng.integers(2**31))
    return student.keep("TwoLayerNet", *sizes, rng=rng_argument(seed), **options)


def _params(student: Student, net: Ref) -> Params:
    """Bring the parameters out; the dict, its keys and their shapes must be there."""
    got = student.fetch(net.attr("params"))
    if not isinstance(got, dict) or not set(NAMES) <= set(got):
        raise CheckFailed("params is no dict with W1, b1, W2 and b2", "type")
    for name in NAMES:
        if not isinstance(got[name], np.ndarray) or got[name].dtype.kind not in "biuf":
            raise CheckFailed(f"params[{name!r}] is no array of numbers", "type")
    return {name: got[name] for name in NAMES}


def _trained(student: Student, net: Ref, *data: np.ndarray, **options: Any) -> Any:
    settings = {
        "learning_rate": 0.5,
        "learning_rate_decay": 0.95,
        "reg": 1e-4,
        "num_iters": 150,
        "batch_size": 30,
        "verbose": False,
    }
    return net.method("train", *data, **(settings | options))


HISTORIES = ("loss_history", "train_acc_history", "val_acc_history")


def _history(got: Any, name: str) -> np.ndarray:
    if not isinstance(got, dict) or name not in got:
        raise CheckFailed(f"train returns no dict with the key {name!r}", "type")
    values = np.asarray(got[name])
    if values.ndim != 1 or (values.size and values.dtype.kind not in "iuf"):
        raise CheckFailed(f"{name} is no list of numbers", "type")
    return values.astype(float)


@net_class.check("names, shapes and biases at the start", 0.5)
def _start_shapes(student: Student, rng: np.random.Generator) -> None:
    for D, H, C in ((7, 5, 3), (3, 8, 4)):
        params = _params(student, _new_net(student, rng, D, H, C, std=0.5))
        student.transcript[-1] = [[params[name].shape for name in NAMES]]
        wanted = {"W1": (D, H), "b1": (H,), "W2": (H, C), "b2": (C,)}
        for name in NAMES:
            student.array(params[name], wanted[name], f"params[{name!r}]")
        student.transcript[-1] = [[params["b1"], params["b2"]]]
        zero = not params["b1"].any() and not params["b2"].any()
        student.require(zero, "the biases do not start at zero")


@net_class.check("the spread of the weights at the start", 0.5)
def _start_spread(student: Student, rng: np.random.Generator) -> None:
    for options in ({"std": 0.02}, {"std": 1.5}, {}):
        std = options.get("std", 1e-4)
        params = _params(student, _new_net(student, rng, 120, 100, 30, **options))
        for name in ("W1", "W2"):
            W = student.array(params[name], params[name].shape, f"params[{name!r}]")
            close = abs(W.std() / std - 1) < 0.15 and abs(W.mean()) < 0.1 * std
            reason = (
                f"the entries of {name} do not have mean 0 and the spread asked for"
            )
            student.require(close, reason)


@net_class.check("the same rng, the same start; no rng, a start all the same", 0.5)
def _start_rng(student: Student, rng: np.random.Generator) -> None:
    seed = int(rng.integers(2**31))
    one, again, other = (
        _params(
            student,
            student.keep("TwoLayerNet", 4, 6, 3, std=1.0, rng=rng_argument(number)),
        )["W1"]
        for number in (seed, seed, seed + 1)
    )
    free = [
        _params(student, student.keep("TwoLayerNet", 4, 6, 3, std=1.0))["W1"]
        for _ in range(2)
    ]
    same, differ = np.array_equal(one, again), not np.array_equal(one, other)
    unlike = not np.array_equal(*free)
    student.transcript[:] = [("starts", same, differ, unlike)]
    student.require(same, "two nets made with equal generators differ")
    student.require(differ, "the generator that is passed in makes no difference")
    student.require(unlike, "two nets made without a generator are the same")


@net_class.check("scores, loss and gradients", 1)
def _net_loss(student: Student, rng: np.random.Generator) -> None:
    D, H, C, N = 5, 7, 4, 6
    net = _new_net(student, rng, D, H, C, std=1.0)
    params = _params(student, net)
    student.transcript.pop()
    X, y = rng.standard_normal((N, D)), rng.integers(C, size=N)
    scores = student.fetch(net.method("loss", X))
    student.expect(scores, two_layer_loss(params, X), "scores", letters="(N, C)")
    for reg in (0.0, 0.3):
        answer = student.fetch(net.method("loss", X, y, reg))
        want = two_layer_loss(params, X, y, reg)
        student.expect(answer, want, "loss(X, y, reg)", parts=("loss", "grads"))
    answer = student.fetch(net.method("loss", X, y))
    want = two_layer_loss(params, X, y, 0.0)
    student.expect(answer, want, "loss(X, y)", parts=("loss", "grads"))
    X, y = _far_examples(rng, params, N)
    answer = student.fetch(net.method("loss", X, y))
    want = two_layer_loss(params, X, y, 0.0)
    student.expect(answer, want, "loss of far scores", parts=("loss", "grads"))


@net_class.check("predict", 1)
def _net_predict(student: Student, rng: np.random.Generator) -> None:
    for N, D, H, C in ((40, 4, 6, 5), (1, 3, 4, 2)):
        net = _new_net(student, rng, D, H, C, std=1.0)
        params = _params(student, net)
        student.transcript.pop()
        X = rng.standard_normal((N, D))
        got = student.fetch(net.method("predict", X))
        labels = student.array(got, (N,), "predict(X)")
        student.require(
            got.dtype.kind in "iu", "predict gives no whole numbers", "type"
        )
        right = labels == two_layer_loss(params, X).argmax(axis=1)
        student.require(right.all(), "predict does not give the class of highest score")


@net_class.check("training lowers the loss and learns to tell three classes apart", 1.5)
def _net_learns(student: Student, rng: np.random.Generator) -> None:
    (X, y), (X_val, y_val), (X_new, y_new) = (_blobs(rng, N) for N in (90, 30, 60))
    net = _new_net(student, rng, 4, 12, 3, std=0.1)
    history = student.fetch(_trained(student, net, X, y, X_val, y_val))
    losses = _history(history, "loss_history")
    student.transcript[-1] = [losses]
    if not (len(losses) >= 20 and np.isfinite(losses).all()):
        raise CheckFailed("loss_history is too short, or not finite")
    fell = losses[-5:].mean() < 0.3 * losses[:3].mean()
    student.require(fell, "the loss does not fall as it should on three easy classes")
    got = student.fetch(net.method("predict", X_new))
    labels = student.array(got, (60,), "predict(X)")
    share = np.mean(labels == y_new)
    student.require(
        share > 0.9, "the trained net does not tell three easy classes apart"
    )


@net_class.check("a history with an entry for each iteration and each epoch", 1)
def _net_history(student: Student, rng: np.random.Generator) -> None:
    (X, y), (X_val, y_val) = _blobs(rng, 90), _blobs(rng, 30)
    net = _new_net(student, rng, 4, 12, 3, std=0.1)
    # The labels of the validation part are all wrong: its accuracy falls to zero.
    data = (X, y, X_val, (y_val + 1) % 3)
    got = student.fetch(_trained(student, net, *data, num_iters=100, batch_size=30))
    student.transcript[-1] = [{k: v for k, v in got.items() if k in HISTORIES}]
    losses, train, val = (_history(got, name) for name in HISTORIES)
    student.require(len(losses) == 100, "loss_history has not one entry an iteration")
    for name, values in (("train_acc_history", train), ("val_acc_history", val)):
        # 33 whole epochs; the first or the last, begun one, may count.
        near = 33 <= len(values) <= 35
        student.require(near, f"{name} has not one entry an epoch")
        within = bool(((values >= 0) & (values <= 1)).all())
        student.require(within, f"{name} has values outside 0 to 1")
    student.require(train[-1] > 0.9, "train_acc_history does not show what was learned")
    student.require(val[-1] < 0.1, "val_acc_history is not measured on X_val, y_val")


def _steps(
    params: Params,
    x: np.ndarray,
    label: int,
    per_epoch: int,
    decay_at: int,
    **options: Any,
) -> tuple[list[float], Params]:
    """Follow the descent on copies of one example, step by step."""
    params = {name: np.array(value, dtype=float) for name, value in params.items()}
    rate, losses = options["learning_rate"], []
    for step in range(options["num_iters"]):
        loss, grads = fast_loss(params, x[None], np.array([label]), options["reg"])
        losses.append(loss)
        params = {name: params[name] - rate * grads[name] for name in NAMES}
        if step % per_epoch == decay_at:
            rate *= options["learning_rate_decay"]
    return losses, params


def _follows(
    student: Student, rng: np.random.Generator, N: int, **options: Any
) -> None:
    """Train on N copies of one example, where every minibatch is the same."""
    x, label = rng.standard_normal(4), int(rng.integers(3))
    X, y = np.tile(x, (N, 1)), np.full(N, label)
    net = _new_net(student, rng, 4, 6, 3, std=0.5)
    start = _params(student, net)
    student.transcript.pop()
    got = student.fetch(_trained(student, net, X, y, X[:2], y[:2], **options))
    losses = _history(got, "loss_history")
    end = _params(student, net)
    student.transcript[-2:] = [[losses, end]]
    student.require(len(losses) == options["num_iters"], "a step has no entry")
    per_epoch = max(N // options["batch_size"], 1)
    # At the end of an epoch; right after the first step of one counts as well.
    for decay_at in (per_epoch - 1, 0):
        wanted, params = _steps(start, x, label, per_epoch, decay_at, **options)
        near = np.allclose(losses, wanted, rtol=1e-6, atol=1e-9)
        if near and all(
            end[name].shape == params[name].shape
            and np.allclose(end[name], params[name], rtol=1e-5, atol=1e-8)
            for name in NAMES
        ):
            return
    raise CheckFailed(
        "on copies of one example, the losses or the parameters do not follow the "
        "steps of gradient descent with these settings"
    )


@net_class.check("each step: learning rate, regularization, all four arrays", 1)
def _net_steps(student: Student, rng: np.random.Generator) -> None:
    steady = {"learning_rate_decay": 1.0, "num_iters": 8, "batch_size": 3}
    _follows(student, rng, 9, learning_rate=0.2, reg=0.0, **steady)
    _follows(student, rng, 9, learning_rate=0.1, reg=0.05, **steady)


@net_class.check("the learning rate decays once an epoch", 0.5)
def _net_decay(student: Student, rng: np.random.Generator) -> None:
    options = {"learning_rate": 0.2, "learning_rate_decay": 0.5, "reg": 0.01}
    # An epoch of whole steps: three, though three minibatches leave two examples over.
    _follows(student, rng, 11, num_iters=11, batch_size=3, **options)


@net_class.check("minibatches larger than the training part; data as they were", 0.5)
def _net_large_batch(student: Student, rng: np.random.Generator) -> None:
    options = {"learning_rate": 0.2, "learning_rate_decay": 0.5, "reg": 0.01}
    _follows(student, rng, 4, num_iters=5, batch_size=10, **options)
    blobs = [part for N in (30, 12) for part in _blobs(rng, N)]
    held = [student.later({"do": "op", "name": "same"}, (part,)) for part in blobs]
    net = _new_net(student, rng, 4, 6, 3, std=0.1)
    _trained(student, net, *held, num_iters=8, batch_size=5)
    after = student.fetch(*held)
    student.transcript.pop()
    same = all(np.array_equal(one, two) for one, two in zip(blobs, after, strict=True))
    student.require(same, "train changes the data that it is given", "inputs")


@net_class.misconception(
    "the weights start at zero",
    "With equal weights all hidden units compute the same and learn the same. What "
    "must differ between them at the start?",
)
class StartsAtZero:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, 0.0, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@net_class.misconception(
    "the weights start with a spread of one, whatever std says",
    "Make two nets with different std and compare the sizes of their weights.",
)
class StdIgnored:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, 1.0, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@net_class.misconception(
    "the biases start at random values",
    "The weights break the symmetry between the units. What do the biases start at?",
)
class RandomBiases:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)
        self.params["b1"] = std * self.rng.standard_normal(hidden_size)
        self.params["b2"] = std * self.rng.standard_normal(output_size)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@net_class.misconception(
    "the generator that is passed in is not used",
    "Make two nets with generators of the same seed. Are they equal?",
)
class RngIgnored:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng()
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@net_class.misconception(
    "without a generator the start is always the same",
    "A fixed seed inside the class makes every net the same net. Which generator has a "
    "fresh seed of its own?",
)
class FixedSeed:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng(0) if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@net_class.misconception(
    "loss forgets the regularization that it is given",
    "Does the result of loss change when you change reg?",
)
class LossWithoutReg:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@net_class.misconception(
    "predict gives the scores, not the classes",
    "A prediction is one whole number an example. How do you get it from a row of "
    "scores?",
)
class PredictsScores:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return self.loss(X)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        per_epoch = max(len(X) // batch_size, 1)
        for step in range(num_iters):
            rows = self.rng.integers(len(X), size=batch_size)
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(loss)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            if (step + 1) % per_epoch == 0:
                right = np.argmax(self.predict(X), axis=1) == y
                history["train_acc_history"].append(np.mean(right))
                right = np.argmax(self.predict(X_val), axis=1) == y_val
                history["val_acc_history"].append(np.mean(right))
                learning_rate *= learning_rate_decay
        return history


@net_class.misconception(
    "predict looks for the highest score down the columns",
    "One label an example is asked for. Along which axis do the classes of one example "
    "lie?",
)
class PredictsDownColumns:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=0)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        per_epoch = max(len(X) // batch_size, 1)
        for step in range(num_iters):
            rows = self.rng.integers(len(X), size=batch_size)
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(loss)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            if (step + 1) % per_epoch == 0:
                right = np.argmax(self.loss(X), axis=1) == y
                history["train_acc_history"].append(np.mean(right))
                right = np.argmax(self.loss(X_val), axis=1) == y_val
                history["val_acc_history"].append(np.mean(right))
                learning_rate *= learning_rate_decay
        return history


@net_class.misconception(
    "the parameters go up the slope instead of down",
    "The gradient points to where the loss grows. Which sign makes the loss smaller?",
)
class GoesUp:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (-learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@net_class.misconception(
    "train does not move the parameters",
    "Where in your loop do the gradients reach the parameters? A new name for the "
    "result leaves the net as it was.",
)
class NeverMoves:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (0.0, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@net_class.misconception(
    "the biases are not trained",
    "How many arrays are there in params, and how many of them does a step of yours "
    "change?",
)
class BiasesNotTrained:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        per_epoch = max(len(X) // batch_size, 1)
        for step in range(num_iters):
            rows = self.rng.integers(len(X), size=batch_size)
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(loss)
            for name in ("W1", "W2"):
                self.params[name] -= learning_rate * grads[name]
            if (step + 1) % per_epoch == 0:
                history["train_acc_history"].append(accuracy_of(self, X, y))
                history["val_acc_history"].append(accuracy_of(self, X_val, y_val))
                learning_rate *= learning_rate_decay
        return history


@net_class.misconception(
    "train passes no regularization on to the loss",
    "Where does train use its argument reg?",
)
class TrainsWithoutReg:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, 0.0, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@net_class.misconception(
    "the learning rate decays after every iteration",
    "An epoch is once through the data, so many minibatches. How often should the rate "
    "change in that time?",
)
class DecaysEveryStep:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        per_epoch = max(len(X) // batch_size, 1)
        for step in range(num_iters):
            rows = self.rng.integers(len(X), size=batch_size)
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(loss)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            if (step + 1) % per_epoch == 0:
                history["train_acc_history"].append(accuracy_of(self, X, y))
                history["val_acc_history"].append(accuracy_of(self, X_val, y_val))
            learning_rate *= learning_rate_decay
        return history


@net_class.misconception(
    "the learning rate never decays",
    "Where does train use its argument learning_rate_decay?",
)
class NeverDecays:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, 1.0, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@net_class.misconception(
    "the accuracies are recorded after every iteration",
    "The curves of accuracy have one point an epoch. When is an epoch over?",
)
class AccuracyEveryStep:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        per_epoch = max(len(X) // batch_size, 1)
        for step in range(num_iters):
            rows = self.rng.integers(len(X), size=batch_size)
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(loss)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            history["train_acc_history"].append(accuracy_of(self, X, y))
            history["val_acc_history"].append(accuracy_of(self, X_val, y_val))
            if (step + 1) % per_epoch == 0:
                learning_rate *= learning_rate_decay
        return history


@net_class.misconception(
    "the validation accuracy is measured on the training data",
    "Which data tell how the net does on examples that it was not trained on?",
)
class ValidatesOnTraining:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X, y, *settings)


@net_class.misconception(
    "train returns nothing",
    "A function hands its result on with one keyword. Which one is missing?",
)
class HistoryNotReturned:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        train_net(self, X, y, X_val, y_val, *settings)


@net_class.variant("weights from rng.normal")
class DrawsWithNormal:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = rng if rng is not None else np.random.default_rng()
        self.params = {}
        self.params["W1"] = self.rng.normal(0, std, size=(input_size, hidden_size))
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = self.rng.normal(0, std, size=(hidden_size, output_size))
        self.params["b2"] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return fast_loss(self.params, X).argmax(axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@net_class.variant("as in the course's starter code: decay and record after step one")
class StarterCode:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = rng or np.random.default_rng()
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        num_train = X.shape[0]
        iterations_per_epoch = max(num_train // batch_size, 1)
        loss_history, train_acc_history, val_acc_history = [], [], []
        for it in range(num_iters):
            mask = self.rng.choice(num_train, batch_size, replace=True)
            X_batch, y_batch = X[mask], y[mask]
            loss, grads = self.loss(X_batch, y=y_batch, reg=reg)
            loss_history.append(loss)
            for key in self.params:
                self.params[key] += -learning_rate * grads[key]
            if verbose and it % 100 == 0:
                print(f"iteration {it} / {num_iters}: loss {loss}")
            if it % iterations_per_epoch == 0:
                train_acc_history.append((self.predict(X_batch) == y_batch).mean())
                val_acc_history.append((self.predict(X_val) == y_val).mean())
                learning_rate *= learning_rate_decay
        return {
            "loss_history": loss_history,
            "train_acc_history": train_acc_history,
            "val_acc_history": val_acc_history,
        }

    def predict(self, X):
        hidden = np.maximum(0, X.dot(self.params["W1"]) + self.params["b1"])
        return np.argmax(hidden.dot(self.params["W2"]) + self.params["b2"], axis=1)


@net_class.variant("an epoch is a shuffle of all examples")
class Shuffles:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = rng if rng is not None else np.random.default_rng()
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.array([int(np.argmax(row)) for row in self.loss(X)])

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        size = min(batch_size, len(X))
        per_epoch = max(len(X) // size, 1)
        losses, train_accuracies, val_accuracies = [], [], []
        for step in range(num_iters):
            place = step % per_epoch
            if place == 0:
                order = self.rng.permutation(len(X))
            rows = order[place * size : (place + 1) * size]
            loss, grads = self.loss(X[rows], y[rows], reg)
            losses.append(loss)
            rate = learning_rate * learning_rate_decay ** (step // per_epoch)
            self.params = {k: v - rate * grads[k] for k, v in self.params.items()}
            if place == per_epoch - 1 or step == num_iters - 1:
                train_accuracies.append(accuracy_of(self, X, y))
                val_accuracies.append(accuracy_of(self, X_val, y_val))
        return dict(
            loss_history=np.array(losses),
            train_acc_history=np.array(train_accuracies),
            val_acc_history=np.array(val_accuracies),
        )


@net_class.variant("a history that also holds the accuracy before the first step")
class RecordsTheStart:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        if rng is None:
            rng = np.random.default_rng()
        self.rng = rng
        self.params = start_params(input_size, hidden_size, output_size, std, rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        start = [accuracy_of(self, X, y)], [accuracy_of(self, X_val, y_val)]
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        history = train_net(self, X, y, X_val, y_val, *settings)
        history["train_acc_history"] = start[0] + history["train_acc_history"]
        history["val_acc_history"] = start[1] + history["val_acc_history"]
        history["epochs"] = len(history["val_acc_history"])
        return history


@net_class.variant("the second layer drawn first; more than asked for in params")
class DrawnTheOtherWay:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        W2 = std * self.rng.standard_normal((hidden_size, output_size))
        W1 = std * self.rng.standard_normal((input_size, hidden_size))
        b1, b2 = np.zeros((hidden_size,)), np.zeros((output_size,))
        self.params = {"W1": W1, "W2": W2, "b1": b1, "b2": b2, "steps": 0}

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1).astype(np.uint8)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        per_epoch = max(len(X) // batch_size, 1)
        for step in range(1, num_iters + 1):
            rows = self.rng.choice(len(X), size=batch_size)
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(np.float64(loss))
            for name, gradient in grads.items():
                self.params[name] = self.params[name] - learning_rate * gradient
            self.params["steps"] += 1
            if step % per_epoch == 0:
                history["train_acc_history"].append(accuracy_of(self, X, y))
                history["val_acc_history"].append(accuracy_of(self, X_val, y_val))
                learning_rate *= learning_rate_decay
        return history


# Three layers, and counting ---------------------------------------------------------

three_layers = Exercise(
    "l4_three_layer_forward",
    NOTEBOOK,
    2,
    ("three_layer_forward",),
    title="Three-layer forward pass",
    returns={"three_layer_forward": ("scores",)},
)


@three_layers.reference
def three_layer_forward(params, x):
    """Go from unit to unit: a weighted sum, cut at 0 but for the top layer."""
    columns = np.asarray(x, dtype=float).reshape(len(x), -1)
    results = []
    for column in columns.T.tolist():
        values = column
        for name in ("W1", "W2", "W3"):
            sums = [
                math.fsum(w * v for w, v in zip(row, values, strict=True))
                for row in params[name].astype(float).tolist()
            ]
            values = sums if name == "W3" else [max(0.0, z) for z in sums]
        results.append(values)
    return np.array(results).T.reshape(-1, *np.shape(x)[1:])


def _three_problem(
    rng: np.random.Generator, D: int, H1: int, H2: int, C: int
) -> tuple[Params, np.ndarray]:
    """Draw three layers and a column; units on and off in both hidden layers."""
    while True:
        W1, W2, W3 = (
            rng.standard_normal(shape) for shape in ((H1, D), (H2, H1), (C, H2))
        )
        x = rng.standard_normal((D, 1))
        z1 = W1 @ x
        z2 = W2 @ np.maximum(0, z1)
        mixed = all((z > 0).any() and (z < 0).any() for z in (z1, z2))
        # Some score is negative, so that a maximum at the top shows.
        if mixed and (W3 @ np.maximum(0, z2) < 0).any():
            return {"W1": W1, "W2": W2, "W3": W3}, x


@three_layers.check("column vectors of shape (D, 1)", 1.2)
def _column(student: Student, rng: np.random.Generator) -> None:
    for sizes in ((3, 4, 5, 2), (6, 5, 4, 3), (4, 4, 4, 4)):
        student.agrees("three_layer_forward", *_three_problem(rng, *sizes))


@three_layers.check("vectors of shape (D,)", 0.5)
def _flat(student: Student, rng: np.random.Generator) -> None:
    for sizes in ((3, 4, 5, 2), (5, 5, 5, 5)):
        params, x = _three_problem(rng, *sizes)
        student.agrees("three_layer_forward", params, x[:, 0])


@three_layers.check("float32", 0.3)
def _single_three(student: Student, rng: np.random.Generator) -> None:
    params, x = _three_problem(rng, 4, 6, 5, 3)
    params = {name: W.astype(np.float32) for name, W in params.items()}
    student.agrees("three_layer_forward", params, x.astype(np.float32), **SINGLE)


@three_layers.misconception(
    "the maximum with zero is taken of the scores as well",
    "How many times does the maximum stand in the formula? The scores may be negative.",
)
def three_times_relu(params, x):
    for name in ("W1", "W2", "W3"):
        x = np.maximum(0, params[name] @ x)
    return x


@three_layers.misconception(
    "there is no maximum between the layers",
    "Without it the three matrices are one matrix. What stands round each product in "
    "the formula?",
)
def linear_again(params, x):
    return params["W3"] @ (params["W2"] @ (params["W1"] @ x))


@three_layers.misconception(
    "the second hidden layer lacks its maximum",
    "Each hidden layer has a maximum of its own. How many does your code have?",
)
def one_maximum(params, x):
    return params["W3"] @ (params["W2"] @ np.maximum(0, params["W1"] @ x))


@three_layers.misconception(
    "the maximum is taken of the weights",
    "The maximum looks at what arrives at a unit. Does your code cut the products or "
    "the matrices?",
)
def maximum_of_weights(params, x):
    h1 = np.maximum(0, params["W1"]) @ x
    h2 = np.maximum(0, params["W2"]) @ h1
    return params["W3"] @ h2


@three_layers.misconception(
    "the hidden layers are sigmoids",
    "The lecture's code on another slide has sigmoids. Which function does the formula "
    "here name?",
)
def sigmoid_layers(params, x):
    for name in ("W1", "W2"):
        x = 1 / (1 + np.exp(-(params[name] @ x)))
    return params["W3"] @ x


@three_layers.misconception(
    "the matrices are transposed, as if examples were rows",
    "Here the lecture's convention holds: x is a column, and W stands on its left. "
    "What shape has each product?",
)
def rows_for_columns(params, x):
    row = np.asarray(x).reshape(-1)
    if any(W.shape[0] != W.shape[1] for W in params.values()):
        return row @ params["W1"].T
    h = np.maximum(0, np.maximum(0, row @ params["W1"]) @ params["W2"])
    return h @ params["W3"]


@three_layers.variant("in three lines")
def three_lines(params, x):
    h1 = np.maximum(0, params["W1"] @ x)
    h2 = np.maximum(0, params["W2"] @ h1)
    return params["W3"] @ h2


@three_layers.variant("np.dot and a loop over the hidden layers")
def dot_and_loop(params, x):
    h = x
    for name in ["W1", "W2"]:
        h = np.dot(params[name], h)
        h = h * (h > 0)
    return np.dot(params["W3"], h)


@three_layers.variant("rows, and transposed back")
def transposed_back(params, x):
    h = x.T
    for name in ("W1", "W2"):
        h = np.where(h @ params[name].T > 0, h @ params[name].T, 0)
    return (h @ params["W3"].T).T


@three_layers.variant("one line")
def one_line(params, x):
    return params["W3"].dot(
        np.clip(params["W2"].dot(np.clip(params["W1"].dot(x), 0, None)), 0, None)
    )


counting = Exercise(
    "l4_count_parameters",
    NOTEBOOK,
    1,
    ("count_parameters",),
    title="Number of parameters",
    returns={"count_parameters": ("count",)},
)


@counting.reference
def count_parameters(layer_sizes):
    """Each unit above the input has a weight for each unit below, and a bias."""
    total = 0
    for place in range(1, len(layer_sizes)):
        for _ in range(layer_sizes[place]):
            total += layer_sizes[place - 1] + 1
    return total


@counting.check("one hidden layer", 0.4)
def _one_hidden(student: Student, rng: np.random.Generator) -> None:
    for sizes in ([3, 4, 2], rng.integers(2, 60, size=3).tolist(), [7, 7, 7]):
        student.agrees("count_parameters", sizes)


@counting.check("two hidden layers and more", 0.3)
def _more_hidden(student: Student, rng: np.random.Generator) -> None:
    for number in (4, 5, 7):
        student.agrees("count_parameters", rng.integers(2, 40, size=number).tolist())


@counting.check("no hidden layer; large layers; a tuple", 0.3)
def _no_hidden(student: Student, rng: np.random.Generator) -> None:
    student.agrees("count_parameters", rng.integers(2, 60, size=2).tolist())
    student.agrees("count_parameters", [3072, int(rng.integers(100, 5000)), 10])
    student.agrees("count_parameters", tuple(rng.integers(2, 9, size=4).tolist()))


@counting.misconception(
    "the biases are not counted",
    "Each unit above the input adds one more number to its weighted sum. Which?",
)
def without_biases(layer_sizes):
    return sum(a * b for a, b in np.stack([layer_sizes[:-1], layer_sizes[1:]], axis=1))


@counting.misconception(
    "the units of the input get biases too",
    "The input layer computes nothing. Which layers have biases?",
)
def biases_at_the_input(layer_sizes):
    weights = sum(
        a * b for a, b in np.stack([layer_sizes[:-1], layer_sizes[1:]], axis=1)
    )
    return weights + sum(layer_sizes)


@counting.misconception(
    "one bias is counted a layer",
    "How long is the bias vector of a layer?",
)
def one_bias_a_layer(layer_sizes):
    weights = sum(
        a * b for a, b in np.stack([layer_sizes[:-1], layer_sizes[1:]], axis=1)
    )
    return weights + len(layer_sizes) - 1


@counting.misconception(
    "a bias is counted for each unit below instead of above",
    "A bias belongs to the unit that adds it. Is that the lower or the upper one?",
)
def biases_of_the_layer_below(layer_sizes):
    return sum(
        a * (b + 1) for a, b in np.stack([layer_sizes[:-1], layer_sizes[1:]], axis=1)
    )


@counting.misconception(
    "only two layers are counted",
    "The list may have any length. Try it with two hidden layers.",
)
def two_layers_only(layer_sizes):
    D, H, C = (*layer_sizes, 0)[:3]
    return (D + 1) * H + ((H + 1) * C if C else 0)


@counting.misconception(
    "the sizes are added up, so units are counted and not connections",
    "Draw the lines between two layers. How many are there?",
)
def units_counted(layer_sizes):
    return sum(layer_sizes[1:])


@counting.variant("weights and biases layer by layer")
def layer_by_layer(layer_sizes):
    return sum(
        (a + 1) * b for a, b in np.stack([layer_sizes[:-1], layer_sizes[1:]], axis=1)
    )


@counting.variant("with NumPy")
def with_numpy(layer_sizes):
    sizes = np.array(layer_sizes, dtype=np.int64)
    return np.sum(sizes[:-1] * sizes[1:]) + sizes[1:].sum()


@counting.variant("an index that runs along")
def running_index(layer_sizes):
    count = 0
    for i in range(len(layer_sizes) - 1):
        count += layer_sizes[i] * layer_sizes[i + 1]
        count += layer_sizes[i + 1]
    return count


@counting.variant("by making the arrays")
def by_making_arrays(layer_sizes):
    total = 0
    for i in range(1, len(layer_sizes)):
        below, above = layer_sizes[i - 1], layer_sizes[i]
        total += np.empty((below, above), dtype=bool).size + np.empty(above).size
    return total


# A tuned net ------------------------------------------------------------------------

MAX_HIDDEN = 500
NO_CREDIT, FULL_CREDIT = 0.75, 0.90  # accuracy on unseen digits

tune = Exercise(
    "l4_tune",
    NOTEBOOK,
    5,
    ("best_net",),
    title="A net tuned on the digits",
    kind="value",
)
tune.reference_names["TwoLayerNet"] = TwoLayerNet
tune.reference_names["load_digits"] = load_digits


class Later:
    """A net that is made when it is first looked at: importing trains nothing."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    @functools.cached_property
    def net(self) -> Any:
        """The net itself."""
        return self._make()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.net, name)


def later(make: Callable[[], Any]) -> Callable[[], Later]:
    """Put off the making of a net."""

    @functools.wraps(make)
    def made() -> Later:
        return Later(make)

    return made


@tune.reference
@later
def best_net():
    """Train long enough, with a rate that a short search would find."""
    digits = load_digits()
    data = digits.X_train, digits.y_train, digits.X_val, digits.y_val
    net = TwoLayerNet(64, 80, 10, std=0.1, rng=np.random.default_rng(0))
    net.train(*data, 1.0, 0.95, 1e-3, num_iters=600, batch_size=100)
    return net


@tune.check("accuracy on digits that were drawn for you alone", 5)
def _unseen_accuracy(student: Student, rng: np.random.Generator) -> None:
    kind = student.fetch(student.name("best_net"))
    if kind is None or kind is Ellipsis:
        raise CheckFailed("it is not filled in yet", "unanswered")
    net = student.name("best_net")
    params = _params(student, net)
    student.transcript.clear()
    found = _fault(params, student.backend.source("best_net") or "")
    if not found:
        share, found = _credit(params, rng)
        if not found:
            return
        student.transcript.append(("net", found))
        raise CheckFailed(_REASONS[found], "value", share=share)
    student.transcript.append(("net", found))
    raise CheckFailed(_REASONS[found], _KINDS.get(found, "value"))


_REASONS = {
    "shapes": "params do not have the shapes (64, H), (H,), (H, 10), (10,)",
    "wide": f"there are more than {MAX_HIDDEN} hidden units",
    "infinite": "params has entries that are not finite",
    "stored": "the notebook holds more stored numbers or packed text than an answer "
    "needs; the weights must be learned while the notebook runs",
    "constant": "the scores are the same for every digit",
    "linear": "the scores are a linear function of the pixels, so that the hidden "
    "layer does nothing",
    "guessing": "it reads hardly more of the unseen digits than a guess would",
    "narrow": "it reads fewer of the unseen digits than full points need, also of the "
    "training digits",
    "short": "it reads fewer of the unseen digits than full points need, also of the "
    "training digits, though it has units enough",
    "close": "it reads fewer of the unseen digits than full points need",
}
_KINDS = {"shapes": "shape", "infinite": "finite"}


def _fault(params: Params, source: str) -> str:
    """Say why `params` are no trained net of the form asked for; empty if they are."""
    if stored_numbers(source) or "digits_svm" in source:
        return "stored"
    H = params["b1"].size
    wanted = {"W1": (64, H), "b1": (H,), "W2": (H, 10), "b2": (10,)}
    if not H or any(params[name].shape != wanted[name] for name in NAMES):
        return "shapes"
    if H > MAX_HIDDEN:
        return "wide"
    if not all(np.isfinite(params[name]).all() for name in NAMES):
        return "infinite"
    return ""


def _scores_of(params: Params, X: np.ndarray) -> np.ndarray:
    """Go through the net here, in the grader."""
    W1, b1, W2, b2 = (params[name].astype(float) for name in NAMES)
    return np.maximum(0, X @ W1 + b1) @ W2 + b2


def _credit(params: Params, rng: np.random.Generator) -> tuple[float, str]:
    """Return the share of the points and, where it is not all, what is amiss."""
    X, y = unseen_digits(rng)
    digits = load_digits()
    readings = []
    for mean in (0.0, digits.X_train.mean(axis=0)):
        scores = _scores_of(params, X - mean)
        readings.append((np.mean(scores.argmax(axis=1) == y), mean, scores))
    accuracy, mean, scores = max(readings, key=lambda reading: reading[0])
    if np.ptp(scores, axis=0).max() <= 1e-9 * np.abs(scores).max():
        return 0.0, "constant"
    pixels = np.hstack([X, np.ones((len(X), 1))])
    rest = scores - pixels @ np.linalg.lstsq(pixels, scores, rcond=None)[0]
    if accuracy > 0.5 and np.abs(rest).max() < 1e-6 * np.abs(scores).max():
        return 0.0, "linear"
    share = (accuracy - NO_CREDIT) / (FULL_CREDIT - NO_CREDIT)
    if share >= 1:
        return 1.0, ""
    train = _scores_of(params, digits.X_train - mean).argmax(axis=1)
    if accuracy < 0.25:
        found = "guessing"
    elif np.mean(train == digits.y_train) > 0.95:
        found = "close"
    else:
        found = "narrow" if params["b1"].size < 8 else "short"
    return max(share, 0.0), found


@tune.misconception(
    "the net is hardly trained",
    "Does the loss fall while you train? Try learning rates that differ by factors of "
    "ten, and more iterations.",
)
@later
def hardly_trained():
    digits = load_digits()
    data = digits.X_train, digits.y_train, digits.X_val, digits.y_val
    net = TwoLayerNet(64, 50, 10, rng=np.random.default_rng(0))
    net.train(*data)
    return net


@tune.misconception(
    "the learning rate is too large and the weights run away",
    "Print the loss of the first iterations. Which way does it go?",
)
@later
def rate_too_large():
    digits = load_digits()
    data = digits.X_train, digits.y_train, digits.X_val, digits.y_val
    net = TwoLayerNet(64, 20, 10, std=0.1, rng=np.random.default_rng(0))
    with np.errstate(all="ignore"):
        net.train(*data, learning_rate=1e6, reg=0.1, num_iters=80, batch_size=20)
    return net


@tune.misconception(
    "every hidden unit is off for every digit",
    "Print the share of hidden values above zero. Which setting pushed all of them "
    "below?",
)
@later
def all_units_off():
    net = TwoLayerNet(64, 30, 10, std=0.1, rng=np.random.default_rng(0))
    net.params["b1"] -= 1000.0
    return net


@tune.misconception(
    "there are too few hidden units",
    "Raise the size of the hidden layer and look at the accuracy on training and "
    "validation digits.",
)
@later
def too_few_units():
    digits = load_digits()
    data = digits.X_train, digits.y_train, digits.X_val, digits.y_val
    net = TwoLayerNet(64, 3, 10, std=0.1, rng=np.random.default_rng(0))
    net.train(*data, 0.5, 0.95, 1e-3, num_iters=300, batch_size=50)
    return net


@tune.misconception(
    "the training stops too early, its rate is too small or its penalty too large",
    "The accuracy is low on the training digits too, so look at the loss curve: is it "
    "still falling at the end?",
)
@later
def stopped_early():
    digits = load_digits()
    data = digits.X_train, digits.y_train, digits.X_val, digits.y_val
    net = TwoLayerNet(64, 50, 10, std=0.1, rng=np.random.default_rng(0))
    net.train(*data, 0.1, 0.95, 1e-3, num_iters=150, batch_size=50)
    return net


@tune.misconception(
    "the weights are written into the notebook",
    "A net that was trained elsewhere is not what the exercise asks for. Let the cell "
    "train it; a second is enough.",
)
@later
def weights_written_down():
    signs = (
        "+00-0++-+0-00+-0-+0+0--+00+-0+-0-0+0+--0+0-+-00+0-++0--0+-0+00-+"
        "-0+0+-0-+00+-0+0--+0+-0-+00-+0+-0+0-0-++-0+0-00+-+0-0+0-+0-+00+-"
        "0+-0+-0+0-+00-+0--0+0+-0+-0-+0+0-0+-0+0-+0-+00-+0-0++-0-+00+-0-+"
        "+-00+0-0-+0+-0-+0+0-+00-0+-0++-0-0+-0+00-+0-+-0+0-+0-0+0+-0-0+-0"
        "-+0-0+0+-00-+0-+0-0+-0+0-++0-0-+00+-0+-0+0-0+-+0-00+-0+-0-+0+0-0"
        "0-+0+-0-0+0+-00-+0-0++-0-+00-+0+-0-0+-0+0-0+-+0-00+-+0-0-+0+-0+0"
        "+0-0-+00+-0+-0-+0+0-0+-0-+0+0-00+-+0-0+-0+-0-+00+-0+0-0-+0+-0+-0"
        "-0+0-+0+-0-00+-+0-0+0-0+-0+-0-+00+-+0-0-+0+-0+0-0+-0-+0+0-00+-+0"
        "0+-0-+0+-0+0-0-+00+-+0-0+-0+-0-+0+0-00+-0+-+0-0-+0+0-0+-0-+00+-+"
        "+0-0+-0-+0+0-00+-+0-0+0-+0-0+-0+-0-+00+-0+0-0-+0+-0+-0-0+0-+0+-0"
    )
    signs = np.array([{"+": 1.0, "-": -1.0, "0": 0.0}[sign] for sign in signs])
    net = TwoLayerNet(64, 20, 10, rng=np.random.default_rng(0))
    template = signs.reshape(64, 10)
    net.params["W1"] = np.hstack([template, -template])
    net.params["W2"] = np.vstack([np.eye(10), -np.eye(10)])
    return net


@tune.misconception(
    "the two layers together are a linear classifier",
    "Units in pairs of opposite sign undo the maximum. Train the net instead of "
    "building it.",
)
@later
def linear_in_disguise():
    digits = load_digits()
    X = np.hstack([digits.X_train, np.ones((len(digits.X_train), 1))])
    W = np.linalg.lstsq(X, np.eye(10)[digits.y_train], rcond=None)[0]
    net = TwoLayerNet(64, 20, 10, rng=np.random.default_rng(0))
    net.params = {
        "W1": np.hstack([W[:-1], -W[:-1]]),
        "b1": np.hstack([W[-1], -W[-1]]),
        "W2": np.vstack([np.eye(10), -np.eye(10)]),
        "b2": np.zeros(10),
    }
    return net


@tune.variant("a search over three rates")
@later
def searched():
    digits = load_digits()
    data = digits.X_train, digits.y_train, digits.X_val, digits.y_val
    best, best_accuracy = None, -1.0
    for learning_rate in (0.01, 0.1, 1.0):
        net = TwoLayerNet(64, 100, 10, std=0.1, rng=np.random.default_rng(1))
        net.train(*data, learning_rate, 0.95, 1e-3, num_iters=500, batch_size=100)
        accuracy = np.mean(net.predict(digits.X_val) == digits.y_val)
        if accuracy > best_accuracy:
            best, best_accuracy = net, accuracy
    return best


@tune.variant("pixels less their mean, weights that start small")
@later
def centred():
    digits = load_digits().centered()
    data = digits.X_train, digits.y_train, digits.X_val, digits.y_val
    net = TwoLayerNet(64, 100, 10, std=0.01, rng=np.random.default_rng(2))
    net.train(*data, 1.0, 0.98, 1e-3, num_iters=900, batch_size=100)
    return net


@tune.variant("a loop of one's own, with momentum")
@later
def own_loop():
    digits = load_digits()
    rng = np.random.default_rng(3)
    net = TwoLayerNet(64, 60, 10, std=0.1, rng=rng)
    speed = {name: np.zeros_like(value) for name, value in net.params.items()}
    for _ in range(500):
        rows = rng.choice(1000, size=100, replace=False)
        _, grads = net.loss(digits.X_train[rows], digits.y_train[rows], 1e-3)
        for name in net.params:
            speed[name] = 0.9 * speed[name] - 0.2 * grads[name]
            net.params[name] = net.params[name] + speed[name]
    return net


# A text, read by a person -----------------------------------------------------------

question = Exercise(
    "l4_net_question",
    NOTEBOOK,
    2,
    title="Templates, and how far the neuron analogy carries",
    kind="manual",
    rubric=(
        "- 1 point: several templates of a class in the hidden units, put together "
        "by a weighted sum (not a maximum); half of it without the sum.\n"
        "- 1 point: one sound thing that a unit shares with a neuron (weighted "
        "inputs, a threshold or firing rate) and two sound limits (kinds of "
        "neurons, computation in dendrites, synapses that are dynamic systems, "
        "timing of spikes); half of it for one limit."
    ),
)
