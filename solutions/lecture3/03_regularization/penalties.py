"""What the checks of the three penalties share."""

from typing import Any

import numpy as np

from autograder.exercise import Student

SHAPES = ((4, 3), (3, 5), (6, 2))
SMALL = ((1, 1), (5, 1), (1, 4))  # one weight, one column, one row


def draw_weights(rng: np.random.Generator, D: int, C: int) -> np.ndarray:
    """Draw weights of both signs, none near zero."""
    return rng.choice([-1.0, 1.0], size=(D, C)) * rng.uniform(0.2, 2.5, size=(D, C))


def draw_with_zeros(rng: np.random.Generator) -> np.ndarray:
    """Draw weights with exact zeros, some of them negative zero."""
    W = draw_weights(rng, 5, 4)
    W.flat[rng.permutation(20)[:6]] = 0.0
    W[int(rng.integers(5)), int(rng.integers(4))] = -0.0
    return W


def draw_uneven(rng: np.random.Generator) -> np.ndarray:
    """Draw weights of which one is huge and another tiny.

    The slopes of the others are exact where they are derived. A difference of two
    penalties is lost in the huge one, or steps across the kink beside the tiny one.
    """
    W = draw_weights(rng, 4, 3)
    huge, tiny = rng.permutation(12)[:2]
    W.flat[huge] *= 1e6
    W.flat[tiny] *= 1e-6
    return W


def require_subgradient(
    student: Student, name: str, W: np.ndarray, *args: float, want: Any
) -> None:
    """Require R, the slopes away from zero, and a valid slope at each zero."""
    R, slopes = want
    got = student.call(name, W, *args)
    if not isinstance(got, tuple | list) or len(got) != 2:
        student.expect(got, want, name, parts=student.returns[name])
    student.expect(got[0], R, "R")
    dW = student.array(got[1], W.shape, "dW")
    # Where w = 0 the squares have no slope and the absolute value any from -1 to 1.
    nearest = np.where(W == 0, np.clip(dW, -1.0, 1.0), slopes)
    student.expect(dW, nearest, "dW")
