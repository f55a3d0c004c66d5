"""What late submissions lose: nbgrader's plug-in, as the course configures it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.plugins import BasePlugin
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Connection, bindparam, select, update
from traitlets import TraitError
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.errors import UserError
from autograder.gradebook.nbgrader_rows import (
    ASSIGNMENT,
    NOTEBOOK,
    SUBMISSION,
    SUBMITTED,
)

CONFIGURATION = "nbgrader_config.py"
Scores = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class LateRule:
    """Says how many points a late notebook loses.

    Attributes
    ----------
    plugin : BasePlugin
        nbgrader's, or the course's own.
    """

    plugin: BasePlugin

    def points(self, student: str, score: float, seconds: float) -> float:
        """Return the points that a notebook loses: none, or up to all that it has.

        Raises
        ------
        UserError
            The plug-in failed, or returned no number.
        """
        name = type(self.plugin).__name__
        try:
            penalty = self.plugin.late_submission_penalty(student, score, seconds)
            lost = float(penalty or 0.0)
        except Exception as error:
            raise UserError(
                f"the plug-in {name} for late submissions failed for student "
                f"'{student}' ({score:g} points, {seconds:.0f} s late): "
                f"{type(error).__name__}: {error}"
            ) from None
        if lost != lost:
            raise UserError(f"the plug-in {name} returned no number for '{student}'")
        return min(max(lost, 0.0), max(score, 0.0))


def late_rule(root: Path, out: Path) -> LateRule:
    """Return the rule of a course: that of its ``nbgrader_config.py``, else nbgrader's.

    Parameters
    ----------
    root : Path
        The course folder, which holds the configuration.
    out : Path
        The folder of the term, which the configuration may ask for.

    Raises
    ------
    UserError
        The configuration cannot be read, or names no plug-in.
    """
    path = root / CONFIGURATION
    config = Config()
    try:
        if path.is_file():
            with _term_folder(out):
                config = PyFileConfigLoader(path.name, path=str(root)).load_config()
        step = AssignLatePenalties(config=config)
        step.init_plugin()
    except (Exception, SystemExit) as error:
        said = str(error).strip().split("\n")[0]
        kind = "" if isinstance(error, TraitError) else f"{type(error).__name__}: "
        raise UserError(f"{path}: {kind}{said}") from None
    return LateRule(step.plugin_inst)


@contextmanager
def _term_folder(out: Path) -> Iterator[None]:
    """Let the configuration make no other folder than the one that is used."""
    before = os.environ.get("COURSE_OUT")
    os.environ["COURSE_OUT"] = str(out)
    try:
        yield
    finally:
        if before is None:
            del os.environ["COURSE_OUT"]
        else:
            os.environ["COURSE_OUT"] = before


def settle_penalties(
    connection: Connection,
    lecture: str,
    scores: Callable[[], Scores],
    rule: Callable[[], LateRule],
) -> int:
    """Take off what late submissions lose now, and give back what they no longer do.

    Due dates, extensions, times and scores change after a notebook was graded, so all
    submissions of the lecture are looked at.

    Parameters
    ----------
    connection : Connection
        In a transaction, which the caller commits.
    lecture : str
        The lecture.
    scores : callable
        Returns, by student and notebook ("01_svm"), the points before the penalty.
    rule : callable
        Returns the rule; like `scores`, it is not called where nothing is late.

    Returns
    -------
    int
        How many students are late.
    """
    found: LateRule | None = None
    points: Scores = {}
    changes = []
    late = set()
    for row in connection.execute(_submitted(lecture)).all():
        seconds = seconds_late(row.timestamp, row.duedate, row.extension)
        penalty = 0.0
        if seconds > 0:
            late.add(row.student_id)
            if found is None:
                found, points = rule(), scores()
            score = points.get((row.student_id, row.name), 0.0)
            penalty = found.points(row.student_id, score, seconds)
        if penalty != (row.late_submission_penalty or 0.0):
            changes.append({"row": row.id, "penalty": penalty or None})
    if changes:
        connection.execute(
            update(SUBMITTED)
            .where(SUBMITTED.c.id == bindparam("row"))
            .values(late_submission_penalty=bindparam("penalty")),
            changes,
        )
    return len(late)


def seconds_late(handed_in: datetime | None, due: datetime | None, more: Any) -> float:
    """Return by how much a submission is late; 0 where that cannot be told.

    Parameters
    ----------
    handed_in, due : datetime or None
        In UTC, without a zone.
    more : timedelta or None
        The student's extension.
    """
    if handed_in is None or due is None:
        return 0.0
    until = due + more if more else due
    return max((handed_in - until).total_seconds(), 0.0)


def _submitted(lecture: str) -> Any:
    return (
        select(
            SUBMITTED.c.id,
            SUBMITTED.c.late_submission_penalty,
            NOTEBOOK.c.name,
            SUBMISSION.c.student_id,
            SUBMISSION.c.timestamp,
            SUBMISSION.c.extension,
            ASSIGNMENT.c.duedate,
        )
        .select_from(SUBMITTED)
        .join(SUBMISSION, SUBMITTED.c.assignment_id == SUBMISSION.c.id)
        .join(ASSIGNMENT, SUBMISSION.c.assignment_id == ASSIGNMENT.c.id)
        .join(NOTEBOOK, SUBMITTED.c.notebook_id == NOTEBOOK.c.id)
        .where(ASSIGNMENT.c.name == lecture)
    )


def penalties_by_notebook(connection: Connection, lecture: str) -> Scores:
    """Return the points lost, by student and notebook ("01_svm"); 0 left out."""
    return {
        (row.student_id, row.name): float(row.late_submission_penalty)
        for row in connection.execute(_submitted(lecture))
        if row.late_submission_penalty
    }


def penalties(connection: Connection, lecture: str) -> dict[str, float]:
    """Return the points that late submissions lose, by student; 0 left out."""
    found: dict[str, float] = {}
    for (student, _), points in penalties_by_notebook(connection, lecture).items():
        found[student] = found.get(student, 0.0) + points
    return found
