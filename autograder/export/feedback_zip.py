"""Feedback of a whole class as one zip that the platform hands out.

Moodle takes it under *Upload multiple feedback files in a zip*. It finds a student by
the second part of a folder's name, ``Full Name_123_assignsubmission_file_``, the number
in ``Identifier`` of the grading worksheet; the name itself must hold no underscore
(https://docs.moodle.org/en/Assignment_settings, ``mod/assign/feedback/file``).

Canvas takes it under *Upload Submissions*, as comments. It finds a student by a file's
name, which must be that of the submission as downloaded,
``lastfirst_LATE_101_5001_01_svm.ipynb``: the first two numbers are the student's and
the submitted file's. It shows the file under the name under which it was handed in, so
that what goes back for a notebook is a notebook, and for a zip a zip
(``infer_comment_context_from_filename`` in ``app/models/abstract_assignment.rb``).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from autograder.errors import UserError
from autograder.roster import Roster, Student

Load = Callable[[], bytes]
# What a folder's name may not hold, in a zip, on a disk or for Moodle.
UNFIT = re.compile(r'[_/\\:*?"<>|\x00-\x1f\x7f]+')
DATE = (1980, 1, 1, 0, 0, 0)  # the same class gives the same bytes


@dataclass(frozen=True)
class Feedback:
    """What goes back to a student.

    Attributes
    ----------
    pages : sequence of Path
        The pages; none where nothing was graded.
    notebook : callable
        Returns the same as one notebook.
    """

    pages: Sequence[Path]
    notebook: Load


@dataclass(frozen=True)
class Zipped:
    """What goes into a zip.

    Attributes
    ----------
    entries : mapping
        Name of a file in it -> what returns its bytes, one at a time.
    students : tuple of str
        Whose feedback it holds.
    left : tuple of str
        Students without feedback in it, each with why.
    """

    entries: Mapping[str, Load]
    students: tuple[str, ...]
    left: tuple[str, ...]


def moodle_zip(roster: Roster, feedback: Mapping[str, Feedback]) -> Zipped:
    """Return the zip for Moodle.

    Parameters
    ----------
    roster : Roster
        The assignment's grading worksheet.
    feedback : mapping
        By the roster's id of a student.

    Raises
    ------
    UserError
        The roster has no numbers of participants.
    """
    if "participant" not in roster.kinds:
        raise UserError(
            f"{roster.table.path} has no column Identifier: for feedback files, take "
            "the assignment's grading worksheet"
        )
    entries: dict[str, Load] = {}
    students, left = [], []
    for student in roster.students:
        number = student.ids.get("participant", "")
        own = feedback.get(student.student)
        pages = own.pages if own else ()
        if not pages or not number.isdigit():
            why = "nothing was graded" if number.isdigit() else "no Identifier"
            left.append(f"{student.student}: {why}")
            continue
        name = UNFIT.sub(" ", student.name or student.student).strip()
        for page in pages:
            folder = f"{name}_{number}_assignsubmission_file_"
            entries[f"{folder}/{page.name}"] = page.read_bytes
        students.append(student.student)
    return Zipped(entries, tuple(students), tuple(left))


def canvas_zip(
    roster: Roster, feedback: Mapping[str, Feedback], submissions: Path
) -> Zipped:
    """Return the zip for Canvas.

    Parameters
    ----------
    roster : Roster
        Canvas's list.
    feedback : mapping
        By the roster's id of a student.
    submissions : Path
        The zip of submissions as Canvas gave it; only its files' names are read.

    Raises
    ------
    UserError
        It is no zip, or none of its names is of this class.
    """
    of_student: dict[str, list[str]] = {}
    for name in _names(submissions):
        numbers = [part for part in name.split("_") if part.isdigit()]
        if len(numbers) >= 2:
            of_student.setdefault(numbers[0], []).append(name)
    entries: dict[str, Load] = {}
    students, left = [], []
    for student in roster.students:
        names = of_student.get(student.ids.get("canvas", ""), [])
        made = _for_canvas(student, names, feedback)
        if isinstance(made, str):
            left.append(f"{student.student}: {made}")
        else:
            entries |= made
            students.append(student.student)
    if not students:
        raise UserError(
            f"{submissions} holds no submission of the students in "
            f"{roster.table.path}; take the zip of Download Submissions as it is"
        )
    return Zipped(entries, tuple(students), tuple(left))


def _for_canvas(
    student: Student, names: Iterable[str], feedback: Mapping[str, Feedback]
) -> Mapping[str, Load] | str:
    """Return one file under a name of the student's own, or why there is none."""
    own = feedback.get(student.student)
    if not own or not own.pages:
        return "nothing was graded"
    by_kind = {Path(name).suffix.lower(): name for name in sorted(names, reverse=True)}
    if ".zip" in by_kind:
        pages = {page.name: page.read_bytes for page in own.pages}
        return {by_kind[".zip"]: partial(_zipped, pages)}
    if ".ipynb" in by_kind:
        return {by_kind[".ipynb"]: own.notebook}
    return "no notebook and no zip under this number in what Canvas gave"


def _names(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from None
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise UserError(f"{path} is not a zip file") from None
    # The names of a file come back in another zip: nothing that leads elsewhere.
    return [name for name in names if not set(name) & set("/\\\0")]


def write_zip(file: IO[bytes], entries: Mapping[str, Load]) -> None:
    """Write a zip, one file of it in memory at a time."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, load in entries.items():
            info = zipfile.ZipInfo(name, DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, load())


def _zipped(entries: Mapping[str, Load]) -> bytes:
    made = io.BytesIO()
    write_zip(made, entries)
    return made.getvalue()
