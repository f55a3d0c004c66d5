"""A page per student over all that was graded, to send or to show in office hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from answer_checks.language import ENGLISH, Language
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


def pages_of_students(
    graded: Sequence[GradedLecture], language: Language = ENGLISH
) -> Iterator[tuple[str, str]]:
    """Yield every student with a page, which leads to the feedback pages beside it.

    Parameters
    ----------
    graded : sequence of GradedLecture
        Every lecture of which something was graded, as they are taught.
    language : Language
        Of the pages, for a student who took no edition in another one.
    """
    totals = {(t.student, one.lecture): t for one in graded for t in one.totals}
    for student in sorted({s for one in graded for s in one.standings.results}):
        spoken = language.for_edition(_edition(graded, student))
        say = spoken.messages.say
        lectures = [
            _Lecture(
                totals[student, one.lecture],
                one.standings.penalties.get(student, 0.0),
                [_notebook(j, say) for j in one.standings.results[student].values()],
            )
            for one in graded
            if student in one.standings.results
        ]
        yield (
            student,
            render_page(
                "student.html",
                say=say,
                lang=spoken.code,
                student=one_line(student),
                lectures=lectures,
                score=sum(lecture.total.score for lecture in lectures),
                most=sum(lecture.total.most for lecture in lectures),
            ),
        )


def _edition(graded: Sequence[GradedLecture], student: str) -> str:
    """Return the language that a student took a notebook in; "" for English alone."""
    judged = (one.standings.results.get(student, {}).values() for one in graded)
    taken = (judgement.language for of in judged for judgement in of)
    return next(filter(None, taken), "")


def _notebook(judgement: Judgement, say: Callable[[str], str]) -> _Notebook:
    return _Notebook(
        stem_of(judgement.notebook),
        f"{judgement.notebook}.html",
        sum(verdict.counted for verdict in judgement.verdicts),
        sum(verdict.counted_max for verdict in judgement.verdicts),
        [
            _Look(verdict.exercise, say(title(verdict.exercise)), group(verdict))
            for verdict in judgement.verdicts
            if group(verdict) is not Group.FULL or verdict.comment
        ],
    )
