"""Where the course lies that a command, a notebook or a worker is about."""

from __future__ import annotations

import os
from pathlib import Path

from autograder.errors import UserError

# Set for a process that runs a course's notebook away from the course.
COURSE = "AUTOGRADER_COURSE"
COURSE_FILES = ("course.toml", "autograder.toml")
# Where the notebooks of students lie: ours, or as nbgrader names it.
HANDOUTS = ("notebooks", "release")
# nbgrader's folders; their names are common, so notebooks must be in them.
PLAIN = ("release", "source")


def course_root() -> Path:
    """Return the course folder.

    It is the one that the environment names, the working directory or a folder above
    it, else where this package lies.

    Raises
    ------
    UserError
        None of them is one.
    """
    named = os.environ.get(COURSE)
    if named:
        return Path(named)
    working = Path.cwd()
    if is_course(working) or any(map(_holds_notebooks, (working / n for n in PLAIN))):
        return working
    for folder in (*working.parents, Path(__file__).parents[2]):
        if is_course(folder):
            return folder
    raise UserError(
        f"no course here: run this in the folder that holds {COURSE_FILES[0]}, "
        "'notebooks' or nbgrader's 'release'"
    )


def is_course(folder: Path) -> bool:
    """Tell whether a folder says itself that it is one of a course."""
    files = any((folder / name).is_file() for name in COURSE_FILES)
    return files or (folder / HANDOUTS[0]).is_dir()


def handouts_folder(root: Path) -> Path:
    """Return the folder of a course that holds the students' notebooks."""
    folders = [root / name for name in HANDOUTS]
    return next((folder for folder in folders if folder.is_dir()), folders[0])


def _holds_notebooks(folder: Path) -> bool:
    return any(folder.glob("*/*.ipynb"))
