"""Show how far a long command is and how long it still takes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

from tqdm import tqdm

LINES = 10  # in a log


class Progress:
    """Shows how many notebooks are done: a bar in a terminal, ten lines in a log.

    Parameters
    ----------
    total : int
        How many there are.
    quiet : bool
        Show nothing.
    stream : text stream, optional
        By default the standard error.
    clock : callable
        Tells the time, in seconds.
    """

    def __init__(
        self,
        total: int,
        quiet: bool = False,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.total = total
        self.done = 0
        self.quiet = quiet
        self.stream = stream or sys.stderr
        self.clock = clock
        self.started = clock()
        shown = not quiet and self.stream.isatty()
        self._bar = tqdm(
            total=total, unit="notebook", disable=not shown, file=self.stream
        )

    def step(self) -> None:
        """Count one."""
        self.done += 1
        self._bar.update()
        last = self.done == self.total
        if self.quiet or not self._bar.disable:
            return
        if last or self.done % max(self.total // LINES, 1) == 0:
            left = f", {self.time_left()} left" if not last else ""
            said = f"{self.done} of {self.total} notebooks graded{left}"
            print(said, file=self.stream)

    def time_left(self) -> str:
        """Return how long the rest takes, if it goes on as it went."""
        seconds = (self.clock() - self.started) / self.done * (self.total - self.done)
        return about(seconds)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()


def about(seconds: float) -> str:
    """Return a time in round words.

    Examples
    --------
    >>> about(0.4), about(42), about(150), about(9000)
    ('about 1 s', 'about 42 s', 'about 3 min', 'about 2.5 h')
    """
    if seconds < 90:
        return f"about {max(round(seconds), 1)} s"
    if seconds < 90 * 60:
        return f"about {int(seconds / 60 + 0.5)} min"
    return f"about {seconds / 3600:.1f} h"
