"""Callables that a question passes to a student's function; they live in the sandbox.

A probe is named and given its parameters as plain values. It is no secret: a student may
read it without learning a test, because the inputs are drawn anew for each submission.
Probes that record keep what they were called with; a question asks for ``probe.calls``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

PROBES: dict[str, Callable[..., Any]] = {}


def probe(maker: Callable[..., Any]) -> Callable[..., Any]:
    """Register a function that makes a probe from its parameters."""
    PROBES[maker.__name__] = maker
    return maker


def make(name: str, params: dict[str, Any]) -> Any:
    """Make the probe `name`; ``KeyError`` where there is none."""
    return PROBES[name](**params)


@probe
def quadratic(A: np.ndarray, b: np.ndarray) -> Callable[[np.ndarray], float]:
    """f(x) = sum(A * x**2 + b * x), for x of the shape of A."""

    def f(x: np.ndarray) -> float:
        return float(np.sum(A * x**2 + b * x))

    return f
