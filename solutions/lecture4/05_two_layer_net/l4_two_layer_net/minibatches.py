"""Tell from recorded losses which minibatches a net was trained on."""

import itertools
from typing import Any

import numpy as np

from ..net_params import NAMES, Params
from .training import fast_loss

Rows = tuple[int, ...]


def rows_of(
    losses: np.ndarray, params: Params, X: np.ndarray, y: np.ndarray, **options: Any
) -> tuple[list[Rows], str]:
    """Find the pair of examples behind each recorded loss, and follow the steps.

    Parameters
    ----------
    losses : (T,) float64
        What was recorded, with minibatches of two.
    params : dict
        The four arrays before the first step.
    X, y : (N, D) float64, (N,) int
        The training set; with few examples the loss of each pair is its own.
    **options
        ``learning_rate`` and ``reg``.

    Returns
    -------
    list of tuple of int, str
        The pairs, as far as they are found, and what the first loss without one is of.
    """
    pairs = list(itertools.combinations_with_replacement(range(len(X)), 2))
    rate, reg = options["learning_rate"], options["reg"]
    params = {name: np.array(value, dtype=float) for name, value in params.items()}
    found: list[Rows] = []
    for loss in losses:
        every = fast_loss(params, X, y, reg)[0]
        alone = [
            fast_loss(params, X[i : i + 1], y[i : i + 1], reg)[0] for i in range(len(X))
        ]
        means = np.array([(alone[i] + alone[j]) / 2 for i, j in pairs])
        gaps = np.abs(means - loss)
        if gaps.min() > 1e-5 * abs(loss):
            whole = np.isclose(loss, every, rtol=1e-6)
            return found, "all" if whole else "none"
        found.append(pairs[int(gaps.argmin())])
        rows = list(found[-1])
        _, grads = fast_loss(params, X[rows], y[rows], reg)
        params = {name: params[name] - rate * grads[name] for name in NAMES}
    return found, ""
