"""What the checks of a sigmoid share: a neuron to ask for, and the slope."""

from typing import Any

import numpy as np


def draw_neuron(rng: np.random.Generator, most: float = 2.0) -> tuple[Any, Any]:
    """Draw w (3,) and x (2,) with a sum that is neither 0 nor far out."""
    while True:
        w = rng.uniform(0.4, 2, size=3) * rng.choice([-1, 1], size=3)
        x = rng.uniform(0.4, 2, size=2) * rng.choice([-1, 1], size=2)
        if 0.2 < abs(w[:2] @ x + w[2]) < most:
            return w, x


def sigmoid_slope(x: Any) -> Any:
    """Slope of the sigmoid by its symmetric form, 1 / (e^(x/2) + e^(-x/2))**2."""
    half = np.minimum(np.abs(np.asarray(x, dtype=float)) / 2, 350.0)
    return 1 / (np.exp(half) + np.exp(-half)) ** 2
