"""Jacobian of ReLU: reference and hidden checks."""

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE
from ..off_zero import draw_off_zero

EXERCISE = Exercise(
    points=2,
    names=("relu_jacobian",),
    title="Jacobian of ReLU",
    returns={"relu_jacobian": ("J",)},
)


def relu_jacobian(x):
    """J[i, j] is the slope of output i against input j."""
    n = len(x)
    J = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i == j and x[j] > 0:
                J[i, j] = 1.0
    return J


@check("inputs of both signs", 0.8)
def jacobian_usual(student: Student, rng: np.random.Generator) -> None:
    for n in (4, 3, 7):
        student.agrees("relu_jacobian", draw_off_zero(rng, n))


@check("all inputs above zero, all below, a single one", 0.4)
def jacobian_extremes(student: Student, rng: np.random.Generator) -> None:
    size = np.abs(draw_off_zero(rng, 5))
    for x in (-size, size, 1e6 * size, -size[:1], size[:1]):
        student.agrees("relu_jacobian", x)


@check("inputs of exactly zero, every slope between the two sides", 0.3)
def jacobian_at_zero(student: Student, rng: np.random.Generator) -> None:
    x = rng.permutation([0.0, 2.0, 0.0, -1.0, 0.5])
    got = student.array(student.call("relu_jacobian", x), (5, 5), "J")
    want = relu_jacobian(x)
    i = np.flatnonzero(x == 0)
    want[i, i] = np.clip(got[i, i], 0, 1)
    student.expect(got, want, "J", letters="(n, n)")


@check("many inputs, other number types", 0.3)
def jacobian_types(student: Student, rng: np.random.Generator) -> None:
    student.agrees("relu_jacobian", draw_off_zero(rng, 40))
    student.agrees("relu_jacobian", draw_off_zero(rng, 6).astype(np.float32), **SINGLE)
    student.agrees("relu_jacobian", rng.permutation([-3, -1, 1, 2, 5]))


@check("x stays as it was", 0.2, inputs=True)
def jacobian_inputs(student: Student, rng: np.random.Generator) -> None:
    student.agrees("relu_jacobian", draw_off_zero(rng, 4))
