"""Scores that a person gave, read from a table; a table with a fault enters nothing.

The table comes from a spreadsheet: with a byte order mark or without, columns set off
by comma, semicolon or tab, and a decimal comma where the comma sets off nothing.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry

from autograder.course.handout import Handout
from autograder.errors import UserError
from autograder.exercise.record import Exercise
from autograder.gradebook.book import Book
from autograder.report.page import one_line, points
from autograder.report.tables import plain_text

COLUMNS = ("student", "exercise", "score")
DELIMITERS = (",", ";", "\t")
NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]*)?|-?\.[0-9]+")
LARGEST = 50 * 2**20  # bytes
MOST_TOLD = 20


@dataclass(frozen=True)
class Row:
    """One row of the table.

    Attributes
    ----------
    line : int
        Where it begins in the file, counted from 1.
    fields : tuple of str
        As they stand there, without blanks around them.
    """

    line: int
    fields: tuple[str, ...]


class Fault(Exception):  # noqa: N818 - a finding about a row
    """What is wrong with a row, in words."""


def enter_scores(
    book: Book, lecture: str, handouts: Sequence[Handout], path: Path
) -> int:
    """Enter the scores of a table with columns student, exercise and score.

    A row without a score is passed over: its text has not been read yet.

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

    Returns
    -------
    int
        How many scores were entered.

    Raises
    ------
    UserError
        The file cannot be read, or rows are wrong; then no row is entered.
    """
    names, delimiter, rows = read_table(path)
    known = _Known(book, lecture, handouts)
    entries: list[tuple[Any, float]] = []
    faults: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        try:
            field = _fields(row, names)
            if not field["score"]:
                continue
            notebook, exercise = known.exercise(field["exercise"])
            student = known.student(field["student"])
            score = _score(field["score"], exercise, decimal_comma=delimiter != ",")
            first = seen.setdefault((student, exercise.id), row.line)
            if first != row.line:
                raise Fault(f"this student and exercise stand in line {first} already")
            entries.append((known.grade(student, notebook, exercise), score))
        except Fault as fault:
            faults.append(f"{path}, line {row.line}: {fault}")
    if faults:
        raise UserError(_told(faults))
    book.save_scores(entries)
    return len(entries)


def read_table(path: Path) -> tuple[list[str], str, list[Row]]:
    """Read the names of the columns, what sets them off, and the rows.

    Raises
    ------
    UserError
        The file cannot be read, is no text, or lacks a column.
    """
    text = _text(path)
    head = next(io.StringIO(text, newline=""), "")
    for delimiter in DELIMITERS:
        names = _names(head, delimiter)
        if set(COLUMNS) <= set(names):
            break
    else:
        raise UserError(
            f"{path}: the first line must name the columns {', '.join(COLUMNS)}, got "
            f"'{one_line(head.strip(), 80)}'"
        )
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        raise UserError(f"{path}: the column '{twice[0]}' stands there twice")
    rows = []
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    end = 0
    try:
        for fields in lines:
            line, end = end + 1, lines.line_num
            if line > 1 and any(field.strip() for field in fields):
                rows.append(Row(line, tuple(field.strip() for field in fields)))
    except csv.Error as error:
        raise UserError(f"{path}, line {lines.line_num}: {error}") from None
    return names, delimiter, rows


def _names(head: str, delimiter: str) -> list[str]:
    try:
        fields = next(csv.reader([head], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [field.strip().lower() for field in fields]


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from None
    if len(data) > LARGEST:
        raise UserError(f"{path} is larger than {LARGEST // 2**20} MiB")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError(
            f"{path}, line {line}: not text in UTF-8; save it in the spreadsheet as "
            "'CSV UTF-8'"
        ) from None


def _fields(row: Row, names: Sequence[str]) -> dict[str, str]:
    """Give the fields of a row their names; one too many would shift a score."""
    fields = list(row.fields)
    while len(fields) > len(names) and not fields[-1]:
        fields.pop()
    if len(fields) != len(names):
        raise Fault(
            f"{len(fields)} fields, but the first line names {len(names)} columns"
        )
    return dict(zip(names, fields, strict=True))


def _score(text: str, exercise: Exercise, decimal_comma: bool) -> float:
    plain = text.replace(",", ".", 1) if decimal_comma else text
    if not NUMBER.fullmatch(plain):
        raise Fault(f"the score '{one_line(text, 20)}' is not a number")
    score = float(plain)
    if not 0 <= score <= exercise.points:
        most = points(exercise.points)
        raise Fault(f"the score of {exercise.id} must be 0 to {most}, got {text}")
    return score


class _Known:
    """Which students and exercises there are."""

    def __init__(self, book: Book, lecture: str, handouts: Iterable[Handout]) -> None:
        self.book = book
        self.lecture = lecture
        self.exercises: dict[str, tuple[str, Exercise]] = {
            e.id: (h.stem, e) for h in handouts for e in h.exercises
        }
        self.cells = {e.id: h.graded_cell(e.id) for h in handouts for e in h.exercises}
        self.students = written_names(book.students())

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
