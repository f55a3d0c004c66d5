"""Write everything that grading leaves behind, each file in one step."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from answer_checks.language import ENGLISH, Language
from autograder.course.cells import CellRole
from autograder.course.digests import engine_digest
from autograder.course.handout import Handout
from autograder.csv_tables import plain_text, write_csv
from autograder.files import write_text
from autograder.gradebook.book import Book
from autograder.report import feedback
from autograder.report.class_report import render_report
from autograder.report.class_tables import (
    BY_STUDENT,
    EXERCISES,
    MISTAKES,
    exercise_rows,
    mistake_rows,
    student_rows,
)
from autograder.report.feedback import render_feedback
from autograder.report.manual import (
    SCORES,
    manual_exercises,
    render_answers,
    score_rows,
)
from autograder.report.mistakes import find_examples
from autograder.report.students import render_students
from autograder.report.summary import summarize
from autograder.report.tables import (
    GRADES,
    TOTALS,
    Results,
    grade_rows,
    total_rows,
)
from autograder.sandbox.selftest import Proof
from autograder.verdict import Graded, Judged

UNUSED = "unused_files.csv"


class Reporter:
    """Knows where each file of a graded lecture lies, and writes it.

    Parameters
    ----------
    book : Book
        The gradebook.
    lecture : str
        The lecture.
    handouts : sequence of Handout
        Its notebooks.
    out : Path
        The folder to write to.
    solutions : Path
        The folder of the solutions, for the model answers to texts.
    proof : Proof or None
        What the sandbox proved; None where nothing was run.
    language : Language
        Of feedback and hints.
    """

    def __init__(
        self,
        book: Book,
        lecture: str,
        handouts: Sequence[Handout],
        out: Path,
        solutions: Path,
        proof: Proof | None = None,
        language: Language = ENGLISH,
    ) -> None:
        self.book = book
        self.lecture = lecture
        self.handouts = handouts
        self.out = out
        self.solutions = solutions
        self.proof = proof
        self.language = language
        self.report_path = out / "report.html"

    def write_graded(self, student: str, graded: Graded) -> None:
        """Write the graded notebook and its feedback page."""
        name = graded.judgement.notebook
        write_text(self._path("autograded", student, name, ".ipynb"), graded.notebook)
        write_text(self._path("feedback", student, name, ".html"), graded.page)

    def write_feedback(self, student: str, judged: Judged) -> None:
        """Write the page that the student reads."""
        page = self._path("feedback", student, judged.judgement.notebook, ".html")
        write_text(page, render_feedback(judged, student, self.language))

    def write_all_feedback(self, results: Results) -> None:
        """Write every student's pages again, one notebook in memory at a time."""
        for student, judgements in results.items():
            for name, judgement in judgements.items():
                judged = Judged(judgement, self.load_graded(student, name))
                self.write_feedback(student, judged)
        self.mark_feedback()

    def feedback_is_current(self) -> bool:
        """Tell whether the pages were made by this report, in this language."""
        try:
            return self._mark.read_text("utf-8") == self._made_by()
        except (OSError, UnicodeDecodeError):
            return False

    def mark_feedback(self) -> None:
        """Note what the pages were made by, so that a change of it is seen."""
        write_text(self._mark, self._made_by())

    @property
    def _mark(self) -> Path:
        return self.out / "feedback" / f".{self.lecture}"

    def _made_by(self) -> str:
        terms = repr(self.language.glossary.terms).encode()
        language = f"{self.language.name} {hashlib.sha256(terms).hexdigest()}"
        return f"{language} {engine_digest(Path(feedback.__file__))}\n"

    def load_graded(self, student: str, notebook: str) -> dict[str, Any]:
        """Read a graded notebook back; an empty one where there is none."""
        path = self._path("autograded", student, notebook, ".ipynb")
        try:
            return dict(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError):
            return {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}

    def _path(self, kind: str, student: str, notebook: str, suffix: str) -> Path:
        return self.out / kind / student / f"{notebook}{suffix}"

    def write_unused(self, unused: Sequence[Path], submitted: Path) -> None:
        """Write down which files among the submissions were not used, if any."""
        path = self.out / UNUSED
        rows = [[plain_text(str(p.relative_to(submitted)))] for p in unused]
        if rows:
            write_csv(path, ("file",), rows)
        else:
            path.unlink(missing_ok=True)

    def _unused(self) -> int:
        """Return how many files the last run did not use."""
        try:
            text = (self.out / UNUSED).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return 0
        return max(sum(1 for _ in csv.reader(text.splitlines())) - 1, 0)

    def write(self, results: Results | None = None, manual: bool = False) -> None:
        """Write tables and pages on everybody whom the gradebook knows.

        Parameters
        ----------
        results : mapping, optional
            What the gradebook holds, where it has been read already.
        manual : bool
            Write the texts that a person reads side by side, too.
        """
        if results is None:
            results = self.book.results(self.lecture)
        students = sorted({*results, *self.book.students()})
        penalties = dict.fromkeys(students, 0.0) | self.book.penalties(self.lecture)
        summary = summarize(self.handouts, students, results, penalties)
        examples = find_examples(summary.mistakes, self.load_graded, self._stubs())
        tables = {
            "grades.csv": (
                GRADES,
                grade_rows(results, students, self.handouts, self.language),
            ),
            "totals.csv": (
                TOTALS,
                total_rows(results, students, self.handouts, penalties),
            ),
            "exercises.csv": (EXERCISES, exercise_rows(summary)),
            "mistakes.csv": (MISTAKES, mistake_rows(summary, examples)),
            "mistakes_by_student.csv": (BY_STUDENT, student_rows(summary)),
        }
        for name, (header, rows) in tables.items():
            write_csv(self.out / name, header, rows)
        if manual:
            self._write_manual(students, results)
        names = render_students(self.lecture, self.handouts, summary, results)
        write_text(self.out / "students.html", names)
        page = render_report(
            self.lecture,
            self.handouts,
            summary,
            examples,
            self.proof,
            manual,
            self._unused(),
        )
        write_text(self.report_path, page)

    def _stubs(self) -> dict[str, str]:
        return {
            cell.grade_id: cell.source
            for handout in self.handouts
            for cell in handout.cells.values()
            if cell.role is CellRole.SOLUTION
        }

    def _write_manual(self, students: Sequence[str], results: Results) -> None:
        """Write a page for each exercise that a person grades, and the table."""
        folder = self.out / "manual"
        for handout, exercise in manual_exercises(self.handouts):
            page = render_answers(
                handout, exercise, students, results, self.load_graded, self.solutions
            )
            write_text(folder / f"{exercise.id}.html", page)
        rows = score_rows(self.handouts, students, results)
        folder.mkdir(parents=True, exist_ok=True)
        write_csv(folder / "scores.csv", SCORES, rows)
