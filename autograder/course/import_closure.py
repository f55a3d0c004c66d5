"""Which files a module depends on: what it imports, and the data that it names."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
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
            tree = parse_python(path.read_bytes())
            waiting += _imported(tree, path, packages)
            waiting += _named(tree, path.parent)
    return frozenset(found)


def _imported(
    tree: ast.Module, path: Path, packages: Mapping[str, Path]
) -> Iterator[Path]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _modules(alias.name.split("."), packages)
        elif isinstance(node, ast.ImportFrom) and node.level:
            folder = path.parents[node.level - 1]
            steps = node.module.split(".") if node.module else []
            for alias in node.names:
                yield from _files(folder, [*steps, alias.name])
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield from _modules([*node.module.split("."), alias.name], packages)


def _modules(steps: list[str], packages: Mapping[str, Path]) -> Iterator[Path]:
    """Yield the files that run when an absolute name is imported."""
    if steps[0] in packages:
        folder = packages[steps[0]]
        yield from _existing(folder / "__init__.py")
        yield from _files(folder, steps[1:])


def _files(folder: Path, steps: list[str]) -> Iterator[Path]:
    """Yield the files on the way from a package to what is imported from it."""
    for step in steps:
        yield from _existing(folder / f"{step}.py")
        folder = folder / step
        yield from _existing(folder / "__init__.py")


def _existing(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path


def _named(tree: ast.Module, folder: Path) -> Iterator[Path]:
    """Yield the data files that texts in a module name."""
    beside = {path.name: path for path in folder.iterdir()}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        path = beside.get(node.value)
        if path is None or path.suffix == ".py":
            continue
        if path.is_file():
            yield path
        elif not (path / "__init__.py").exists():
            yield from (p for p in path.rglob("*") if p.is_file() and _counts(p))


def _counts(path: Path) -> bool:
    return "__pycache__" not in path.parts
