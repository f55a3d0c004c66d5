"""The time that one submission may cost, and who is sure of a part of it.

Half of a notebook's time is set aside for its answers, in equal parts: to run each cell
with an answer, and to ask about each exercise. The other half is for whoever comes
first. So answers that never end use up that half and their own parts, and leave the
answers beside them what those need.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from autograder.sandbox.gone import BackendGone
from autograder.verdict import Status

USED_UP = "not asked: this notebook has used up its computing time"
KEPT_SHARE = 0.5


class PutBack(Exception):  # noqa: N818 - it is a finding, not an error
    """A notebook has used up its first slice of time; others come before it."""


@dataclass
class Budget:
    """The seconds of one notebook.

    Parameters
    ----------
    total : float
        All that it may use.
    names : iterable of str
        Those who are sure of a part.
    first : float
        What it may use before it is put back; by default as much as it likes.

    Attributes
    ----------
    kept : dict
        What is set aside for each, less what it has used.
    spent : float
        What has been used.
    """

    total: float
    names: Iterable[str] = ()
    first: float = float("inf")
    kept: dict[str, float] = field(init=False)
    spent: float = 0.0

    def __post_init__(self) -> None:
        """Set aside the parts."""
        names = list(self.names)
        self.kept = {name: KEPT_SHARE * self.total / len(names) for name in names}

    def allows(self, wanted: float, name: str = "") -> float:
        """Return how much of what is wanted can be had, at least 0.

        Parameters
        ----------
        wanted : float
            Seconds.
        name : str
            Who wants it.
        """
        others = sum(kept for other, kept in self.kept.items() if other != name)
        return max(min(wanted, self.total - self.spent - others), 0.0)

    def spend(self, seconds: float, name: str = "") -> None:
        """Note what was used.

        Raises
        ------
        PutBack
            That was more than the first slice.
        """
        self.spent += seconds
        if name in self.kept:
            self.kept[name] = max(self.kept[name] - seconds, 0.0)
        if self.spent > self.first:
            raise PutBack

    def settle(self, name: str) -> None:
        """Set nothing aside any more for somebody who needs nothing."""
        self.kept.pop(name, None)


def used_up() -> BackendGone:
    """Return what is raised where nothing is left."""
    return BackendGone(Status.TIMEOUT, USED_UP)


__all__ = ["USED_UP", "Budget", "PutBack", "used_up"]
