"""A computational graph: its nodes, its gates, and what goes into each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class Graph:
    """The nodes of a circuit, as :class:`cs231n_lib.circuits.Circuit` declares them.

    Attributes
    ----------
    ops : dict
        For each name its gate, "" for an input.
    inputs : dict
        For each name the names that go in.
    shown : dict
        For each name what is written for it.
    near : bool
        Whether an input stands beside its gate.
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

    def uses(self, name: str) -> list[str]:
        """Return the gates that `name` goes into, one entry a wire."""
        return [gate for gate, used in self.inputs.items() for i in used if i == name]
