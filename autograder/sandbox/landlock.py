"""The rung without namespaces: a folder of neutral names, and rules by Landlock.

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
from pathlib import Path

from autograder.sandbox import bubblewrap
from autograder.sandbox.inside.disk_quota import remove
from autograder.sandbox.inside.landlock import make_rules

PREFIX = "course-"
CACHES = shutil.ignore_patterns("__pycache__")


class Stage:
    """The folder that stands in for mounts.

    Parameters
    ----------
    inside : Path
        The folder ``autograder/sandbox/inside``.
    libraries : sequence of Path
        The packages of the course that the notebooks import, a folder each.

    Attributes
    ----------
    path : Path
        The folder; below it ``homes/<n>/home`` and ``homes/<n>/tmp`` of each child.
    """

    def __init__(self, inside: Path, libraries: Sequence[Path]) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_place()))
        self.homes = 0
        self.names = [library.name for library in libraries]
        try:
            for library in libraries:
                target = self.path / "course" / library.name
                shutil.copytree(library, target, ignore=CACHES)
            shutil.copytree(inside, self.path / "inside", ignore=CACHES)
            self._link(libraries)
        except OSError:
            self.close()
            raise

    def _link(self, libraries: Sequence[Path]) -> None:
        """Link the interpreter and the packages, and note what may be read."""
        hidden = {library.resolve().parent for library in libraries}
        hidden.add(Path(__file__).resolve().parents[1])
        self.search = [self.path / "course"]
        self.readable = [self.path / "course", self.path / "inside"]
        packages = []
        for number, folder in enumerate(bubblewrap.packages()):
            hidden |= bubblewrap.hidden(folder)
            links = self.path / f"packages{number}"
            links.mkdir()
            self.search.append(links)
            self.readable.append(links)
            for entry in sorted(folder.iterdir()):
                if entry not in hidden and not entry.is_symlink():
                    (links / entry.name).symlink_to(entry)
                    packages.append(entry)
        base = Path(sys.base_prefix).resolve()
        self.python = base
        if not bubblewrap.is_of_system(base):
            self.python = self.path / "python"
            self.python.symlink_to(base)
        hidden = {path.resolve() for path in hidden}
        for place in (*bubblewrap.SYSTEM, *bubblewrap.ETC, base, *packages):
            path = Path(place).resolve()
            if path.exists():
                self.readable += readable(path, hidden)

    def command(self) -> list[str]:
        """Return the arguments that start the warm interpreter."""
        binary = self.python / "bin" / bubblewrap.binary_name(self.python)
        words = [str(binary), "-I", "-B", "-X", "utf8"]
        words += [str(self.path / "inside/main.py"), "landlock", str(self.path)]
        return words + self.names

    def environment(self) -> dict[str, str]:
        """Return the whole environment of the warm interpreter."""
        values = bubblewrap.environment(":".join(map(str, self.search)))
        for name in ("HOME", "MPLCONFIGDIR", "IPYTHONDIR"):
            values[name] = str(self.path / "warm" / name.lower())
        values["LD_LIBRARY_PATH"] = str(self.python / "lib")
        return values

    def home(self) -> tuple[str, int]:
        """Make the home of a child; return it and the rules that let it be used."""
        self.homes += 1
        own = self.path / "homes" / str(self.homes)
        for name in ("home", "tmp"):
            (own / name).mkdir(parents=True, mode=0o700)
        return str(own), make_rules(map(str, self.readable), str(own))

    def close(self) -> None:
        """Remove the folder with all that is in it."""
        remove(str(self.path))


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


def _place() -> str:
    """Return a folder for temporary files whose name tells nothing of the account."""
    usual = "/tmp"  # noqa: S108 - the folder made there has a random name, mode 0700
    return usual if os.access(usual, os.W_OK) else tempfile.gettempdir()
