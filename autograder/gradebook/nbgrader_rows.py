"""Write judgements into nbgrader's tables, many in one transaction.

nbgrader's own calls commit after every student, submission and cell. Here the same rows
are written by a few statements for many notebooks, so that a reader of the database
sees all of a notebook or nothing of it, and the one writer keeps up with many workers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import (
    Boolean,
    Connection,
    String,
    Table,
    bindparam,
    case,
    insert,
    select,
    update,
)

from answer_checks.language import ENGLISH, Language, in_language
from autograder.cleaning.markdown_text import clean_markdown
from autograder.course.cells import TEST_SUFFIX
from autograder.judging.explain import lines
from autograder.notebook_name import stem_of
from autograder.verdict import NO_ANSWER, Judgement, Verdict

ASSIGNMENT: Table = Assignment.__table__
CELL: Table = BaseCell.__table__
COMMENT: Table = Comment.__table__
GRADE: Table = Grade.__table__
NOTEBOOK: Table = Notebook.__table__
STUDENT: Table = Student.__table__
SUBMISSION: Table = SubmittedAssignment.__table__
SUBMITTED: Table = SubmittedNotebook.__table__

# Which rows a submission has for a cell of each kind, as nbgrader makes them.
GRADED = ("GradeCell", "TaskCell")
COMMENTED = ("SolutionCell", "TaskCell")


@dataclass(frozen=True)
class Entry:
    """A judgement on its way into the gradebook.

    Attributes
    ----------
    student : str
        The student's id.
    judgement : Judgement
        What was found.
    digest : str or None
        A hash of all that it was made from; None where it is not to be relied on, so
        that the next call judges again.
    timestamp : datetime or None
        When it was handed in; None leaves what is known.
    record : str
        The judgement as text, where that has been made already.
    language : str
        Of the comments.
    """

    student: str
    judgement: Judgement
    digest: str | None = None
    timestamp: datetime | None = None
    record: str = ""
    language: Language = ENGLISH

    @property
    def notebook(self) -> str:
        """The notebook's name within its assignment, for example ``"01_svm"``."""
        return stem_of(self.judgement.notebook)


class Structure:
    """The notebooks of an assignment and their cells, as nbgrader numbers them.

    Parameters
    ----------
    connection : Connection
        To the gradebook.
    lecture : str
        The lecture.
    """

    def __init__(self, connection: Connection, lecture: str) -> None:
        assignment = select(ASSIGNMENT.c.id).where(ASSIGNMENT.c.name == lecture)
        self.id = connection.execute(assignment).scalar_one()
        rows = connection.execute(
            select(NOTEBOOK.c.name, NOTEBOOK.c.id).where(
                NOTEBOOK.c.assignment_id == self.id
            )
        )
        self.notebooks: dict[str, str] = {row.name: row.id for row in rows}
        self.cells: dict[str, list[Any]] = {i: [] for i in self.notebooks.values()}
        rows = connection.execute(
            select(CELL.c.notebook_id, CELL.c.id, CELL.c.name, CELL.c.type).where(
                CELL.c.notebook_id.in_(self.cells)
            )
        )
        for row in rows:
            self.cells[row.notebook_id].append(row)


def insert_entries(
    connection: Connection,
    lecture: str,
    entries: Sequence[Entry],
    earlier: Mapping[tuple[str, str], Judgement],
) -> None:
    """Write students, submissions and automatic scores; a person's scores stay.

    Where the answer that a person scored has given way to another one, a person is
    asked again.

    Parameters
    ----------
    connection : Connection
        In a transaction, which the caller commits.
    lecture : str
        The lecture, which is set up.
    entries : sequence of Entry
        At most one for a student and notebook.
    earlier : mapping
        By student and notebook ("lecture3/01_svm"), what was found before.
    """
    structure = Structure(connection, lecture)
    names = list(dict.fromkeys(entry.student for entry in entries))
    _add_students(connection, names)
    submissions = _add_submissions(connection, structure, names)
    times = {e.student: e.timestamp for e in entries if e.timestamp is not None}
    set_times(connection, submissions, times)
    rows = connection.execute(
        select(SUBMITTED.c.assignment_id, SUBMITTED.c.notebook_id, SUBMITTED.c.id)
        .where(SUBMITTED.c.assignment_id.in_(submissions.values()))
        .order_by(SUBMITTED.c.id)
    )
    submitted = {(row.assignment_id, row.notebook_id): row.id for row in rows}
    scores, comments = [], []
    for entry in entries:
        notebook = structure.notebooks[entry.notebook]
        row_id = submitted[submissions[entry.student], notebook]
        before = earlier.get((entry.student, entry.judgement.notebook))
        scores += _scores(row_id, structure.cells[notebook], entry.judgement, before)
        comments += _comments(row_id, structure.cells[notebook], entry)
    if scores:
        connection.execute(_SET_SCORE, scores)
    if comments:
        connection.execute(_SET_COMMENT, comments)


