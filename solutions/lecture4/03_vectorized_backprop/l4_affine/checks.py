"""Affine layer, forward and backward: reference and hidden checks."""

import math
from typing import Any

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
    points=5,
    names=("affine_forward", "affine_backward"),
    title="Affine layer, forward and backward",
    size="loss",
)


def affine_forward(x, w, b):
    """out[n, m] = b[m] + sum over d of x[n, d] w[d, m], the rest of x flattened."""
    N, (D, M) = x.shape[0], w.shape
    rows = x.reshape(N, -1).astype(float)
    out = np.zeros((N, M))
    for n in range(N):
        for m in range(M):
            terms = (rows[n, d] * float(w[d, m]) for d in range(D))
            out[n, m] = float(b[m]) + math.fsum(terms)
    return out, (x, w)


def affine_backward(dout, cache):
    """Hand dout[n, m] to everything that stands in out[n, m], times its factor."""
    x, w = cache
    rows = x.reshape(x.shape[0], -1).astype(float)
    dx, dw, db = np.zeros(rows.shape), np.zeros(w.shape), np.zeros(w.shape[1])
    for n, m in np.ndindex(dout.shape):
        up = float(dout[n, m])
        db[m] += up
        for d in range(w.shape[0]):
            dx[n, d] += up * float(w[d, m])
            dw[d, m] += up * rows[n, d]
    return dx.reshape(x.shape), dw, db


AFFINE_PARTS = ("dx", "dw", "db")
# The first is square in every way: what is transposed passes there and is seen.
AFFINE_SHAPES = ((4, 4, 4), (5, 3, 4), (3, 6, 2))
# N, d1, d2 and M; the first passes through a product unflattened, with a wrong shape.
IMAGES = ((3, 1, 4, 2), (2, 3, 2, 2), (4, 2, 3, 5))


def _affine_inputs(
    rng: np.random.Generator, *shape: int, M: int
) -> tuple[list[np.ndarray], np.ndarray]:
    """Draw x, w, b and an upstream gradient; `shape` is that of x."""
    D = int(np.prod(shape[1:]))
    inputs = [rng.standard_normal(s) for s in (shape, (D, M), (M,))]
    return inputs, rng.standard_normal((shape[0], M))


def _affine_gradients(student: Student, inputs: list, dout: np.ndarray) -> Any:
    got = ask_backward(student, "affine", inputs, dout)
    return got, affine_backward(dout, inputs[:2])


@check("forward, rows of numbers", 0.6)
def _affine_forward(student: Student, rng: np.random.Generator) -> None:
    for N, D, M in AFFINE_SHAPES:
        inputs, _ = _affine_inputs(rng, N, D, M=M)
        out = ask_forward(student, "affine_forward", *inputs)
        student.expect(out, affine_forward(*inputs)[0], "out", letters="(N, M)")


@check("forward, images", 0.4)
def affine_images(student: Student, rng: np.random.Generator) -> None:
    for *shape, M in IMAGES:
        inputs, _ = _affine_inputs(rng, *shape, M=M)
        out = ask_forward(student, "affine_forward", *inputs)
        student.expect(out, affine_forward(*inputs)[0], "out", letters="(N, M)")


def _affine_part(student: Student, rng: np.random.Generator, part: str) -> None:
    for N, D, M in AFFINE_SHAPES:
        inputs, dout = _affine_inputs(rng, N, D, M=M)
        got, want = _affine_gradients(student, inputs, dout)
        index = AFFINE_PARTS.index(part)
        student.expect(one_part(student, got, AFFINE_PARTS, part), want[index], part)


@check("dx, rows of numbers", 0.7)
def affine_dx(student: Student, rng: np.random.Generator) -> None:
    _affine_part(student, rng, "dx")


@check("dw, rows of numbers", 0.7)
def affine_dw(student: Student, rng: np.random.Generator) -> None:
    _affine_part(student, rng, "dw")


@check("db, rows of numbers", 0.5)
def affine_db(student: Student, rng: np.random.Generator) -> None:
    _affine_part(student, rng, "db")


@check("all gradients, images", 0.7)
def affine_image_gradients(student: Student, rng: np.random.Generator) -> None:
    for *shape, M in (*IMAGES, (2, 2, 1, 3, 2)):
        inputs, dout = _affine_inputs(rng, *shape, M=M)
        got, want = _affine_gradients(student, inputs, dout)
        student.expect(got, want, "affine_backward", parts=AFFINE_PARTS)


@check("one example, one output, one feature", 0.4)
def affine_small(student: Student, rng: np.random.Generator) -> None:
    for N, D, M in ((1, 4, 3), (4, 3, 1), (3, 1, 2), (1, 1, 1)):
        inputs, dout = _affine_inputs(rng, N, D, M=M)
        out = ask_forward(student, "affine_forward", *inputs)
        student.expect(out, affine_forward(*inputs)[0], "out", letters="(N, M)")
        got, want = _affine_gradients(student, inputs, dout)
        student.expect(got, want, "affine_backward", parts=AFFINE_PARTS)


@check("two forward passes before their backward passes", 0.2)
def affine_caches(student: Student, rng: np.random.Generator) -> None:
    drawn = [_affine_inputs(rng, 3, 4, M=2) for _ in range(2)]
    inputs, douts = [d[0] for d in drawn], [d[1] for d in drawn]
    got = two_passes(student, "affine", inputs, douts)
    for i, gradients in zip((0, 1), got, strict=True):
        want = affine_backward(douts[i], inputs[i][:2])
        student.expect(gradients, want, "affine_backward", parts=AFFINE_PARTS)


@check("float32 arrays", 0.2)
def affine_single(student: Student, rng: np.random.Generator) -> None:
    inputs, dout = _affine_inputs(rng, 4, 2, 3, M=3)
    inputs, dout = [a.astype(np.float32) for a in inputs], dout.astype(np.float32)
    out = ask_forward(student, "affine_forward", *inputs)
    student.expect(out, affine_forward(*inputs)[0], "out", letters="(N, M)", **SINGLE)
    got, want = _affine_gradients(student, inputs, dout)
    student.expect(got, want, "affine_backward", parts=AFFINE_PARTS, **SINGLE)


@check("gradients as exact as the chain rule makes them", 0.3)
def affine_exact(student: Student, rng: np.random.Generator) -> None:
    inputs, dout = _affine_inputs(rng, 4, 3, M=2)
    got, want = _affine_gradients(student, inputs, dout)
    student.expect(got, want, "affine_backward", parts=AFFINE_PARTS)
    require_chain_rule(got, want, "gradients")


def _some(rng: np.random.Generator) -> tuple[list[np.ndarray], np.ndarray]:
    return _affine_inputs(rng, 3, 2, 2, M=2)


affine_inputs = check_inputs_of("affine", _some, 0.3)
