r"""Computational graphs, drawn as in the lecture with the numbers a student computed.

A :class:`Circuit` is declared by its nodes; :meth:`Circuit.draw` puts values above the
wires and gradients below them. What is missing stays blank; what does not fit its
neighbours gets a mark. Values are held against the gate's own formula. Gradients are
only shown: no derivative is known here, so all that is asked of them is that they are
finite, have the shape of their value, and at a branch are the sum of what is written on
its wires.

CS231n lecture 4, 04:06 to 36:04; notes optimization-2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import numpy as np

from cs231n_lib.circuit_drawing import Drawing

Wire = tuple[str, str]  # from a node to a gate
Misfits = dict[Hashable, str]  # a place ("value" or "gradient", name) and a reason

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


class Circuit:
    """A computational graph, declared node by node.

    Parameters
    ----------
    nodes : mapping
        For each name its gate and the names that go in, ``("+", "x", "y")``; an empty
        tuple for an input. A node stands after the nodes that it uses. Gates whose
        values are checked: ``+ - * / @ max copy exp log tanh relu 1/x sigmoid`` and a
        number behind an operator, ``"+1"``, ``"*-1"``, ``"**2"``. Any other text is
        drawn and not checked.
    shown : mapping, optional
        What to write for a name where it is not the name itself; "" for nothing.
    inputs : str
        ``"left"``: all inputs in the first column; ``"near"``: each beside its gate.

    Raises
    ------
    ValueError
        A node uses a name that does not stand before it.

    Examples
    --------
    >>> xyz = Circuit({"x": (), "y": (), "z": (),
    ...                "q": ("+", "x", "y"), "f": ("*", "q", "z")})
    >>> values = {"x": -2, "y": 5, "z": -4, "q": 3, "f": 12}
    >>> print(xyz.draw(values, {"f": 1, "q": -4, "z": 3}, title="(x + y) z"))
    (x + y) z: values, and gradients in brackets
      x          -2  [__]
      y           5  [__]
      z          -4  [3]
      q = x + y   3  [-4]
      f = q * z  12  [1]   <- the value does not fit the inputs of its gate
    """

    def __init__(
        self,
        nodes: Mapping[str, Sequence[str]],
        *,
        shown: Mapping[str, str] | None = None,
        inputs: str = "left",
    ) -> None:
        if inputs not in ("left", "near"):
            raise ValueError(f'inputs must be "left" or "near", got {inputs!r}')
        self.ops: dict[str, str] = {}
        self.inputs: dict[str, tuple[str, ...]] = {}
        self.shown = {name: name for name in nodes} | dict(shown or {})
        self.near = inputs == "near"
        for name, made in nodes.items():
            if isinstance(made, str):
                raise ValueError(
                    f"{name} must be () or (gate, input, ...), got {made!r}"
                )
            op, *used = made or ("",)
            for one in used:
                if one not in self.ops:
                    raise ValueError(
                        f"{name} uses {one!r}, which does not stand before it"
                    )
            if op and not used:
                raise ValueError(f"{name} is a gate {op!r} without inputs")
            self.ops[name], self.inputs[name] = op, tuple(used)

    def draw(
        self,
        values: Mapping[str, Any] | None = None,
        grads: Mapping[Any, Any] | None = None,
        *,
        title: str = "",
        digits: int | None = None,
        rtol: float = 1e-6,
    ) -> Drawing:
        """Draw the circuit with these numbers.

        Parameters
        ----------
        values, grads : mapping, optional
            By name: a number, an array, a text, or None for a blank. Without the
            mapping nothing is written, not even blanks. `grads` may also hold wires,
            ``("x", "q")``: what flows back along that wire alone.
        title : str
            A question or an answer, as with every picture.
        digits : int, optional
            Digits after the point, the same throughout; by default 0 if all numbers
            are whole, else 2.
        rtol : float
            How well a value must fit: `rtol` times the largest number at its gate.

        Returns
        -------
        Drawing
            Shown by Jupyter as SVG; ``str()`` of it is the same as text.
        """
        for what, given in (("values", values), ("grads", grads)):
            for key in given or ():
                ends = key if isinstance(key, tuple) and what == "grads" else (key,)
                if not all(end in self.ops for end in ends):
                    raise ValueError(f"{what} has {key!r}, which is no node here")
        return Drawing(
            self, values, grads, self.misfits(values, grads, rtol), title, digits
        )

    def misfits(
        self,
        values: Mapping[str, Any] | None,
        grads: Mapping[Any, Any] | None = None,
        rtol: float = 1e-6,
    ) -> Misfits:
        """Find the numbers that do not fit their neighbours.

        Returns
        -------
        dict
            ``("value", name)`` or ``("gradient", name)`` and what is wrong.

        Examples
        --------
        >>> double = Circuit({"x": (), "d": ("*2", "x")})
        >>> double.misfits({"x": 3.0, "d": 5.0})
        {('value', 'd'): 'the value does not fit the inputs of its gate'}
        """
        values, grads = values or {}, grads or {}
        found: Misfits = {}
        for name in self.ops:
            value, grad = values.get(name), grads.get(name)
            if not _finite(value):
                found["value", name] = "the value is not finite"
            elif not self._fits(name, values, rtol):
                found["value", name] = "the value does not fit the inputs of its gate"
            if not _finite(grad):
                found["gradient", name] = "the gradient is not finite"
            elif _number(value) and _number(grad) and np.shape(value) != np.shape(grad):
                found["gradient", name] = "the gradient has not the shape of its value"
            elif not self._sums(name, grads, rtol):
                found["gradient", name] = "the gradient is not the sum over its wires"
        return found

    def uses(self, name: str) -> list[str]:
        """Return the gates that `name` goes into, one entry a wire."""
        return [gate for gate, used in self.inputs.items() for i in used if i == name]

    def _fits(self, name: str, values: Mapping[str, Any], rtol: float) -> bool:
        forward = _forward(self.ops[name])
        into = [values.get(i) for i in self.inputs[name]]
        out = values.get(name)
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

    def _sums(self, name: str, grads: Mapping[Any, Any], rtol: float) -> bool:
        wires = [grads.get((name, gate)) for gate in dict.fromkeys(self.uses(name))]
        if not wires or not _number(grads.get(name)) or not all(map(_number, wires)):
            return True
        parts = [np.sum(wire) if isinstance(wire, tuple) else wire for wire in wires]
        scale = max(1e-300, *(float(np.abs(part).max()) for part in parts))
        return bool(np.allclose(grads[name], sum(parts), rtol=0, atol=rtol * scale))


def trace(
    root: Any, names: Mapping[str, Any] | None = None, **options: Any
) -> tuple[Circuit, dict[str, float], dict[str, float]]:
    """Walk a graph of objects back from its result and declare it as a circuit.

    Parameters
    ----------
    root : object
        Has ``data`` and ``grad`` (numbers), ``parents`` (the objects it was made of,
        empty for an input) and ``op`` (the gate's text), as the notebook's ``Value``.
    names : mapping, optional
        Names for some of the objects, ``{"x": x}``; the others are drawn without.
    **options
        Passed to :class:`Circuit`.

    Returns
    -------
    circuit, values, grads
        What ``circuit.draw(values, grads)`` wants.

    Raises
    ------
    ValueError
        An object lacks one of the four attributes.
    """
    known = {id(thing): name for name, thing in (names or {}).items()}
    labels: dict[int, str] = {}
    nodes: dict[str, Sequence[str]] = {}
    values: dict[str, float] = {}
    grads: dict[str, float] = {}
    stack = [(root, False)]
    while stack:  # no recursion: graphs may be deep
        thing, ready = stack.pop()
        if id(thing) in labels:
            continue
        lacks = [a for a in ("data", "grad", "parents", "op") if not hasattr(thing, a)]
        if lacks:
            raise ValueError(
                f"a node must have {lacks[0]}, got a {type(thing).__name__}"
            )
        if not ready:
            stack.append((thing, True))
            stack += [(parent, False) for parent in reversed(thing.parents)]
            continue
        label = labels[id(thing)] = known.get(id(thing), f"_{len(labels) + 1}")
        into = [labels[id(parent)] for parent in thing.parents]
        nodes[label] = (thing.op or "?", *into) if into else ()
        values[label], grads[label] = thing.data, thing.grad
    hidden = {label: "" for label in nodes if label not in known.values()}
    options = {"inputs": "near", "shown": hidden} | options
    return Circuit(nodes, **options), values, grads


def attempt(answer: Callable[..., Any], *args: Any) -> Any:
    """Call an answer for a drawing; None, a blank, where it is not written yet.

    Examples
    --------
    >>> attempt(max, 4, 5)
    5
    """
    try:
        return answer(*args)
    except NotImplementedError:
        return None


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
