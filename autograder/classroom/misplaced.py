"""Find a student's files for a lecture, also under another notebook's name.

Names are looked at first, as :mod:`.submissions` does. Where a file has none of the
cells that its name promises, its cells tell what it is: two notebooks that were swapped
are graded as what they are. And a blank notebook makes room for a solved copy of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.classroom.contents import Content, Contents, Worth
from autograder.classroom.submissions import (
    Submission,
    files_of,
    find_submission,
    is_of_another_lecture,
)
from autograder.course.handout import Handout
from autograder.notebook_name import stem_of

MOST_READ = 50  # files without a use that are looked into, of one student


def find_submissions(
    folder: Path,
    student: str,
    handouts: Sequence[Handout],
    contents: Contents,
    others: Sequence[str] = (),
) -> list[Submission]:
    """Find a student's file for each notebook of a lecture.

    Parameters
    ----------
    folder : Path
        Holds the students' folders.
    student : str
        The student's id.
    handouts : sequence of Handout
        The notebooks.
    contents : Contents
        Tells what a file is.
    others : sequence of str
        The other lectures: what lies in their folders is theirs.

    Returns
    -------
    list of Submission
        One for each notebook, in their order.
    """
    found = {h.name: find_submission(folder, student, h, others) for h in handouts}
    found |= _swapped(found, contents)
    if not (folder / student).is_symlink():
        found |= _better(found, contents, folder / student, others)
    return list(found.values())


def _swapped(
    found: Mapping[str, Submission], contents: Contents
) -> dict[str, Submission]:
    """Return the submissions of files that are another notebook than their name says.

    A file moves only where that is clear: no other one is the notebook that it is, and
    what lies in its place is itself another notebook.
    """
    is_really: dict[str, str] = {}
    for name, submission in found.items():
        if submission.path is not None:
            data = submission.read(contents.limit) or b""
            if not contents.is_own(data, name):
                told = contents.tell(submission.path.name, data)
                clear = told.worth > Worth.UNREADABLE and told.notebook in found
                is_really[name] = told.notebook if clear else name
    moved = {}
    for name, real in is_really.items():
        path = found[name].path
        free = found[real].path is None or is_really.get(real, real) != real
        alone = [*is_really.values()].count(real) == 1
        if path is not None and real != name and free and alone:
            note = (
                f"the file was named {path.name}, and its cells are those of "
                f"{stem_of(real)}: it is graded as that"
            )
            moved[real] = Submission(found[name].student, real, path, note)
    return moved


def _better(
    found: Mapping[str, Submission],
    contents: Contents,
    home: Path,
    others: Sequence[str],
) -> dict[str, Submission]:
    """Return files that hold more of a notebook than the one that its name led to."""
    used = {submission.path for submission in found.values()}
    spare = [
        path
        for path in files_of(home)
        if path not in used
        and contents.is_wanted(path.name)
        and not is_of_another_lecture(path, home.parent, others)
    ][:MOST_READ]
    if not spare:
        return {}
    told = {path: _content(path, contents) for path in spare}
    better = {}
    for name, submission in found.items():
        least = Worth.UNREADABLE
        if submission.path is not None:
            least = max(least, _content(submission.path, contents).worth)
        held = {p: c for p, c in told.items() if c.notebook == name and c.worth > least}
        if not held:
            continue
        best = max(held, key=lambda p: (held[p].worth, p.lstat().st_mtime_ns, p.name))
        shown = best.relative_to(home)
        note = f"the file was found at {shown}"
        if submission.path is not None:
            kind = "is blank" if least is Worth.BLANK else "cannot be read"
            note = f"{submission.path.name} {kind}; {shown} is graded in its place"
        better[name] = Submission(submission.student, name, best, note)
    return better


def _content(path: Path, contents: Contents) -> Content:
    data = Submission("", "", path).read(contents.limit)
    return contents.tell(path.name, data or b"")
