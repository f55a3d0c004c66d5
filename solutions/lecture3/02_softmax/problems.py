"""Scores and classification problems to ask for, ordinary and extreme."""

import numpy as np

from ...linear_loss import Problem


def draw_scores(
    rng: np.random.Generator, *shape: int, scale: float = 2.0
) -> np.ndarray:
    return scale * rng.standard_normal(shape)


def draw_problem(rng: np.random.Generator, N: int, D: int, C: int) -> Problem:
    """Draw W, X, y such that some examples are classified wrongly, where N allows."""
    while True:
        W = rng.standard_normal((D, C))
        X = rng.standard_normal((N, D))
        y = rng.integers(C, size=N)
        wrong = (X @ W).argmax(axis=1) != y
        if N < 3 or wrong.any():
            return W, X, y


def draw_shifted_problem(rng: np.random.Generator, sign: int) -> Problem:
    """Draw W, X, y with another large number added to all scores of each example.

    The number enters as a further feature whose weight is one for every class.
    """
    W, X, y = draw_problem(rng, 5, 4, 3)
    shifts = sign * rng.permutation([0.0, 900.0, 1800.0, 3000.0, 4500.0])
    W = np.vstack([W, np.ones(3)])  # (5, 3)
    return W, np.hstack([X, shifts[:, None]]), y


def draw_far_problem(rng: np.random.Generator) -> Problem:
    """Draw W, X, y with a class, nobody's true one, far behind in every example."""
    W, X, y = draw_problem(rng, 6, 4, 4)
    last = int(rng.integers(4))
    W = np.vstack([W, np.zeros(4)])  # (5, 4)
    W[4, last] = -2000.0
    y[y == last] = (last + 1) % 4
    return W, np.hstack([X, np.ones((6, 1))]), y


def draw_behind_problem(rng: np.random.Generator, lead: float) -> Problem:
    """Draw W, X, y such that a wrong class leads by `lead` in one example of three.

    A probability that is kept away from zero keeps the loss below the lead.
    """
    W, X, y = draw_problem(rng, 3, 4, 4)
    far = int(rng.integers(3))
    scores = X @ W
    others = np.arange(4) != y[far]
    top = int(np.argmax(np.where(others, scores[far], -np.inf)))
    missing = lead - (scores[far, top] - scores[far, y[far]])
    W = np.vstack([W, np.zeros(4)])  # (5, 4)
    W[4, top] = missing
    column = np.zeros((3, 1))
    column[far] = 1.0
    return W, np.hstack([X, column]), y
