"""The checks that the softmax loss with loops and the vectorised one share."""

from collections.abc import Mapping

import numpy as np

from autograder.exercise import Check, Student, check

from ...linear_loss import ask_number_types, inputs_check, linear_loss_checks
from .problems import (
    draw_behind_problem,
    draw_far_problem,
    draw_problem,
    draw_shifted_problem,
)

SIZES = ((5, 4, 3), (7, 3, 5), (4, 6, 4))


def loss_checks(name: str, points: Mapping[str, float]) -> list[Check]:
    """Return the checks that both forms of the loss share.

    Parameters
    ----------
    name : str
        The student's function ``f(W, X, y, reg) -> (loss, dW)``.
    points : mapping
        What each check is worth: those of :func:`linear_loss.linear_loss_checks`, and
        ``"small"``, ``"shift"``, ``"behind"``, ``"types"`` and ``"inputs"``.
    """

    @check("one example, two classes, one feature, W = 0", points["small"])
    def small(student: Student, rng: np.random.Generator) -> None:
        for N, D, C in ((1, 4, 3), (5, 3, 2), (6, 1, 4), (1, 1, 2), (3, 3, 3)):
            student.agrees(name, *draw_problem(rng, N, D, C), float(rng.uniform(0, 1)))
        C = int(rng.integers(3, 11))
        X, y = rng.standard_normal((6, 4)), rng.integers(C, size=6)
        student.agrees(name, np.zeros((4, C)), X, y, 0.5)

    @check(
        "another large number added to the scores of each example; a class far behind",
        points["shift"],
    )
    def shift(student: Student, rng: np.random.Generator) -> None:
        for sign in (1, -1):
            student.agrees(name, *draw_shifted_problem(rng, sign), 0.0)
        student.agrees(name, *draw_shifted_problem(rng, 1), float(rng.uniform(0.2, 3)))
        student.agrees(name, *draw_far_problem(rng), 0.0)

    @check("the loss of a true class that lies far behind", points["behind"])
    def behind(student: Student, rng: np.random.Generator) -> None:
        for lead in (27.0, 40.0, float(rng.uniform(50, 600))):
            problem = draw_behind_problem(rng, lead)
            student.agrees(name, *problem, 0.0, only="loss")

    @check("other number types", points["types"])
    def types(student: Student, rng: np.random.Generator) -> None:
        ask_number_types(student, name, draw_problem, rng)

    common = linear_loss_checks(name, points, draw_problem, SIZES)
    inputs = inputs_check(name, points["inputs"], draw_problem)
    return [*common, small, shift, behind, types, inputs]
