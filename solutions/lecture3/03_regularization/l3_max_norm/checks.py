"""Max-norm, column by column: reference and hidden checks."""

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE

EXERCISE = Exercise(
    points=2,
    names=("max_norm",),
    title="Max-norm, column by column",
)


def max_norm(W, c):
    """Scale a column to norm c where its norm is above c."""
    out = W.astype(float)
    for j in range(W.shape[1]):
        norm = sum(float(w) ** 2 for w in out[:, j]) ** 0.5
        if norm > c:
            out[:, j] = [float(w) * c / norm for w in out[:, j]]
    return out


def _columns(
    rng: np.random.Generator, D: int, C: int, low: float = 0.5, high: float = 4.0
) -> np.ndarray:
    """Draw columns in random directions, their norms spread from low to high."""
    W = rng.standard_normal((D, C))
    norms = rng.permutation(np.linspace(low, high, C)) * rng.uniform(0.9, 1.1, C)
    return W / np.sqrt((W**2).sum(axis=0)) * norms


@check("some columns too long, some not", 0.8)
def limit_mixed(student: Student, rng: np.random.Generator) -> None:
    for D, C in ((4, 5), (6, 3), (3, 3)):
        student.agrees("max_norm", _columns(rng, D, C), float(rng.uniform(1.2, 2.5)))


@check("all columns within the limit, one exactly at it", 0.35)
def limit_within(student: Student, rng: np.random.Generator) -> None:
    student.agrees("max_norm", _columns(rng, 4, 5), 7.5)
    W = np.array([[3.0, 0.25, -0.5], [4.0, 0.5, 0.75]])
    student.agrees("max_norm", W, 5.0)
    # Each column is within the limit, all of them together are not.
    student.agrees("max_norm", _columns(rng, 4, 8, 1.0, 2.0), 2.5)


@check("columns of zeros", 0.35)
def limit_zeros(student: Student, rng: np.random.Generator) -> None:
    W = _columns(rng, 5, 6)
    W[:, rng.permutation(6)[:2]] = 0.0
    student.agrees("max_norm", W, 1.5)
    student.agrees("max_norm", np.zeros((3, 2)), 1.0)


@check("one row, one column, float32, long columns", 0.25)
def limit_small(student: Student, rng: np.random.Generator) -> None:
    student.agrees("max_norm", _columns(rng, 1, 5), 1.5)
    student.agrees("max_norm", _columns(rng, 5, 1, 3.0, 3.0), 0.75)
    student.agrees("max_norm", 1e6 * _columns(rng, 4, 3), 2.0)
    W = _columns(rng, 4, 5).astype(np.float32)
    student.agrees("max_norm", W, 1.5, **SINGLE)


@check("W is left as it was", 0.25, inputs=True)
def limit_inputs(student: Student, rng: np.random.Generator) -> None:
    student.agrees("max_norm", _columns(rng, 4, 5), 1.5)
