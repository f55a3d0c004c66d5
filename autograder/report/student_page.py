"""A page per student over all that was graded, to send or to show in office hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.notebook_name import stem_of
from autograder.report.graded_lecture import GradedLecture
from autograder.report.page import one_line, render_page
from autograder.report.status_text import Group, group, title
from autograder.report.tables import Total
from autograder.verdict import Judgement


@dataclass(frozen=True)
class _Look:
    """An exercise that the student is to look at."""

    id: str
    title: str
    group: Group


@dataclass(frozen=True)
class _Notebook:
    """One notebook, its points before a late penalty."""

    stem: str
    link: str
    score: float
    most: float
    look: Sequence[_Look]


@dataclass(frozen=True)
class _Lecture:
    """One lecture; a penalty has been taken off the total."""

    total: Total
    penalty: float
    notebooks: Sequence[_Notebook]


def pages_of_students(graded: Sequence[GradedLecture]) -> Iterator[tuple[str, str]]:
    """Yield every student with a page, which leads to the feedback pages beside it.

    Parameters
    ----------
    graded : sequence of GradedLecture
        Every lecture of which something was graded, as they are taught.
    """
    totals = {(t.student, one.lecture): t for one in graded for t in one.totals}
    for student in sorted({s for one in graded for s in one.standings.results}):
        lectures = [
            _Lecture(
                totals[student, one.lecture],
                one.standings.penalties.get(student, 0.0),
                [_notebook(j) for j in one.standings.results[student].values()],
            )
            for one in graded
            if student in one.standings.results
        ]
        yield (
            student,
            render_page(
                "student.html",
                student=one_line(student),
                lectures=lectures,
                score=sum(lecture.total.score for lecture in lectures),
                most=sum(lecture.total.most for lecture in lectures),
            ),
        )


def _notebook(judgement: Judgement) -> _Notebook:
    return _Notebook(
        stem_of(judgement.notebook),
        f"{judgement.notebook}.html",
        sum(verdict.counted for verdict in judgement.verdicts),
        sum(verdict.counted_max for verdict in judgement.verdicts),
        [
            _Look(verdict.exercise, title(verdict.exercise), group(verdict))
            for verdict in judgement.verdicts
            if group(verdict) is not Group.FULL or verdict.comment
        ],
    )
