"""Read ``submission_metadata.yml``, which Gradescope puts beside submissions.

It is YAML as Ruby writes it, with symbols as keys::

    submission_123456:
      :submitters:
      - :name: Kim Lee
        :sid: '20261234'
        :email: klee@example.org
      :created_at: 2026-10-01 12:00:00.123456000 Z
      :history: []

The file repeats all results of an autograder, so it can be long; only who and when are
taken from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import yaml

METADATA = "submission_metadata.yml"


@dataclass(frozen=True)
class Person:
    """Who handed in.

    Attributes
    ----------
    name : str
        As people write it; may be empty.
    ids : tuple of str
        Student id and e-mail address, as far as they are there.
    """

    name: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Submitted:
    """One submission.

    Attributes
    ----------
    people : tuple of Person
        The student, or the members of a group.
    time : datetime or None
        When, in UTC.
    """

    people: tuple[Person, ...]
    time: datetime | None


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads plain values; what Ruby marks as an object of its own is None."""


_Loader.add_multi_constructor("", lambda *_: None)


def read_metadata(data: bytes) -> dict[str, Submitted]:
    """Read the file: folder's name -> submission.

    Raises
    ------
    ValueError
        It is no YAML, or does not say who handed in.
    """
    try:
        found = yaml.load(data, _Loader)  # noqa: S506 - a safe loader, see above
    except (yaml.YAMLError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" in line {where.line + 1}" if where else ""
        raise ValueError(f"it is not YAML{line}") from None
    if not isinstance(found, Mapping):
        raise ValueError("it names no submission")
    return {
        str(name): Submitted(_people(_get(entry, "submitters")), _time(entry))
        for name, entry in found.items()
        if isinstance(entry, Mapping)
    }


def _get(entry: Any, key: str) -> Any:
    if not isinstance(entry, Mapping):
        return None
    return entry.get(f":{key}", entry.get(key))


def _people(found: Any) -> tuple[Person, ...]:
    people = []
    for one in found if isinstance(found, list) else []:
        texts = [_text(_get(one, key)) for key in ("name", "sid", "email")]
        if any(texts):
            people.append(Person(texts[0], tuple(t for t in texts[1:] if t)))
    return tuple(people)


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""


def _time(entry: Any) -> datetime | None:
    value = _get(entry, "created_at")
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return None
