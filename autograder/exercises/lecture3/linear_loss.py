"""The checks that the losses of a linear classifier share, hinge and softmax alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from autograder.exercise.record import Exercise
from autograder.exercise.student import Student

SINGLE = {"rtol": 1e-4, "atol": 1e-5}  # what float32 inputs allow
Problem = tuple[np.ndarray, np.ndarray, np.ndarray]
Draw = Callable[[np.random.Generator, int, int, int], Problem]


def add_loss_checks(
    exercise: Exercise,
    points: Mapping[str, float],
    draw: Draw,
    sizes: Sequence[tuple[int, int, int]],
) -> None:
    """Add four checks: the loss and its gradient, without and with regularization.

    Parameters
    ----------
    exercise : Exercise
        The record of a function ``f(W, X, y, reg) -> (loss, dW)``.
    points : mapping
        What ``"loss"``, ``"loss_reg"``, ``"grad"`` and ``"grad_reg"`` are worth.
    draw : callable
        ``draw(rng, N, D, C)`` gives W, X and y.
    sizes : sequence of tuple
        The N, D and C to ask for.
    """
    (name,) = exercise.names
    for key, part, what in (("loss", "loss", "loss"), ("grad", "dW", "gradient")):

        @exercise.check(f"the {what}, regularization off", points[key])
        def _off(student: Student, rng: np.random.Generator, part: str = part) -> None:
            for size in sizes:
                student.agrees(name, *draw(rng, *size), 0.0, only=part)

        @exercise.check(f"the {what}, regularization on", points[f"{key}_reg"])
        def _on(student: Student, rng: np.random.Generator, part: str = part) -> None:
            for size in sizes:
                reg = float(rng.uniform(0.2, 3))
                student.agrees(name, *draw(rng, *size), reg, only=part)


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
