"""What a drawing of a circuit says: each number as text, the marks, the title."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np

from cs231n_lib.circuits.graph import Graph
from cs231n_lib.picture_language import say

LARGEST = 3  # rows and columns of a matrix that is written out
MOST_DIGITS = 7  # after the point
ROUNDING = 1e-12  # what is smaller than this part of the largest number is 0
FIGURE_SPACE = "\u2007"  # as wide as a digit


class Labels:
    """The texts of one drawing, in the language that is set.

    Parameters
    ----------
    graph : Graph
        The circuit.
    values, grads, title, digits
        As for :meth:`cs231n_lib.circuits.Circuit.draw`.
    misfits : mapping
        What :func:`cs231n_lib.circuits.misfits.find_misfits` found.

    Attributes
    ----------
    values, grads : dict or None
        For each node the text of its number, "" for a blank; None where none is drawn.
        A small matrix has one line per row.
    shown, ops : dict
        For each node what is written for it, and what for its gate.
    wires : dict
        For a wire the gradients that flow back along it, as texts.
    """

    def __init__(
        self,
        graph: Graph,
        values: Mapping[str, Any] | None,
        grads: Mapping[Any, Any] | None,
        misfits: Mapping[Hashable, str],
        title: str,
        digits: int | None,
    ) -> None:
        self.graph = graph
        self.shown = {name: _said(text) for name, text in graph.shown.items()}
        self.ops = {name: _said(op) for name, op in graph.ops.items()}
        self.misfits = {which: say(reason) for which, reason in misfits.items()}
        self.title = say(title)
        numbers = [*(values or {}).values(), *(grads or {}).values()]
        self.digits = _digits(numbers) if digits is None else digits
        self.finer = digits is None and self.digits > 0
        self.noise = ROUNDING * _largest(numbers)
        self.values = self._written(values)
        self.grads = self._written(grads)
        wires = {k: v for k, v in (grads or {}).items() if isinstance(k, tuple)}
        self.wires = {k: self._each(k, v) for k, v in wires.items()}

    def _written(self, given: Mapping[Any, Any] | None) -> dict[str, str] | None:
        if given is None:
            return None
        return {name: self._format(given.get(name)) for name in self.graph.ops}

    def _each(self, wire: tuple[str, str], grad: Any) -> list[str]:
        return [self._format(g) for g in (grad if isinstance(grad, tuple) else [grad])]

    def _format(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return say(value)
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            return type(value).__name__
        if array.ndim == 0:
            return self._number(float(array))
        if array.ndim == 1 and array.size <= 4:
            return "(" + ", ".join(self._number(float(v)) for v in array) + ")"
        if array.ndim == 2 and max(array.shape) <= LARGEST and array.size:
            return _in_columns([[self._number(float(v)) for v in row] for row in array])
        return say("\u00d7".join(map(str, array.shape)) + " numbers")

    def _number(self, value: float) -> str:
        if abs(value) >= 1e7:
            text = f"{value:.1e}"
        else:
            text = f"{value:.{self.digits + self._more_digits(value)}f}"
        if not text.strip("-0."):
            text = text.lstrip("-")  # no minus zero
        return text.replace("-", "\u2212")

    def _more_digits(self, value: float) -> int:
        """How many more digits a small number needs so that two of them tell."""
        if not self.finer or not self.noise < abs(value) < 10 ** (1 - self.digits):
            return 0
        if abs(value - round(value, self.digits)) <= 1e-4 * abs(value):
            return 0  # 0.05 is all there is to say
        leading = math.floor(math.log10(abs(value)))
        return max(0, min(1 - leading, MOST_DIGITS) - self.digits)


def _said(name: str) -> str:
    """Return the name of a node or a gate; one that code can use stays what it is."""
    return name if name.isidentifier() else say(name)


def _in_columns(rows: list[list[str]]) -> str:
    """Write a small matrix, one row per line, its columns aligned on the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    padded = [
        [
            text.rjust(width, FIGURE_SPACE)
            for text, width in zip(row, widths, strict=True)
        ]
        for row in rows
    ]
    return "\n".join((2 * FIGURE_SPACE).join(row) for row in padded)


def _largest(numbers: list[Any]) -> float:
    """Return the largest finite absolute value among numbers and arrays."""
    arrays = [np.atleast_1d(np.asarray(n)) for n in numbers if n is not None]
    sizes = [np.abs(a[np.isfinite(a)]) for a in arrays if a.dtype.kind in "biuf"]
    return max((float(size.max(initial=0)) for size in sizes), default=0.0)


def _digits(numbers: list[Any]) -> int:
    arrays = [np.asarray(n) for n in numbers if n is not None]
    floats = [a.astype(float) for a in arrays if a.dtype.kind in "biuf"]
    finite = [a[np.isfinite(a)] for a in map(np.atleast_1d, floats)]
    return 0 if all(np.allclose(a, np.round(a), atol=1e-9) for a in finite) else 2
