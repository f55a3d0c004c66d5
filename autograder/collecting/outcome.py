"""What became of each file that was collected."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Fate(StrEnum):
    """What became of a file."""

    TAKEN = "taken"
    SAME = "same"  # it lay there already
    ASIDE = "aside"  # another version counts
    LEFT = "left"


@dataclass(frozen=True)
class Line:
    """What became of one file.

    Attributes
    ----------
    source : str
        The way to it.
    fate : Fate
        What became of it.
    student, notebook : str
        As what it was taken; empty where it was not.
    platform : str
        Which platform is recognised.
    late : bool
        Whether the platform says that it was late.
    why : str
        A remark; why it was left.
    trouble : bool
        Whether a person has to look at it.
    """

    source: str
    fate: Fate
    student: str = ""
    notebook: str = ""
    platform: str = ""
    late: bool = False
    why: str = ""
    trouble: bool = False


@dataclass
class Collected:
    """What a call did.

    Attributes
    ----------
    lines : list of Line
        A word on each file.
    passed_over : int
        Files that systems, editors and the course itself put there.
    remarks : list of str
        On students, not on files.
    aside : Path
        Where versions lie that do not count.
    """

    lines: list[Line]
    passed_over: int
    remarks: list[str]
    aside: Path

    @property
    def needs_a_person(self) -> bool:
        """Whether any file was left, or was taken with trouble."""
        return any(line.trouble for line in self.lines)
