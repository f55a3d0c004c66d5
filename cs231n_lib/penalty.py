"""What a loss is without its penalty, to tell what is off by the penalty alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from answer_checks.relation import Variation

BUT_FOR_PENALTY = "is right but for the regularization term"
STEP = (
    "compare your answers for reg = 0 and for this reg: they differ by that term alone"
)


def without_penalty(arguments: Mapping[str, Any], want: Any) -> Variation | None:
    r"""Return the same call with ``reg = 0``, for a loss and its gradient.

    .. math:: L = L_{data} + reg \sum_{d,c} W_{dc}^2

    Parameters
    ----------
    arguments : mapping
        Of the call: ``reg``, and the weights as ``W``, (D, C) float64, or as the
        matrices in a dict ``params``.
    want : tuple
        The expected loss and its gradient: an array like ``W``, or a dict with the keys
        of ``params``.

    Returns
    -------
    Variation or None
        None where `reg` is 0 or the call is no such loss.

    Examples
    --------
    >>> found = without_penalty({"W": np.array([[2.0]]), "reg": 0.5}, (5.0, np.ones(1)))
    >>> found.changes, found.want[0]
    ({'reg': 0.0}, 3.0)
    """
    reg, weights = arguments.get("reg"), _weights(arguments)
    if isinstance(reg, bool) or not isinstance(reg, int | float) or not reg:
        return None
    if not weights or not isinstance(want, tuple) or len(want) != 2:
        return None
    loss, slopes = want
    if np.ndim(loss) != 0:
        return None
    bare = loss - reg * sum(float(np.sum(W * W)) for W in weights.values())
    if isinstance(slopes, Mapping):
        rest = {name: slopes[name] - 2 * reg * W for name, W in weights.items()}
        slopes = {**slopes, **rest}
    else:
        slopes = slopes - 2 * reg * weights["W"]
    return Variation({"reg": 0.0}, (bare, slopes), BUT_FOR_PENALTY, STEP)


def _weights(arguments: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Return the matrices of weights, by name; biases are not regularized."""
    held = arguments.get("params")
    named = held if isinstance(held, Mapping) else {"W": arguments.get("W")}
    return {
        name: value.astype(float)
        for name, value in named.items()
        if isinstance(value, np.ndarray) and value.ndim == 2
    }
