"""The squared norm of Wx: reference and hidden checks."""

import math

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE
from ....value_and_gradients import require_chain_rule
from ..layers import (
    ask_backward,
    ask_forward,
    check_inputs_of,
    one_part,
    two_passes,
)

EXERCISE = Exercise(
    points=4,
    names=("squared_norm_forward", "squared_norm_backward"),
    title="The squared norm of Wx",
    size="loss",
)


def squared_norm_forward(W, x):
    """Sum over k of (sum over j of W[k, j] x[j])**2."""
    f = 0.0
    for k in range(W.shape[0]):
        q = math.fsum(float(W[k, j]) * float(x[j]) for j in range(len(x)))
        f += q * q
    return f, (W, x)


def squared_norm_backward(dout, cache):
    """Collect 2 q_k times what W[k, j] and x[j] are multiplied by in q_k."""
    W, x = (np.asarray(part, dtype=float) for part in cache)
    dW, dx = np.zeros(W.shape), np.zeros(x.shape)
    for k in range(W.shape[0]):
        q = math.fsum(W[k, j] * x[j] for j in range(len(x)))
        for j in range(len(x)):
            dW[k, j] += float(dout) * 2 * q * x[j]
            dx[j] += float(dout) * 2 * q * W[k, j]
    return dW, dx


NORM_PARTS = ("dW", "dx")
NORM_SIZES = ((3, 3), (2, 4), (5, 3))  # a square one first: any order of W passes there


def _norm_inputs(rng: np.random.Generator, M: int, D: int) -> list[np.ndarray]:
    return [rng.standard_normal((M, D)), rng.standard_normal(D)]


@check("the value", 0.7)
def norm_value(student: Student, rng: np.random.Generator) -> None:
    for M, D in NORM_SIZES:
        W, x = _norm_inputs(rng, M, D)
        f = ask_forward(student, "squared_norm_forward", W, x)
        student.expect(f, squared_norm_forward(W, x)[0], "f")


def _norm_part(
    student: Student, rng: np.random.Generator, part: str, upstream: bool
) -> None:
    for M, D in NORM_SIZES:
        W, x = _norm_inputs(rng, M, D)
        dout = float(rng.choice([-1, 1]) * rng.uniform(1.5, 4)) if upstream else 1.0
        got = ask_backward(student, "squared_norm", (W, x), dout)
        want = squared_norm_backward(dout, (W, x))[NORM_PARTS.index(part)]
        student.expect(one_part(student, got, NORM_PARTS, part), want, part)


@check("dW, upstream gradient one", 0.7)
def norm_slope_of_w(student: Student, rng: np.random.Generator) -> None:
    _norm_part(student, rng, "dW", upstream=False)


@check("dx, upstream gradient one", 0.7)
def norm_slope_x(student: Student, rng: np.random.Generator) -> None:
    _norm_part(student, rng, "dx", upstream=False)


@check("dW, another upstream gradient", 0.4)
def norm_other_upstream_w(student: Student, rng: np.random.Generator) -> None:
    _norm_part(student, rng, "dW", upstream=True)


@check("dx, another upstream gradient", 0.4)
def norm_other_upstream_x(student: Student, rng: np.random.Generator) -> None:
    _norm_part(student, rng, "dx", upstream=True)


@check("one row, one column, one entry", 0.3)
def norm_small(student: Student, rng: np.random.Generator) -> None:
    for M, D in ((1, 4), (4, 1), (1, 1)):
        W, x = _norm_inputs(rng, M, D)
        got = ask_backward(student, "squared_norm", (W, x), 2.5)
        want = squared_norm_backward(2.5, (W, x))
        student.expect(got, want, "squared_norm_backward", parts=NORM_PARTS)


@check("two forward passes before their backward passes", 0.2)
def norm_caches(student: Student, rng: np.random.Generator) -> None:
    inputs = [_norm_inputs(rng, 3, 4) for _ in range(2)]
    got = two_passes(student, "squared_norm", inputs, [1.5, -0.5])
    for i, gradients in zip((0, 1), got, strict=True):
        want = squared_norm_backward([1.5, -0.5][i], inputs[i])
        student.expect(gradients, want, "squared_norm_backward", parts=NORM_PARTS)


@check("float32 arrays", 0.2)
def norm_single(student: Student, rng: np.random.Generator) -> None:
    W, x = (part.astype(np.float32) for part in _norm_inputs(rng, 4, 3))
    f = ask_forward(student, "squared_norm_forward", W, x)
    student.expect(f, squared_norm_forward(W, x)[0], "f", **SINGLE)
    got = ask_backward(student, "squared_norm", (W, x), 1.0)
    want = squared_norm_backward(1.0, (W, x))
    student.expect(got, want, "squared_norm_backward", parts=NORM_PARTS, **SINGLE)


@check("gradients as exact as the chain rule makes them", 0.2)
def norm_exact(student: Student, rng: np.random.Generator) -> None:
    W, x = _norm_inputs(rng, 3, 4)
    got = ask_backward(student, "squared_norm", (W, x), 2.0)
    want = squared_norm_backward(2.0, (W, x))
    student.expect(got, want, "squared_norm_backward", parts=NORM_PARTS)
    require_chain_rule(got, want, "gradients")


def _some(rng: np.random.Generator) -> tuple[list[np.ndarray], float]:
    return _norm_inputs(rng, 3, 4), 1.5


norm_inputs = check_inputs_of("squared_norm", _some, 0.2)
