"""What a person, and nobody else, enters: scores and comments."""

from __future__ import annotations

from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import Connection, func, or_, select

SCORED = or_(
    Grade.manual_score.is_not(None), func.coalesce(Grade.extra_credit, 0.0) != 0
)
COMMENTED = Comment.manual_comment.is_not(None)
Key = tuple[str, str, str]


def scores_by_hand(connection: Connection, lecture: str) -> dict[Key, float]:
    """Return the scores that a person gave, by student, notebook and cell."""
    return _entered(connection, lecture, Grade.score, SCORED)


def comments_by_hand(connection: Connection, lecture: str) -> dict[Key, str]:
    """Return what a person wrote, by student, notebook and cell."""
    return _entered(connection, lecture, Comment.manual_comment, COMMENTED)


def _entered(
    connection: Connection, lecture: str, column: Any, entered: Any
) -> dict[tuple[str, str, str], Any]:
    query = (
        select(SubmittedAssignment.student_id, Notebook.name, BaseCell.name, column)
        .join_from(column.class_, SubmittedNotebook)
        .join(SubmittedAssignment)
        .join(Assignment)
        .join(BaseCell, column.class_.cell_id == BaseCell.id)
        .join(Notebook, BaseCell.notebook_id == Notebook.id)
        .where(Assignment.name == lecture, entered)
    )
    return {
        (student, notebook, cell): value
        for student, notebook, cell, value in connection.execute(query)
    }
