"""A rung of the sandbox: one way of isolating, with all that is particular to it.

Adding a rung takes one file with its :class:`Rung` and an entry in
:data:`autograder.sandbox.rungs.RUNGS`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

INSIDE = Path(__file__).parent / "inside"


class Surroundings(ABC):
    """What one warm interpreter stands in, from its start to its end.

    Attributes
    ----------
    command : list of str
        The arguments that start it.
    environment : dict
        Its whole environment.
    folder : Path or None
        Its working folder; None for that of the grader.
    ends_by_itself : bool
        Whether it must be given time to end its children when the grader is gone,
        because nothing else does.
    """

    command: list[str]
    environment: dict[str, str]
    folder: Path | None = None
    ends_by_itself: bool = False

    @abstractmethod
    @contextmanager
    def home(self) -> Iterator[tuple[str, list[int]]]:
        """Make the home of the next child ready.

        Yields
        ------
        str, list of int
            Its path as the child sees it, and the file descriptors that the child is
            sent to isolate itself with.

        Raises
        ------
        OSError
            It cannot be made.
        """

    def close(self) -> None:  # noqa: B027 - most have nothing to remove
        """Remove what was made for it."""


class Rung(ABC):
    """A way of isolating; it holds no state.

    Attributes
    ----------
    name : str
        As in the settings and in a gradebook.
    words : str
        What a report says of submissions that ran so.
    isolation : str
        How a child isolates itself: a key of ``ISOLATIONS`` in ``inside/main.py``.
    """

    name: ClassVar[str]
    words: ClassVar[str]
    isolation: ClassVar[str]

    @abstractmethod
    def surroundings(self, libraries: Sequence[Path]) -> Surroundings:
        """Make ready what a warm interpreter needs.

        Parameters
        ----------
        libraries : sequence of Path
            The packages of the course that the notebooks import, a folder each.

        Raises
        ------
        OSError
            This machine lacks something.
        """

    def missing(self) -> str:
        """Say what to install before this rung can be tried; empty where nothing."""
        return ""

    def advice(self) -> str:
        """Say what to change on this machine where it does not start."""
        return ""

    def main(self, inside: str, folder: str, libraries: Sequence[Path]) -> list[str]:
        """Return the last arguments of the interpreter: what to run, and how.

        Parameters
        ----------
        inside : str
            Where the folder ``inside`` lies for the interpreter.
        folder : str
            What the warm interpreter removes at its end; may be empty.
        libraries : sequence of Path
            The packages that it loads.
        """
        names = [library.name for library in libraries]
        return [f"{inside}/main.py", self.isolation, folder, *names]
