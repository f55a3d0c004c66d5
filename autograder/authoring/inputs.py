"""The hash of all that a stored output depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from autograder.authoring.notebook_files import NotebookFiles
from autograder.course.exercises import files_of, find_folders, notebook_of

LOCK = "requirements.lock"


def input_files(files: NotebookFiles, libraries: Sequence[Path] = ()) -> list[Path]:
    """List the files whose change asks for a new run of the notebook.

    They are the source, all of the course's libraries that lie in its folder, the lock
    file, and what the notebook's exercises are made of.
    """
    found = [files.source, files.root / LOCK]
    for folder in libraries:
        if not folder.is_relative_to(files.root):
            continue
        found += folder.rglob("*")
    for exercise in find_folders(files.root).values():
        if notebook_of(exercise) == files.name:
            found += files_of(exercise)
    return sorted(path for path in set(found) if path.is_file() and _counts(path))


def _counts(path: Path) -> bool:
    return "__pycache__" not in path.parts and path.suffix != ".pyc"


def hash_inputs(files: NotebookFiles, libraries: Sequence[Path] = ()) -> str:
    """Hash the names and the content of the files that count.

    Returns
    -------
    str
        64 hexadecimal digits. Line ends do not count in text, so that a checkout on
        Windows gives the same.
    """
    total = hashlib.sha256()
    for path in input_files(files, libraries):
        content = path.read_bytes()
        if b"\0" not in content:
            content = content.replace(b"\r\n", b"\n")
        total.update(files.relative(path).encode() + b"\0")
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()
