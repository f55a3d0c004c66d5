"""The likely reason of an error that NumPy raises because arrays do not fit."""

from __future__ import annotations

import re

from answer_checks.advice import Advice

# `matmul` and `dot` say it in words of their own; both name two lengths.
_PRODUCT = re.compile(
    r"matmul: .*\(size (?P<right>\d+) is different from (?P<left>\d+)\)"
    r"|not aligned: (?P<last>\d+) \(dim \d+\) != (?P<first>\d+) \(dim \d+\)"
)
_LINED_UP = re.compile(
    r"could not be broadcast together with shapes (\(.*?\)) (\(.*?\))"
    r"|could not broadcast input array from shape (\(.*?\)) into shape (\(.*?\))"
)
_AXIS = re.compile(r"axis -?\d+ is out of bounds for array of dimension ([1-9]\d*)")
_INDEX = re.compile(r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)")
# A number in front: the largest of one number is sought, and the array is the axis.
_ONE_ARRAY = re.compile(r"\bnp\.a?(max|min)\(\s*-?\d+(?:\.\d*)?\s*,\s*(?!axis)")


def explain_shapes(said: str, look: str, code: str = "") -> Advice | None:
    """Return the likely reason and a next step; None where it is another error.

    Parameters
    ----------
    said : str
        What NumPy says.
    look : str
        Where to look, for the next step.
    code : str
        The line that raised it.

    Examples
    --------
    >>> index = "index 5 is out of bounds for axis 0 with size 3"
    >>> explain_shapes(index, "look at line 2").likely
    'number 5 is asked for, and axis 0 has 3 entries, which count from 0'
    >>> explain_shapes("something else", "look at line 2") is None
    True
    """
    both = f"print both shapes; {look}"
    product = _PRODUCT.search(said)
    if product:
        left, right = product["left"] or product["last"], product["right"]
        return Advice(
            f"where the factors of this matrix product meet, the left one has {left} "
            f"entries and the right one {right or product['first']}",
            both,
        )
    shapes = _LINED_UP.search(said)
    if shapes:
        one, other = filter(None, shapes.groups())
        return Advice(
            f"the shapes {one} and {other} do not line up: read from the right, two "
            "lengths must be equal, or one of them 1",
            both,
        )
    one_array = _ONE_ARRAY.search(code)
    if one_array:
        name = one_array[1]
        return Advice(
            f"`np.{name}` takes one array; what follows it is taken for an axis",
            f"{look}; `np.{name}imum` compares two arrays entry by entry",
        )
    axes = _AXIS.search(said)
    if axes:
        count = "one axis, axis 0" if axes[1] == "1" else f"{axes[1]} axes"
        return Advice(
            f"the array that comes here has {count}",
            f"print its shape; {look}",
        )
    index = _INDEX.search(said)
    if index:
        number, axis, size = index.groups()
        entries = (
            "1 entry, which has number 0"
            if size == "1"
            else (f"{size} entries, which count from 0")
        )
        return Advice(
            f"number {number} is asked for, and axis {axis} has {entries}",
            f"{look}: where does the number come from?",
        )
    return None
