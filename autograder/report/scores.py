"""Scores that a person gave, read from a table; a table with a fault enters nothing.

The table comes from a spreadsheet: with a byte order mark or without, columns set off
by comma, semicolon or tab, and a decimal comma where the comma sets off nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry

from autograder.course.handout import Handout
from autograder.csv_tables import Row, Table, as_wide, plain_text, read_table
from autograder.errors import UserError
from autograder.exercise.record import Exercise
from autograder.gradebook.book import Book, Entered
from autograder.gradebook.standings import Standings
from autograder.gradebook.term_settings import NO_TERM, LectureTerm
from autograder.report.codes import students_by_code
from autograder.report.page import one_line, points

COLUMNS = ("student", "exercise", "score")
EXTRA = "extra_credit"  # a column that a table may have
MOST_EXTRA = 1000.0
NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]*)?|-?\.[0-9]+")
MOST_TOLD = 20


class Fault(Exception):  # noqa: N818 - a finding about a row
    """What is wrong with a row, in words."""


def enter_scores(
    book: Book,
    lecture: str,
    handouts: Sequence[Handout],
    path: Path,
    term: LectureTerm = NO_TERM,
) -> int:
    """Enter the scores of a table with columns student, exercise and score.

    A row without a score is passed over: its text has not been read yet. A column
    extra_credit may stand beside it: points beyond those of the exercise.

    Parameters
    ----------
    book : Book
        The gradebook.
    lecture : str
        The lecture.
    handouts : sequence of Handout
        Its notebooks.
    path : Path
        The table.
    term : LectureTerm
        Names the groups: a score for one of its students is that of the group.

    Returns
    -------
    int
        How many scores were entered.

    Raises
    ------
    UserError
        The file cannot be read, or rows are wrong; then no row is entered.
    """
    table = read_scores(path)
    names = [name.lower() for name in table.names]
    comma = table.delimiter != ","  # then one may stand in a number
    known = _Known(book, lecture, handouts, book.standings(lecture, term))
    entries: list[tuple[Any, Entered]] = []
    faults: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        try:
            field = _fields(row, names)
            if not field["score"] and not field.get(EXTRA):
                continue
            notebook, exercise = known.exercise(field["exercise"])
            student = known.student(field["student"])
            entered = _entered(field, exercise, decimal_comma=comma)
            holder = known.holder(student, notebook)
            first = seen.setdefault((holder, exercise.id), row.line)
            if first != row.line:
                own = "student" if holder == student else "student's group"
                raise Fault(f"this {own} and exercise stand in line {first} already")
            entries.append((known.grade(holder, notebook, exercise), entered))
        except Fault as fault:
            faults.append(f"{path}, line {row.line}: {fault}")
    if faults:
        raise UserError(_told(faults))
    book.save_scores(entries)
    return len(entries)


def read_scores(path: Path) -> Table:
    """Read the table.

    Raises
    ------
    UserError
        The file cannot be read, is no text, or lacks a column.
    """
    table = read_table(
        path,
        lambda names: set(COLUMNS) <= set(names),
        f"name the columns {', '.join(COLUMNS)}",
    )
    names = [name.lower() for name in table.names]
    twice = [name for name in (*COLUMNS, EXTRA) if names.count(name) > 1]
    if twice:
        raise UserError(f"{path}: the column '{twice[0]}' stands there twice")
    return table


def _fields(row: Row, names: Sequence[str]) -> dict[str, str]:
    """Give the fields of a row their names."""
    try:
        return dict(zip(names, as_wide(row, names), strict=True))
    except ValueError as error:
        raise Fault(str(error)) from None


def _entered(
    field: Mapping[str, str], exercise: Exercise, decimal_comma: bool
) -> Entered:
    """Return the score and the extra credit of a row; None for what it leaves empty."""
    score = extra = None
    if field["score"]:
        score = _number(field["score"], "score", decimal_comma)
        if not 0 <= score <= exercise.points:
            most = points(exercise.points)
            beyond = f"; points beyond it go into a column {EXTRA}"
            raise Fault(
                f"the score of {exercise.id} must be 0 to {most}, got "
                f"{field['score']}{beyond if score > exercise.points else ''}"
            )
    if field.get(EXTRA):
        extra = _number(field[EXTRA], "extra credit", decimal_comma)
        if not 0 <= extra <= MOST_EXTRA:
            raise Fault(
                f"the extra credit of {exercise.id} must be 0 to {MOST_EXTRA:g}, got "
                f"{field[EXTRA]}"
            )
    return score, extra


def _number(text: str, what: str, decimal_comma: bool) -> float:
    plain = text.replace(",", ".", 1) if decimal_comma else text
    if not NUMBER.fullmatch(plain):
        raise Fault(f"the {what} '{one_line(text, 20)}' is not a number")
    return float(plain)


class _Known:
    """Which students and exercises there are."""

    def __init__(
        self,
        book: Book,
        lecture: str,
        handouts: Iterable[Handout],
        standings: Standings,
    ) -> None:
        self.book = book
        self.standings = standings
        self.lecture = lecture
        self.exercises: dict[str, tuple[str, Exercise]] = {
            e.id: (h.stem, e) for h in handouts for e in h.exercises
        }
        self.cells = {e.id: h.graded_cell(e.id) for h in handouts for e in h.exercises}
        known = {*book.students(), *standings.results}
        # A table of texts that were read without names has codes.
        self.students = students_by_code(book.seed(), known) | written_names(known)

    def exercise(self, text: str) -> tuple[str, Exercise]:
        """Return an exercise and the name of its notebook."""
        if text not in self.exercises:
            raise Fault(f"no exercise '{one_line(text, 60)}' in {self.lecture}")
        return self.exercises[text]

    def student(self, text: str) -> str:
        """Find the student by the spelling in the table."""
        if text not in self.students:
            raise Fault(f"no student '{one_line(text, 60)}' in the gradebook")
        student = self.students[text]
        if student is None:
            raise Fault(f"two students are written '{one_line(text, 60)}' in tables")
        return student

    def holder(self, student: str, notebook: str) -> str:
        """Return from whose folder a student's work came: another's in a group."""
        of = self.standings.holders.get(student, {})
        return of.get(f"{self.lecture}/{notebook}", student)

    def grade(self, student: str, notebook: str, exercise: Exercise) -> Any:
        """Return nbgrader's entry."""
        cell = self.cells[exercise.id]
        try:
            return self.book.nbgrader.find_grade(cell, notebook, self.lecture, student)
        except MissingEntry:
            raise Fault(
                f"no submission of student '{one_line(student, 60)}' to {self.lecture}"
            ) from None


def written_names(students: Iterable[str]) -> dict[str, str | None]:
    """Map how tables write a student to the student; None where that is not clear.

    Examples
    --------
    >>> written_names(["ann", "=1"])
    {'ann': 'ann', "'=1": '=1', '=1': '=1'}
    """
    found: dict[str, str | None] = {}
    own = list(students)
    for student in own:
        text = plain_text(student).strip()
        found[text] = None if text in found else student
    for student in own:
        found.setdefault(student, student)
    return found


def _told(faults: Sequence[str]) -> str:
    """One line for one fault; for several, one line each."""
    if len(faults) == 1:
        return faults[0]
    more = len(faults) - MOST_TOLD
    return "\n".join(
        [
            f"{len(faults)} rows are wrong, and none was entered:",
            *faults[:MOST_TOLD],
            *([f"and {more} more"] if more > 0 else []),
        ]
    )
