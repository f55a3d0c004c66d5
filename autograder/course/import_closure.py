"""Which files a module depends on: what it imports, and the data that it names."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from answer_checks.parsing import parse_python


def import_closure(
    starts: Iterable[Path], packages: Mapping[str, Path]
) -> frozenset[Path]:
    """Return the files that some modules need, themselves included.

    Followed are imports of the given packages, wherever in a module they stand, and
    relative imports; other packages are the environment's. With a module go the files
    that run before it, the ``__init__.py`` above it, and those that it names: where a
    text in it is the name of a file beside it that is no Python, or of a folder beside
    it that is no package, they belong to it.

    Parameters
    ----------
    starts : iterable of Path
        Python files.
    packages : mapping
        The folder of each package that is followed, by its name.

    Returns
    -------
    frozenset of Path

    Examples
    --------
    >>> here = Path(__file__)
    >>> found = import_closure([here], {"autograder": here.parents[1]})
    >>> sorted(path.name for path in found)
    ['import_closure.py']
    """
    found: set[Path] = set()
    waiting = list(starts)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        if path.suffix == ".py":
            mentioned = _mentioned(path.read_bytes())
            waiting += _imported(mentioned, path, packages)
            waiting += _named(mentioned, path.parent)
    return frozenset(found)


@dataclass(frozen=True)
class _Mentioned:
    """What may lead from a module to other files.

    Attributes
    ----------
    imports : tuple
        The level of each import, 0 where it is absolute, and the steps of its name.
    texts : frozenset of str
        The texts that may be the name of a file or a folder.
    """

    imports: tuple[tuple[int, tuple[str, ...]], ...]
    texts: frozenset[str]


# A course and the engine have fewer files. To read one costs some milliseconds, and a
# command asks for the closures of many modules, which overlap.
@lru_cache(maxsize=2048)
def _mentioned(source: bytes) -> _Mentioned:
    """Return what a module mentions; the same for the same text."""
    imports: list[tuple[int, tuple[str, ...]]] = []
    texts: set[str] = set()
    for node in ast.walk(parse_python(source)):
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str) and "\n" not in node.value:
                texts.add(node.value)
        elif isinstance(node, ast.Import):
            imports += [(0, tuple(alias.name.split("."))) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            steps = node.module.split(".") if node.module else []
            imports += [(node.level, (*steps, alias.name)) for alias in node.names]
    return _Mentioned(tuple(imports), frozenset(texts))


def _imported(
    mentioned: _Mentioned, path: Path, packages: Mapping[str, Path]
) -> Iterator[Path]:
    for level, steps in mentioned.imports:
        if level:
            yield from _files(path.parents[level - 1], steps)
        else:
            yield from _modules(steps, packages)


def _modules(steps: Sequence[str], packages: Mapping[str, Path]) -> Iterator[Path]:
    """Yield the files that run when an absolute name is imported."""
    if steps[0] in packages:
        folder = packages[steps[0]]
        yield from _existing(folder / "__init__.py")
        yield from _files(folder, steps[1:])


def _files(folder: Path, steps: Sequence[str]) -> Iterator[Path]:
    """Yield the files on the way from a package to what is imported from it."""
    for step in steps:
        yield from _existing(folder / f"{step}.py")
        folder = folder / step
        yield from _existing(folder / "__init__.py")


def _existing(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path


def _named(mentioned: _Mentioned, folder: Path) -> Iterator[Path]:
    """Yield the data files that texts in a module name."""
    for path in folder.iterdir():
        if path.name not in mentioned.texts or path.suffix == ".py":
            continue
        if path.is_file():
            yield path
        elif not (path / "__init__.py").exists():
            yield from (p for p in path.rglob("*") if p.is_file() and _counts(p))


def _counts(path: Path) -> bool:
    return "__pycache__" not in path.parts
