"""The second rung: a folder of neutral names, and rules by Landlock.

Where user namespaces are shut, as in most containers, nothing can be mounted. A folder
with a name that tells nothing holds copies of the library and of the code that runs
inside, and links to the interpreter and to each package; the rules let a student's
process read what the links lead to and write into a home of its own.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from autograder.sandbox import interpreter
from autograder.sandbox.inside.disk_quota import remove
from autograder.sandbox.inside.landlock import make_rules
from autograder.sandbox.rung import INSIDE, Rung, Surroundings

PREFIX = "course-"
CACHES = shutil.ignore_patterns("__pycache__")


class Landlock(Rung):
    """Landlock's rules, a system call filter and resource limits."""

    name = "landlock"
    words = (
        "isolated by Landlock, system call filter and resource limits, without "
        "namespaces: the second rung"
    )
    isolation = "rules"

    def surroundings(self, libraries: Sequence[Path]) -> Stage:
        """Make the folder and write the command line."""
        stage = Stage(libraries)
        main = self.main(str(stage.folder / "inside"), str(stage.folder), libraries)
        binary = stage.python / "bin" / interpreter.binary_name(stage.python)
        stage.command = [str(binary), "-I", "-B", "-X", "utf8", *main]
        return stage


class Stage(Surroundings):
    """The folder that stands in for mounts.

    Parameters
    ----------
    libraries : sequence of Path
        The packages of the course that the notebooks import, a folder each.

    Attributes
    ----------
    folder : Path
        The folder; below it ``homes/<n>/home`` and ``homes/<n>/tmp`` of each child.
    """

    folder: Path
    ends_by_itself = True  # no namespace ends its children

    def __init__(self, libraries: Sequence[Path]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_temporary()))
        self.homes = 0
        try:
            for library in libraries:
                target = self.folder / "course" / library.name
                shutil.copytree(library, target, ignore=CACHES)
            shutil.copytree(INSIDE, self.folder / "inside", ignore=CACHES)
            self._link(libraries)
        except OSError:
            self.close()
            raise
        search, own = ":".join(map(str, self.search)), str(self.folder / "warm")
        self.environment = interpreter.environment(search, own, own)
        self.environment["LD_LIBRARY_PATH"] = str(self.python / "lib")

    def _link(self, libraries: Sequence[Path]) -> None:
        """Link the interpreter and the packages, and note what may be read."""
        hidden = {library.resolve().parent for library in libraries}
        hidden.add(Path(__file__).resolve().parents[1])
        self.search = [self.folder / "course"]
        self.readable = [self.folder / "course", self.folder / "inside"]
        packages = []
        for number, folder in enumerate(interpreter.packages()):
            hidden |= interpreter.hidden(folder)
            links = self.folder / f"packages{number}"
            links.mkdir()
            self.search.append(links)
            self.readable.append(links)
            for entry in sorted(folder.iterdir()):
                if entry not in hidden and not entry.is_symlink():
                    (links / entry.name).symlink_to(entry)
                    packages.append(entry)
        base = Path(sys.base_prefix).resolve()
        self.python = base
        if not interpreter.is_of_system(base):
            self.python = self.folder / "python"
            self.python.symlink_to(base)
        hidden = {path.resolve() for path in hidden}
        system = (*interpreter.SYSTEM, *interpreter.ETC)
        for name in (*map(Path, system), base, *packages):
            path = name.resolve()
            if path.exists():
                self.readable += readable(path, hidden)

    @contextmanager
    def home(self) -> Iterator[tuple[str, list[int]]]:
        """Make a folder for the child, and the rules that let it be used."""
        self.homes += 1
        own = self.folder / "homes" / str(self.homes)
        for name in ("home", "tmp"):
            (own / name).mkdir(parents=True, mode=0o700)
        rules = make_rules(map(str, self.readable), str(own))
        try:
            yield str(own), [rules]
        finally:
            os.close(rules)

    def close(self) -> None:
        """Remove the folder with all that is in it."""
        remove(str(self.folder))


def readable(path: Path, hidden: set[Path]) -> Iterator[Path]:
    """Yield the fewest paths that cover `path` without what is hidden below it.

    Parameters
    ----------
    path : Path
        A file or a folder, without links in it.
    hidden : set of Path
        What must not be covered. What stands above `path` does not hide it, for it has
        been named on purpose.

    Examples
    --------
    >>> from pathlib import Path
    >>> list(readable(Path("/usr/bin"), {Path("/usr/src")}))
    [PosixPath('/usr/bin')]
    """
    below = {other for other in hidden if other.is_relative_to(path)}
    if not below:
        yield path
    elif path not in below:
        for child in sorted(path.iterdir()):
            if not child.is_symlink():
                yield from readable(child, below)


def _temporary() -> str:
    """Return a folder for temporary files whose name tells nothing of the account."""
    usual = "/tmp"  # noqa: S108 - the folder made there has a random name, mode 0700
    return usual if os.access(usual, os.W_OK) else tempfile.gettempdir()
