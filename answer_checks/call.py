"""Call a student's function on copies of its inputs, and see what it did."""

from __future__ import annotations

import copy
import inspect
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Call:
    """What a call brought.

    Attributes
    ----------
    result : object
        What the function returned.
    printed : str
        The end of what it printed.
    changed : list of str
        The names of the arguments that it changed.
    drawn : list of bool
        Of each generator among the arguments, whether something was drawn from it.
    """

    result: Any
    printed: str
    changed: list[str]
    drawn: list[bool]


def call_on_copies(
    function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Call:
    """Call `function` on copies of its arguments; what it raises is passed on."""
    given_args, given_kwargs = copy.deepcopy((args, kwargs))
    printed = _Tee(sys.stdout)
    with redirect_stdout(printed):
        result = function(*given_args, **given_kwargs)
    names = [*argument_names(function, args), *kwargs]
    before = [*args, *kwargs.values()]
    after = [*given_args, *given_kwargs.values()]
    changed = [
        name
        for name, old, new in zip(names, before, after, strict=True)
        if not _unchanged(old, new)
    ]
    drawn = [
        old.bit_generator.state != new.bit_generator.state
        for old, new in zip(before, after, strict=True)
        if isinstance(old, np.random.Generator)
    ]
    return Call(result, printed.text.strip(), changed, drawn)


def signature_fault(
    function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> str:
    """Say why `function` cannot be called so; empty where it can.

    Examples
    --------
    >>> signature_fault(lambda x: x, (1, 2), {})
    'the signature is `(x)`, the call has 2 by position (too many positional arguments)'
    """
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # some builtins have none
        return ""
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        named = "".join(f", {key}=..." for key in kwargs)
        return (
            f"the signature is `{signature}`, the call has {len(args)} "
            f"by position{named} ({error})"
        )
    return ""


def argument_names(function: Callable[..., Any], args: Sequence[Any]) -> list[str]:
    """Name the arguments that are given by position."""
    try:
        names = list(inspect.signature(function).parameters)[: len(args)]
    except (TypeError, ValueError):
        names = []
    return names + [f"number {i + 1}" for i in range(len(names), len(args))]


def is_single(value: Any) -> bool:
    """Tell whether an argument holds numbers in single precision.

    Examples
    --------
    >>> is_single({"W": np.zeros(2, np.float32)}), is_single([1.0, np.zeros(2)])
    (True, False)
    """
    if isinstance(value, Mapping):
        return any(map(is_single, value.values()))
    if isinstance(value, list | tuple):
        return any(map(is_single, value))
    return isinstance(value, np.ndarray | np.generic) and value.dtype == np.float32


def _unchanged(old: Any, new: Any) -> bool:
    """Tell whether an input is as it was; of what has no values, say yes."""
    if isinstance(old, np.ndarray):
        same_form = old.shape == new.shape and old.dtype == new.dtype
        return bool(same_form and old.tobytes() == new.tobytes())
    if isinstance(old, Mapping):
        return old.keys() == new.keys() and all(_unchanged(old[k], new[k]) for k in old)
    if isinstance(old, list | tuple):
        return len(old) == len(new) and all(map(_unchanged, old, new))
    return True


class _Tee:
    """Passes printed text on and remembers the end of it.

    No ``io.TextIOBase``: that would flush the stream when it is collected, and by then
    the stream may be closed.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.text = ""

    def write(self, text: str) -> int:
        self.text = (self.text + text)[-10_000:]
        return int(self._stream.write(text))

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
