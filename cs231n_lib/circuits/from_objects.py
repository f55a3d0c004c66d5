"""Read a circuit off objects that remember what they were made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from cs231n_lib.circuits.circuit import Circuit


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
        Names for some of the objects, ``{"x": x}``. Of the others, an input is named
        after its number, ``-1``, and what was computed is called ``v1``, ``v2``, ....
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
    unnamed = [label for label in nodes if label not in known.values()]
    free = (f"v{i}" for i in count(1) if f"v{i}" not in nodes)
    shown = {
        label: next(free) if nodes[label] else f"{values[label]:.4g}"
        for label in unnamed
    }
    options = {"inputs": "near", "shown": shown} | options
    return Circuit(nodes, **options), values, grads
