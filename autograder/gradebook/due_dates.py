"""When lectures are due and when students handed in, in nbgrader's tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from autograder.gradebook.nbgrader_rows import ASSIGNMENT, SUBMISSION
from autograder.gradebook.setting_rows import get_setting, put_setting
from autograder.gradebook.term_settings import LectureTerm


def enter_term(connection: Connection, lecture: str, term: LectureTerm) -> list[str]:
    """Enter due date and extensions, and take back those that no longer stand there.

    What formgrader or another program of nbgrader entered stays where the term's file
    says nothing of it.

    Parameters
    ----------
    connection : Connection
        In a transaction, which the caller commits.
    lecture : str
        The lecture, which is set up.
    term : LectureTerm
        What the term decides.

    Returns
    -------
    list of str
        Who was given an extension and has not handed in anything.
    """
    key = f"term of {lecture}"
    before = json.loads(get_setting(connection, key) or "{}")
    if term.due is not None or before.get("due"):
        connection.execute(
            update(ASSIGNMENT)
            .where(ASSIGNMENT.c.name == lecture)
            .values(duedate=term.due)
        )
    submissions = submissions_of(connection, lecture)
    # A group hands in from its own folder or from that of one of its students.
    folders = {name: (name, *term.groups.get(name, ())) for name in term.longer}
    longer = {folder: term.longer[name] for name in folders for folder in folders[name]}
    for folder in {*longer, *before.get("extensions", [])} & submissions.keys():
        connection.execute(
            update(SUBMISSION)
            .where(SUBMISSION.c.id == submissions[folder])
            .values(extension=longer.get(folder))
        )
    timed = _time_late(connection, lecture, term, before.get("timed", {}), submissions)
    own = {
        "due": term.due is not None,
        "extensions": sorted(longer),
        **({"timed": timed} if timed else {}),
    }
    if own != before:
        put_setting(connection, key, json.dumps(own))
    return sorted(n for n in folders if not submissions.keys() & set(folders[n]))


def _time_late(
    connection: Connection,
    lecture: str,
    term: LectureTerm,
    before: Mapping[str, str],
    submissions: Mapping[str, str],
) -> dict[str, str]:
    """Give a time to those who were late by a platform's word alone.

    Whom an earlier call gave one loses it where that is no longer so, unless another
    time has come since.

    Returns
    -------
    mapping
        By folder, the time that was given.
    """
    timed: dict[str, datetime] = {}
    if term.due is not None and term.late_hours is not None:
        when = term.due + timedelta(hours=term.late_hours)
        late = late_without_time(connection, lecture)
        timed = {folder: when for folder in late if folder in submissions}
    known = times_of(connection, lecture)
    gone = [
        folder
        for folder, given in before.items()
        if folder not in timed
        and folder in known
        and known[folder].isoformat() == given
    ]
    for folder in [*timed, *gone]:
        connection.execute(
            update(SUBMISSION)
            .where(SUBMISSION.c.id == submissions[folder])
            .values(timestamp=timed.get(folder))
        )
    return {folder: time.isoformat() for folder, time in sorted(timed.items())}


def late_without_time(connection: Connection, lecture: str) -> list[str]:
    """Return who was late when the lecture was last graded, without a known time."""
    found: list[str] = json.loads(get_setting(connection, _late_key(lecture)) or "[]")
    return found


def set_late(connection: Connection, lecture: str, students: Sequence[str]) -> None:
    """Store who was late by a platform's word, without a known time."""
    value = json.dumps([*students]) if students else None
    put_setting(connection, _late_key(lecture), value)


def _late_key(lecture: str) -> str:
    return f"late without a time: {lecture}"


def submissions_of(connection: Connection, lecture: str) -> dict[str, str]:
    """Return the ids of nbgrader's submissions to a lecture, by student."""
    rows = connection.execute(
        select(SUBMISSION.c.student_id, SUBMISSION.c.id)
        .join(ASSIGNMENT, SUBMISSION.c.assignment_id == ASSIGNMENT.c.id)
        .where(ASSIGNMENT.c.name == lecture)
    )
    return {row.student_id: row.id for row in rows}


def times_of(connection: Connection, lecture: str) -> dict[str, datetime]:
    """Return when students handed in a lecture, where that is known; in UTC."""
    rows = connection.execute(
        select(SUBMISSION.c.student_id, SUBMISSION.c.timestamp)
        .join(ASSIGNMENT, SUBMISSION.c.assignment_id == ASSIGNMENT.c.id)
        .where(ASSIGNMENT.c.name == lecture, SUBMISSION.c.timestamp.is_not(None))
    )
    return {row.student_id: row.timestamp for row in rows}
