"""The registry of exercises: every record of every lecture, found by its module."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from autograder.exercise.record import Check, Exercise, Implementation

__all__ = [
    "Check",
    "Exercise",
    "Implementation",
    "all_exercises",
    "for_lecture",
    "for_notebook",
    "get",
]


@lru_cache(maxsize=1)
def _registry() -> dict[str, Exercise]:
    found: dict[str, Exercise] = {}
    for package in sorted(m.name for m in pkgutil.iter_modules(__path__) if m.ispkg):
        parent = importlib.import_module(f"{__name__}.{package}")
        for module in sorted(m.name for m in pkgutil.iter_modules(parent.__path__)):
            topic = importlib.import_module(f"{parent.__name__}.{module}")
            for value in vars(topic).values():
                if isinstance(value, Exercise) and found.get(value.id) is not value:
                    if value.id in found:
                        raise ValueError(f"two records have the id {value.id}")
                    found[value.id] = value
    return found


def all_exercises() -> list[Exercise]:
    """Return every record, lecture by lecture, in the order of the notebooks."""
    return sorted(_registry().values(), key=lambda e: e.notebook)


def get(exercise_id: str) -> Exercise:
    """Return the record with this id; ``KeyError`` where there is none."""
    return _registry()[exercise_id]


def for_notebook(notebook: str) -> list[Exercise]:
    """Return the records of a notebook such as ``"lecture3/01_svm"``, in order."""
    return [e for e in all_exercises() if e.notebook == notebook]


def for_lecture(lecture: str) -> list[Exercise]:
    """Return the records of a lecture such as ``"lecture3"``, in order."""
    return [e for e in all_exercises() if e.notebook.startswith(f"{lecture}/")]
