"""Loss and gradients of a two-layer net: reference and hidden checks."""

import math
from typing import Any

import numpy as np

from autograder.exercise import Asked, Check, CheckFailed, Exercise, Student, check
from cs231n_lib.penalty import without_penalty

from ....tolerance import SINGLE
from ....value_and_gradients import require_chain_rule
from ..net_params import NAMES, Params

EXERCISE = Exercise(
    points=8,
    names=("two_layer_loss",),
    title="Loss and gradients of a two-layer net",
    size="loss",
    relation=without_penalty,
)


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
    want = student.wanted("two_layer_loss", *args)
    path: tuple[int | str, ...] = ()
    got = student.call("two_layer_loss", *args)
    if part != "scores":
        if not isinstance(got, tuple | list) or len(got) != 2:
            student.expect(got, want, "two_layer_loss", parts=("loss", "grads"))
        path = (0,) if part == "loss" else (1,)
        got, want = got[path[0]], want[path[0]]
    if part in NAMES:
        if not isinstance(got, dict) or part not in got:
            raise CheckFailed(f"grads is no dict with the key {part!r}", "type")
        path += (part,)
        got, want = got[part], want[part]
    student.transcript[-1] = [got]
    name = part if part in ("scores", "loss") else f"grads[{part!r}]"
    asked = Asked("two_layer_loss", args, path=path)
    student.expect(got, want, name, asked=asked, **tolerance)


@check("the scores, where no labels are given", 0.8)
def scores_alone(student: Student, rng: np.random.Generator) -> None:
    for sizes in SIZES:
        params, X, _ = _problem(rng, *sizes)
        _asked(student, "scores", params, X)


@check("the loss, regularization off", 1)
def loss(student: Student, rng: np.random.Generator) -> None:
    for sizes in SIZES:
        _asked(student, "loss", *_problem(rng, *sizes), 0.0)
    _asked(student, "loss", *_problem(rng, *SIZES[0]))


@check("the loss, regularization on", 0.9)
def loss_with_reg(student: Student, rng: np.random.Generator) -> None:
    for sizes, reg in zip(SIZES, (0.5, 0.05, 1.3), strict=True):
        _asked(student, "loss", *_problem(rng, *sizes), reg)


def gradient_check(name: str) -> Check:
    """Return the check of the gradient of one array of parameters."""

    @check(f"the gradient of {name}, regularization off", 0.7)
    def gradient(student: Student, rng: np.random.Generator) -> None:
        for sizes in SIZES:
            _asked(student, name, *_problem(rng, *sizes), 0.0)

    return gradient


GRADIENTS = [gradient_check(name) for name in ("W2", "b2", "W1", "b1")]


@check("the gradients of the weights, regularization on", 0.5)
def weights_with_reg(student: Student, rng: np.random.Generator) -> None:
    for name in ("W1", "W2"):
        _asked(student, name, *_problem(rng, *SIZES[0]), 0.7)


@check("the gradients of the biases, regularization on", 0.4)
def biases_with_reg(student: Student, rng: np.random.Generator) -> None:
    for name in ("b1", "b2"):
        _asked(student, name, *_problem(rng, *SIZES[0]), 0.7)


@check("one example; one hidden unit; two classes", 0.3)
def small(student: Student, rng: np.random.Generator) -> None:
    for sizes in ((1, 3, 4, 3), (4, 3, 1, 3), (5, 2, 4, 2), (1, 1, 1, 2)):
        params, X, y = _problem(rng, *sizes)
        _asked(student, "scores", params, X)
        for part in ("loss", *NAMES):
            _asked(student, part, params, X, y, 0.3)


def far_examples(
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


@check("a large number added to all scores, or to those of one example", 0.3)
def stable(student: Student, rng: np.random.Generator) -> None:
    for shift in (1000.0, -1000.0):
        params, X, y = _problem(rng, *SIZES[1])
        params["b2"] = params["b2"] + shift
        for part in ("loss", "W2", "W1"):
            _asked(student, part, params, X, y, 0.0)
    params, _, _ = _problem(rng, *SIZES[1])
    X, y = far_examples(rng, params, 6)
    for part in ("loss", "W2", "W1"):
        _asked(student, part, params, X, y, 0.0)


@check("labels of other integer types, float32", 0.2)
def types(student: Student, rng: np.random.Generator) -> None:
    params, X, y = _problem(rng, *SIZES[0])
    for dtype in (np.uint8, np.int32):
        _asked(student, "loss", params, X, y.astype(dtype), 0.1)
    params = {name: value.astype(np.float32) for name, value in params.items()}
    X = X.astype(np.float32)
    for part in ("loss", "W1", "b2"):
        _asked(student, part, params, X, y, 0.1, **SINGLE)


@check("examples whose class lies far behind", 0.2)
def far_behind(student: Student, rng: np.random.Generator) -> None:
    # A floor under the probability, or a number added to it, caps the loss of these.
    for lead in (40.0, 150.0):
        params, X, y = _problem(rng, *SIZES[0])
        params["b2"][0] += lead
        y = 1 + y % (len(params["b2"]) - 1)
        _asked(student, "loss", params, X, y, 0.0)


@check("gradients as exact as the chain rule makes them", 0.3)
def exact(student: Student, rng: np.random.Generator) -> None:
    params, X, y = _problem(rng, *SIZES[0])
    _, want = two_layer_loss(params, X, y)
    got = student.call("two_layer_loss", params, X, y)
    fits = isinstance(got, tuple | list) and len(got) == 2
    student.transcript[-1] = [got[1]] if fits else [got]
    student.require(fits, "expected the loss and a dict of gradients", "type")
    student.expect(got[1], want, "grads")
    require_chain_rule(got[1], want, "grads")


@check("params, X and y stay as they were", 0.3, inputs=True)
def untouched(student: Student, rng: np.random.Generator) -> None:
    _asked(student, "loss", *_problem(rng, *SIZES[0]))
    params, X, _ = _problem(rng, *SIZES[0])
    _asked(student, "scores", params, X)
