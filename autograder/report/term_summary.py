"""What a class did over the lectures of a term, and who seems to fall behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median

from autograder.report.summary import ExerciseSummary, Row, Summary
from autograder.report.tables import Total

# Percentage points below the student's own mean before that are worth a word.
DROP = 20.0
HARDEST = 10  # exercises


@dataclass(frozen=True)
class LectureLine:
    """One lecture, as the page of the term tells it.

    Attributes
    ----------
    lecture : str
        Its name.
    handed_in : int
        How many handed in something.
    median : float or None
        The median percentage of those; None where nobody did.
    most : float
        The points that can be had.
    waiting : int
        Texts that a person still has to read.
    """

    lecture: str
    handed_in: int
    median: float | None
    most: float
    waiting: int


@dataclass(frozen=True)
class TermRow:
    """One student over the term.

    Attributes
    ----------
    student : str
        The id.
    percents : list of float or None
        By lecture; None where nothing was handed in.
    total : Total
        Of the term.
    behind : list of str
        Why the student seems to fall behind; empty for the others.
    """

    student: str
    percents: list[float | None]
    total: Total
    behind: list[str]


@dataclass(frozen=True)
class HardExercise:
    """An exercise of which the class has few of the points.

    Attributes
    ----------
    lecture : str
        Where it stands.
    exercise : ExerciseSummary
        What the class did.
    share : float
        The mean score in percent of its points, over those who handed in something.
    """

    lecture: str
    exercise: ExerciseSummary
    share: float


@dataclass(frozen=True)
class TermSummary:
    """What a class did over a term.

    Attributes
    ----------
    lectures : list of LectureLine
        In the order of the course.
    rows : list of TermRow
        One for each student.
    hardest : list of HardExercise
        Those with the fewest points, the hardest first.
    """

    lectures: list[LectureLine]
    rows: list[TermRow]
    hardest: list[HardExercise]

    @property
    def behind(self) -> list[TermRow]:
        """Those who seem to fall behind."""
        return [row for row in self.rows if row.behind]


def summarize_term(
    summaries: Mapping[str, Summary], totals: Sequence[Total]
) -> TermSummary:
    """Put the lectures of a term side by side.

    Parameters
    ----------
    summaries : mapping
        What the class did, by lecture, in the order of the course.
    totals : sequence of Total
        Those of the term, one for each student.
    """
    of = {
        lecture: {row.student: row for row in summary.rows}
        for lecture, summary in summaries.items()
    }
    middle = median([total.percent for total in totals]) if totals else 0.0
    rows = []
    for total in totals:
        percents = [_percent(of[lecture].get(total.student)) for lecture in summaries]
        behind = _behind(list(summaries), percents, total.percent, middle)
        rows.append(TermRow(total.student, percents, total, behind))
    hard = [
        HardExercise(lecture, e, share)
        for lecture, summary in summaries.items()
        for e in summary.exercises
        if (share := _share(e)) is not None and share < 100
    ]
    hard.sort(key=lambda one: one.share)
    lines = [_line(lecture, summary) for lecture, summary in summaries.items()]
    return TermSummary(lines, rows, hard[:HARDEST])


def _percent(row: Row | None) -> float | None:
    """Return what a student has in a lecture; None where nothing was handed in."""
    if row is None or all(v.status == "missing" for v in row.verdicts.values()):
        return None
    return row.percent


def _behind(
    lectures: Sequence[str],
    percents: Sequence[float | None],
    percent: float,
    middle: float,
) -> list[str]:
    """Say in words why a student seems to fall behind."""
    missing = [name for name, p in zip(lectures, percents, strict=True) if p is None]
    said = []
    if missing:
        said.append(f"nothing handed in for {', '.join(missing)}")
    *before, last = percents
    known = [p for p in before if p is not None]
    if last is not None and known and last <= mean(known) - DROP:
        said.append(
            f"{lectures[-1]}: {last:.0f} percent, after {mean(known):.0f} before"
        )
    if percent < middle / 2:
        said.append(f"{percent:.0f} percent in all; the class's median is {middle:.0f}")
    return said


def _share(e: ExerciseSummary) -> float | None:
    """Return the mean score in percent; None where nobody's counts yet.

    Of a text, those without an answer have their 0 points before anybody has read the
    others: until then the mean says nothing.
    """
    if e.unread:
        return None
    here = len(e.scores) - e.statuses["missing"] - e.statuses["unreadable"]
    return 100 * sum(e.scores) / (here * e.exercise.points) if here > 0 else None


def _line(lecture: str, summary: Summary) -> LectureLine:
    percents = [p for row in summary.rows if (p := _percent(row)) is not None]
    return LectureLine(
        lecture,
        summary.handed_in,
        median(percents) if percents else None,
        summary.most,
        sum(len(e.unread) for e in summary.exercises),
    )
