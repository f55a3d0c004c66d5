"""The finding that the process which answers is gone."""

from __future__ import annotations

from typing import Literal

from autograder.verdict import Status

Ending = Literal[Status.TIMEOUT, Status.CRASHED]


class BackendGone(Exception):  # noqa: N818 - it is a finding, not an error
    """The process that answers is late or dead.

    Parameters
    ----------
    kind : Status
        ``TIMEOUT`` or ``CRASHED``.
    reason : str
        What to tell the student, where it is not what is usually told.
    """

    def __init__(self, kind: Ending, reason: str = "") -> None:
        super().__init__(str(kind))
        self.kind = kind
        self.reason = reason
