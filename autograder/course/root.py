"""Where the course lies that a command, a notebook or a worker is about."""

from __future__ import annotations

import os
from pathlib import Path

from autograder.errors import UserError

# Set for a process that runs a course's notebook away from the course.
COURSE = "AUTOGRADER_COURSE"


def course_root() -> Path:
    """Return the course folder.

    It is the one that the environment names, the working directory or a folder above
    it, else where this package lies.

    Raises
    ------
    UserError
        None of them holds a folder ``notebooks``.
    """
    named = os.environ.get(COURSE)
    if named:
        return Path(named)
    working = Path.cwd()
    for folder in (working, *working.parents, Path(__file__).parents[2]):
        if (folder / "notebooks").is_dir():
            return folder
    raise UserError("no folder 'notebooks' here: run this in the course folder")
