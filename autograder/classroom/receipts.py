"""The two files by which nbgrader's exchange finds the student to a feedback page.

``nbgrader submit`` puts ``timestamp.txt`` and ``submission_secret.txt`` beside the
notebooks. ``nbgrader release_feedback`` reads both beside the feedback pages, and names
a page by a hash of the secret, so that only who submitted finds it again. Where a file
of one student is missing, it stops for the whole class.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

from autograder.classroom.submissions import Submission, handed_in
from autograder.files import write_text

TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
LONGEST = 1000  # bytes; nbgrader writes 128
# nbgrader compares the two folders' times and leaves feedback alone that is no older.
COPIES = ("autograded", "feedback")


def copy_receipts(
    submitted: Path, out: Path, lecture: str, students: Sequence[str]
) -> None:
    """Lay the exchange's files beside what was graded, if the class uses the exchange.

    A student whose files are missing or no text, because the notebook came by another
    way, gets a secret that nobody has: the page is released where nobody finds it, and
    the rest of the class gets theirs.

    Parameters
    ----------
    submitted : Path
        Holds ``<student>/<lecture>/``.
    out : Path
        Holds ``autograded`` and ``feedback``.
    lecture : str
        The lecture.
    students : sequence of str
        Those whose files are copied.
    """
    found = {s: _text(submitted, s, lecture, SECRET) for s in students}
    if not any(found.values()):
        return
    for student, secret in found.items():
        when = handed_in(submitted, student, lecture)
        stamp = _text(submitted, student, lecture, TIMESTAMP) if when else ""
        for kind in COPIES:
            place = out / kind / student / lecture
            if not place.is_dir():
                continue
            _write(place / TIMESTAMP, stamp)
            # One that was drawn stays: a page is released again, not beside it.
            kept = (place / SECRET).is_file() and not secret
            if not kept:
                _write(place / SECRET, secret or secrets.token_hex(64))


def _text(submitted: Path, student: str, lecture: str, name: str) -> str:
    """Return a small file of a submission as text; empty where it is none."""
    place = submitted / student / lecture
    if place.is_symlink() or place.parent.is_symlink():
        return ""
    data = Submission(student, lecture, place / name).read(LONGEST) or b""
    try:
        # As it is, to the last blank: it is hashed.
        return data.decode() if len(data) <= LONGEST else ""
    except UnicodeDecodeError:
        return ""


def _write(path: Path, text: str) -> None:
    """Write a file unless it says so already."""
    try:
        if path.read_text("utf-8") == text:
            return
    except (OSError, UnicodeDecodeError):
        pass
    write_text(path, text)
