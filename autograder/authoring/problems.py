"""What is wrong with a course's sources, said with file and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.errors import UserError


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend.

    Parameters
    ----------
    file : str
        Path of the file, relative to the course folder.
    line : int
        Line in that file, from 1.
    text : str
        What is wrong and what to do, in one sentence.
    """

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        """Write it as ``file:line: text``."""
        return f"{self.file}:{self.line}: {self.text}"


def refuse(problems: Iterable[Problem]) -> None:
    """Raise a `UserError` that lists the problems, one per line, if there are any.

    Raises
    ------
    UserError
        If there is at least one problem.
    """
    found = sorted(set(problems))
    if found:
        raise UserError("\n".join(str(problem) for problem in found))
