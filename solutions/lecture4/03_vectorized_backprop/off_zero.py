"""Inputs of a ReLU that keep away from its kink."""

import numpy as np

KINK = 1e-3  # ordinary inputs of a ReLU stay at least this far from zero


def draw_off_zero(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw numbers of both signs that stay away from 0."""
    x = 2 * rng.standard_normal(shape)
    x = np.where(np.abs(x) < KINK, 1.0, x)
    if x.size > 1:
        flat = x.reshape(-1)
        flat[:2] = np.abs(flat[0]), -np.abs(flat[1])
        x = rng.permutation(flat).reshape(shape)
    return x
