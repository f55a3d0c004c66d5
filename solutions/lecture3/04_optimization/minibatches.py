"""What the checks of random draws share: seeds, and rows that tell their number."""

from typing import Any

import numpy as np

from autograder.exercise import Student


def draw_seed(rng: np.random.Generator) -> int:
    return int(rng.integers(2**31))


def draw_tagged(rng: np.random.Generator, N: int, D: int) -> tuple[Any, Any]:
    """Draw examples whose first feature and label both tell the row number."""
    X = rng.standard_normal((N, D))
    X[:, 0] = rng.permutation(N) + 1.0
    return X, (X[:, 0] * 3).astype(np.int64)


def rows_of(X_batch: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Return the row number in X of each row of the batch; -1 where there is none."""
    same = (X_batch[:, None, :] == X[None, :, :]).all(axis=2)  # (B, N)
    return np.where(same.any(axis=1), same.argmax(axis=1), -1)


def keep_facts(student: Student, *facts: Any) -> None:
    """Keep facts instead of numbers: they are the same for every stream of draws."""
    student.transcript[:] = [list(facts)]
