"""The hash of all that a stored output depends on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.authoring.notebook_files import NotebookFiles
from autograder.course.digests import engine_files, hash_files, package_files
from autograder.course.exercises import files_of, find_folders, notebook_of
from autograder.judging import in_place

LOCK = "requirements.lock"


def input_files(
    files: NotebookFiles, libraries: Sequence[Path] = ()
) -> dict[str, Path]:
    """Find the files whose change asks for a new run of the notebook.

    They are the source, the course's libraries that lie in its folder, the lock file,
    what the notebook's exercises are made of, and the code that runs their hidden
    tests in place.

    Returns
    -------
    dict
        The files by names that are the same on every machine.
    """
    own = [files.source, *_lock(files), *_exercises(files)]
    there = [folder for folder in libraries if folder.is_relative_to(files.root)]
    return {
        **{files.relative(path): path for path in own},
        **package_files(there),
        **engine_files(Path(in_place.__file__)),
    }


def _lock(files: NotebookFiles) -> Iterator[Path]:
    path = files.root / LOCK
    if path.is_file():
        yield path


def _exercises(files: NotebookFiles) -> Iterator[Path]:
    for folder in find_folders(files.root).values():
        if notebook_of(folder) == files.name:
            yield from files_of(folder)


def hash_inputs(files: NotebookFiles, libraries: Sequence[Path] = ()) -> str:
    """Hash the names and the content of the files that count.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    return hash_files(input_files(files, libraries))
