"""The share of dead ReLU units: reference and hidden checks."""

import math

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE

EXERCISE = Exercise(
    points=2,
    names=("dead_fraction",),
    title="The share of dead ReLU units",
    returns={"dead_fraction": ("share",)},
)


def dead_fraction(X, W, b):
    """Count the units that no example lifts above 0."""
    X, W, b = (np.asarray(part, dtype=float) for part in (X, W, b))
    found = 0
    for unit in range(W.shape[1]):
        alive = False
        for row in X:
            if math.fsum(row * W[:, unit]) + b[unit] > 0:
                alive = True
        found += not alive
    return found / W.shape[1]


def _layer(
    rng: np.random.Generator, N: int, D: int, H: int, shares: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw a layer with a share of dead units in this range, none of them barely so."""
    while True:
        X, W = rng.standard_normal((N, D)), rng.standard_normal((D, H))
        b = rng.uniform(-4, 1, size=H) * np.sqrt(D)
        top = (X @ W + b).max(axis=0)
        share = np.mean(top <= 0)
        if np.abs(X @ W + b).min() > 1e-6 and shares[0] < share < shares[1]:
            return X, W, b


@check("some units dead, some alive", 0.8)
def dead_some(student: Student, rng: np.random.Generator) -> None:
    for N, D, H in ((6, 6, 6), (9, 4, 12), (5, 3, 20)):
        student.agrees("dead_fraction", *_layer(rng, N, D, H, (0.05, 0.95)))


@check("no unit dead, all units dead", 0.4)
def dead_none(student: Student, rng: np.random.Generator) -> None:
    X, W, b = _layer(rng, 8, 4, 6, (0.05, 0.95))
    student.agrees("dead_fraction", X, W, b + 100.0)
    student.agrees("dead_fraction", X, W, b - 100.0)


@check("sums of exactly zero", 0.3)
def dead_at_zero(student: Student, rng: np.random.Generator) -> None:
    # Whole numbers: every sum is exact. Unit 0 only ever reaches 0, unit 1 exceeds it.
    X = rng.integers(1, 4, size=(5, 2)).astype(float)
    W = np.array([[0.0, 1.0, -1.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
    b = np.array([0.0, -X[:, 0].max() + 0.5, 0.0, -2.0])
    student.agrees("dead_fraction", X, W, b)
    student.agrees("dead_fraction", X, np.zeros((2, 3)), np.zeros(3))


@check("one example, one unit, float32", 0.4)
def dead_small(student: Student, rng: np.random.Generator) -> None:
    student.agrees("dead_fraction", *_layer(rng, 1, 4, 9, (0.05, 0.95)))
    for shift in (50.0, -50.0):
        X, W, b = _layer(rng, 6, 3, 1, (-1, 2))
        student.agrees("dead_fraction", X, W, b + shift)
    single = [a.astype(np.float32) for a in _layer(rng, 7, 3, 8, (0.05, 0.95))]
    student.agrees("dead_fraction", *single, **SINGLE)


@check("X, W and b stay as they were", 0.1, inputs=True)
def dead_untouched(student: Student, rng: np.random.Generator) -> None:
    student.agrees("dead_fraction", *_layer(rng, 6, 3, 8, (0.05, 0.95)))
