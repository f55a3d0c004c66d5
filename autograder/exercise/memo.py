"""Draws that search: what was found once is not searched for again.

A submission's checks are asked of the student and then of many misconceptions, every
time with a generator in the same state.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")
KEPT = 64  # more than the checks of one exercise draw


def searched(draw: Callable[..., T]) -> Callable[..., T]:
    """Let ``draw(rng, *args)`` answer from memory where the generator is as it was.

    Parameters
    ----------
    draw : callable
        It depends on its arguments alone, which besides the generator are numbers or
        short lists of them: it is by their text that calls are told apart.

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
            while len(memory) > KEPT:
                memory.pop(next(iter(memory)), None)
        value, rng.bit_generator.state = found
        return copy.deepcopy(value)

    return remembered


__all__ = ["KEPT", "searched"]
