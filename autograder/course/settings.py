"""The settings of a course: what an instructor decides in ``course.toml``.

Every setting has a default, and a course without the file has them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from answer_checks.language import ENGLISH, Language
from autograder.sandbox.limits import Limits
from autograder.sandbox.rungs import RUNG_NAMES

# Stands in an address for the name of a notebook, such as "lecture3/01_svm".
NOTEBOOK = "{notebook}"
# What an exercise may have of its own; the rest belongs to the notebook's process.
OWN_LIMITS = ("cell_seconds", "ask_seconds", "exercise_seconds", "output_bytes")


class DemoCells(StrEnum):
    """What is done with the cells without points that train and draw."""

    SKIP = "skip"
    """They stay as they were handed in."""
    RUN = "run"
    """They run, and what they print is compared."""


@dataclass(frozen=True)
class Settings:
    """What an instructor decides for a course.

    Attributes
    ----------
    limits : Limits
        What a notebook may use.
    exercises : mapping
        For an exercise's id, the limits that it has of its own.
    lowest_rung : str
        The weakest rung of the sandbox at which grading may go on.
    language : Language
        Of messages to students: English, or one that the course offers.
    demo_cells : DemoCells
        What is done with the cells without points that train and draw.
    notebook_url : str
        Where students find a notebook, with ``{notebook}`` in the place of its name;
        empty where feedback pages shall lead nowhere.
    """

    limits: Limits = field(default_factory=Limits)
    exercises: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    lowest_rung: str = RUNG_NAMES[0]
    language: Language = ENGLISH
    demo_cells: DemoCells = DemoCells.SKIP
    notebook_url: str = ""

    def limits_of(self, exercise: str) -> Limits:
        """Return the limits of one exercise: its own, else those of the course."""
        own: Mapping[str, Any] = self.exercises.get(exercise, {})
        return replace(self.limits, **own)

    def of_judging(self, exercises: Iterable[str]) -> list[Any]:
        """Return all that the judgement of these exercises depends on, to be hashed.

        The language is not part of it: a judgement is put into words where it is shown.
        """
        own = [self.limits_of(exercise) for exercise in exercises]
        bounds = [limits.as_dict() for limits in (self.limits, *own)]
        return [self.demo_cells, *bounds]

    @property
    def rungs(self) -> tuple[str, ...]:
        """The rungs that may be used, the strongest first."""
        return RUNG_NAMES[: RUNG_NAMES.index(self.lowest_rung) + 1]


def read_settings(
    found: Mapping[str, Any], languages: Sequence[Language], exercises: Sequence[str]
) -> Settings:
    """Check the settings that a file holds; what it does not hold has its default.

    Parameters
    ----------
    found : mapping
        The settings, as they were read.
    languages : sequence of Language
        Those that the course offers.
    exercises : sequence of str
        The ids of its exercises.

    Raises
    ------
    ValueError
        Something is no setting, or has a wrong value.
    """
    own = _table("exercises", found.get("exercises", {}))
    _known("exercise", own, exercises)
    limits = _numbers(
        "limits", found.get("limits", {}), [f.name for f in fields(Limits)]
    )
    names = {language.name: language for language in languages}
    return Settings(
        limits=Limits(**limits),
        exercises={
            name: _numbers(f"exercises.{name}", table, OWN_LIMITS)
            for name, table in own.items()
        },
        lowest_rung=_choice("lowest_rung", found, RUNG_NAMES),
        language=names[_choice("language", found, tuple(names))],
        demo_cells=DemoCells(_choice("demo_cells", found, tuple(DemoCells))),
        notebook_url=_url("notebook_url", found.get("notebook_url", "")),
    )


def _known(kind: str, found: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in found:
        if name not in known:
            raise ValueError(f"no {kind} '{name}'; there are: {', '.join(known)}")


def _table(name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"'{name}' must be a table, as in [{name}]")
    return value


def _numbers(name: str, value: Any, known: Sequence[str]) -> dict[str, Any]:
    """Check a table of limits: known names, numbers of the right kind above 0."""
    table = _table(name, value)
    _known("limit", table, known)
    kinds = {f.name: type(f.default) for f in fields(Limits)}
    for key, number in table.items():
        whole = kinds[key] is int
        right = isinstance(number, int if whole else int | float)
        if not right or isinstance(number, bool) or not 0 < number < float("inf"):
            kind = "a whole number" if whole else "a number"
            raise ValueError(f"'{name}.{key}' must be {kind} above 0, got {number!r}")
    return table


def _url(name: str, value: Any) -> str:
    right = isinstance(value, str) and re.fullmatch(r"https?://[^\s<>\"\\^`]+", value)
    if value != "" and (not right or NOTEBOOK not in value):
        raise ValueError(
            f"'{name}' must be an address with {NOTEBOOK} in it, such as "
            f"https://hub.example.org/tree/{NOTEBOOK}.ipynb, got {value!r}"
        )
    return str(value)


def _choice(name: str, found: Mapping[str, Any], choices: tuple[str, ...]) -> str:
    value = found.get(name, choices[0])
    if value not in choices:
        raise ValueError(f"'{name}' must be one of {', '.join(choices)}, got {value!r}")
    return str(value)
