"""``grades.csv`` and ``totals.csv``: quoted, and safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from answer_checks.language import ENGLISH, Language, in_language
from autograder.course.handout import Handout
from autograder.csv_tables import number, plain_text
from autograder.gradebook.changes import Change
from autograder.gradebook.standings import TOLD, Results
from autograder.gradebook.term_settings import NO_TERM, LectureTerm
from autograder.report.status_text import waits
from autograder.verdict import Status, Verdict

GRADES = (
    "student",
    "assignment",
    "notebook",
    "exercise",
    "score",
    "max_score",
    "status",
    "hint",
)
TOTALS = ("student", "assignment", "score", "max_score", "percent", "to_grade_by_hand")
CHANGES = tuple(Change.__dataclass_fields__)
# What stands with the verdict of a test that is nbgrader's kind.
BESIDE = "graded as nbgrader grades, by a test beside the code, which can be fooled"
# Stands for all lectures, where a table names a lecture.
WHOLE_TERM = "term"


def verdict_of(
    results: Results,
    student: str,
    notebook: str,
    exercise: str,
    points: float,
    term: LectureTerm = NO_TERM,
) -> Verdict:
    """Return a stored verdict; where there is none, one that says ``missing``."""
    judgement = results.get(student, {}).get(notebook)
    for verdict in judgement.verdicts if judgement else ():
        if verdict.exercise == exercise:
            return verdict
    nothing = "nothing handed in"
    return Verdict(
        exercise,
        0.0,
        float(points),
        Status.MISSING,
        note=nothing,
        counts=term.counts_of(exercise),
    )


def reason(verdict: Verdict) -> str:
    """Return the hint of a verdict, or what differs where there is no hint."""
    first = next((c.reason for c in verdict.checks if not c.passed and c.reason), "")
    by_person = "scored by a person" if verdict.by_person else ""
    said = verdict.hint or first or verdict.note or by_person
    counts = TOLD.get(verdict.counts, "")
    return "; ".join(filter(None, [counts, said, BESIDE if verdict.beside else ""]))


def grade_rows(
    results: Results,
    students: Iterable[str],
    handouts: Sequence[Handout],
    language: Language = ENGLISH,
    term: LectureTerm = NO_TERM,
) -> list[list[str]]:
    """Return one row for every student and exercise, missing work included.

    The points are those that count, so that the rows add up to the totals.
    """
    rows = []
    for student in students:
        for handout in handouts:
            for exercise in handout.exercises:
                verdict = verdict_of(
                    results, student, handout.name, exercise.id, exercise.points, term
                )
                rows.append(
                    [
                        plain_text(student),
                        handout.lecture,
                        handout.stem,
                        exercise.id,
                        number(verdict.counted),
                        number(verdict.counted_max),
                        verdict.status,
                        plain_text(in_language(reason(verdict), language)),
                    ]
                )
    return rows


@dataclass(frozen=True)
class Total:
    """What a student has in a lecture or in the term.

    Attributes
    ----------
    student, assignment : str
        Who, and in what.
    score, most : float
        Points, a late penalty taken off, and what can be had.
    waiting : int
        How many texts a person still has to read.
    """

    student: str
    assignment: str
    score: float
    most: float
    waiting: int

    @property
    def percent(self) -> float:
        """The share of what can be had."""
        return 100 * self.score / self.most if self.most else 0.0

    def row(self) -> list[str]:
        """Return a row of ``totals.csv``."""
        return [
            plain_text(self.student),
            self.assignment,
            number(self.score),
            number(self.most),
            number(self.percent),
            str(self.waiting),
        ]


def totals_of(
    results: Results,
    students: Iterable[str],
    handouts: Sequence[Handout],
    penalties: Mapping[str, float],
    term: LectureTerm = NO_TERM,
) -> list[Total]:
    """Return what every student has in a lecture; no penalty takes it below zero."""
    totals = []
    for student in students:
        verdicts = [
            verdict_of(results, student, handout.name, e.id, e.points, term)
            for handout in handouts
            for e in handout.exercises
        ]
        score = sum(v.counted for v in verdicts) - penalties.get(student, 0.0)
        totals.append(
            Total(
                student,
                handouts[0].lecture,
                max(score, 0.0),
                sum(v.counted_max for v in verdicts),
                sum(map(waits, verdicts)),
            )
        )
    return totals


def sum_of(totals: Iterable[Total]) -> list[Total]:
    """Return what every student has in the term, from what each has in its lectures."""
    found: dict[str, list[Total]] = {}
    for total in totals:
        found.setdefault(total.student, []).append(total)
    return [
        Total(
            student,
            WHOLE_TERM,
            sum(total.score for total in own),
            sum(total.most for total in own),
            sum(total.waiting for total in own),
        )
        for student, own in found.items()
    ]


def change_rows(changes: Iterable[Change]) -> list[list[str]]:
    """Return one row for every score that a grading changed."""
    return [
        [
            change.at,
            plain_text(change.student),
            change.notebook,
            change.exercise,
            number(change.before),
            number(change.after),
            number(change.max_before),
            number(change.max_after),
            change.because,
        ]
        for change in changes
    ]
