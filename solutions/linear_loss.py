"""The checks that the losses of a linear classifier share, hinge and softmax alike."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from autograder.exercise import Check, Student, check

from .tolerance import SINGLE

Problem = tuple[np.ndarray, np.ndarray, np.ndarray]
Draw = Callable[[np.random.Generator, int, int, int], Problem]


def linear_loss_checks(
    name: str,
    points: Mapping[str, float],
    draw: Draw,
    sizes: Sequence[tuple[int, int, int]],
) -> list[Check]:
    """Return four checks: the loss and its gradient, without and with regularization.

    Parameters
    ----------
    name : str
        The student's function ``f(W, X, y, reg) -> (loss, dW)``.
    points : mapping
        What ``"loss"``, ``"loss_reg"``, ``"grad"`` and ``"grad_reg"`` are worth.
    draw : callable
        ``draw(rng, N, D, C)`` gives W, X and y.
    sizes : sequence of tuple
        The N, D and C to ask for.
    """
    checks = []
    for key, part, what in (("loss", "loss", "loss"), ("grad", "dW", "gradient")):

        @check(f"the {what}, regularization off", points[key])
        def off(student: Student, rng: np.random.Generator, part: str = part) -> None:
            for size in sizes:
                student.agrees(name, *draw(rng, *size), 0.0, only=part)

        @check(f"the {what}, regularization on", points[f"{key}_reg"])
        def on(student: Student, rng: np.random.Generator, part: str = part) -> None:
            for size in sizes:
                reg = float(rng.uniform(0.2, 3))
                student.agrees(name, *draw(rng, *size), reg, only=part)

        checks += [off, on]
    return checks


def ask_number_types(
    student: Student, name: str, draw: Draw, rng: np.random.Generator
) -> None:
    """Ask with labels of other integer types, then with everything in float32."""
    for dtype in (np.int8, np.uint8, np.int32):
        W, X, y = draw(rng, 6, 4, 5)
        student.agrees(name, W, X, y.astype(dtype), 0.3)
    W, X, y = draw(rng, 6, 4, 5)
    W, X = W.astype(np.float32), X.astype(np.float32)
    student.agrees(name, W, X, y, 0.3, **SINGLE)
