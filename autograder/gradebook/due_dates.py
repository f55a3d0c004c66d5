"""When lectures are due and when students handed in, in nbgrader's tables."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from autograder.gradebook.nbgrader_rows import ASSIGNMENT, SUBMISSION
from autograder.gradebook.tables import SETTING
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
    query = select(SETTING.c.value).where(SETTING.c.key == key)
    before = json.loads(connection.execute(query).scalar() or "{}")
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
    own = {"due": term.due is not None, "extensions": sorted(longer)}
    if own != before:
        connection.execute(delete(SETTING).where(SETTING.c.key == key))
        connection.execute(insert(SETTING).values(key=key, value=json.dumps(own)))
    return sorted(n for n in folders if not submissions.keys() & set(folders[n]))


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
