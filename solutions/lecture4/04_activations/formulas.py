"""What the references share: one number at a time, none too large for exp."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

CUBIC, ROOT = 0.044715, math.sqrt(2 / math.pi)  # of the tanh form of GELU


def each(f: Callable[[float], float], x: Any) -> Any:
    """Apply a function of one number to every entry of `x`, or to a number."""
    values = np.asarray(x, dtype=float)
    out = np.array([f(v) for v in values.reshape(-1).tolist()])
    return out.reshape(values.shape) if values.ndim else float(out[0])


def logistic(v: float) -> float:
    return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))


def inner(v: float) -> float:
    """Twice what stands in the tanh of GELU: (1 + tanh u) / 2 = logistic(2 u)."""
    return 2 * ROOT * (v + CUBIC * v**3)
