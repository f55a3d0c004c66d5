"""What students handed in: find a class's files and read them, whatever they are."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.course.handout import Handout
from autograder.errors import UserError

# What is looked through for a student's files, at most.
MOST_FILES, DEEPEST = 2_000, 5
SUBMITTED = "submitted"  # nbgrader's name for the folder of the students
OF_NBGRADER = ("timestamp.txt", "submission_secret.txt")
# In formgrader's pages a student's name stands in scripts and attributes as it is.
UNFIT = re.compile(r'[<>"\\\x00-\x1f\x7f]')


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


def find_students(
    folder: Path,
    wanted: Sequence[str] = (),
    lecture: str = "",
    others: Sequence[str] = (),
) -> list[str]:
    """List the students that have a folder, or check those that were named.

    Parameters
    ----------
    folder : Path
        Holds the students' folders.
    wanted : sequence of str
        Those who were named; empty for all.
    lecture : str
        The lecture that is graded; without it, nothing in the folders is looked at.
    others : sequence of str
        The other lectures.

    Raises
    ------
    UserError
        The folder is missing or empty or the wrong one, nobody has anything of the
        lecture, or a named student has no folder.
    """
    try:
        found = sorted(
            p.name for p in folder.iterdir() if p.is_dir() and not p.is_symlink()
        )
    except OSError as error:
        raise UserError(
            f"the submissions folder {folder} cannot be read: {error.strerror}"
        ) from None
    found = [name for name in found if not name.startswith(".") and _is_fit(name)]
    if not found:
        raise UserError(
            f"{folder} holds no submissions; it should hold "
            "<student>/<lecture>/NN_topic.ipynb"
        )
    if lecture:
        found = _without_lectures(folder, found, lecture, others)
        _refuse_wrong_folder(folder, found, lecture, others)
    unknown = [name for name in wanted if name not in found]
    if unknown:
        raise UserError(f"no folder for student '{unknown[0]}' in {folder}")
    return list(wanted) or found


def _without_lectures(
    folder: Path, found: Sequence[str], lecture: str, others: Sequence[str]
) -> list[str]:
    """Leave out folders that are those of a lecture; say so, or refuse if all are.

    Raises
    ------
    UserError
        There is no other folder.
    """
    names = {_plain(name) for name in (lecture, *others)}
    odd = [name for name in found if _plain(name) in names]
    if odd and len(odd) == len(found):
        if any((folder / odd[0]).glob("*.ipynb")):
            raise UserError(
                f"{folder} is the folder of one student, for it holds {odd[0]}; give "
                f"the one above it: --submitted {folder.parent}"
            )
        raise UserError(
            f"{folder} holds {odd[0]} and no student: the layout is <student>/"
            f"{lecture}/NN_topic.ipynb; `collect {lecture} {folder}` with another "
            "--submitted makes it"
        )
    for name in odd:
        print(
            f"the folder '{name}' is left out: it has a lecture's name, and students' "
            f"folders are <student>/{lecture}",
            file=sys.stderr,
        )
    return [name for name in found if name not in odd]


def _refuse_wrong_folder(
    folder: Path, found: Sequence[str], lecture: str, others: Sequence[str]
) -> None:
    """Refuse a folder in which nobody has anything of the lecture.

    Raises
    ------
    UserError
        It is so; the message says what is there instead.
    """
    held: set[str] = set()
    deeper: set[tuple[str, ...]] = set()
    for student in found:
        for path in files_of(folder / student):
            other = _lectures_above(path, folder, others)
            parts = path.relative_to(folder).parts
            if other:
                held |= other
            elif _lies_deeper(parts, lecture):
                deeper.add(parts[:2])
            else:
                return
    above = {parts[0] for parts in deeper}
    if SUBMITTED in above or (len(above) == 1 and len(deeper) > 1):
        right = folder / (SUBMITTED if SUBMITTED in above else min(above))
        raise UserError(
            f"{folder} is not the folder of the students; those are one folder deeper: "
            f"--submitted {right}"
        )
    if not deeper:
        there = "; there are files of " + ", ".join(sorted(held)) if held else ""
        raise UserError(f"nobody in {folder} handed in anything of {lecture}{there}")


def _lies_deeper(parts: Sequence[str], lecture: str) -> bool:
    """Tell whether a lecture's folder lies one folder too deep."""
    names = [_plain(part) for part in parts]
    return len(parts) == 4 and names[2] == _plain(lecture) != names[1]


def _is_fit(name: str) -> bool:
    """Tell whether a student can be called by a folder's name; say where not."""
    why = ""
    try:
        name.encode()
    except UnicodeEncodeError:
        why = "its name is not UTF-8"
    if UNFIT.search(name):
        why = 'its name holds what no page may show: <, >, ", a backslash or a control'
    if why:
        shown = os.fsencode(name)
        print(f"the folder {shown!r} is left out: {why}; rename it", file=sys.stderr)
    return not why


