"""``grades.csv`` and ``totals.csv``: quoted, and safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from answer_checks.language import ENGLISH, Language, in_language
from autograder.course.handout import Handout
from autograder.csv_tables import number, plain_text
from autograder.report.status_text import waits
from autograder.verdict import Judgement, Status, Verdict

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
# What stands with the verdict of a test that is nbgrader's kind.
BESIDE = "graded as nbgrader grades, by a test beside the code, which can be fooled"
Results = Mapping[str, Mapping[str, Judgement]]


def verdict_of(
    results: Results, student: str, notebook: str, exercise: str, points: float
) -> Verdict:
    """Return a stored verdict; where there is none, one that says ``missing``."""
    judgement = results.get(student, {}).get(notebook)
    for verdict in judgement.verdicts if judgement else ():
        if verdict.exercise == exercise:
            return verdict
    nothing = "nothing handed in"
    return Verdict(exercise, 0.0, float(points), Status.MISSING, note=nothing)


def reason(verdict: Verdict) -> str:
    """Return the hint of a verdict, or what differs where there is no hint."""
    first = next((c.reason for c in verdict.checks if not c.passed and c.reason), "")
    by_person = "scored by a person" if verdict.by_person else ""
    said = verdict.hint or first or verdict.note or by_person
    return "; ".join(filter(None, [said, BESIDE if verdict.beside else ""]))


def grade_rows(
    results: Results,
    students: Iterable[str],
    handouts: Sequence[Handout],
    language: Language = ENGLISH,
) -> list[list[str]]:
    """Return one row for every student and exercise, missing work included."""
    rows = []
    for student in students:
        for handout in handouts:
            for exercise in handout.exercises:
                verdict = verdict_of(
                    results, student, handout.name, exercise.id, exercise.points
                )
                rows.append(
                    [
                        plain_text(student),
                        handout.lecture,
                        handout.stem,
                        exercise.id,
                        number(verdict.score),
                        number(verdict.max_score),
                        verdict.status,
                        plain_text(in_language(reason(verdict), language)),
                    ]
                )
    return rows


def total_rows(
    results: Results,
    students: Iterable[str],
    handouts: Sequence[Handout],
    penalties: Mapping[str, float],
) -> list[list[str]]:
    """Return one row for every student; a late penalty is taken off, down to zero."""
    rows = []
    for student in students:
        verdicts = [
            verdict_of(results, student, handout.name, e.id, e.points)
            for handout in handouts
            for e in handout.exercises
        ]
        most = sum(v.max_score for v in verdicts)
        score = sum(v.score for v in verdicts) - penalties.get(student, 0.0)
        score = max(score, 0.0)
        rows.append(
            [
                plain_text(student),
                handouts[0].lecture,
                number(score),
                number(most),
                number(100 * score / most if most else 0.0),
                str(sum(map(waits, verdicts))),
            ]
        )
    return rows
