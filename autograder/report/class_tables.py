"""The tables of a class: ``exercises.csv``, ``mistakes.csv`` and who made which."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.csv_tables import number, plain_text, printable
from autograder.notebook_name import lecture_of, stem_of
from autograder.report.mistakes import Key
from autograder.report.summary import STEPS, ExerciseSummary, Summary
from autograder.verdict import Status

GROUPS = {
    "full": "all_points",
    "part": "some_points",
    "none": "no_points",
    "nothing": "no_answer",
    "waits": "waits_for_a_person",
}
EXERCISES = (
    "assignment",
    "exercise",
    "title",
    "notebook",
    "max_score",
    "mean",
    "median",
    *GROUPS.values(),
    "separation",
    "separation_students",
    "separation_undefined",
    *(f"percent_{step.replace('-', '_to_')}" for step in STEPS),
    *Status,
)
MISTAKES = (
    "assignment",
    "exercise",
    "title",
    "students",
    "percent_of_class",
    "misconception",
    "said",
    "failed_checks",
    "example",
)
BY_STUDENT = ("student", "assignment", "exercise", "misconception", "said")


def exercise_rows(summary: Summary) -> list[list[str]]:
    """Return one row for every exercise; what is not known is left empty."""
    return [_exercise_row(e) for e in summary.exercises]


def _exercise_row(e: ExerciseSummary) -> list[str]:
    found = e.discrimination
    return [
        lecture_of(e.exercise.notebook),
        e.exercise.id,
        plain_text(e.exercise.title),
        stem_of(e.exercise.notebook),
        number(e.exercise.points),
        _known(e.mean),
        _known(e.median),
        *(str(e.groups[group]) for group in GROUPS),
        _known(found.value),
        str(found.students),
        found.why,
        *(str(count) for count in e.spread),
        *(str(e.statuses[status]) for status in Status),
    ]


def _known(value: float | None) -> str:
    return "" if value is None else number(value)


def mistake_rows(
    summary: Summary, examples: Mapping[tuple[str, Key], str]
) -> list[list[str]]:
    """Return one row for every mistake, the commonest of an exercise first."""
    return [
        [
            lecture_of(e.exercise.notebook),
            e.exercise.id,
            plain_text(e.exercise.title),
            str(len(mistake.students)),
            number(100 * len(mistake.students) / len(summary.rows)),
            mistake.key.slug,
            plain_text(mistake.key.says),
            plain_text("; ".join(mistake.key.failed)),
            code_text(examples.get((e.exercise.id, mistake.key), "")),
        ]
        for e in summary.exercises
        for mistake in e.ranked
    ]


def code_text(code: str) -> str:
    r"""Make code safe as :func:`plain_text` does, but leave it on its lines.

    Examples
    --------
    >>> code_text("@wraps\ndef f(x):\x1b[2J\n    return x")
    "'@wraps\ndef f(x): [2J\n    return x"
    """
    first, *rest = code.split("\n")
    return "\n".join([plain_text(first), *map(printable, rest)])


def student_rows(summary: Summary) -> list[list[str]]:
    """Return one row for every student and mistake."""
    return [
        [
            plain_text(student),
            lecture_of(e.exercise.notebook),
            e.exercise.id,
            mistake.key.slug,
            plain_text(mistake.key.says),
        ]
        for e in summary.exercises
        for mistake in e.ranked
        for student in mistake.students
    ]
