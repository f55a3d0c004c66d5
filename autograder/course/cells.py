"""The cells of a handout that nbgrader knows, and what each is for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

TEST_SUFFIX = "_test"


class CellRole(StrEnum):
    """What a cell is for; the course says so, never the student's metadata."""

    SOLUTION = "solution"  # the student writes it
    TEST = "test"  # its hidden checks run here
    MANUAL = "manual"  # a text that a person reads
    TASK = "task"  # a locked text; a person reads what the student adds to it
    GIVEN = "given"  # released to be run as it is
    DEMO = "demo"  # without points; run only where the settings say so
    PLAIN = "plain"  # not of the course

    @property
    def locked(self) -> bool:
        """Whether the student must leave such a cell as it is."""
        return self in (CellRole.TEST, CellRole.TASK, CellRole.GIVEN, CellRole.DEMO)

    @property
    def graded(self) -> bool:
        """Whether there are points for such a cell."""
        return self in (CellRole.TEST, CellRole.MANUAL, CellRole.TASK)


@dataclass(frozen=True)
class HandoutCell:
    """A cell of a handout that has a ``grade_id``.

    Attributes
    ----------
    grade_id : str
        Unique in the course.
    role : CellRole
        What it is for.
    cell_type : str
        ``"code"`` or ``"markdown"``.
    source : str
        As released.
    position : int
        Its place in the notebook.
    exercise : str
        The id of the exercise to which a graded or a solution cell belongs.
    points : float
        What a graded cell is worth.
    """

    grade_id: str
    role: CellRole
    cell_type: str
    source: str
    position: int
    exercise: str = ""
    points: float = 0.0

    @property
    def locked(self) -> bool:
        """Whether the student must leave it as it is."""
        return self.role.locked

    @property
    def graded(self) -> bool:
        """Whether there are points for it."""
        return self.role.graded


def exercise_of(grade_id: str, graded: Collection[str]) -> str:
    """Return the id of the exercise to which a cell belongs.

    Parameters
    ----------
    grade_id : str
        The cell's id.
    graded : collection of str
        The ids of the graded cells of its notebook.

    Examples
    --------
    >>> exercise_of("area_test", {"area_test"}), exercise_of("area", {"area_test"})
    ('area', 'area')
    >>> exercise_of("area_test", {"area", "area_test"})
    'area_test'
    """
    exercise = grade_id.removesuffix(TEST_SUFFIX)
    return grade_id if exercise in graded else exercise


def cells_of(exercise: str, exercises: Collection[str]) -> list[str]:
    """Return the ids that the cells of an exercise may have.

    Parameters
    ----------
    exercise : str
        Its id.
    exercises : collection of str
        The ids of all exercises of its notebook.

    Examples
    --------
    >>> cells_of("area", {"area"}), cells_of("area", {"area", "area_test"})
    (['area', 'area_test'], ['area'])
    """
    test = exercise + TEST_SUFFIX
    return [exercise] if test in exercises else [exercise, test]


def nbgrader_metadata(cell: Mapping[str, Any]) -> dict[str, Any]:
    """Return the nbgrader metadata of a cell; empty where it has no id there."""
    meta = cell["metadata"].get("nbgrader") or {}
    return meta if "grade_id" in meta else {}


def role_of(meta: Mapping[str, Any], cell: Mapping[str, Any]) -> CellRole:
    """Return what a cell with the nbgrader metadata `meta` is for."""
    if meta.get("task") or (meta.get("grade") and cell["cell_type"] != "code"):
        # Without a solution, it is the cells below that are graded.
        return CellRole.MANUAL if meta.get("solution") else CellRole.TASK
    if meta.get("grade"):
        return CellRole.MANUAL if meta.get("solution") else CellRole.TEST
    if meta.get("solution"):
        return CellRole.SOLUTION
    demo = "demo" in cell["metadata"].get("tags", [])
    return CellRole.DEMO if demo else CellRole.GIVEN
