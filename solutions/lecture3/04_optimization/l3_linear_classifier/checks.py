"""Predictions and accuracy of a linear classifier: reference and hidden checks."""

from typing import Any

import numpy as np

from autograder.exercise import Exercise, Student, check

EXERCISE = Exercise(
    points=2,
    names=("predict", "accuracy"),
    title="Predictions and accuracy of a linear classifier",
    returns={"predict": ("labels",), "accuracy": ("accuracy",)},
)


def predict(W, X):
    """Return for each row the class of its highest score, the first at a tie."""
    labels = []
    for x in X:
        scores = [float(np.dot(x, W[:, c])) for c in range(W.shape[1])]
        labels.append(scores.index(max(scores)))
    return np.array(labels)


def accuracy(W, X, y):
    """Return the share of the rows whose prediction is their label."""
    right = sum(
        int(label == true) for label, true in zip(predict(W, X), y, strict=True)
    )
    return right / len(y)


def _classified(rng: np.random.Generator, N: int, D: int, C: int) -> tuple[Any, ...]:
    """Draw W, X and labels of which some are predicted right; no scores tie."""
    while True:
        W, X = rng.standard_normal((D, C)), rng.standard_normal((N, D))
        scores = np.sort(X @ W, axis=1)
        if (scores[:, -1] - scores[:, -2]).min() > 1e-3:
            break
    y = np.where(rng.random(N) < 0.6, np.argmax(X @ W, axis=1), rng.integers(C, size=N))
    return W, X, y


@check("the labels", 0.6)
def labels(student: Student, rng: np.random.Generator) -> None:
    for N, D, C in ((8, 4, 3), (5, 3, 6), (4, 4, 4)):
        W, X, _ = _classified(rng, N, D, C)
        student.agrees("predict", W, X)


@check("labels of one example, of two classes, scores of any size", 0.4)
def label_cases(student: Student, rng: np.random.Generator) -> None:
    for N, C in ((1, 5), (6, 2), (1, 2)):
        W, X, _ = _classified(rng, N, 3, C)
        student.agrees("predict", W, X)
        student.agrees("predict", 1e4 * W, X)
    W, X, _ = _classified(rng, 6, 3, 4)
    # A feature that is always 1 moves all scores of a row below 0.
    X = np.hstack([X, np.ones((6, 1))])
    student.agrees("predict", np.vstack([W, np.full((1, 4), -50.0)]), X)
    student.agrees("predict", W.astype(np.float32), X[:, :3].astype(np.float32))
    # All scores are too large for an exponential, which then takes the first class;
    # that of the first example is the last.
    rising = W[:, np.argsort(X[0, :3] @ W)]
    student.agrees("predict", 1e4 * np.vstack([rising, np.full((1, 4), 50.0)]), X)


@check("the accuracy", 0.5)
def _accuracy(student: Student, rng: np.random.Generator) -> None:
    for N, D, C in ((20, 4, 3), (33, 3, 5)):
        student.agrees("accuracy", *_classified(rng, N, D, C))


@check("accuracy where all, none or one is right", 0.3)
def accuracy_cases(student: Student, rng: np.random.Generator) -> None:
    W, X, _ = _classified(rng, 7, 4, 3)
    right = np.argmax(X @ W, axis=1)
    student.agrees("accuracy", W, X, right)
    student.agrees("accuracy", W, X, (right + 1) % 3)
    student.agrees("accuracy", W, X[:1], right[:1].astype(np.uint8))


@check("W, X and y are left as they were", 0.2, inputs=True)
def inputs(student: Student, rng: np.random.Generator) -> None:
    W, X, y = _classified(rng, 8, 4, 3)
    student.agrees("predict", W, X)
    student.agrees("accuracy", W, X, y)
