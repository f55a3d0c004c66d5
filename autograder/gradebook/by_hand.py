"""What a person, and nobody else, enters: scores and comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class ByHand:
    """What a person entered for a cell.

    Attributes
    ----------
    score : float
        The score that counts, extra credit included.
    given : float or None
        What a person gave instead of the automatic score, extra credit apart.
    extra : float
        Extra credit.
    again : bool
        Whether a person is to look at it again.
    """

    score: float
    given: float | None
    extra: float
    again: bool


def scores_by_hand(connection: Connection, lecture: str) -> dict[Key, ByHand]:
    """Return the scores that a person gave, by student, notebook and cell."""
    columns = (
        Grade.score,
        Grade.manual_score,
        Grade.extra_credit,
        Grade.needs_manual_grade,
    )
    found = _entered(connection, lecture, columns, SCORED)
    return {
        key: ByHand(float(score), given, float(extra or 0), bool(again))
        for key, (score, given, extra, again) in found
    }


def comments_by_hand(connection: Connection, lecture: str) -> dict[Key, str]:
    """Return what a person wrote, by student, notebook and cell."""
    column = (Comment.manual_comment,)
    found = _entered(connection, lecture, column, COMMENTED)
    return {key: text for key, (text,) in found}


def _entered(
    connection: Connection, lecture: str, columns: Sequence[Any], entered: Any
) -> Iterator[tuple[Key, Sequence[Any]]]:
    table = columns[0].class_
    query = (
        select(SubmittedAssignment.student_id, Notebook.name, BaseCell.name, *columns)
        .join_from(table, SubmittedNotebook)
        .join(SubmittedAssignment)
        .join(Assignment)
        .join(BaseCell, table.cell_id == BaseCell.id)
        .join(Notebook, BaseCell.notebook_id == Notebook.id)
        .where(Assignment.name == lecture, entered)
    )
    for student, notebook, cell, *values in connection.execute(query):
        yield (student, notebook, cell), values
