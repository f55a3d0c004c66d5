"""Find the line of the student's own code at which an error came up."""

from __future__ import annotations

import linecache
import traceback
from dataclasses import dataclass
from types import CodeType, TracebackType
from typing import Any

MOST_SHOWN = 100  # characters of a line or of an error's message


@dataclass(frozen=True)
class FaultLine:
    """A line of a notebook.

    Attributes
    ----------
    name : str
        The function that it stands in.
    number : int
        Counted from 1 in its cell.
    text : str
        The line itself.
    in_check : bool
        Whether it stands in the cell of the checks, not in the answer.
    """

    name: str
    number: int
    text: str
    in_check: bool


def find_fault_line(
    trace: TracebackType | None, namespace: dict[str, Any], check_file: str
) -> FaultLine | None:
    """Return the innermost line of a notebook that an error came through.

    Parameters
    ----------
    trace : traceback
        Of the error.
    namespace : dict
        The names of the notebook: code that was defined in it has them as its globals,
        code of a library has not.
    check_file : str
        The file name of the cell that holds the checks: its lines are named only where
        the error came through no other.
    """
    own: list[tuple[CodeType, int]] = []
    checks: list[tuple[CodeType, int]] = []
    for frame, number in traceback.walk_tb(trace):
        if frame.f_globals is namespace:
            cell = checks if frame.f_code.co_filename == check_file else own
            cell.append((frame.f_code, number))
    found = own or checks
    if not found:
        return None
    code, number = found[-1]
    text = linecache.getline(code.co_filename, number).strip()
    return FaultLine(code.co_name, number, text[:MOST_SHOWN], not own)


def first_line(error: BaseException) -> str:
    """Return the first line of an error's message, shortened."""
    lines = str(error).strip().splitlines() or [""]
    return lines[0][:MOST_SHOWN]
