"""(x + y) z, forwards and backwards: reference and hidden checks."""

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....value_and_gradients import ask_gradients, ask_value
from ..numbers_apart import draw_numbers

EXERCISE = Exercise(
    points=2,
    names=("f_xyz",),
    title="(x + y) z, forwards and backwards",
    returns={"f_xyz": ("f", "gradients")},
)
XYZ = ("dx", "dy", "dz")


def f_xyz(x, y, z):
    """Expand the product: f = x z + y z, so that nothing is shared with q."""
    return x * z + y * z, (z, z, x + y)


@check("the value of f", 0.6)
def xyz_value(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        args = draw_numbers(rng, 3)
        ask_value(student, "f_xyz", args, f_xyz(*args)[0])


@check("the gradients", 1.0)
def xyz_gradients(student: Student, rng: np.random.Generator) -> None:
    for size in (1.0, 1.0, 1e4):
        args = [size * number for number in draw_numbers(rng, 3)]
        ask_gradients(student, "f_xyz", args, f_xyz(*args)[1], XYZ)


@check("whole numbers and zeros", 0.4)
def xyz_zeros(student: Student, rng: np.random.Generator) -> None:
    a, b = (int(v) for v in rng.integers(2, 9, size=2))
    for args in ((0, 0, a), (a, b, 0), (a, -a, b), (0, a, b)):
        ask_value(student, "f_xyz", args, f_xyz(*args)[0])
        ask_gradients(student, "f_xyz", args, f_xyz(*args)[1], XYZ)
