"""The loss of (ax + by) cz and its gradients: reference and hidden checks."""

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....value_and_gradients import (
    ask_gradients,
    ask_value,
    expect_exact,
    pair_part,
)
from ..numbers_apart import draw_numbers

EXERCISE = Exercise(
    points=3,
    names=("loss_axbycz",),
    title="The loss of (ax + by) cz and its gradients",
    size="loss",
    returns={"loss_axbycz": ("L", "gradients")},
)
ABC = ("da", "db", "dc")


def loss_axbycz(a, b, c, x, y, z, t):
    """Expand f = a c x z + b c y z, then differentiate (t - f)**2 term by term."""
    f = a * c * x * z + b * c * y * z
    slope = 2 * f - 2 * t
    return (
        t * t - 2 * t * f + f * f,
        (slope * c * x * z, slope * c * y * z, slope * (a * x * z + b * y * z)),
    )


def _problem(rng: np.random.Generator) -> list[float]:
    while True:
        drawn = draw_numbers(rng, 7)
        a, b, c, x, y, z, t = drawn
        f = (a * x + b * y) * c * z
        if abs(a * x + b * y) > 0.5 and abs(t - f) > 0.5:
            return drawn


@check("the loss", 0.7)
def axbycz_loss(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        args = _problem(rng)
        ask_value(student, "loss_axbycz", args, loss_axbycz(*args)[0])


@check("the gradients of a and b", 0.9)
def axbycz_ab(student: Student, rng: np.random.Generator) -> None:
    _ask_some(student, rng, slice(0, 2))


@check("the gradient of c", 0.7)
def axbycz_c(student: Student, rng: np.random.Generator) -> None:
    _ask_some(student, rng, slice(2, 3))


@check("a target that is met exactly, and inputs of zero", 0.7)
def axbycz_edges(student: Student, rng: np.random.Generator) -> None:
    a, b, x, y, z = (int(v) for v in rng.integers(1, 6, size=5))
    for args in (
        (a, b, 2, x, y, z, (a * x + b * y) * 2 * z),
        (a, b, 1, 0, 0, z, 3),
        (a, b, 0, x, y, z, 4),
        (a, b, 1, x, y, z, 0),
    ):
        loss, grads = loss_axbycz(*args)
        ask_value(student, "loss_axbycz", args, loss)
        ask_gradients(student, "loss_axbycz", args, grads, ABC)


def _ask_some(student: Student, rng: np.random.Generator, which: slice) -> None:
    for _ in range(3):
        args = _problem(rng)
        got = pair_part(student, "loss_axbycz", args, 1)
        if not isinstance(got, tuple | list | np.ndarray) or len(got) != 3:
            student.expect(got, loss_axbycz(*args)[1], "gradients", parts=ABC)
        got, want = list(got)[which], loss_axbycz(*args)[1][which]
        student.transcript[-1] = [got]
        expect_exact(student, got, want, ABC[which])
