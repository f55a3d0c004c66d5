"""The form that an answer in a dict must have."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from answer_checks.compare import describe, is_number

MOST_SHOWN = 30  # characters of an answer


def form_fault(value: Any, kind: Any) -> str:
    """Say what form was asked for where `value` does not have it."""
    if kind is bool:
        return "" if isinstance(value, bool | np.bool_) else "True or False"
    if kind is int:
        whole = is_number(value) and np.isfinite(value) and float(value).is_integer()
        return "" if whole else "a whole number"
    if kind is float:
        return "" if is_number(value) and not np.isnan(value) else "a number"
    if isinstance(kind, Collection) and not isinstance(kind, str):
        return "" if value in kind else "one of " + ", ".join(map(repr, kind))
    return "" if isinstance(value, kind) and value else f"a {kind.__name__}"


def shown(value: Any) -> str:
    """Return an answer as it is shown: itself where it is short, else its kind.

    Examples
    --------
    >>> shown("Delta"), shown(float("nan")), shown([1, 2])
    ("'Delta'", 'nan', 'a list of 2')
    """
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, str | bool | int | float) and len(repr(plain)) <= MOST_SHOWN:
        return repr(plain)
    return describe(value)
