"""Callables that a hidden check passes to a student's function.

Each function here makes one, inside the sandbox, from parameters that are plain values:
``probe_argument(quadratic, A=A, b=b)``. Nothing here is secret: a student may read this
file without learning a test, because inputs are drawn from a seed. A probe that records
keeps what it was called with; a check asks for ``probe.calls``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def quadratic(A: np.ndarray, b: np.ndarray) -> Callable[[np.ndarray], float]:
    """f(x) = sum(A * x**2 + b * x), for x of the shape of A."""

    def f(x: np.ndarray) -> float:
        return float(np.sum(A * x**2 + b * x))

    return f


class RecordedQuadratic:
    """f(x) = sum(A * x**2 + b * x); ``calls`` keeps the x that it was called with."""

    def __init__(self, A: np.ndarray, b: np.ndarray) -> None:
        self.f = quadratic(A, b)
        self.calls: list[np.ndarray] = []

    def __call__(self, x: np.ndarray) -> float:
        """Return the value at x."""
        self.calls.append(np.array(x, dtype=float))
        return self.f(x)


def recorded_quadratic(A: np.ndarray, b: np.ndarray) -> RecordedQuadratic:
    """Make a quadratic that remembers its calls."""
    return RecordedQuadratic(A, b)


def coupled_cubic(
    A: np.ndarray, B: np.ndarray, c: float
) -> Callable[[np.ndarray], float]:
    """f(x) = sum(A * x**3) + c * sum(B * x)**2: every entry meets every other."""

    def f(x: np.ndarray) -> float:
        x = np.asarray(x, dtype=float)
        return float(np.sum(A * x**3) + c * np.sum(B * x) ** 2)

    return f


def absolute(a: np.ndarray) -> Callable[[np.ndarray], float]:
    """f(x) = sum(abs(x - a)), with a kink at x = a."""

    def f(x: np.ndarray) -> float:
        return float(np.sum(np.abs(x - a)))

    return f


class RecordedSquares:
    """loss(W, X, y, reg) = mean(sum((X @ W - T)**2)) + reg * sum(W**2), T[i, y_i] = 1.

    Returns ``(loss, dW)``; ``calls`` keeps what it was called with and what it gave.
    """

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []

    def __call__(
        self, W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float
    ) -> tuple[float, np.ndarray]:
        """Return the loss and its gradient."""
        rest = X @ W - np.eye(W.shape[1])[y]  # (N, C)
        loss = float(np.sum(rest**2) / len(X) + reg * np.sum(W**2))
        dW = 2 * X.T @ rest / len(X) + 2 * reg * W
        given = {"W": np.array(W), "X": np.array(X), "y": np.array(y), "reg": reg}
        self.calls.append({**given, "loss": loss, "dW": np.array(dW)})
        return loss, dW


def recorded_squares() -> RecordedSquares:
    """Make a loss that remembers its calls."""
    return RecordedSquares()


def neighbors_training() -> Callable[..., Any]:
    """train(X, y, reg): a classifier by the vote of the int(reg) nearest examples."""

    def train(X: np.ndarray, y: np.ndarray, reg: float) -> Callable[..., np.ndarray]:
        X, y = np.array(X, dtype=float), np.array(y)
        labels = np.unique(y)
        count = min(max(int(reg), 1), len(X))

        def predict(asked: np.ndarray) -> np.ndarray:
            distances = ((np.asarray(asked)[:, None] - X) ** 2).sum(axis=2)
            near = distances.argsort(axis=1, kind="stable")[:, :count]
            votes = (y[near][:, :, None] == labels).sum(axis=1)
            return labels[votes.argmax(axis=1)]

        return predict

    return train


def leaning_tanh(a: float, b: float) -> Callable[[np.ndarray], np.ndarray]:
    """f(z) = a * tanh(z) + b * z, an activation; with a = 0, b = 1 the identity."""

    def f(z: np.ndarray) -> np.ndarray:
        return a * np.tanh(z) + b * np.asarray(z, dtype=float)

    return f


def leaning_tanh_slope(a: float, b: float) -> Callable[[np.ndarray], np.ndarray]:
    """Make the slope of ``leaning_tanh`` at z."""

    def f(z: np.ndarray) -> np.ndarray:
        return a * (1 - np.tanh(z) ** 2) + b

    return f


def long_chain(length: int, scale: float, shift: float) -> Callable[[Any], Any]:
    """f(x): `length` times over, x becomes x * scale + shift; two nodes each time."""

    def f(x: Any) -> Any:
        for _ in range(length):
            x = x * scale + shift
        return x

    return f
