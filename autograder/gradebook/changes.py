"""Which scores a grading changed, and why: kept in the gradebook, told in a table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select

from autograder.course.cells import cells_of
from autograder.gradebook.by_hand import scores_by_hand
from autograder.gradebook.nbgrader_rows import Entry
from autograder.gradebook.tables import CHANGE
from autograder.verdict import Judgement, Verdict


class Because(StrEnum):
    """Why a notebook was graded again."""

    RESUBMITTED = "handed in again"
    EXERCISE = "the exercise changed"
    AGAIN = "graded again"
    """The grader or a setting changed, or a regrade was asked for."""


@dataclass(frozen=True)
class Change:
    """One score that is no longer what it was.

    Attributes
    ----------
    at : str
        When, in UTC, as ISO 8601 writes it.
    student, notebook, exercise : str
        Whose and of what; the notebook as ``"lecture3/01_svm"``.
    before, after : float
        The automatic score.
    max_before, max_after : float
        The points that could be had.
    because : Because
        Why it was graded again.
    """

    at: str
    student: str
    notebook: str
    exercise: str
    before: float
    after: float
    max_before: float
    max_after: float
    because: Because


def find_changes(
    student: str, old: Judgement, new: Judgement, by_hand: Collection[str]
) -> Iterator[Change]:
    """Yield the scores that differ; those that a person gave are not looked at.

    Parameters
    ----------
    student : str
        The student's id.
    old, new : Judgement
        Of the same notebook.
    by_hand : collection of str
        The exercises whose score is a person's.
    """
    at = datetime.now(UTC).isoformat(timespec="seconds")
    because = _because(old, new)
    before = {verdict.exercise: verdict for verdict in old.verdicts}
    for verdict in new.verdicts:
        was = before.get(verdict.exercise)
        if was is None or verdict.exercise in by_hand or not _differ(was, verdict):
            continue
        yield Change(
            at,
            student,
            new.notebook,
            verdict.exercise,
            was.score,
            verdict.score,
            was.max_score,
            verdict.max_score,
            because,
        )


def _differ(one: Verdict, other: Verdict) -> bool:
    if one.grader_failed or other.grader_failed:
        return False
    return (one.score, one.max_score) != (other.score, other.max_score)


def _because(old: Judgement, new: Judgement) -> Because:
    """Return why; what an earlier version did not note is no reason."""
    if old.file and new.file and old.file != new.file:
        return Because.RESUBMITTED
    if old.edition and new.edition and old.edition != new.edition:
        return Because.EXERCISE
    return Because.AGAIN


def record_changes(
    connection: Connection,
    lecture: str,
    entries: Sequence[Entry],
    earlier: Mapping[tuple[str, str], Judgement],
) -> None:
    """Store which scores differ from those of before.

    Parameters
    ----------
    connection : Connection
        In a transaction, which the caller commits.
    lecture : str
        The lecture.
    entries : sequence of Entry
        What was judged.
    earlier : mapping
        By student and notebook ("lecture3/01_svm"), what was found before.
    """
    scores = scores_by_hand(connection, lecture)
    given = {key for key, entered in scores.items() if entered.given is not None}
    changes: list[Change] = []
    for entry in entries:
        old = earlier.get((entry.student, entry.judgement.notebook))
        if old is None:
            continue
        ids = {verdict.exercise for verdict in entry.judgement.verdicts}
        by_hand = {
            exercise
            for exercise in ids
            for cell in cells_of(exercise, ids)
            if (entry.student, entry.notebook, cell) in given
        }
        changes += find_changes(entry.student, old, entry.judgement, by_hand)
    if changes:
        connection.execute(insert(CHANGE), [vars(change) for change in changes])


def load_changes(connection: Connection) -> list[Change]:
    """Return all changes of the term, the earliest first."""
    columns: list[Any] = [CHANGE.c[name] for name in Change.__dataclass_fields__]
    rows = connection.execute(select(*columns).order_by(CHANGE.c.number))
    return [Change(**row._asdict() | {"because": Because(row.because)}) for row in rows]


def gains_and_losses(changes: Iterable[Change]) -> tuple[list[str], list[str]]:
    """Return who has more points after these changes, and who has fewer."""
    sums: dict[str, float] = {}
    for change in changes:
        more = change.after - change.before
        sums[change.student] = sums.get(change.student, 0.0) + more
    tiny = 1e-9
    return (
        sorted(student for student, more in sums.items() if more > tiny),
        sorted(student for student, more in sums.items() if more < -tiny),
    )
