"""What late submissions lose, as nbgrader counts it."""

from __future__ import annotations

import nbformat.v4
from nbgrader.api import (
    Assignment,
    Gradebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Connection, func, select
from traitlets.config import Config


def assign_penalty(
    gradebook: Gradebook, url: str, lecture: str, student: str, notebook: str
) -> None:
    """Let nbgrader take off what a late submission loses.

    Parameters
    ----------
    gradebook : Gradebook
        nbgrader's, open.
    url : str
        Of its database; nbgrader's step opens it again.
    lecture : str
        nbgrader's assignment.
    student : str
        The student's id.
    notebook : str
        The notebook within its lecture, for example ``"01_svm"``.
    """
    submission = gradebook.find_submission(lecture, student)
    late = submission.total_seconds_late > 0
    gradebook.db.commit()
    if late:
        where = {
            "assignment": lecture,
            "notebook": notebook,
            "student": student,
            "db_url": url,
        }
        AssignLatePenalties(config=Config()).preprocess(
            nbformat.v4.new_notebook(), {"nbgrader": where}
        )


def penalties(connection: Connection, lecture: str) -> dict[str, float]:
    """Return the points that late submissions lose, by student; 0 left out."""
    query = (
        select(
            SubmittedAssignment.student_id,
            func.sum(SubmittedNotebook.late_submission_penalty).label("points"),
        )
        .select_from(SubmittedNotebook)
        .join(
            SubmittedAssignment,
            SubmittedNotebook.assignment_id == SubmittedAssignment.id,
        )
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .where(Assignment.name == lecture)
        .group_by(SubmittedAssignment.student_id)
    )
    rows = connection.execute(query)
    return {row.student_id: float(row.points) for row in rows if row.points}
