"""The circuit 2 (xy + max(z, w)): reference and hidden checks."""

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....value_and_gradients import (
    ask_gradients,
    ask_value,
    expect_split,
    pair_part,
)
from ..numbers_apart import draw_numbers

EXERCISE = Exercise(
    points=3,
    names=("gate_circuit",),
    title="The circuit 2 (xy + max(z, w))",
    size="loss",
    returns={"gate_circuit": ("f", "gradients")},
)
XYZW = ("dx", "dy", "dz", "dw")


def gate_circuit(x, y, z, w):
    """Take the two terms apart: f = 2xy + 2 max(z, w)."""
    first = z > w
    return 2 * x * y + 2 * (z if first else w), (
        2 * y,
        2 * x,
        2 if first else 0,
        0 if first else 2,
    )


def _ordered(rng: np.random.Generator, z_first: bool) -> list[float]:
    x, y, z, w = draw_numbers(rng, 4)
    low, high = sorted((z, w))
    return [x, y, high, low] if z_first else [x, y, low, high]


@check("the value of f", 0.6)
def circuit_value(student: Student, rng: np.random.Generator) -> None:
    for z_first in (True, False, True, False):
        args = _ordered(rng, z_first)
        ask_value(student, "gate_circuit", args, gate_circuit(*args)[0])


@check("the gradients where z is the larger", 0.9)
def z_larger(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        args = _ordered(rng, True)
        want = gate_circuit(*args)[1]
        ask_gradients(student, "gate_circuit", args, want, XYZW)


@check("the gradients where w is the larger", 0.9)
def w_larger(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        args = _ordered(rng, False)
        want = gate_circuit(*args)[1]
        ask_gradients(student, "gate_circuit", args, want, XYZW)


@check("z equal to w", 0.3)
def equal(student: Student, rng: np.random.Generator) -> None:
    x, y, z = draw_numbers(rng, 3)
    want = (2 * y, 2 * x)
    got = pair_part(student, "gate_circuit", (x, y, z, z), 1)
    if not isinstance(got, tuple | list | np.ndarray) or len(got) != 4:
        student.expect(got, (*want, 2, 0), "gradients", parts=XYZW)
    student.expect(list(got)[:2], want, "gradients", parts=XYZW[:2])
    expect_split(student, list(got)[2:], 2.0, ("dz", "dw"))


@check("whole numbers and zeros", 0.3)
def circuit_zeros(student: Student, rng: np.random.Generator) -> None:
    a, b = (int(v) for v in rng.integers(1, 9, size=2))
    for args in ((0, a, b, 0), (a, 0, -b, 0), (a, b, 0, -3)):
        value, grads = gate_circuit(*args)
        ask_value(student, "gate_circuit", args, value)
        ask_gradients(student, "gate_circuit", args, grads, XYZW)
