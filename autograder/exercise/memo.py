"""What was worked out once for a question is not worked out again.

A submission's checks are asked of the student and then of many misconceptions, every
time with a generator in the same state.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar

import numpy as np

from autograder.sandbox.inside.wire import KINDS, Special, pack

T = TypeVar("T")
KEPT = 64  # more than the checks of one exercise draw


def key_of(value: Any) -> Hashable:
    """Return a key that tells arguments apart by type and value, to the last bit.

    Parameters
    ----------
    value
        What a question may hold: arrays, numbers, strings, their containers, and
        requests such as for a generator.

    Examples
    --------
    >>> key_of([1, np.zeros(2)]) == key_of([1, np.zeros(2)])
    True
    >>> key_of(0.0) == key_of(-0.0), key_of([1]) == key_of((1,))
    (False, False)
    """
    kind = type(value)
    if kind is np.ndarray and value.dtype.kind in KINDS:
        return kind, value.dtype.str, value.shape, value.tobytes()
    if kind is list or kind is tuple:
        return kind, *map(key_of, value)
    if kind is dict:
        return kind, *((key_of(k), key_of(v)) for k, v in value.items())
    if kind is Special:
        return kind, value.kind, key_of(value.fields)
    if value is None or kind in (bool, int, float, str):
        return kind, repr(value)
    return kind, pack(value)


def searched(draw: Callable[..., T], kept: int = KEPT) -> Callable[..., T]:
    """Let ``draw(rng, *args)`` answer from memory where the generator is as it was.

    Parameters
    ----------
    draw : callable
        It depends on its arguments alone, which besides the generator are numbers or
        short lists of them: it is by their text that calls are told apart.
    kept : int
        How many of its values are remembered; few where they are large.

    Returns
    -------
    callable
        It returns equal values, and leaves the generator as `draw` would.
    """
    memory: dict[str, tuple[T, Any]] = {}

    @wraps(draw)
    def remembered(rng: np.random.Generator, *args: Any, **kwargs: Any) -> T:
        key = repr((rng.bit_generator.state, args, kwargs))
        found = memory.get(key)
        if found is None:
            value = draw(rng, *args, **kwargs)
            found = memory[key] = value, rng.bit_generator.state
            while len(memory) > kept:
                memory.pop(next(iter(memory)), None)
        value, rng.bit_generator.state = found
        return copy.deepcopy(value)

    return remembered


__all__ = ["KEPT", "key_of", "searched"]
