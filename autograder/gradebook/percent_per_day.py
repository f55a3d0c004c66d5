"""A plug-in of nbgrader: so many percent of a late notebook's points for every day."""

from __future__ import annotations

from math import ceil

from nbgrader.plugins import BasePlugin
from traitlets import Float

DAY = 24 * 60 * 60


class PercentPerDay(BasePlugin):  # type: ignore[misc]
    """Takes off a share of a notebook's points for every day that has begun.

    In ``nbgrader_config.py``::

        c.AssignLatePenalties.plugin_class = (
            "autograder.gradebook.percent_per_day.PercentPerDay"
        )
        c.PercentPerDay.percent = 10
    """

    percent = Float(
        10.0, min=0.0, max=100.0, help="Of the points earned, for each day begun."
    ).tag(config=True)
    most = Float(
        100.0, min=0.0, max=100.0, help="Percent that are taken off at most."
    ).tag(config=True)
    grace_minutes = Float(
        0.0, min=0.0, help="A submission that is less late than this loses nothing."
    ).tag(config=True)

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float:
        """Return the points that a notebook loses.

        Parameters
        ----------
        student_id : str
            Not looked at.
        score : float
            The points that the notebook earned.
        total_seconds_late : float
            By how much it was late.
        """
        if total_seconds_late <= 60 * self.grace_minutes:
            return 0.0
        days = ceil(total_seconds_late / DAY)
        return score * min(days * self.percent, self.most) / 100
