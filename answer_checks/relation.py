"""Explain a wrong part of an answer by another call whose result is known too.

A course gives a :data:`Relation`: for the arguments of a call and its expected result
it returns the same call with some arguments changed, and what that should give. Where
the part that differs is right there, the changed arguments are to blame, and this is
said.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from answer_checks.compare import ATOL, RTOL, Difference, difference


@dataclass(frozen=True)
class Variation:
    """A call with other arguments.

    Attributes
    ----------
    changes : mapping
        The arguments that are changed, by their names.
    want : object
        The whole result that the call with them should have.
    says : str
        What it means of a part that is right there, for example ``"is right but for
        the regularization term"``.
    step : str
        What to look at next.
    """

    changes: Mapping[str, Any]
    want: Any
    says: str
    step: str = ""

    def arguments(
        self, given: Mapping[str, Any], positional: int
    ) -> tuple[list[Any], dict[str, Any]]:
        """Return the arguments of the call, the first ones by position.

        Examples
        --------
        >>> Variation({"reg": 0.0}, 1.0, "").arguments({"W": 1, "reg": 2}, 1)
        ([1], {'reg': 0.0})
        """
        names, changed = list(given), {**given, **self.changes}
        first = [changed[name] for name in names[:positional]]
        return first, {name: changed[name] for name in names[positional:]}


# From the arguments by name and the expected result; None where it has nothing to say.
Relation = Callable[[Mapping[str, Any], Any], Variation | None]


def arguments_by_name(
    function: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the arguments of a call by their names; empty where they do not fit.

    Examples
    --------
    >>> arguments_by_name(lambda W, X, reg=0: 0, (1, 2), {"reg": 0.1})
    {'W': 1, 'X': 2, 'reg': 0.1}
    >>> arguments_by_name(lambda x: 0, (), {})
    {}
    """
    try:
        return dict(inspect.signature(function).bind(*args, **kwargs).arguments)
    except (TypeError, ValueError):
        return {}


def related(
    found: Difference,
    variation: Variation,
    got: Any,
    rtol: float = RTOL,
    atol: float = ATOL,
) -> Difference:
    """Return what differs, with the variation's words where they hold.

    Parameters
    ----------
    found : Difference
        What differs in the call itself.
    variation : Variation
        The other call.
    got : object
        What the answer returned for it.
    rtol, atol : float
        As in :func:`answer_checks.compare.difference`.

    Examples
    --------
    >>> found = difference((1.0, 2.0), (1.0, 2.5), parts=("loss", "dW"))
    >>> at_zero = Variation({"reg": 0.0}, (0.5, 1.5), "is right but for the penalty")
    >>> related(found, at_zero, (0.5, 1.5)).reason
    'dW: is right but for the penalty'
    >>> related(found, at_zero, (0.5, 1.0)).reason
    'dW: is too small'
    """
    if found.kind != "value":
        return found
    try:
        part, wanted = got, variation.want
        for step in found.path:
            part, wanted = part[step], wanted[step]
        if difference(part, wanted, rtol=rtol, atol=atol) is not None:
            return found
    except (TypeError, LookupError, ValueError):
        return found
    reason = f"{found.name}: {variation.says}{found.shown}"
    return replace(found, reason=reason, step=variation.step)
