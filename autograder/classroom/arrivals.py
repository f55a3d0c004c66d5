"""Notice what students hand in while a class is watched; read no half-written file."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.classroom.submissions import files_of

# A file that nobody has written to for so long is taken to be whole.
SETTLED_SECONDS = 1.0
# So long a notebook that ends in the middle is waited for; then it is graded as it is.
PATIENCE_SECONDS = 30.0
ENDING = 256  # bytes

Mark = tuple[tuple[str, int, int], ...]


@dataclass
class Arrivals:
    """Looks through the submissions again and again.

    Attributes
    ----------
    folder : Path
        Holds the students' folders.
    clock : callable
        Tells the time as files do, in seconds.
    """

    folder: Path
    clock: Callable[[], float] = time.time
    _taken: dict[str, Mark] = field(default_factory=dict)
    _seen: dict[str, Mark] = field(default_factory=dict)

    def settled(self) -> list[str]:
        """List the students whose files are others than those that were taken.

        A student is listed when all files look as they did at the last call, and none
        of them is being written. Whoever is listed counts as taken.
        """
        found = []
        for student, folder in self._folders():
            mark = mark_of(folder)
            if mark == self._taken.get(student, ()):
                continue
            before, self._seen[student] = self._seen.get(student), mark
            if before == mark and not self._is_written(folder, mark):
                self._taken[student] = mark
                found.append(student)
        return found

    def _folders(self) -> Iterator[tuple[str, Path]]:
        try:
            entries = sorted(os.scandir(self.folder), key=lambda entry: entry.name)
        except FileNotFoundError:
            return
        for entry in entries:
            hidden = entry.name.startswith(".")
            if not hidden and entry.is_dir(follow_symlinks=False):
                yield entry.name, Path(entry.path)

    def _is_written(self, folder: Path, mark: Mark) -> bool:
        """Tell whether somebody seems to be writing to one of the files."""
        now = self.clock()
        for name, _, changed in mark:
            age = now - changed / 1e9
            if 0 <= age < SETTLED_SECONDS:
                return True
            whole = not name.endswith(".ipynb") or ends_as_json(folder / name)
            if not whole and 0 <= age < PATIENCE_SECONDS:
                return True
        return False


def mark_of(folder: Path) -> Mark:
    """Return what a change of a student's files changes: names, sizes and times."""
    found = []
    paths = [*files_of(folder), *folder.glob("*/timestamp.txt")]
    for path in paths:
        try:
            state = path.lstat()
        except OSError:  # it has gone meanwhile
            continue
        name = str(path.relative_to(folder))
        found.append((name, state.st_size, state.st_mtime_ns))
    return tuple(sorted(found))


def ends_as_json(path: Path) -> bool:
    """Tell whether a file ends as a notebook does: with a brace."""
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(file.tell() - ENDING, 0))
            return file.read().rstrip().endswith(b"}")
    except OSError:
        return False
