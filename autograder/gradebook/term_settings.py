"""The settings of a term: ``term.toml`` in the folder that ``grade`` writes to.

A lecture has a section of its name. What a file does not hold is as nbgrader has it: a
due date that formgrader entered stays where the file names none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from autograder.errors import UserError
from autograder.verdict import Counts

FILE_NAME = "term.toml"
WORDS = ("due", "late_hours", "extensions", "exercises", "groups")
MOST_HOURS = 10_000.0
CHANGES = (Counts.TAKEN_OUT, Counts.GIVEN, Counts.BONUS)


@dataclass(frozen=True)
class LectureTerm:
    """What a term decides about one lecture.

    Attributes
    ----------
    due : datetime or None
        When it is due, in UTC and without a zone; None leaves what the gradebook says.
    late_hours : float or None
        How late those are taken to be of whom a platform says that they were late, and
        not when; None leaves them without a penalty.
    extensions : mapping
        By student or group, until when that one may hand in; in UTC, without a zone.
    counts : mapping
        By exercise id, what it counts for; others count fully.
    groups : mapping
        By the name of a group, its students.
    """

    due: datetime | None = None
    late_hours: float | None = None
    extensions: Mapping[str, datetime] = field(default_factory=dict)
    counts: Mapping[str, Counts] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def counts_of(self, exercise: str) -> Counts:
        """Return what an exercise counts for."""
        return self.counts.get(exercise, Counts.FULLY)

    @property
    def longer(self) -> dict[str, timedelta]:
        """How much longer than the others each has who was given an extension."""
        if self.due is None:
            return {}
        return {name: until - self.due for name, until in self.extensions.items()}


NO_TERM = LectureTerm()


def read_term(
    folder: Path, exercises_of: Callable[[str], Collection[str] | None]
) -> dict[str, LectureTerm]:
    """Read ``term.toml``: what a term decides, by lecture; without a file, nothing.

    Parameters
    ----------
    folder : Path
        The term's.
    exercises_of : callable
        Returns the ids of a lecture's exercises; None where there is no such lecture.

    Raises
    ------
    UserError
        The file cannot be read, or holds what is no setting; one line says what.
    """
    path = folder / FILE_NAME
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise UserError(f"{path} cannot be read: {error}") from None
    try:
        return {
            name: _lecture(name, table, exercises_of(name))
            for name, table in found.items()
        }
    except ValueError as error:
        raise UserError(f"{path}: {error}") from None


def _lecture(name: str, found: Any, exercises: Collection[str] | None) -> LectureTerm:
    if exercises is None:
        raise ValueError(f"no lecture '{name}' in this course")
    _table(name, found)
    for word in found:
        if word not in WORDS:
            raise ValueError(f"[{name}] knows no '{word}'; it knows {', '.join(WORDS)}")
    due = _time(f"{name}.due", found["due"]) if "due" in found else None
    groups = _groups(f"{name}.groups", found.get("groups", {}))
    extensions = {
        student: _time(f"{name}.extensions.{student}", value)
        for student, value in _table(
            f"{name}.extensions", found.get("extensions", {})
        ).items()
    }
    _check_extensions(name, due, extensions, groups)
    counts = {}
    table = _table(f"{name}.exercises", found.get("exercises", {}))
    for exercise, value in table.items():
        if exercise not in exercises:
            raise ValueError(f"no exercise '{exercise}' in {name}")
        if value not in list(CHANGES):
            words = ", ".join(f'"{word}"' for word in CHANGES)
            raise ValueError(
                f"'{name}.exercises.{exercise}' must be one of {words}, got {value!r}"
            )
        counts[exercise] = Counts(value)
    hours = _hours(name, found["late_hours"], due) if "late_hours" in found else None
    return LectureTerm(due, hours, extensions, counts, groups)


def _hours(name: str, value: Any, due: datetime | None) -> float:
    place = f"'{name}.late_hours'"
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{place} must be a number of hours, got {value!r}")
    if not 0 < value <= MOST_HOURS:
        raise ValueError(f"{place} must be above 0 and at most {MOST_HOURS:g}")
    if due is None:
        raise ValueError(f"{place} needs '{name}.due', from which they count")
    return float(value)


def _check_extensions(
    name: str,
    due: datetime | None,
    extensions: Mapping[str, datetime],
    groups: Mapping[str, Sequence[str]],
) -> None:
    group_of = {student: group for group, of in groups.items() for student in of}
    for student, until in extensions.items():
        place = f"'{name}.extensions.{student}'"
        if due is None:
            raise ValueError(f"{place} needs '{name}.due', which it extends")
        if until < due:
            raise ValueError(f"{place} is earlier than '{name}.due'")
        if student in group_of:
            raise ValueError(
                f"{place}: {student} hands in with the group "
                f"'{group_of[student]}'; name the group instead"
            )


def _groups(name: str, value: Any) -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    seen: dict[str, str] = {}
    for group, students in _table(name, value).items():
        texts = isinstance(students, list) and all(
            isinstance(one, str) and one for one in students
        )
        if not texts or not students:
            raise ValueError(f"'{name}.{group}' must be a list of students")
        for student in students:
            if student in seen:
                raise ValueError(
                    f"'{student}' is in the group '{seen[student]}' and in '{group}'"
                    if seen[student] != group
                    else f"'{student}' is in the group '{group}' twice"
                )
            seen[student] = group
        groups[group] = tuple(students)
    for group in groups:
        if group in seen and seen[group] != group:
            raise ValueError(f"'{group}' is a group and a student of '{seen[group]}'")
    return groups


def _table(name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"'{name}' must be a table, as in [{name}]")
    return value


def _time(name: str, value: Any) -> datetime:
    """Return a time in UTC, as nbgrader keeps it: without a zone."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(
            f"'{name}' must be a date and time with its zone, such as "
            f"2026-10-12T23:59:00+09:00, got {value!s}"
        )
    return value.astimezone(UTC).replace(tzinfo=None)
