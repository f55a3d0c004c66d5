"""What a drawing of a circuit says: each number as text, the marks, the title."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np

from cs231n_lib.circuits.graph import Graph


class Labels:
    """The texts of one drawing.

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
        self.misfits = dict(misfits)
        self.title = title
        numbers = [*(values or {}).values(), *(grads or {}).values()]
        self.digits = _digits(numbers) if digits is None else digits
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
            return value
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            return type(value).__name__
        if array.ndim == 0:
            return self._number(float(array))
        if array.ndim == 1 and array.size <= 4:
            return "(" + ", ".join(self._number(float(v)) for v in array) + ")"
        return "\u00d7".join(map(str, array.shape)) + " numbers"

    def _number(self, value: float) -> str:
        if abs(value) >= 1e7:
            text = f"{value:.1e}"
        else:
            text = f"{value:.{self.digits}f}"
        if not text.strip("-0."):
            text = text.lstrip("-")  # no minus zero
        return text.replace("-", "\u2212")


def _digits(numbers: list[Any]) -> int:
    arrays = [np.asarray(n) for n in numbers if n is not None]
    floats = [a.astype(float) for a in arrays if a.dtype.kind in "biuf"]
    finite = [a[np.isfinite(a)] for a in map(np.atleast_1d, floats)]
    return 0 if all(np.allclose(a, np.round(a), atol=1e-9) for a in finite) else 2
