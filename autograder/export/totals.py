"""What everybody has in a lecture, as ``totals.csv`` says, beside the roster."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.csv_tables import as_wide, read_table
from autograder.errors import UserError
from autograder.roster import Roster, Student

NEEDED = ("student", "assignment", "score", "max_score", "to_grade_by_hand")


@dataclass(frozen=True)
class Total:
    """What a student has in a lecture.

    Attributes
    ----------
    student : str
        The id in the gradebook.
    score, most : float
        The points, late penalty taken off, and how many there are.
    waiting : int
        Texts that no person has scored yet.
    """

    student: str
    score: float
    most: float
    waiting: int


@dataclass(frozen=True)
class Matched:
    """Gradebook and roster side by side.

    Attributes
    ----------
    pairs : tuple
        Those who are in both, in the order of the roster.
    not_in_roster : tuple of str
        Students of the gradebook whom the roster does not have.
    without_grade : tuple of Student
        Students of the roster whom the gradebook does not have.
    """

    pairs: tuple[tuple[Student, Total], ...]
    not_in_roster: tuple[str, ...]
    without_grade: tuple[Student, ...]

    @property
    def whole(self) -> bool:
        """Whether everybody is in both."""
        return not self.not_in_roster and not self.without_grade


def read_totals(
    path: Path, lecture: str, students: Mapping[str, str | None]
) -> list[Total]:
    """Read what ``grade`` and ``report`` wrote.

    Parameters
    ----------
    path : Path
        ``totals.csv``.
    lecture : str
        The lecture whose rows are wanted.
    students : mapping
        How tables write a student -> the student.

    Raises
    ------
    UserError
        The table was changed by hand, or has no row of the lecture.
    """
    table = read_table(
        path, lambda names: set(NEEDED) <= set(names), f"name {', '.join(NEEDED)}"
    )
    found = []
    for row in table.rows:
        try:
            field = dict(zip(table.names, as_wide(row, table.names), strict=True))
            if field["assignment"] != lecture:
                continue
            student = students.get(field["student"], field["student"])
            score, most = float(field["score"]), float(field["max_score"])
            if student is None or not math.isfinite(score + most):
                raise ValueError("not one student and two numbers")
            found.append(Total(student, score, most, int(field["to_grade_by_hand"])))
        except ValueError as error:
            raise UserError(
                f"{path}, line {row.line}: {error}; `report {lecture}` writes it anew"
            ) from None
    if not found:
        raise UserError(f"{path} has no row of {lecture}")
    return found


def match(roster: Roster, totals: Sequence[Total]) -> Matched:
    """Find the students of the gradebook in the roster, by any of their identifiers.

    Raises
    ------
    UserError
        None is found, or two students of the gradebook are one in the roster.
    """
    of_line: dict[int, Total] = {}
    strangers = []
    for total in totals:
        student = roster.by_id(total.student)
        if student is None:
            strangers.append(total.student)
            continue
        other = of_line.setdefault(student.line, total)
        if other is not total:
            raise UserError(
                f"{roster.table.path}, line {student.line}: in the gradebook this is "
                f"both '{other.student}' and '{total.student}'"
            )
    if not of_line:
        raise UserError(
            f"{roster.table.path} has none of the gradebook's students: the gradebook "
            f"has '{strangers[0]}', the roster '{roster.students[0].student}'; name "
            "the column with the gradebook's ids with --student-column"
        )
    return Matched(
        tuple((s, of_line[s.line]) for s in roster.students if s.line in of_line),
        tuple(strangers),
        tuple(s for s in roster.students if s.line not in of_line),
    )
