"""Tell whether an answer is right but for the regularization term.

No formula of an exercise is needed for it: the loss is off by a small fraction of `reg`
times the squared length of `W`, or the gradient by a multiple of `W` itself.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Penalty = tuple[np.ndarray, float]  # W and reg


def penalty_of(
    function: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Penalty | None:
    """Return what a call gives as ``W`` and ``reg``; None where it gives none.

    Examples
    --------
    >>> penalty_of(lambda W, X, reg: 0, (np.ones((2, 1)), 3), {"reg": 0.1})[1]
    0.1
    >>> penalty_of(lambda x: 0, (1.0,), {}) is None
    True
    """
    try:
        given = inspect.signature(function).bind(*args, **kwargs).arguments
    except (TypeError, ValueError):
        return None
    W, reg = given.get("W"), given.get("reg")
    if not isinstance(W, np.ndarray) or W.dtype.kind not in "iuf":
        return None
    if isinstance(reg, bool) or not isinstance(reg, int | float) or not reg:
        return None
    return W.astype(float), float(reg)


def off_by_penalty(got: np.ndarray, want: np.ndarray, penalty: Penalty) -> bool:
    """Tell whether `got` is off by a small fraction or multiple of the penalty alone.

    Parameters
    ----------
    got, want : ndarray
        Numbers of one shape: that of ``W``, or that of one number.
    penalty : (ndarray, float)
        ``W`` and ``reg``.

    Examples
    --------
    >>> W = np.array([[1.0], [2.0]])
    >>> off_by_penalty(np.array(1.0), np.array(1.5), (W, 0.1))
    True
    >>> off_by_penalty(np.array(1.0), np.array(1.6), (W, 0.1))
    False
    """
    W, reg = penalty
    off = want - got
    if off.ndim == 0:
        length = np.linalg.norm(W)
        times = off / (reg * length**2) if length else 0.0
    else:
        solid = W != 0
        if off.shape != W.shape or W.size < 2 or not solid.any():
            return False
        times = (off[solid] / (reg * W[solid])).flat[0]
        if not np.allclose(off, times * reg * W, rtol=1e-5, atol=1e-12):
            return False
    twelfths = abs(times) * 12
    return bool(0.5 < twelfths < 300 and abs(twelfths - round(twelfths)) < 1e-4)
