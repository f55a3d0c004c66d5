"""ReLU layer, forward and backward: reference and hidden checks."""

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE
from ..layers import ask_backward, ask_forward, check_inputs_of, two_passes
from ..off_zero import draw_off_zero

EXERCISE = Exercise(
    points=2,
    names=("relu_forward", "relu_backward"),
    title="ReLU layer, forward and backward",
    size="loss",
)


def relu_forward(x):
    """max(0, x), entry by entry; the input is the cache."""
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        out[place] = max(0.0, float(x[place]))
    return out, x


def relu_backward(dout, cache):
    """Let the upstream gradient through where the input was above 0."""
    dx = np.zeros(dout.shape)
    for place in np.ndindex(dout.shape):
        if cache[place] > 0:
            dx[place] = dout[place]
    return dx


RELU_SHAPES = ((6,), (4, 5), (2, 3, 4))


@check("forward, arrays of several shapes", 0.4)
def _relu_forward(student: Student, rng: np.random.Generator) -> None:
    for shape in RELU_SHAPES:
        x = draw_off_zero(rng, *shape)
        out = ask_forward(student, "relu_forward", x)
        student.expect(out, relu_forward(x)[0], "out")


@check("backward, arrays of several shapes", 0.7)
def _relu_backward(student: Student, rng: np.random.Generator) -> None:
    for shape in RELU_SHAPES:
        x, dout = draw_off_zero(rng, *shape), rng.standard_normal(shape)
        dx = ask_backward(student, "relu", (x,), dout)
        student.expect(dx, relu_backward(dout, x), "dx")


@check("all inputs above zero, all below, a single entry", 0.2)
def relu_extremes(student: Student, rng: np.random.Generator) -> None:
    size = np.abs(draw_off_zero(rng, 3, 4))
    for x in (size, -size, 1e6 * size, np.array([-0.5]), np.array([[2.0]])):
        dout = rng.standard_normal(x.shape)
        dx = ask_backward(student, "relu", (x,), dout)
        student.expect(dx, relu_backward(dout, x), "dx")


@check("inputs of exactly zero, every slope between the two sides", 0.2)
def relu_at_zero(student: Student, rng: np.random.Generator) -> None:
    order = rng.permutation(7)
    x = np.array([-1.0, 0.0, 2.0, 0.0, -3.0, 0.0, 1.5])[order]
    dout = np.array([2.0, -1.5, -3.0, 2.5, -2.0, 3.5, 1.5])[order]
    got = student.array(ask_backward(student, "relu", (x,), dout), x.shape, "dx")
    want = relu_backward(dout, x)
    at_zero = x == 0
    want[at_zero] = (dout * np.clip(got / dout, 0, 1))[at_zero]
    student.expect(got, want, "dx")


@check("two forward passes before their backward passes", 0.2)
def relu_caches(student: Student, rng: np.random.Generator) -> None:
    xs = [draw_off_zero(rng, 3, 4) for _ in range(2)]
    douts = [rng.standard_normal((3, 4)) for _ in range(2)]
    got = two_passes(student, "relu", [(x,) for x in xs], douts)
    for i, dx in zip((0, 1), got, strict=True):
        student.expect(dx, relu_backward(douts[i], xs[i]), "dx")


@check("float32 arrays", 0.1)
def relu_single(student: Student, rng: np.random.Generator) -> None:
    x = draw_off_zero(rng, 4, 3).astype(np.float32)
    dout = rng.standard_normal((4, 3)).astype(np.float32)
    dx = ask_backward(student, "relu", (x,), dout)
    student.expect(dx, relu_backward(dout, x), "dx", **SINGLE)


def _some(rng: np.random.Generator) -> tuple[list[np.ndarray], np.ndarray]:
    return [draw_off_zero(rng, 3, 4)], rng.standard_normal((3, 4))


relu_inputs = check_inputs_of("relu", _some, 0.2)
