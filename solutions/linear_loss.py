"""The checks that the losses of a linear classifier share, hinge and softmax alike."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from autograder.exercise import Check, Student, check

from .tolerance import SINGLE

Problem = tuple[np.ndarray, np.ndarray, np.ndarray]
Draw = Callable[[np.random.Generator, int, int, int], Problem]
# Features and weights so small that the scores stay as they are. Their part of the
# gradient is exact where it is derived; a difference of two losses cannot see it.
TINY = 1e-9


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

    @check("the loss, regularization off", points["loss"])
    def loss_off(student: Student, rng: np.random.Generator) -> None:
        for size in sizes:
            student.agrees(name, *draw(rng, *size), 0.0, only="loss")

    @check("the loss, regularization on", points["loss_reg"])
    def loss_on(student: Student, rng: np.random.Generator) -> None:
        for size in sizes:
            reg = float(rng.uniform(0.2, 3))
            student.agrees(name, *draw(rng, *size), reg, only="loss")

    @check("the gradient, regularization off", points["grad"])
    def grad_off(student: Student, rng: np.random.Generator) -> None:
        for size in sizes:
            ask_gradient(student, name, draw(rng, *size), 0.0, rng)

    @check("the gradient, regularization on", points["grad_reg"])
    def grad_on(student: Student, rng: np.random.Generator) -> None:
        for size in sizes:
            reg = float(rng.uniform(0.2, 3))
            ask_gradient(student, name, draw(rng, *size), reg, rng)

    return [loss_off, loss_on, grad_off, grad_on]


def ask_gradient(
    student: Student, name: str, problem: Problem, reg: float, rng: np.random.Generator
) -> None:
    """Ask for dW, with two tiny features among the others.

    Finite differences are off in their rows, whatever the step.
    """
    W, X, y = problem
    rows = [0, int(rng.integers(1, len(W) + 1))]  # before which the new ones stand
    W = np.insert(W, rows, TINY * rng.standard_normal((2, W.shape[1])), axis=0)
    X = np.insert(X, rows, TINY * rng.standard_normal((len(X), 2)), axis=1)
    tiny = [rows[0], rows[1] + 1]
    _, dW = student.agrees(name, W, X, y, reg, only="dW")
    _, want = student.reference[name](W, X, y, reg)
    student.expect(
        np.asarray(dW)[tiny] / TINY,
        want[tiny] / TINY,
        "dW of the smallest features",
    )


def inputs_check(name: str, points: float, draw: Draw) -> Check:
    """Return the check that a loss leaves W, X and y as they were."""

    @check("W, X and y are left as they were", points, inputs=True)
    def inputs(student: Student, rng: np.random.Generator) -> None:
        for reg in (0.0, float(rng.uniform(0.2, 3))):
            student.agrees(name, *draw(rng, 5, 4, 3), reg)

    return inputs


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
