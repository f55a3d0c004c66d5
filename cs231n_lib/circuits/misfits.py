"""Find the numbers of a circuit that do not fit their neighbours.

Values are compared with the gate's own formula. No derivative is known here, so all
that is asked of gradients is that they are finite, have the shape of their value, and
at a branch are the sum of what is written on its wires.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any

import numpy as np

from cs231n_lib.circuits.graph import Graph

Misfits = dict[Hashable, str]  # ("value" or "gradient", name) and a reason

_FORWARD: dict[str, Callable[..., Any]] = {
    "+": lambda *xs: sum(xs),
    "-": lambda a, b=None: -a if b is None else a - b,
    "*": lambda *xs: np.prod(np.broadcast_arrays(*xs), axis=0),
    "/": lambda a, b: a / b,
    "@": lambda a, b: a @ b,
    "max": lambda *xs: np.max(np.broadcast_arrays(*xs), axis=0),
    "copy": lambda a: a,
    "exp": np.exp,
    "log": np.log,
    "tanh": np.tanh,
    "relu": lambda a: a * (a > 0),
    "1/x": lambda a: 1 / a,
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
}
_WITH_NUMBER = re.compile(r"(\*\*|[+*/-])\s*(-?\d+(?:\.\d+)?)\Z")


def find_misfits(
    graph: Graph,
    values: Mapping[str, Any] | None,
    grads: Mapping[Any, Any] | None = None,
    rtol: float = 1e-6,
) -> Misfits:
    """Find the numbers that do not fit their neighbours.

    Parameters
    ----------
    graph : Graph
        The circuit.
    values, grads, rtol
        As for :meth:`cs231n_lib.circuits.Circuit.draw`.

    Returns
    -------
    dict
        ``("value", name)`` or ``("gradient", name)`` and what is wrong.

    Examples
    --------
    >>> double = Graph({"x": (), "d": ("*2", "x")})
    >>> find_misfits(double, {"x": 3.0, "d": 5.0})
    {('value', 'd'): 'the value does not fit the inputs of its gate'}
    """
    values, grads = values or {}, grads or {}
    found: Misfits = {}
    for name in graph.ops:
        value: Any = values.get(name)
        grad: Any = grads.get(name)
        if not _finite(value):
            found["value", name] = "the value is not finite"
        elif not _fits(graph, name, values, rtol):
            found["value", name] = "the value does not fit the inputs of its gate"
        if not _finite(grad):
            found["gradient", name] = "the gradient is not finite"
        elif _number(value) and _number(grad) and np.shape(value) != np.shape(grad):
            found["gradient", name] = "the gradient has not the shape of its value"
        elif not _sums(graph, name, grads, rtol):
            found["gradient", name] = "the gradient is not the sum over its wires"
    return found


def _fits(graph: Graph, name: str, values: Mapping[str, Any], rtol: float) -> bool:
    forward = _forward(graph.ops[name])
    into: list[Any] = [values.get(i) for i in graph.inputs[name]]
    out: Any = values.get(name)
    if forward is None or not all(map(_number, [out, *into])):
        return True
    into = [np.asarray(i, dtype=float) for i in into]
    with np.errstate(all="ignore"):
        try:
            want = np.asarray(forward(*into), dtype=float)
        except (ValueError, TypeError):  # shapes that do not go together
            return False
    if want.shape != np.shape(out):
        return False
    if not np.isfinite(want).all():
        return True  # its inputs bear the mark, or the formula overflows
    scale = max([1e-300, *(float(np.abs(v).max(initial=0)) for v in [want, *into])])
    return bool(np.allclose(out, want, rtol=0, atol=rtol * scale))


def _sums(graph: Graph, name: str, grads: Mapping[Any, Any], rtol: float) -> bool:
    wires: list[Any] = [
        grads.get((name, gate)) for gate in dict.fromkeys(graph.uses(name))
    ]
    if not wires or not _number(grads.get(name)) or not all(map(_number, wires)):
        return True
    parts = [np.sum(wire) if isinstance(wire, tuple) else wire for wire in wires]
    scale = max(1e-300, *(float(np.abs(part).max()) for part in parts))
    return bool(np.allclose(grads[name], sum(parts), rtol=0, atol=rtol * scale))


def _forward(op: str) -> Callable[..., Any] | None:
    if op in _FORWARD:
        return _FORWARD[op]
    found = _WITH_NUMBER.match(op)
    if not found:
        return None
    sign, number = found.group(1), float(found.group(2))
    if sign == "**":
        return lambda a: a**number
    two = _FORWARD[sign]
    return lambda a: two(a, np.asarray(number))


def _number(value: Any) -> bool:
    if isinstance(value, tuple | list | np.ndarray | float | int | np.generic):
        return np.asarray(value).dtype.kind in "iuf"
    return False


def _finite(value: Any) -> bool:
    return not _number(value) or bool(np.isfinite(np.asarray(value)).all())
