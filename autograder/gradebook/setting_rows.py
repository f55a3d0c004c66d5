"""What a gradebook keeps under a key: the course's seed, what was entered last."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from autograder.gradebook.tables import SETTING


def get_setting(connection: Connection, key: str) -> str | None:
    """Return what is kept under a key; None where nothing is."""
    query = select(SETTING.c.value).where(SETTING.c.key == key)
    found: str | None = connection.execute(query).scalar()
    return found


def put_setting(connection: Connection, key: str, value: str | None) -> None:
    """Keep a text under a key in place of what was there; with None keep nothing."""
    connection.execute(delete(SETTING).where(SETTING.c.key == key))
    if value is not None:
        connection.execute(insert(SETTING).values(key=key, value=value))
