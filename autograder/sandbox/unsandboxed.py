"""No sandbox at all, where the instructor allowed it: limits, and nothing else."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from autograder.sandbox import interpreter
from autograder.sandbox.rung import INSIDE, Rung, Surroundings


class Unsandboxed(Rung):
    """A process with the rights of the grader."""

    name = "none"
    words = "NOT SANDBOXED: submissions ran with the rights of the grader"
    isolation = "limits"

    def surroundings(self, libraries: Sequence[Path]) -> Surroundings:
        """Make a home and write the command line."""
        main = self.main(str(INSIDE), "", libraries)
        return _Home([sys.executable, "-I", "-X", "utf8", *main], libraries)


class _Home(Surroundings):
    """A temporary home, which all children share."""

    def __init__(self, command: list[str], libraries: Sequence[Path]) -> None:
        self.command = command
        self._made = tempfile.TemporaryDirectory(prefix="course-home-")
        folders = [*(library.parent for library in libraries), *interpreter.packages()]
        search = ":".join(map(str, dict.fromkeys(folders)))
        made = self._made.name
        self.environment = interpreter.environment(search, made, made)

    @contextmanager
    def home(self) -> Iterator[tuple[str, list[int]]]:
        """Each child works in the same folder."""
        yield f"{self._made.name}/work", []

    def close(self) -> None:
        """Remove the home."""
        self._made.cleanup()
