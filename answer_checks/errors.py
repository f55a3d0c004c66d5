"""The likely reason of an error that a student's code raises, where its kind tells."""

from __future__ import annotations

import re

from answer_checks.advice import Advice
from answer_checks.shape_errors import explain_shapes

# What Python and NumPy say of a plain number that is used as an array.
_NUMBER = r"'?(?:float|int|numpy\.float64|numpy\.float32|numpy\.int64)'?"
_PLAIN_NUMBER = re.compile(
    rf"{_NUMBER} object (?:is not (?:subscriptable|iterable)|has no attribute|"
    rf"does not support item assignment|has no len)|object of type {_NUMBER} has no len"
    r"|invalid index to scalar variable|len\(\) of unsized object"
    r"|too many indices for array: array is 0-dimensional"
    r"|out of bounds for array of dimension 0"
)
# What Python says of a list or a tuple that is used as an array.
_SEQUENCE = re.compile(
    r"unsupported operand type\(s\) for [^:]+: (?:'\w+' and )?'(?:list|tuple)'"
    r"|can't multiply sequence by non-int|can only concatenate (?:list|tuple)"
    r"|(?:list|tuple) indices must be integers or slices, not tuple"
)
_CODE = re.compile(r": `(.*)`$")
_TRUTH = "truth value of an array"
_GONE = re.compile(r"module 'numpy' has no attribute '(\w+)'")


def explain_error(error: BaseException, place: str = "") -> Advice | None:
    """Return the likely reason of an error and a next step; None where many may be.

    Parameters
    ----------
    error : BaseException
        What was raised.
    place : str
        Where, for the next step: "line 4 of `f`: `y = x[0]`".

    Examples
    --------
    >>> explain_error(TypeError("'float' object is not subscriptable")).likely
    'a plain number comes here, which has no entries and no shape'
    >>> explain_error(ValueError("something else")) is None
    True
    """
    said = str(error)
    look = f"look at {place}" if place else "look for the line"
    if isinstance(error, UnboundLocalError):
        name = error.name or (re.findall(r"'(\w+)'", said) or ["the name"])[0]
        return Advice(
            f"the function gives `{name}` a value further down, so `{name}` is a name "
            "of its own in all of it, without a value here",
            f"{look}; is `{name}` to be another name there?",
        )
    if isinstance(error, RecursionError):
        return Advice(
            "a function calls itself, or its methods call each other, without an end",
            f"{look}: what ends the calls?",
        )
    if isinstance(error, ModuleNotFoundError):
        return Advice(
            f"the package `{error.name}` is not installed here",
            "use NumPy and what the notebook imports",
        )
    gone = _GONE.search(said)
    if isinstance(error, AttributeError) and gone:
        return Advice(
            f"this NumPy has no `np.{gone[1]}`",
            f"{look}; `float` and `int` are Python's own, without `np.`"
            if gone[1] in {"float", "int", "bool", "object", "str"}
            else f"{look}; how is the name spelt in the documentation?",
        )
    code = _CODE.search(place)
    shapes = explain_shapes(said, look, code[1] if code else "")
    if shapes:
        return shapes
    if _PLAIN_NUMBER.search(said):
        return Advice(
            "a plain number comes here, which has no entries and no shape",
            f"`np.asarray` makes an array of it; {look}",
        )
    if _TRUTH in said:
        return Advice(
            "an array of several entries is neither true nor false",
            f"{look}; `is None` asks whether there is one",
        )
    if isinstance(error, TypeError | AttributeError) and "NoneType" in said:
        return Advice(
            "None stands where a value belongs; a function without return gives None",
            f"{look}: what is None there?",
        )
    if isinstance(error, TypeError) and _SEQUENCE.search(said):
        return Advice(
            "a list comes here, which has no arithmetic by entries and one index only",
            f"`np.asarray` makes an array of it; {look}",
        )
    return None
