"""The packages that a course's notebooks import, and where they lie on this machine."""

from __future__ import annotations

import importlib.util
import json
import re
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from autograder.course.root import handouts_folder
from autograder.errors import UserError

IMPORT = re.compile(r"^[ \t]*(?:import|from)[ \t]+([\w., \t]+)", re.MULTILINE)


def find_library(root: Path, name: str) -> Path:
    """Find a package's folder: in the course folder, else where it is installed.

    Raises
    ------
    UserError
        It is in neither.
    """
    found = _in_course(root, name) or _installed(name)
    if found is None:
        raise UserError(
            f"the library '{name}' of course.toml is neither a package in {root} nor "
            "installed"
        )
    return found


def imported_libraries(root: Path) -> set[str]:
    """Find the packages that a course needs and does not name.

    Those that its notebooks import, and these in their turn, as far as they lie in the
    course folder or are installed in place: all others are seen from inside anyway.
    """
    waiting = list(_cells(root))
    found: set[str] = set()
    while waiting:
        for name in _imports(waiting.pop()) - found:
            folder = _own_package(root, name)
            if folder is not None:
                found.add(name)
                waiting += [path.read_text("utf-8") for path in folder.rglob("*.py")]
    return found


def _in_course(root: Path, name: str) -> Path | None:
    folder = root / name
    there = name.isidentifier() and (folder / "__init__.py").is_file()
    return folder if there else None


def _installed(name: str) -> Path | None:
    """Return the folder of a package that can be imported; not of a bare folder."""
    try:
        spec = importlib.util.find_spec(name) if name.isidentifier() else None
    except (ImportError, ValueError):
        return None
    if spec is None or spec.origin is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def _own_package(root: Path, name: str) -> Path | None:
    """Return the folder of a package that is not among the environment's own."""
    if name == __package__.partition(".")[0]:  # the grader stays out of the sandbox
        return None
    found = _in_course(root, name)
    if found is None and (folder := _installed(name)) is not None:
        paths = sysconfig.get_paths()
        own = [Path(paths[key]).resolve() for key in ("purelib", "platlib", "stdlib")]
        if not any(folder.resolve().is_relative_to(place) for place in own):
            found = folder
    return found


def _cells(root: Path) -> Iterator[str]:
    """Yield the text of every code cell of the handouts, as far as they can be read."""
    for path in sorted(handouts_folder(root).glob("*/*.ipynb")):
        try:
            cells = json.loads(path.read_text("utf-8"))["cells"]
            yield from (
                "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"
            )
        except (OSError, ValueError, KeyError, TypeError):
            continue  # told where the notebook is needed


def _imports(text: str) -> set[str]:
    """Return the first names of what a text imports, whether or not it is Python.

    Examples
    --------
    >>> sorted(_imports("import numpy as np, helpers.plots"))
    ['helpers', 'numpy']
    """
    names = (name for found in IMPORT.findall(text) for name in found.split(","))
    words = (name.partition(" import ")[0].split() for name in names)
    return {one[0].partition(".")[0] for one in words if one} - {""}
