"""Tell how far two answers are apart: in structure not at all, in numbers by a part."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from answer_checks.compare import is_number

APART = math.inf
Path = tuple[Any, ...]


def distance(got: Any, want: Any) -> float:
    """Return by which part of the largest number two answers differ.

    Parameters
    ----------
    got, want : object
        Plain values. Numbers of any type compare by value, and so do a list of numbers
        and an array of one axis.

    Returns
    -------
    float
        The largest difference within an array, or of a number, relative to the largest
        finite number there in `want`; infinite where the structure differs.

    Examples
    --------
    >>> distance((2.0, [1, 2]), (2.0, np.array([1.0, 2.5])))
    0.2
    >>> distance(np.ones((2, 1)), np.ones(2))
    inf
    """
    if is_number(got) and is_number(want):
        try:
            return _apart(np.asarray(float(got)), np.asarray(float(want)))
        except OverflowError:  # an integer beyond any float
            return APART
    if isinstance(got, np.ndarray) != isinstance(want, np.ndarray):
        got, want = _array_of(got), _array_of(want)
    if isinstance(got, np.ndarray) and isinstance(want, np.ndarray):
        kinds = got.dtype.kind + want.dtype.kind
        if got.shape != want.shape or not set(kinds) <= set("biuf"):
            return APART
        return _apart(got.astype(float), want.astype(float))
    if isinstance(got, tuple | list) and isinstance(want, tuple | list):
        if len(got) != len(want):
            return APART
        pairs = zip(got, want, strict=True)
        return max((distance(a, b) for a, b in pairs), default=0.0)
    if isinstance(got, Mapping) and isinstance(want, Mapping):
        if got.keys() != want.keys():
            return APART
        return max((distance(got[key], want[key]) for key in want), default=0.0)
    if isinstance(got, bool | np.bool_) and isinstance(want, bool | np.bool_):
        return 0.0 if bool(got) == bool(want) else APART
    return 0.0 if type(got) is type(want) and bool(got == want) else APART


def leaves_of(answer: Any, path: Path = ()) -> dict[Path, Any]:
    """Return the parts of an answer that are no containers, by the way to each.

    Examples
    --------
    >>> leaves_of((1.0, {"b": [2, 3]}))
    {(0,): 1.0, (1, 'b', 0): 2, (1, 'b', 1): 3}
    """
    if isinstance(answer, tuple | list) and answer:
        items: Iterable[tuple[Any, Any]] = enumerate(answer)
    elif isinstance(answer, Mapping) and answer:
        items = answer.items()
    else:
        return {path: answer}
    found: dict[Path, Any] = {}
    for key, item in items:
        found |= leaves_of(item, (*path, key))
    return found


def _array_of(value: Any) -> Any:
    """Return a list of numbers as an array; anything else as it is."""
    if isinstance(value, tuple | list) and value and all(map(is_number, value)):
        try:
            return np.array(value, dtype=float)
        except OverflowError:
            return value
    return value


def _apart(got: np.ndarray, want: np.ndarray) -> float:
    finite = np.abs(want[np.isfinite(want)])
    scale = float(finite.max()) if finite.size else 0.0
    with np.errstate(all="ignore"):
        off = np.abs(got - want) / (scale or 1.0)
    off = np.where((got == want) | (np.isnan(got) & np.isnan(want)), 0.0, off)
    off = np.where(np.isnan(off), APART, off)
    return float(off.max()) if off.size else 0.0


__all__ = ["APART", "distance", "leaves_of"]
