"""Hashes of what results depend on: files, by their names and content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import answer_checks
from autograder.course.import_closure import import_closure

# What the engine is made of, wherever it is installed.
ENGINE = {
    "autograder": Path(__file__).resolve().parents[1],
    "answer_checks": Path(str(answer_checks.__file__)).resolve().parent,
}


def hash_files(files: Mapping[str, Path]) -> str:
    """Hash files by name and content.

    Parameters
    ----------
    files : mapping
        The files by names that are the same on every machine.

    Returns
    -------
    str
        64 hexadecimal digits. Line ends do not count in text, so that a checkout on
        Windows gives the same.
    """
    total = hashlib.sha256()
    for name, path in sorted(files.items()):
        content = path.read_bytes()
        if b"\0" not in content:
            content = content.replace(b"\r\n", b"\n")
        total.update(name.encode() + b"\0")
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def engine_files(*starts: Path) -> dict[str, Path]:
    """Return the files of the engine that some of its modules need, by name.

    Parameters
    ----------
    starts : Path
        Python files of the engine.
    """
    found = import_closure([path.resolve() for path in starts], ENGINE)
    return {_name(path, ENGINE): path for path in found}


@cache
def engine_digest(*starts: Path) -> str:
    """Hash the files of the engine that some of its modules need.

    They are those that this process has loaded: they are read once.
    """
    return hash_files(engine_files(*starts))


def package_files(folders: Iterable[Path]) -> dict[str, Path]:
    """Return every file of some packages, data included, by name."""
    return {
        f"{folder.name}/{path.relative_to(folder).as_posix()}": path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def _name(path: Path, packages: Mapping[str, Path]) -> str:
    for name, folder in packages.items():
        if path.is_relative_to(folder):
            return f"{name}/{path.relative_to(folder).as_posix()}"
    raise ValueError(f"{path} is in none of {', '.join(packages)}")
