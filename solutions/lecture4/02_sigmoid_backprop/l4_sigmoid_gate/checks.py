"""The sigmoid as one gate: reference and hidden checks."""

from typing import Any

import numpy as np

from answer_checks.advice import changes
from autograder.exercise import Exercise, Student, check

from ..sigmoids import sigmoid_slope

EXERCISE = Exercise(
    points=3,
    names=("sigmoid_forward", "sigmoid_backward"),
    title="The sigmoid as one gate",
    size="loss",
)


def sigmoid_forward(x):
    """Use the hyperbolic tangent: s(x) = (1 + tanh(x / 2)) / 2; the cache is s."""
    out = 0.5 * (1 + np.tanh(0.5 * np.asarray(x, dtype=float)))
    return out, out


def sigmoid_backward(dout, cache):
    """Use ds/dx = s (1 - s)."""
    return np.asarray(dout, dtype=float) * (cache - cache**2)


def _ask_out(student: Student, x: Any) -> None:
    out = student.fetch(student.keep("sigmoid_forward", x)[0])
    want = 0.5 + 0.5 * np.tanh(np.asarray(x, dtype=float) / 2)
    student.expect(out, want if np.ndim(x) else float(want), "out")


def _ask_dx(student: Student, x: Any, dout: Any) -> None:
    cache = student.keep("sigmoid_forward", x)[1]
    dx = student.fetch(student.keep("sigmoid_backward", dout, cache))
    want = dout * sigmoid_slope(x)
    student.expect(dx, want if np.ndim(x) else float(want), "dx")


@check("forward, arrays", 0.6)
def forward_arrays(student: Student, rng: np.random.Generator) -> None:
    for shape in ((6,), (3, 4), (2, 3, 2)):
        _ask_out(student, 2 * rng.standard_normal(shape))


@check("backward, arrays", 0.9)
def backward_arrays(student: Student, rng: np.random.Generator) -> None:
    for shape in ((6,), (3, 4), (1,)):
        x, dout = 2 * rng.standard_normal(shape), rng.standard_normal(shape)
        _ask_dx(student, x, dout)


@check("a number, forward and backward", 0.4)
def numbers(student: Student, rng: np.random.Generator) -> None:
    for x in (*rng.uniform(-4, 4, size=3).tolist(), 0.0, 2):
        _ask_out(student, x)
        _ask_dx(student, x, float(rng.uniform(0.5, 3)) * float(rng.choice([-1, 1])))


@check("an array of whole numbers", 0.1)
def whole_numbers(student: Student, rng: np.random.Generator) -> None:
    x = rng.permutation(np.arange(-3, 4))
    _ask_out(student, x)
    _ask_dx(student, x, rng.standard_normal(7))


LARGE = np.array([1000.0, -1000.0, 745.5, -745.5, 1e308, -1e308, 36.0, -36.0])


@check("forward, very large and very small inputs", 0.4)
def forward_large(student: Student, rng: np.random.Generator) -> None:
    _ask_out(student, rng.uniform(15, 25, size=1))
    _ask_out(student, LARGE)


@check("backward, very large and very small inputs", 0.3)
def backward_large(student: Student, rng: np.random.Generator) -> None:
    _ask_dx(student, rng.uniform(-9, -7, size=1), np.array([100.0]))
    _ask_dx(student, LARGE, np.full(LARGE.shape, 3.0))


@check("two forwards, then each backward with its own cache", 0.2)
def own_cache(student: Student, rng: np.random.Generator) -> None:
    x, y = rng.uniform(-3, 0, size=3), rng.uniform(0, 3, size=3)
    one = student.keep("sigmoid_forward", x)[1]
    two = student.keep("sigmoid_forward", y)[1]
    first = student.keep("sigmoid_backward", np.full(3, 2.0), one)
    second = student.keep("sigmoid_backward", np.full(3, -1.0), two)
    got = student.fetch(first, second)
    want = (2 * sigmoid_slope(x), -sigmoid_slope(y))
    student.expect(got, want, "dx", parts=("dx of the first", "dx of the second"))


@check("x and dout stay as they were", 0.1, inputs=True)
def untouched(student: Student, rng: np.random.Generator) -> None:
    x, dout = rng.standard_normal(4), rng.standard_normal(4)
    held = [student.later({"do": "op", "name": "same"}, (part,)) for part in (x, dout)]
    cache = student.keep("sigmoid_forward", held[0])[1]
    dx = student.keep("sigmoid_backward", held[1], cache)
    got, *after = student.fetch(dx, *held)
    student.transcript[-1] = [got]
    student.expect(got, dout * sigmoid_slope(x), "dx")
    same = all(map(np.array_equal, (x, dout), after))
    student.require(same, changes("sigmoid_forward or sigmoid_backward"), "inputs")
