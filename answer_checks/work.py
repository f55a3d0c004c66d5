"""Count the steps of Python that a call takes: a loop shows in how they grow.

A function that works on whole arrays takes as many steps for a thousand examples as for
ten; one that visits them one by one takes some for each, however the loop is spelt: in
a comprehension, a method, a function that ``map``, ``sorted`` or NumPy calls, or code
that was made from a text. This file needs nothing but Python, so that it can be sent to
where the function is.
"""

from __future__ import annotations

import builtins
import copy
import functools
import gc
import itertools
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

# More steps than this between two calls are a loop; the larger one must be given at
# least as many more examples, or whatever must not be visited one by one.
LEAST_MORE = 40


def steps_of(function: Callable[..., Any], *args: Any, **kwargs: Any) -> int | None:
    """Count the steps of Python that a call takes, in all functions that it reaches.

    Returns
    -------
    int or None
        The steps; None where the code has turned the counting off.

    Examples
    --------
    >>> def total(n):
    ...     return sum(k for k in range(n))
    >>> steps_of(total, 90) - steps_of(total, 10) > 80
    True
    >>> steps_of(abs, -90) - steps_of(abs, -10)
    0
    """
    counter = _Counter()
    before, of_threads = sys.gettrace(), threading.gettrace()
    # What a collection of garbage calls is nothing that the function does.
    collects = gc.isenabled()
    gc.disable()
    try:
        # What is done only the first time, such as an import, is not counted.
        function(*copy.deepcopy(args), **copy.deepcopy(kwargs))
        with _loops_in_python():
            threading.settrace(counter)
            sys.settrace(counter)
            function(*args, **kwargs)
            kept = sys.gettrace() is counter
    finally:
        sys.settrace(before)
        threading.settrace(of_threads)
        if collects:
            gc.enable()
    return counter.steps if kept else None


class _Counter:
    """Counts calls, lines and instructions, as ``sys.settrace`` tells of them."""

    def __init__(self) -> None:
        self.steps = 0

    def __call__(self, frame: Any, event: str, arg: Any) -> _Counter:
        frame.f_trace_opcodes = True
        self.steps += 1
        return self


def _map(function: Any, *iterables: Any) -> Iterator[Any]:
    for items in zip(*iterables, strict=False):
        yield function(*items)


def _starmap(function: Any, iterable: Any) -> Iterator[Any]:
    for items in iterable:
        yield function(*items)


def _filter(function: Any, iterable: Any) -> Iterator[Any]:
    for item in iterable:
        if function(item) if function else item:
            yield item


_NONE = object()


def _reduce(function: Any, iterable: Any, start: Any = _NONE) -> Any:
    items = iter(iterable)
    value = next(items) if start is _NONE else start
    for item in items:
        value = function(value, item)
    return value


@contextmanager
def _loops_in_python() -> Iterator[None]:
    """Let what loops in C, and calls something each time, loop in Python meanwhile."""
    stand_ins = (
        (builtins, "map", _map),
        (builtins, "filter", _filter),
        (itertools, "starmap", _starmap),
        (functools, "reduce", _reduce),
    )
    kept = [(module, name, getattr(module, name)) for module, name, _ in stand_ins]
    try:
        for module, name, stand_in in stand_ins:
            setattr(module, name, stand_in)
        yield
    finally:
        for module, name, value in kept:
            setattr(module, name, value)


def is_loop(few: int | None, many: int | None) -> bool:
    """Tell by the steps of two calls whether what was added is visited one by one."""
    return few is None or many is None or many - few >= LEAST_MORE


__all__ = ["LEAST_MORE", "is_loop", "steps_of"]
