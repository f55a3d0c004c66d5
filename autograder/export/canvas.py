"""The table that Canvas imports into its gradebook.

Canvas wants the first columns of its own export as they are, ``Student``, ``ID``, with
``SIS User ID`` and ``SIS Login ID`` where the institution has them, ``Section``, then
one column per assignment and, before the students, a row ``Points Possible``. It finds
students by ``ID``, and an assignment by the number that its own export writes behind
the title, ``Lecture 3 (4711)``; a title that it does not know becomes a new assignment,
after a question. An empty field deletes a score: students without a grade are left out.

Sources: the instructor guide's "How do I import grades in the Gradebook?",
https://community.canvaslms.com/t5/Instructor-Guide/-/ta-p/807, and Canvas's own reader,
``lib/gradebook_importer.rb`` in https://github.com/instructure/canvas-lms.
"""

from __future__ import annotations

import re

from autograder.errors import UserError
from autograder.export.scores_table import ScoresTable, out_of, safe, score_text
from autograder.export.totals import Matched
from autograder.roster import Roster

NUMBERED = re.compile(r"(.*) \([0-9]+\)")
POINTS = "Points Possible"


def canvas_table(
    roster: Roster,
    matched: Matched,
    lecture: str,
    column: str | None = None,
    scale: bool = False,
) -> ScoresTable:
    """Return what Canvas imports.

    Parameters
    ----------
    roster : Roster
        Canvas's own export of its gradebook.
    matched : Matched
        Who has what.
    lecture : str
        The lecture.
    column : str, optional
        The assignment in Canvas, its title with or without the number; by default the
        one that is titled like the lecture, else a new one.
    scale : bool
        Bring scores in proportion where Canvas gives other points.

    Raises
    ------
    UserError
        The roster is none of Canvas's, it has no such assignment, or other points.
    """
    names = roster.table.names
    section = roster.column("section")
    if "canvas" not in roster.kinds or section is None:
        raise UserError(
            f"{roster.table.path} is not Canvas's: take the file of Grades > Export, "
            "which begins with Student,ID and has a column Section"
        )
    index = _find_column(roster, section, lecture, column)
    header = names[index] if index is not None else lecture
    there = None if index is None else _points(roster, index)
    rows = [["    " + POINTS, *[""] * section]]
    most = matched.pairs[0][1].most if there is None else there
    rows[0].append(score_text(most))
    for student, total in matched.pairs:
        score = out_of(total, there, scale, f"'{header}'")
        known = [safe(field) for field in student.fields[: section + 1]]
        rows.append([*known, score_text(score)])
    remarks = []
    if index is None:
        remarks.append(
            f"Canvas will ask what '{header}' is: a new assignment, or name one of "
            "its own with --column."
        )
    return ScoresTable([*names[: section + 1], header], rows, header, remarks=remarks)


def _find_column(
    roster: Roster, section: int, lecture: str, column: str | None
) -> int | None:
    """Return the index of the assignment's column, None if Canvas has none yet."""
    titles = {
        index: _title(name)
        for index, name in enumerate(roster.table.names)
        if index > section and NUMBERED.fullmatch(name)
    }
    if column is None:
        found = [i for i, title in titles.items() if _bare(title) == _bare(lecture)]
        return found[0] if len(found) == 1 else None
    found = [
        index
        for index, title in titles.items()
        if column in (title, roster.table.names[index])
    ]
    if len(found) != 1:
        known = ", ".join(f"'{roster.table.names[i]}'" for i in titles) or "none"
        what = "no" if not found else "more than one"
        raise UserError(
            f"{roster.table.path} has {what} assignment '{column}'; it has {known}"
        )
    return found[0]


def _title(name: str) -> str:
    numbered = NUMBERED.fullmatch(name)
    return numbered[1] if numbered else name


def _bare(title: str) -> str:
    """Return a title however it was written: "Lecture 3" is lecture3."""
    return re.sub(r"[\W_]", "", title.casefold())


def _points(roster: Roster, index: int) -> float | None:
    """Return the points that Canvas gives an assignment, None where it says nothing."""
    for row in roster.table.rows:
        if POINTS in row.fields[0] and index < len(row.fields):
            try:
                return float(row.fields[index].replace(",", "."))
            except ValueError:
                return None
    return None