def _add_students(connection: Connection, names: Sequence[str]) -> None:
    query = select(STUDENT.c.id).where(STUDENT.c.id.in_(names))
    known = set(connection.execute(query).scalars())
    new = [{"id": name} for name in names if name not in known]
    if new:
        connection.execute(insert(STUDENT), new)


def _add_submissions(
    connection: Connection, structure: Structure, names: Sequence[str]
) -> dict[str, str]:
    """Make the submissions that are not there, with every row that nbgrader expects."""
    query = select(SUBMISSION.c.student_id, SUBMISSION.c.id).where(
        SUBMISSION.c.assignment_id == structure.id, SUBMISSION.c.student_id.in_(names)
    )
    found = {row.student_id: row.id for row in connection.execute(query)}
    submissions: list[dict[str, Any]] = []
    notebooks: list[dict[str, Any]] = []
    grades: list[dict[str, Any]] = []
    comments: list[dict[str, Any]] = []
    for name in names:
        if name in found:
            continue
        found[name] = new_uuid()
        submissions.append(
            {"id": found[name], "assignment_id": structure.id, "student_id": name}
        )
        for notebook, cells in structure.cells.items():
            row_id = new_uuid()
            notebooks.append(
                {"id": row_id, "assignment_id": found[name], "notebook_id": notebook}
            )
            for cell in cells:
                row = {"cell_id": cell.id, "notebook_id": row_id}
                if cell.type in GRADED:
                    grades.append(dict(row))
                if cell.type in COMMENTED:
                    comments.append(dict(row))
    for table, rows in (
        (SUBMISSION, submissions),
        (SUBMITTED, notebooks),
        (GRADE, grades),
        (COMMENT, comments),
    ):
        if rows:
            connection.execute(insert(table), rows)
    return found


def set_times(
    connection: Connection, submissions: Mapping[str, str], times: Mapping[str, Any]
) -> None:
    """Store when students handed in, by the ids of their submissions."""
    rows = [
        {"submission": submissions[student], "time": time}
        for student, time in times.items()
        if student in submissions
    ]
    if rows:
        connection.execute(
            update(SUBMISSION)
            .where(SUBMISSION.c.id == bindparam("submission"))
            .values(timestamp=bindparam("time")),
            rows,
        )


def _scores(
    submitted: str,
    cells: Sequence[Any],
    judgement: Judgement,
    before: Judgement | None,
) -> list[dict[str, Any]]:
    """Return the automatic score of each graded cell; no verdict means no points."""
    verdicts = {v.exercise: v for v in judgement.verdicts}
    earlier = {v.exercise: v for v in before.verdicts} if before else {}
    scores = []
    for cell in cells:
        if cell.type not in GRADED:
            continue
        own = (
            cell.name if cell.name in verdicts else cell.name.removesuffix(TEST_SUFFIX)
        )
        verdict = verdicts.get(own)
        by_person = verdict is not None and verdict.status == "manual"
        score = 0.0 if verdict is None else verdict.score
        scores.append(
            {
                "submitted": submitted,
                "cell": cell.id,
                "score": None if by_person else score,
                "by_person": by_person,
                "answer": _answer(earlier.get(own), verdict),
            }
        )
    return scores


def _answer(before: Verdict | None, now: Verdict | None) -> str:
    """Tell what became of the answer that a person may have scored."""
    if now is None or now.status in NO_ANSWER:
        return "none"
    if before is None or not before.answer or not now.answer:
        return "not known"
    return "same" if before.answer == now.answer else "another"


def _comments(
    submitted: str, cells: Sequence[Any], entry: Entry
) -> list[dict[str, Any]]:
    """Return what stands beside each solution.

    nbgrader keeps comments with the cell that the student wrote. What a person writes
    there stands before ours.
    """
    language = entry.language.for_edition(entry.judgement.language)
    said = {v.exercise: comment_on(v, language) for v in entry.judgement.verdicts}
    return [
        {"submitted": submitted, "cell": cell.id, "said": said.get(cell.name)}
        for cell in cells
        if cell.type in COMMENTED
    ]


def comment_on(verdict: Verdict, language: Language = ENGLISH) -> str | None:
    """Return what formgrader and nbgrader's feedback say about an exercise.

    nbgrader shows a comment as markdown and lets HTML and every link through.
    """
    said = in_language("\n\n".join(lines(verdict)), language)
    return escape(clean_markdown(said), quote=False) or None


_SET_COMMENT = (
    update(COMMENT)
    .where(
        COMMENT.c.notebook_id == bindparam("submitted"),
        COMMENT.c.cell_id == bindparam("cell"),
    )
    .values(auto_comment=bindparam("said"))
)
_SET_SCORE = (
    update(GRADE)
    .where(
        GRADE.c.notebook_id == bindparam("submitted"),
        GRADE.c.cell_id == bindparam("cell"),
    )
    .values(
        auto_score=bindparam("score"),
        needs_manual_grade=case(
            (GRADE.c.manual_score.is_(None), bindparam("by_person", type_=Boolean)),
            (bindparam("answer", type_=String) == "another", True),
            (
                bindparam("answer", type_=String) == "same",
                GRADE.c.needs_manual_grade,
            ),
            else_=False,
        ),
    )
)
