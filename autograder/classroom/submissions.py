"""What students handed in: find a class's files and read them, whatever they are."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.course.handout import Handout
from autograder.errors import UserError


@dataclass(frozen=True)
class Submission:
    """One notebook file of one student, or its absence.

    Attributes
    ----------
    student : str
        The name of the student's folder.
    notebook : str
        ``"lecture3/01_svm"``.
    path : Path or None
        Where it lies; None if there is none.
    note : str
        A neutral remark, for example that the file had another name.
    """

    student: str
    notebook: str
    path: Path | None
    note: str = ""

    @property
    def size(self) -> int:
        """How many bytes the file has; 0 where there is none to look at."""
        try:
            return self.path.lstat().st_size if self.path else 0
        except OSError:
            return 0

    def read(self, limit: int) -> bytes | None:
        """Return the file's bytes, at most `limit` and one more.

        Anything but a plain file counts as unreadable, and nothing is followed out of
        the student's folder.
        """
        if self.path is None:
            return None
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return b""
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            return b""
        with os.fdopen(descriptor, "rb") as file:
            return file.read(limit + 1)


def find_students(folder: Path, wanted: Sequence[str] = ()) -> list[str]:
    """List the students that have a folder, or check those that were named.

    Raises
    ------
    UserError
        The folder is missing or empty, or a named student has none.
    """
    try:
        found = sorted(
            p.name for p in folder.iterdir() if p.is_dir() and not p.is_symlink()
        )
    except OSError as error:
        raise UserError(
            f"the submissions folder {folder} cannot be read: {error.strerror}"
        ) from None
    found = [name for name in found if not name.startswith(".") and _is_text(name)]
    if not found:
        raise UserError(
            f"{folder} holds no submissions; it should hold "
            "<student>/<lecture>/NN_topic.ipynb"
        )
    unknown = [name for name in wanted if name not in found]
    if unknown:
        raise UserError(f"no folder for student '{unknown[0]}' in {folder}")
    return list(wanted) or found


def _is_text(name: str) -> bool:
    """Tell whether a folder's name can be written down; say so where it cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        print(
            f"the folder {os.fsencode(name)!r} is left out: its name is not UTF-8; "
            "rename it",
            file=sys.stderr,
        )
        return False
    return True


def find_submission(folder: Path, student: str, handout: Handout) -> Submission:
    """Find a student's file for a notebook, also under a name a browser gave it."""
    place = folder / student / handout.lecture
    exact = place / handout.file_name
    if place.is_symlink() or (folder / student).is_symlink():
        return Submission(student, handout.name, None, "the folder is a link")
    if exact.is_symlink() or exact.exists():
        return Submission(student, handout.name, exact)
    stem = re.escape(exact.stem)
    pattern = re.compile(rf"(copy[ _]of[ _]|copie[ _]de[ _])?{stem}.*\.ipynb", re.I)
    try:
        others = sorted(p for p in place.iterdir() if pattern.fullmatch(p.name))
    except OSError:
        others = []
    if others:
        newest = max(others, key=lambda p: (p.lstat().st_mtime_ns, p.name))
        note = f"the file was named {newest.name}"
        return Submission(student, handout.name, newest, note)
    return Submission(student, handout.name, None)


def handed_in(folder: Path, student: str, lecture: str) -> datetime | None:
    """Read nbgrader's ``timestamp.txt`` beside the notebooks, if there is one."""
    path = folder / student / lecture / "timestamp.txt"
    data = Submission(student, lecture, path).read(100)
    try:
        when: datetime | None = parse_utc((data or b"").decode().strip())
        return when
    except (ValueError, OverflowError):
        return None
