"""The settings of a course: the file ``autograder.toml`` in the course folder.

Every setting has a default, and a course without the file has them all. What the file
holds is checked word by word: a setting that is not known is an error, not ignored.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from answer_checks.language import LANGUAGES
from autograder.course.exercises import find_exercises
from autograder.errors import UserError
from autograder.sandbox.limits import Limits

FILE_NAME = "autograder.toml"
# The rungs of the sandbox, the strongest first.
RUNGS = ("bubblewrap", "landlock")
# What is done with the cells without points that train and draw.
DEMO_CELLS = ("skip", "run")
# What an exercise may have of its own; the rest belongs to the notebook's process.
OWN_LIMITS = ("cell_seconds", "ask_seconds", "exercise_seconds", "output_bytes")


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
    language : str
        Of messages to students: ``"en"``, or ``"en+ko"`` with Korean beside the field's
        terms.
    demo_cells : str
        ``"skip"`` leaves the cells without points that train and draw as they were
        handed in; ``"run"`` runs them, and compares what they print.
    """

    limits: Limits = field(default_factory=Limits)
    exercises: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    lowest_rung: str = RUNGS[0]
    language: str = LANGUAGES[0]
    demo_cells: str = DEMO_CELLS[0]

    def limits_of(self, exercise: str) -> Limits:
        """Return the limits of one exercise: its own, else those of the course."""
        return replace(self.limits, **self.exercises.get(exercise, {}))

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
        return RUNGS[: RUNGS.index(self.lowest_rung) + 1]


def load_settings(root: Path) -> Settings:
    """Read ``autograder.toml`` in the course folder; without it, the defaults.

    Raises
    ------
    UserError
        The file cannot be read, or says something that is not a setting.
    """
    path = root / FILE_NAME
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise UserError(f"{path} cannot be read: {error}") from None
    try:
        return _settings(found, root)
    except ValueError as error:
        raise UserError(f"{path}: {error}") from None


def _settings(found: dict[str, Any], root: Path) -> Settings:
    _known("setting", found, [f.name for f in fields(Settings)])
    names = [f.name for f in fields(Limits)]
    own = _table("exercises", found.get("exercises", {}))
    if own:
        _known("exercise", own, list(find_exercises(root)))
    exercises = {
        name: _numbers(f"exercises.{name}", table, OWN_LIMITS)
        for name, table in own.items()
    }
    limits = _numbers("limits", found.get("limits", {}), names)
    return Settings(
        limits=Limits(**limits),
        exercises=exercises,
        lowest_rung=_choice("lowest_rung", found, RUNGS),
        language=_choice("language", found, LANGUAGES),
        demo_cells=_choice("demo_cells", found, DEMO_CELLS),
    )


def _known(kind: str, found: Mapping[str, Any], known: list[str]) -> None:
    for name in found:
        if name not in known:
            raise ValueError(f"no {kind} '{name}'; there are: {', '.join(known)}")


def _table(name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"'{name}' must be a table, as in [{name}]")
    return value


def _numbers(name: str, value: Any, known: Any) -> dict[str, Any]:
    """Check a table of limits: known names, numbers of the right kind above 0."""
    table = _table(name, value)
    _known("limit", table, list(known))
    kinds = {f.name: type(f.default) for f in fields(Limits)}
    for key, number in table.items():
        whole = kinds[key] is int
        right = isinstance(number, int if whole else int | float)
        if not right or isinstance(number, bool) or not 0 < number < float("inf"):
            kind = "a whole number" if whole else "a number"
            raise ValueError(f"'{name}.{key}' must be {kind} above 0, got {number!r}")
    return table


def _choice(name: str, found: Mapping[str, Any], choices: tuple[str, ...]) -> str:
    value = found.get(name, choices[0])
    if value not in choices:
        raise ValueError(f"'{name}' must be one of {', '.join(choices)}, got {value!r}")
    return str(value)
