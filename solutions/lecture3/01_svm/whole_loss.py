"""The checks that the SVM loss with loops and the vectorised one share."""

from collections.abc import Mapping

import numpy as np

from autograder.exercise import Check, Student, check

from ...linear_loss import (
    Problem,
    ask_number_types,
    inputs_check,
    linear_loss_checks,
)

KINK = 1e-3  # ordinary inputs keep their margins at least this far from zero


def draw_problem(
    rng: np.random.Generator, N: int, D: int, C: int, scale: float = 1.0
) -> Problem:
    """Draw W, X, y with no margin near its kink, some violated and some not."""
    while True:
        W = scale * rng.standard_normal((D, C))
        X = rng.standard_normal((N, D))
        y = rng.integers(C, size=N)
        scores = X @ W
        margins = scores - scores[np.arange(N), y][:, None] + 1
        others = margins[np.arange(C) != y[:, None]]
        mixed = N * C < 6 or ((others > 0).any() and (others < 0).any())
        if np.abs(others).min() > KINK and mixed:
            return W, X, y


SIZES = ((4, 6, 4), (5, 4, 3), (7, 3, 5))


def loss_checks(name: str, points: Mapping[str, float]) -> list[Check]:
    """Return the checks that both forms of the loss share.

    Parameters
    ----------
    name : str
        The student's function ``f(W, X, y, reg) -> (loss, dW)``.
    points : mapping
        What each check is worth: those of :func:`linear_loss.linear_loss_checks`, and
        ``"small"``, ``"kinks"``, ``"types"`` and ``"inputs"``.
    """

    @check("one example, two classes, one feature", points["small"])
    def small(student: Student, rng: np.random.Generator) -> None:
        for N, D, C in ((1, 4, 3), (5, 3, 2), (6, 1, 4), (1, 1, 2)):
            student.agrees(name, *draw_problem(rng, N, D, C), float(rng.uniform(0, 1)))

    @check("equal scores and margins of exactly zero", points["kinks"])
    def at_kinks(student: Student, rng: np.random.Generator) -> None:
        D, C = 4, int(rng.integers(3, 7))
        zero, X = np.zeros((D, C)), rng.standard_normal((6, D))
        student.agrees(name, zero, X, rng.integers(C, size=6), 0.5)
        ask_at_kinks(student, name, rng)

    @check("large scores and other number types", points["types"])
    def types(student: Student, rng: np.random.Generator) -> None:
        student.agrees(name, *draw_problem(rng, 6, 4, 5, scale=1e4), 0.1)
        ask_number_types(student, name, draw_problem, rng)

    common = linear_loss_checks(name, points, draw_problem, SIZES)
    inputs = inputs_check(name, points["inputs"], draw_problem)
    return [*common, small, at_kinks, types, inputs]


def ask_at_kinks(student: Student, name: str, rng: np.random.Generator) -> None:
    """Put margins at exactly zero and take every subgradient there.

    With one example, dW may hold ``a * x`` more in the column of a margin that is zero
    and as much less in the true one, for any a from 0 to 1.
    """
    C = 5
    y = int(rng.integers(C))
    x = rng.choice([-2.0, -1.0, 1.0, 2.0], size=3)
    # Whole numbers and quarters: every product and sum is exact.
    W = np.zeros((3, C))
    W[:, y] = x
    at_zero = [c for c in range(C) if c != y][:2]
    for c in at_zero:
        W[:, c] = x
        W[0, c] -= 1 / x[0]
    reference = student.reference[name]
    want, base = reference(W, x[None, :], np.array([y]), 0.25)
    got = student.call(name, W, x[None, :], np.array([y]), 0.25)
    parts = student.returns[name]
    if not isinstance(got, tuple | list) or len(got) != len(parts):
        student.expect(got, (want, base), name, parts=parts)
    student.expect(got[0], want, "loss")
    dW = student.array(got[1], base.shape, "dW")
    nearest = base.copy()
    for c in at_zero:
        step = x * np.clip((dW - base)[:, c] @ x / (x @ x), 0.0, 1.0)
        nearest[:, c] += step
        nearest[:, y] -= step
    student.expect(dW, nearest, "dW")