def find_submission(
    folder: Path, student: str, handout: Handout, others: Sequence[str] = ()
) -> Submission:
    """Find a student's file for a notebook, also where a platform or browser put it.

    Parameters
    ----------
    folder : Path
        Holds the students' folders.
    student : str
        The student's id.
    handout : Handout
        The notebook as released.
    others : sequence of str
        The other lectures: what lies in their folders is theirs.
    """
    place = folder / student / handout.lecture
    exact = place / handout.file_name
    if place.is_symlink() or (folder / student).is_symlink():
        return Submission(student, handout.name, None, "the folder is a link")
    if exact.is_symlink() or exact.exists():
        return Submission(student, handout.name, exact)
    pattern = _names_of(exact.stem)
    found = [p for p in files_of(folder / student) if pattern.fullmatch(p.name)]
    beside = [p for p in found if p.parent == place]
    away = [p for p in found if not is_of_another_lecture(p, folder, others)]
    near = beside or away
    if not near:
        return Submission(student, handout.name, None)
    newest = max(near, key=lambda p: (p.lstat().st_mtime_ns, p.name))
    told = newest.name if beside else newest.relative_to(folder / student)
    how = "was named" if beside else "was found at"
    return Submission(student, handout.name, newest, f"the file {how} {told}")


def _names_of(stem: str) -> re.Pattern[str]:
    """Return what matches the names that platforms and browsers give a notebook."""
    words = r"[ _-]+".join(re.escape(word) for word in re.split(r"[ _-]+", stem))
    before, after = r"(?:.*[^a-z0-9])?", r"(?![a-z0-9]).*"
    return re.compile(
        rf"{before}{words}{after}\.ipynb(?:\.txt|\.json)?", re.IGNORECASE | re.DOTALL
    )


def _above(path: Path, folder: Path) -> tuple[str, ...]:
    """Return the names of the folders between the student's own and a file."""
    return path.relative_to(folder).parts[1:-1]


def _lectures_above(path: Path, folder: Path, lectures: Sequence[str]) -> set[str]:
    """Return the lectures in whose folders a file lies."""
    above = {_plain(name) for name in _above(path, folder)}
    return {name for name in lectures if _plain(name) in above}


def is_of_another_lecture(path: Path, folder: Path, others: Sequence[str]) -> bool:
    """Tell whether a file lies in the folder of another lecture.

    Parameters
    ----------
    path : Path
        The file.
    folder : Path
        Holds the students' folders.
    others : sequence of str
        The other lectures.
    """
    return bool(_lectures_above(path, folder, others))


def _plain(name: str) -> str:
    """Return a lecture's name however it was written: "Lecture 3" is lecture3."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def files_of(folder: Path) -> list[Path]:
    """List the plain files in a folder and below it, within bounds and no links.

    Hidden files are not listed, nor what macOS and Jupyter add.
    """
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        deep = len(Path(place).relative_to(folder).parts)
        folders[:] = sorted(f for f in folders if _is_kept(f)) if deep < DEEPEST else []
        for name in sorted(filter(_is_kept, names)):
            path = Path(place, name)
            if stat.S_ISREG(path.lstat().st_mode):
                found.append(path)
        if len(found) > MOST_FILES:
            break
    return found[:MOST_FILES]


def _is_kept(name: str) -> bool:
    return not name.startswith((".", "__MACOSX")) and name not in OF_NBGRADER


def unused_files(
    folder: Path, students: Sequence[str], used: Collection[Path], others: Sequence[str]
) -> list[Path]:
    """List the files below the submissions folder that no notebook was read from.

    Parameters
    ----------
    folder : Path
        Holds the students' folders.
    students : sequence of str
        Those who are graded.
    used : collection of Path
        The files that were read.
    others : sequence of str
        The other lectures, whose files are not looked at.
    """
    taken = set(used)
    beside = [p for p in sorted(folder.iterdir()) if _is_kept(p.name) and p.is_file()]
    left = [p for p in beside if not p.is_symlink()]
    for student in students:
        left += [
            path
            for path in files_of(folder / student)
            if path not in taken and not is_of_another_lecture(path, folder, others)
        ]
    return left


def handed_in(folder: Path, student: str, lecture: str) -> datetime | None:
    """Read nbgrader's ``timestamp.txt`` beside the notebooks, if there is one."""
    path = folder / student / lecture / "timestamp.txt"
    data = Submission(student, lecture, path).read(100)
    try:
        when: datetime | None = parse_utc((data or b"").decode().strip())
        return when
    except (ValueError, OverflowError):
        return None
