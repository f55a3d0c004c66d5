"""How work grows with a text: side by side, so that a busy machine slows both."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TIMES = 4  # how much longer the long text is
# Four for work in step with the text, sixteen for its square.
MOST = 8.0
# Below this after two rounds, no more are needed: for a square to come out so low,
# something would have to make the short text nearly three times as slow in both.
CLEAR = 6.0


def growth(work: Callable[[str], object], text: str, rounds: int = 5) -> float:
    """Return how many times the CPU time of `text` four times the text takes.

    Both are measured in turns; the least of each counts, since others can only add. A
    growth that is plainly within bounds is measured twice, any other in all `rounds`.
    """
    short, long = text, text * TIMES
    least = {short: float("inf"), long: float("inf")}
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds):
            if number >= 2 and least[long] < CLEAR * least[short]:
                break
            for one in least:
                started = time.process_time()
                work(one)
                least[one] = min(least[one], time.process_time() - started)
    finally:
        gc.enable()
    return least[long] / least[short]
