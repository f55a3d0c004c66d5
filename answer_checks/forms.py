"""The form that an answer in a dict must have."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from answer_checks.compare import is_number


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
