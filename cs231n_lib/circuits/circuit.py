r"""Computational graphs, drawn as in the lecture with the numbers a student computed.

A :class:`Circuit` is declared by its nodes; :meth:`Circuit.draw` puts values above the
wires and gradients below them. What is missing stays blank; what does not fit its
neighbours gets a mark. See :mod:`cs231n_lib.circuits.misfits` for what is compared.

CS231n lecture 4, 04:06 to 36:04; notes optimization-2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cs231n_lib.circuits.drawing import Drawing
from cs231n_lib.circuits.graph import Graph
from cs231n_lib.circuits.labels import Labels
from cs231n_lib.circuits.misfits import Misfits, find_misfits


class Circuit(Graph):
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
            are whole, else 2, and more where fewer than two digits would tell: 0.0009
            is not 0.00.
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
        misfits = self.misfits(values, grads, rtol)
        return Drawing(Labels(self, values, grads, misfits, title, digits))

    def misfits(
        self,
        values: Mapping[str, Any] | None,
        grads: Mapping[Any, Any] | None = None,
        rtol: float = 1e-6,
    ) -> Misfits:
        """Find the numbers that do not fit their neighbours.

        See :func:`cs231n_lib.circuits.misfits.find_misfits`.
        """
        return find_misfits(self, values, grads, rtol)


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
