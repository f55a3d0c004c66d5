"""The tables that Moodle imports.

Two, told apart by the roster:

- The assignment's *Download grading worksheet* (``Identifier``, ``Full name``, ...,
  ``Grade``, ``Maximum grade``, ``Last modified (grade)``, ``Feedback comments``) comes
  back as it is, with ``Grade`` filled in, for *Upload grading worksheet*. Moodle finds
  the students by ``Identifier``, and passes over a grade above the maximum or empty.
- Any other list of Moodle's gives a table for *Grades > Import > CSV file*, where the
  column that tells the students apart, ``ID number`` or ``Email address``, and the one
  with the grades are chosen.

Moodle reads both with commas unless told otherwise, whatever the site's language is.

Sources: https://docs.moodle.org/en/Grade_import,
https://docs.moodle.org/en/Assignment_settings, and Moodle's own reader,
``mod/assign/feedback/offline/importgradeslib.php`` in https://github.com/moodle/moodle.
"""

from __future__ import annotations

from autograder.errors import UserError
from autograder.export.scores_table import ScoresTable, out_of, safe, score_text
from autograder.export.totals import Matched
from autograder.roster import Roster

GRADE, MAXIMUM = "grade", "maximum grade"
NAMES = {"id_number": "ID number", "email": "Email address", "login": "Username"}


def moodle_table(
    roster: Roster,
    matched: Matched,
    lecture: str,
    column: str | None = None,
    scale: bool = False,
) -> ScoresTable:
    """Return what Moodle imports.

    Parameters
    ----------
    roster : Roster
        The grading worksheet, or another list of Moodle's.
    matched : Matched
        Who has what.
    lecture : str
        The lecture.
    column : str, optional
        What the column of the grades is called; in a grading worksheet, one that is
        there. By default ``Grade`` there and the lecture's name elsewhere.
    scale : bool
        Bring scores in proportion where Moodle's maximum is another.

    Raises
    ------
    UserError
        The roster does not tell the students apart, or has another maximum.
    """
    if "participant" in roster.kinds:
        return _worksheet(roster, matched, column or GRADE, scale)
    kinds = [kind for kind in NAMES if kind in roster.kinds]
    if not kinds or "canvas" in roster.kinds:
        raise UserError(
            f"{roster.table.path} is not Moodle's: it has neither Identifier nor ID "
            "number nor Email address"
        )
    name = column or lecture
    rows = [
        [
            *(safe(student.ids.get(kind, "")) for kind in kinds),
            safe(student.name),
            score_text(total.score),
        ]
        for student, total in matched.pairs
    ]
    header = [*(NAMES[kind] for kind in kinds), "Full name", name]
    by = NAMES[next(k for k in kinds if any(s.ids.get(k) for s in roster.students))]
    remark = f"In Moodle, identify users by '{by}' and map '{name}' to the grade item."
    return ScoresTable(header, rows, name, remarks=[remark])


def _worksheet(
    roster: Roster, matched: Matched, column: str, scale: bool
) -> ScoresTable:
    grade, maximum = roster.column(column), roster.column(MAXIMUM)
    if grade is None:
        raise UserError(
            f"{roster.table.path} has no column '{column.capitalize()}' to fill in; "
            "name it with --column"
        )
    name = roster.table.names[grade]
    totals = {student.line: total for student, total in matched.pairs}
    rows, above = [], []
    for student in roster.students:
        fields = [safe(field) for field in student.fields]
        if student.line in totals:
            there = None
            if maximum is not None:
                there = _number(student.fields[maximum])
            score = out_of(totals[student.line], there, scale, "the assignment")
            if there is not None and score > there:
                above.append(student.student)
            fields[grade] = score_text(score)
        rows.append(fields)
    remarks = []
    if above:
        remarks.append(
            "Moodle passes over grades above its maximum; raise it for: "
            + ", ".join(map(safe, above))
        )
    return ScoresTable(roster.table.names, rows, name, remarks=remarks)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None  # a scale, or nothing
