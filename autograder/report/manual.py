"""The texts that a person reads: side by side, with rubric and a table to fill in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from autograder.authoring.regions import SOLUTION, find_regions
from autograder.course.handout import Handout
from autograder.csv_tables import number, plain_text
from autograder.exercise.record import Exercise
from autograder.gradebook.standings import Results
from autograder.report.markdown import render_markdown
from autograder.report.page import stream_page
from autograder.report.render_notebook import Room, render_cell
from autograder.report.scores import EXTRA
from autograder.report.status_text import title
from autograder.report.students import feedback_link
from autograder.report.tables import verdict_of
from autograder.verdict import Failure, Verdict

SCORES = ("student", "exercise", "score", "max_score", EXTRA)
ANSWER_HERE = "YOUR ANSWER HERE"  # what nbgrader puts where the solution stood
LARGEST = 4_000_000  # characters of one answer on the page, its pictures included

Load = Callable[[str, str], Mapping[str, Any]]


@dataclass(frozen=True)
class Answer:
    """One student's text, as the page shows it."""

    student: str
    link: str
    score: float | None
    html: Markup


def manual_exercises(
    handouts: Sequence[Handout],
    students: Sequence[str] = (),
    results: Results | None = None,
) -> list[tuple[Handout, Exercise]]:
    """List the exercises that a person grades, each with its notebook.

    These are the texts, and whatever the grader left to a person for one of `students`.
    """
    left = {
        verdict.exercise
        for student in students
        for judgement in (results or {}).get(student, {}).values()
        for verdict in judgement.verdicts
        if verdict.status == "manual"
    }
    return [
        (handout, exercise)
        for handout in handouts
        for exercise in handout.exercises
        if exercise.kind == "manual" or exercise.id in left
    ]


def texts(
    handout: Handout, exercise: Exercise, students: Sequence[str], results: Results
) -> Iterator[tuple[str, Verdict]]:
    """Yield the students whose answer a person grades, each with the verdict on it."""
    for student in students:
        verdict = verdict_of(
            results, student, handout.name, exercise.id, exercise.points
        )
        if verdict.status == "manual":
            yield student, verdict


def score_rows(
    handouts: Sequence[Handout],
    students: Sequence[str],
    results: Results,
    called: Callable[[str], str] = str,
) -> Iterator[list[str]]:
    """Yield one row for every text; the score is empty where none was given yet.

    Parameters
    ----------
    handouts : sequence of Handout
        The notebooks.
    students : sequence of str
        Everybody.
    results : mapping
        Student -> notebook -> judgement.
    called : callable
        What the table calls a student, in whose order the rows of an exercise stand.
    """
    for handout, exercise in manual_exercises(handouts, students, results):
        found = texts(handout, exercise, students, results)
        for student, verdict in sorted(found, key=lambda one: called(one[0])):
            given = verdict.given if verdict.by_person else None
            score = "" if given is None else number(given)
            extra = number(verdict.extra) if verdict.extra else ""
            most = number(exercise.points)
            yield [plain_text(called(student)), exercise.id, score, most, extra]


def render_answers(
    handout: Handout,
    exercise: Exercise,
    students: Sequence[str],
    results: Results,
    load: Load,
    solutions: Path,
    called: Callable[[str], str] | None = None,
) -> Iterator[str]:
    """Yield the page of one exercise piece by piece, one notebook in memory at a time.

    Parameters
    ----------
    handout : Handout
        The notebook of the exercise.
    exercise : Exercise
        A manual one, or one whose checks left an answer in doubt.
    students : sequence of str
        Everybody.
    results : mapping
        Student -> notebook -> judgement.
    load : callable
        ``load(student, notebook)`` returns a graded notebook.
    solutions : Path
        The folder of the solutions; without it the page shows no model answer.
    called : callable, optional
        What stands for a student where the page shall name nobody and lead to nobody.
    """
    text = exercise.kind == "manual"
    question = handout.cells[exercise.id].source if text else ""
    found = list(texts(handout, exercise, students, results))
    if called:
        found.sort(key=lambda one: called(one[0]))
    source = solutions / f"{handout.name}.ipynb"
    model = model_answer(source, exercise.id) if text else ""
    return stream_page(
        "manual.html",
        lecture=handout.lecture,
        notebook=handout.stem,
        exercise=exercise,
        name=title(exercise.id),
        question=_html("\n\n".join(split_question(question))),
        rubric=_html(exercise.rubric),
        doubts=sorted({reason for _, verdict in found for reason in _doubts(verdict)}),
        model=_html(model),
        count=len(found),
        waiting=sum(not verdict.by_person for _, verdict in found),
        answers=(
            Answer(
                called(student) if called else student,
                ""
                if called
                else f"../{feedback_link(student, handout.name)}#{exercise.id}",
                verdict.score if verdict.by_person else None,
                _answer(load(student, handout.name), exercise.id, question),
            )
            for student, verdict in found
        ),
    )


def _doubts(verdict: Verdict) -> list[str]:
    return [check.reason for check in verdict.checks if check.kind == Failure.DOUBT]


def _html(source: str) -> Markup:
    # render_markdown cleans what it returns.
    return Markup(render_markdown(source))  # noqa: S704


def _answer(notebook: Mapping[str, Any], name: str, question: str) -> Markup:
    for cell in notebook.get("cells") or []:
        if (cell["metadata"].get("nbgrader") or {}).get("grade_id") == name:
            source = without_question("".join(cell["source"]), question)
            shown = render_cell({**cell, "source": source}, Room(LARGEST))
            return Markup(shown)  # noqa: S704 - cleaned or escaped where it was made
    return Markup("<p>The graded notebook is not at hand.</p>")


def split_question(question: str) -> tuple[str, str]:
    r"""Return what stands before and after the place of the answer.

    Examples
    --------
    >>> split_question("Why?\n\nYOUR ANSWER HERE")
    ('Why?', '')
    """
    before, _, after = question.partition(ANSWER_HERE)
    return before.strip(), after.strip()


def without_question(source: str, question: str) -> str:
    r"""Take out the question around an answer, where it stands as in the handout.

    Examples
    --------
    >>> without_question("Why?\n\nBecause.", "Why?\n\nYOUR ANSWER HERE")
    'Because.'
    >>> without_question("Why is that?", "Why?\n\nYOUR ANSWER HERE")
    'Why is that?'
    """
    before, after = split_question(question)
    text = source.strip()
    if text.startswith(before):
        text = text.removeprefix(before).strip()
    if after and text.endswith(after):
        text = text.removesuffix(after).strip()
    return text.removeprefix(ANSWER_HERE).strip()


def model_answer(path: Path, name: str) -> str:
    """Return the model answer in a solution notebook; empty where there is none."""
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return ""
    for cell in cells:
        if (cell["metadata"].get("nbgrader") or {}).get("grade_id") == name:
            regions, _ = find_regions("".join(cell["source"]).split("\n"), SOLUTION)
            return "\n\n".join("\n".join(region.body).strip() for region in regions)
    return ""
