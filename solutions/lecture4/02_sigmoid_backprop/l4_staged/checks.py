"""(x + s(y)) / (s(x) + (x + y)**2), in stages: reference and hidden checks."""

import math
from collections.abc import Sequence

import numpy as np

from autograder.exercise import CheckFailed, Exercise, Student, check

from ....value_and_gradients import (
    ask_gradients,
    ask_value,
    require_chain_rule,
)
from ..sigmoids import sigmoid_slope

EXERCISE = Exercise(
    points=4,
    names=("staged",),
    title="(x + s(y)) / (s(x) + (x + y)**2), in stages",
    size="loss",
    returns={"staged": ("f", "gradients")},
)
XY = ("dx", "dy")


def staged(x, y):
    """Quotient rule on the whole: f' = (n' d - n d') / d**2."""
    sx, sy = 0.5 + 0.5 * math.tanh(x / 2), 0.5 + 0.5 * math.tanh(y / 2)
    n, d = x + sy, sx + (x + y) ** 2
    n_x, n_y = 1.0, float(sigmoid_slope(y))
    d_x, d_y = float(sigmoid_slope(x)) + 2 * (x + y), 2 * (x + y)
    return n / d, ((n_x * d - n * d_x) / d**2, (n_y * d - n * d_y) / d**2)


def _point(rng: np.random.Generator) -> tuple[float, float]:
    while True:
        x, y = (float(v) for v in rng.uniform(-4, 4, size=2))
        if 0.4 < abs(x + y) < 3 and abs(x) > 0.5 and abs(y) > 0.5:
            return x, y


@check("the value of f", 0.8)
def staged_value(student: Student, rng: np.random.Generator) -> None:
    for _ in range(4):
        args = _point(rng)
        ask_value(student, "staged", args, staged(*args)[0])


def _ask_one(student: Student, args: Sequence[float], which: int) -> None:
    got = student.call("staged", *args)
    fits = isinstance(got, tuple | list) and len(got) == 2
    pair = got[1] if fits else None
    if not isinstance(pair, tuple | list | np.ndarray) or len(pair) != 2:
        raise CheckFailed("staged: expected f and a tuple (dx, dy)", "type")
    student.transcript[-1] = [pair[which]]
    want = staged(*args)[1][which]
    student.expect(pair[which], want, XY[which])
    require_chain_rule(pair[which], want, XY[which])


@check("the gradient of x", 1.4)
def staged_dx(student: Student, rng: np.random.Generator) -> None:
    for _ in range(4):
        _ask_one(student, _point(rng), 0)


@check("the gradient of y", 1.2)
def staged_dy(student: Student, rng: np.random.Generator) -> None:
    for _ in range(4):
        _ask_one(student, _point(rng), 1)


@check("x = -y, zeros and whole numbers", 0.6)
def staged_edges(student: Student, rng: np.random.Generator) -> None:
    x = float(rng.uniform(0.5, 3))
    for args in ((x, -x), (-x, x), (0.0, 0.0), (2, -1), (0, 3)):
        value, grads = staged(*args)
        ask_value(student, "staged", args, value)
        ask_gradients(student, "staged", args, grads, XY)
