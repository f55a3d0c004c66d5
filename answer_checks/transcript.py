"""What the visible checks of one exercise saw, reduced to a key.

The checks have fixed inputs, so the same mistake leaves the same transcript, however
the code is written. Its key is a salted hash of all that was seen together: it tells
whether two answers are alike, and no value can be read from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from answer_checks.compare import is_number

# Numbers count as equal within about this part of them, and near 0 within SMALL.
RESOLUTION = 1e-5
COARSE = 1e-2  # for what was made from numbers in single precision
SMALL = 1e-4
KEY_LENGTH = 16  # hexadecimal digits


class Transcript:
    """What one block of checks saw, in order.

    Attributes
    ----------
    events : list of tuple
        For each check whether it passed, and what it looked at, reduced by
        :func:`reduced`.
    telling : bool
        Whether a check saw a wrong value; an error alone may come from any mistake.
    """

    def __init__(self) -> None:
        self.events: list[tuple[bool, Any]] = []
        self.telling = False

    def add(
        self,
        passed: bool,
        seen: Any,
        telling: bool = True,
        resolution: float = RESOLUTION,
    ) -> None:
        """Add what a check looked at, now: it may be changed later."""
        self.events.append((passed, reduced(seen, resolution)))
        self.telling |= telling and not passed

    def key(self, salt: str) -> str:
        """Return the key of the whole transcript.

        Examples
        --------
        >>> one, other = Transcript(), Transcript()
        >>> one.add(False, (0.1 + 0.2, np.zeros(2)))
        >>> other.add(False, [np.float64(0.3), np.array([0, 0])])
        >>> one.key("salt") == other.key("salt")
        True
        """
        text = f"{salt}\0{self.events!r}".encode()
        return hashlib.sha256(text).hexdigest()[:KEY_LENGTH]


def reduced(value: Any, resolution: float = RESOLUTION) -> Any:
    """Return a value so that nearly equal ones, in any form, are the same.

    Numbers are rounded on a scale that is linear near 0 and logarithmic beyond, so that
    no usual number lies at the border between two steps.

    Examples
    --------
    >>> reduced(np.float64(0.1) + 0.2) == reduced(0.3)
    True
    >>> reduced((1, [2.0, "a"])) == reduced([1.0, (2, "a")])
    True
    >>> reduced(1.0) == reduced(1.001)
    False
    """
    if isinstance(value, bool | np.bool_) or value is None or value is Ellipsis:
        return str(value)
    if is_number(value):
        try:
            return int(_steps(np.asarray(float(value)), resolution))
        except OverflowError:  # an integer beyond any float
            return str(value)[:50]
    if isinstance(value, tuple | list) and value and all(map(is_number, value)):
        try:
            value = np.array(value, dtype=float)
        except OverflowError:
            return [str(item)[:50] for item in value]
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        steps = hashlib.sha256(_steps(value, resolution).tobytes()).hexdigest()
        return "array", value.shape, steps[:KEY_LENGTH]
    if isinstance(value, Mapping):
        keys = sorted(value, key=str)
        return {str(key): reduced(value[key], resolution) for key in keys}
    if isinstance(value, tuple | list):
        return [reduced(item, resolution) for item in value]
    if isinstance(value, str):
        return value
    return type(value).__name__


def _steps(values: np.ndarray, resolution: float) -> np.ndarray:
    """Return the number of the step that each value lies in, int64."""
    with np.errstate(all="ignore"):
        scaled = np.arcsinh(values.astype(float) / SMALL) / resolution
    whole = np.round(np.where(np.isfinite(scaled), scaled, 0.0)).astype(np.int64)
    edges = np.iinfo(np.int64)
    whole = np.where(np.isposinf(scaled), edges.max, whole)
    whole = np.where(np.isneginf(scaled), edges.min, whole)
    return np.where(np.isnan(scaled), edges.min + 1, whole)
