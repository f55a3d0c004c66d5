"""What tables and reports say of one lecture, and what they say of several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from autograder.course.cells import CellRole
from autograder.course.handout import Handout
from autograder.gradebook.standings import Standings
from autograder.report.mistakes import Key
from autograder.report.summary import Summary
from autograder.report.tables import Total, sum_of


@dataclass(frozen=True)
class GradedLecture:
    """What the reports say of one lecture.

    Attributes
    ----------
    lecture : str
        The lecture.
    handouts : sequence of Handout
        Its notebooks.
    standings : Standings
        How students stand in it.
    summary : Summary
        The same, counted.
    examples : mapping
        Code of a student for each mistake, by exercise id and key.
    grades : list of list of str
        Its rows of ``grades.csv``.
    totals : list of Total
        What each student has in it.
    """

    lecture: str
    handouts: Sequence[Handout]
    standings: Standings
    summary: Summary
    examples: Mapping[tuple[str, Key], str]
    grades: list[list[str]]
    totals: list[Total]


def with_term(graded: Sequence[GradedLecture]) -> list[Total]:
    """Return the totals of each lecture, and behind them those of the term."""
    totals = [total for one in graded for total in one.totals]
    return totals + sum_of(totals)


def rows_of(
    graded: Iterable[GradedLecture], rows: Callable[[Summary], list[list[str]]]
) -> list[list[str]]:
    """Return the rows that a table has of all lectures."""
    return [row for one in graded for row in rows(one.summary)]


def stubs_of(handouts: Iterable[Handout]) -> dict[str, str]:
    """Return the cells to fill in, as they were handed out, by exercise id."""
    return {
        cell.grade_id: cell.source
        for handout in handouts
        for cell in handout.cells.values()
        if cell.role is CellRole.SOLUTION
    }
