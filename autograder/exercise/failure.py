"""A check that fell short, and what an error of the student's code means for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.verdict import Failure


class CheckFailed(Exception):  # noqa: N818 - it is a finding, not an error
    """A check fell short.

    Parameters
    ----------
    reason : str
        One sentence for the student; it holds no hidden number.
    kind : Failure
        In which way; its text will do.
    share : float
        The part of the check's points that is earned all the same, below 1.

    Raises
    ------
    ValueError
        There is no such kind.
    """

    def __init__(
        self, reason: str, kind: Failure | str = Failure.VALUE, share: float = 0.0
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = Failure(kind)
        self.share = share


class InDoubt(CheckFailed):
    """A check that cannot tell right from wrong: a person decides what is earned.

    Parameters
    ----------
    reason : str
        One neutral sentence, for the student and for whoever decides.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason, Failure.DOUBT)


def failure_of(error: Mapping[str, Any]) -> CheckFailed:
    """Say in neutral words how the student's code stopped.

    Parameters
    ----------
    error : mapping
        ``type``, and where known ``line`` and ``name``; not to be trusted. From the
        grader itself, ``cause``, why a name is missing, and ``untouched``, whether what
        is not implemented is as it was handed out.
    """
    kind, line = error["type"], error.get("line")
    if not (isinstance(kind, str) and kind.isidentifier() and len(kind) < 60):
        kind = "Exception"
    if kind == "NotImplementedError" and error.get("untouched", True):
        return CheckFailed("it is not filled in yet", Failure.UNANSWERED)
    place = f" in line {line} of your cell" if isinstance(line, int) and line else ""
    name = error.get("name")
    if kind == "NameError" and isinstance(name, str) and name[:60].isidentifier():
        cause = error.get("cause")
        stops = f": the cell that should define it stops with {cause}" if cause else ""
        reason = f"the name {name[:60]} is not defined{place}{stops}"
        return CheckFailed(reason, Failure.ERROR)
    if kind == "AttributeError" and isinstance(name, str) and name[:60].isidentifier():
        reason = f"there is no attribute {name[:60]}, asked for{place}"
        return CheckFailed(reason, Failure.ERROR)
    article = "an" if kind[:1] in "AEIOU" else "a"
    return CheckFailed(f"it stops with {article} {kind}{place}", Failure.ERROR)
