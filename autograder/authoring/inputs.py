"""The hash of all that a stored output depends on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from autograder.authoring import visible_run
from autograder.authoring.notebook_files import NotebookFiles, find_notebooks
from autograder.authoring.reasons import is_current, reasons_path
from autograder.course.course import Course
from autograder.course.digests import engine_files, hash_files, package_files
from autograder.course.exercise_folders import files_of, find_folders, notebook_of
from autograder.judging import in_place

LOCK = "requirements.lock"


def input_files(files: NotebookFiles, course: Course) -> dict[str, Path]:
    """Find the files whose change asks for a new run of the notebook.

    They are the source, the course's libraries that lie in its folder, the lock file,
    what the notebook's exercises are made of, and the code that runs their hidden
    tests in place. The reasons in a library are no input: they are made from these.

    Returns
    -------
    dict
        The files by names that are the same on every machine.
    """
    own = [files.source, *_lock(files), *_exercises(files)]
    there = [path for path in course.libraries if path.is_relative_to(files.root)]
    library = package_files(there)
    made = course.reasons
    return {
        **{files.relative(path): path for path in own},
        **{n: p for n, p in library.items() if not (made and p.is_relative_to(made))},
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


def hash_inputs(files: NotebookFiles, course: Course) -> str:
    """Hash the names and the content of the files that count.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    return hash_files(input_files(files, course))


def stale_reasons(course: Course) -> list[str]:
    """List the files of reasons that were not made from the course as it is."""
    if course.reasons is None or not (course.root / "solutions").is_dir():
        return []
    found = []
    for files in find_notebooks(course.root):
        path = reasons_path(course, files)
        if path and not is_current(path, hash_reason_inputs(files, course)):
            found.append(files.relative(path))
    return found


def hash_reason_inputs(files: NotebookFiles, course: Course) -> str:
    """Hash what the reasons of a notebook are made from.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    engine = engine_files(Path(visible_run.__file__))
    return hash_files({**input_files(files, course), **engine})
