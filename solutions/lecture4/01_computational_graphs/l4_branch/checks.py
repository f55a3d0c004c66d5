"""Gradients add at a branch: reference and hidden checks."""

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....value_and_gradients import ask_gradients, ask_value
from ..numbers_apart import draw_numbers

EXERCISE = Exercise(
    points=2,
    names=("branch_backward", "f_branch"),
    title="Gradients add at a branch",
    returns={"f_branch": ("f", "gradients")},
)


def branch_backward(upstream):
    """Add what comes back along each wire, one after the other."""
    total = 0.0
    for gradient in upstream:
        total = total + float(gradient)
    return total


def f_branch(x, y):
    """Factored: f = x (y + x)."""
    return x * (y + x), (y + 2 * x, x)


@check("the gradients of two and three wires", 0.4)
def some_wires(student: Student, rng: np.random.Generator) -> None:
    for count in (2, 3, 3):
        student.agrees("branch_backward", draw_numbers(rng, count))


@check("one wire, many wires, an array of them", 0.3)
def other_wires(student: Student, rng: np.random.Generator) -> None:
    student.agrees("branch_backward", draw_numbers(rng, 1))
    student.agrees("branch_backward", tuple(draw_numbers(rng, 7)))
    student.agrees("branch_backward", rng.standard_normal(5))
    student.agrees("branch_backward", [3, -3, 0])


@check("the value of x*y + x*x", 0.4)
def branch_value(student: Student, rng: np.random.Generator) -> None:
    for args in (draw_numbers(rng, 2), draw_numbers(rng, 2), (0, 3), (2, -2)):
        ask_value(student, "f_branch", args, f_branch(*args)[0])


@check("the gradients of x*y + x*x", 0.9)
def branch_gradients(student: Student, rng: np.random.Generator) -> None:
    for args in (
        draw_numbers(rng, 2),
        draw_numbers(rng, 2),
        draw_numbers(rng, 2),
        (0, 3),
        (2, -4),
    ):
        ask_gradients(student, "f_branch", args, f_branch(*args)[1], ("dx", "dy"))
