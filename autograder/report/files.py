"""Write everything that grading leaves behind, each file in one step."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from autograder.course import Master
from autograder.gradebook import Book
from autograder.grading.judge import Judgement
from autograder.report.class_report import render_report
from autograder.report.feedback import render_feedback
from autograder.report.tables import (
    GRADES,
    TOTALS,
    grade_rows,
    total_rows,
    write_csv,
)
from autograder.sandbox.selftest import Proof


class Reporter:
    """Knows where each file of a graded lecture lies, and writes it.

    Parameters
    ----------
    book : Book
        The gradebook.
    lecture : str
        The assignment.
    masters : sequence of Master
        Its notebooks.
    out : Path
        The folder of the caller.
    proof : Proof or None
        What the sandbox proved; None where nothing was run.
    """

    def __init__(
        self,
        book: Book,
        lecture: str,
        masters: Sequence[Master],
        out: Path,
        proof: Proof | None = None,
    ) -> None:
        self.book = book
        self.lecture = lecture
        self.masters = masters
        self.out = out
        self.proof = proof
        self.report_path = out / "report.html"

    def keep(self, student: str, judgement: Judgement) -> None:
        """Write the graded notebook and its feedback page."""
        place = self._place("autograded", student, judgement.notebook, ".ipynb")
        write_text(place, json.dumps(judgement.graded, indent=1) + "\n")
        self.write_feedback(student, judgement)

    def write_feedback(self, student: str, judgement: Judgement) -> None:
        """Write the page that the student reads."""
        page = self._place("feedback", student, judgement.notebook, ".html")
        write_text(page, render_feedback(judgement, student))

    def load_graded(self, student: str, notebook: str) -> dict[str, object]:
        """Read a graded notebook back; an empty one where there is none."""
        place = self._place("autograded", student, notebook, ".ipynb")
        try:
            return dict(json.loads(place.read_text("utf-8")))
        except (OSError, ValueError):
            return {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}

    def _place(self, kind: str, student: str, notebook: str, suffix: str) -> Path:
        return self.out / kind / student / f"{notebook}{suffix}"

    def write(self) -> None:
        """Write the tables and the report of everybody whom the gradebook knows."""
        results = self.book.results(self.lecture)
        students = sorted({*results, *self.book.students(self.lecture)})
        penalties = {s: self.book.penalty(s, self.lecture) for s in students}
        rows = grade_rows(results, students, self.masters)
        totals = total_rows(results, students, self.masters, penalties)
        write_csv(self.out / "grades.csv", GRADES, rows)
        write_csv(self.out / "totals.csv", TOTALS, totals)
        page = render_report(
            self.lecture, self.masters, students, results, penalties, self.proof
        )
        write_text(self.report_path, page)


def write_text(path: Path, text: str) -> None:
    """Write a file in one step: it is the old one or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)
