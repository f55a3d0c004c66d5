"""A table for everything else: the roster as it came, with the scores behind it."""

from __future__ import annotations

from autograder.errors import UserError
from autograder.export.scores_table import ScoresTable, out_of, safe, score_text
from autograder.export.totals import Matched
from autograder.roster import Roster


def plain_table(
    roster: Roster,
    matched: Matched,
    lecture: str,
    column: str | None = None,
    scale: bool = False,
) -> ScoresTable:
    """Return the roster's rows with two more columns, score and maximum.

    Parameters
    ----------
    roster : Roster
        Any list of students.
    matched : Matched
        Who has what.
    lecture : str
        The lecture.
    column : str, optional
        What the column of the scores is called; by default the lecture's name.
    scale : bool
        Write percent instead of points.

    Raises
    ------
    UserError
        The roster has a column of that name already.
    """
    name = column or lecture
    added = [name, f"{name} max"]
    for one in added:
        if roster.column(one) is not None:
            raise UserError(
                f"{roster.table.path} has a column '{one}' already; name another with "
                "--column"
            )
    rows = []
    for student, total in matched.pairs:
        there = 100.0 if scale else None
        score = out_of(total, there, scale, f"'{name}'")
        known = [safe(field) for field in student.fields]
        rows.append([*known, score_text(score), score_text(there or total.most)])
    # The mark at the start tells spreadsheets that names are in UTF-8.
    return ScoresTable([*roster.table.names, *added], rows, name, encoding="utf-8-sig")
