"""Store results some at a time, so that the one writer keeps up with many workers."""

from __future__ import annotations

import time

from autograder.gradebook.book import Book
from autograder.gradebook.nbgrader_rows import Entry

SIZE, SECONDS = 32, 1.0


class Batch:
    """Stores results in the gradebook, some at a time; the last ones at the end.

    Whatever ends the run but a kill, all that was judged is stored; after a kill the
    next call judges again what was not, at most `size` notebooks.

    Parameters
    ----------
    book : Book
        The gradebook.
    lecture : str
        The lecture.
    size : int
        How many results are stored together.
    seconds : float
        How long the oldest result may wait for others.
    """

    def __init__(
        self, book: Book, lecture: str, size: int = SIZE, seconds: float = SECONDS
    ) -> None:
        self.book = book
        self.lecture = lecture
        self.size = size
        self.seconds = seconds
        self._waiting: list[Entry] = []
        self._since = time.monotonic()

    def add(self, entry: Entry) -> None:
        """Flush when the batch is full or its oldest result has waited enough."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(entry)
        full = len(self._waiting) >= self.size
        if full or time.monotonic() - self._since > self.seconds:
            self.flush()

    def flush(self) -> None:
        """Store what waits."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            self.book.save(self.lecture, waiting)

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, *_: object) -> None:
        self.flush()
