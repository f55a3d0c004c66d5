"""A cell of a submitted notebook that is safe to handle."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from autograder.course.cells import CellRole


@dataclass
class Cell:
    """A cell of the sanitised notebook.

    Attributes
    ----------
    role : CellRole
        What it is for.
    cell_type : str
        ``"code"``, ``"markdown"`` or ``"raw"``.
    source : str
        What stands in it now.
    grade_id : str
        Empty for a plain cell.
    stored : list
        The outputs that the student's file holds.
    count : int or None
        Its execution count in the student's file; None where it was not run.
    attachments : dict
        Pictures pasted into a markdown cell.
    """

    role: CellRole
    cell_type: str
    source: str
    grade_id: str = ""
    stored: list[dict[str, Any]] = field(default_factory=list)
    count: int | None = None
    attachments: dict[str, Any] = field(default_factory=dict)

    @property
    def runs(self) -> bool:
        """Whether it is run under grading, whatever the settings say."""
        return self.cell_type == "code" and self.role is not CellRole.DEMO
