"""Write everything that grading leaves behind, each file in one step."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from answer_checks.language import ENGLISH, Language
from autograder.course.digests import engine_digest
from autograder.course.handout import Handout, load_handouts
from autograder.csv_tables import plain_text, write_csv
from autograder.errors import UserError
from autograder.files import write_text
from autograder.gradebook.book import Book
from autograder.gradebook.standings import Results, Standings, members
from autograder.gradebook.term_settings import NO_TERM, LectureTerm
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
from autograder.report.codes import code_of
from autograder.report.feedback import render_feedback
from autograder.report.graded_lecture import (
    GradedLecture,
    rows_of,
    stubs_of,
    with_term,
)
from autograder.report.manual import manual_exercises, render_answers, score_rows
from autograder.report.mistakes import find_examples
from autograder.report.notebook_links import exercise_links
from autograder.report.score_tables import write_scores
from autograder.report.student_page import pages_of_students
from autograder.report.students import render_students
from autograder.report.summary import summarize
from autograder.report.tables import (
    CHANGES,
    GRADES,
    TOTALS,
    change_rows,
    grade_rows,
    sum_of,
    totals_of,
)
from autograder.report.term_report import (
    render_term,
    render_term_students,
    report_name,
    students_name,
)
from autograder.report.term_summary import summarize_term
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
    terms : mapping
        What the term decides, by lecture.
    order : sequence of str
        The lectures of the course as they are taught.
    notebook_url : str
        Where students find a notebook; empty where pages shall lead nowhere.

    Attributes
    ----------
    remarks : list of str
        What a person should know of what was written.
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
        terms: Mapping[str, LectureTerm] | None = None,
        order: Sequence[str] = (),
        notebook_url: str = "",
    ) -> None:
        self.book = book
        self.lecture = lecture
        self.handouts = handouts
        self.out = out
        self.solutions = solutions
        self.proof = proof
        self.language = language
        self.terms = terms or {}
        self.term = self.terms.get(lecture, NO_TERM)
        self.order = order
        self.report_path = out / "report.html"
        self.remarks: list[str] = []
        self._url = notebook_url
        self._links = {h.name: exercise_links(h, notebook_url) for h in handouts}
        self._holders: dict[str, dict[str, str]] = {}
        self._given: dict[tuple[str, str], tuple[float | None, float]] = {}

    def write_graded(self, student: str, graded: Graded) -> None:
        """Write the graded notebook and its feedback page."""
        name = graded.judgement.notebook
        write_text(self._path("autograded", student, name, ".ipynb"), graded.notebook)
        if student not in self.term.groups:  # its students each have a page
            write_text(self._path("feedback", student, name, ".html"), graded.page)

    def write_feedback(self, student: str, judged: Judged) -> None:
        """Write the page that the student reads."""
        page = self._path("feedback", student, judged.judgement.notebook, ".html")
        links = self._links.get(judged.judgement.notebook)
        write_text(page, render_feedback(judged, student, self.language, links))

    def write_all_feedback(self, standings: Standings) -> None:
        """Write every student's pages again, one notebook in memory at a time."""
        self._holders |= standings.holders
        for student, judgements in standings.results.items():
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
        said = hashlib.sha256(repr(self.language.glossary.terms).encode())
        for one in (self.language, *self.language.editions):
            for file in filter(Path.is_file, one.messages.files):
                said.update(file.read_bytes())
        language = f"{self.language.name} {said.hexdigest()}"
        made = f"{language} {engine_digest(Path(feedback.__file__))}{self._url}"
        decided = repr((sorted(self.term.counts.items()), self.term.groups))
        own = hashlib.sha256(decided.encode()).hexdigest()
        return f"{made} {own}\n" if self.changes_feedback else f"{made}\n"

    @property
    def changes_feedback(self) -> bool:
        """Whether the term decides what a page shows that was made without it."""
        return bool(self.term.counts or self.term.groups)

    def load_graded(self, student: str, notebook: str) -> dict[str, Any]:
        """Read a graded notebook back; an empty one where there is none."""
        holder = self._holders.get(student, {}).get(notebook, student)
        path = self._path("autograded", holder, notebook, ".ipynb")
        try:
            return dict(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError):
            return {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}

    def without_copies(self, results: Results) -> Results:
        """Return results in which a group's work stands once."""
        return Standings(
            {s: dict(of) for s, of in results.items()}, self._holders
        ).once()

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

    def write(self, manual: bool = False) -> Standings:
        """Write tables and pages on everybody whom the gradebook knows.

        The tables hold every lecture of the term; the pages of other lectures stay.

        Parameters
        ----------
        manual : bool
            Write the texts that a person reads side by side, too.

        Returns
        -------
        Standings
            Of this lecture.
        """
        graded = [self._read(handouts) for handouts in self._lectures()]
        (own,) = (one for one in graded if one.lecture == self.lecture)
        tables = {
            "grades.csv": (GRADES, [row for one in graded for row in one.grades]),
            "totals.csv": (TOTALS, [total.row() for total in with_term(graded)]),
            "exercises.csv": (EXERCISES, rows_of(graded, exercise_rows)),
            "mistakes.csv": (
                MISTAKES,
                [row for g in graded for row in mistake_rows(g.summary, g.examples)],
            ),
            "mistakes_by_student.csv": (BY_STUDENT, rows_of(graded, student_rows)),
        }
        changes = change_rows(self.book.changes())
        if changes:
            tables["changes.csv"] = (CHANGES, changes)
        for name, (header, rows) in tables.items():
            write_csv(self.out / name, header, rows)
        for student, page in pages_of_students(graded, self.language):
            write_text(self.out / "feedback" / student / "index.html", page)
        if manual:
            students = [row.student for row in own.summary.rows]
            self._write_manual(students, own.standings, self.out / "manual")
        self._write_pages(graded, own, manual)
        return own.standings

    def _lectures(self) -> Iterator[Sequence[Handout]]:
        """Yield the notebooks of each lecture that was graded, in the course's order.

        A lecture that has left the course since is passed over.
        """
        found = {self.lecture, *self.book.lectures()}
        known = [name for name in self.order if name in found]
        for lecture in known + sorted(found.difference(known)):
            if lecture == self.lecture:
                yield self.handouts
                continue
            with suppress(UserError):
                yield load_handouts(self.solutions.parent, lecture)

    def _read(self, handouts: Sequence[Handout]) -> GradedLecture:
        """Read what the gradebook holds of a lecture, and count it."""
        lecture = handouts[0].lecture
        term = self.terms.get(lecture, NO_TERM)
        standings = self.book.standings(lecture, term)
        self._holders |= standings.holders
        self._given |= {
            (student, verdict.exercise): (verdict.given, verdict.extra)
            for student, judgements in standings.results.items()
            for judgement in judgements.values()
            for verdict in judgement.verdicts
        }
        names = sorted({*standings.results, *self.book.students()})
        students = list(members(names, self.terms.values()))
        penalties = dict.fromkeys(students, 0.0) | standings.penalties
        results = standings.results
        summary = summarize(handouts, students, results, penalties, term)
        return GradedLecture(
            lecture=lecture,
            handouts=handouts,
            standings=standings,
            summary=summary,
            examples=find_examples(
                summary.mistakes, self.load_graded, stubs_of(handouts)
            ),
            grades=grade_rows(results, students, handouts, self.language, term),
            totals=totals_of(results, students, handouts, penalties, term),
        )

    def _write_pages(
        self, graded: Sequence[GradedLecture], own: GradedLecture, manual: bool
    ) -> None:
        """Write the pages of this lecture, and those that lead to all of them."""
        several = len(graded) > 1
        names = render_students(
            self.lecture,
            self.handouts,
            own.summary,
            own.standings.results,
            quote(report_name(self.lecture)),
            several,
        )
        page = render_report(
            self.lecture,
            self.handouts,
            own.summary,
            own.examples,
            self.proof,
            manual,
            self._unused(),
            quote(students_name(self.lecture)),
            several,
            own.standings,
        )
        write_text(self.out / students_name(self.lecture), names)
        write_text(self.out / report_name(self.lecture), page)
        if several:
            summaries = {one.lecture: one.summary for one in graded}
            totals = sum_of(total for one in graded for total in one.totals)
            term = summarize_term(summaries, totals)
            names, page = render_term_students(term), render_term(term)
            self._write_missing(graded)
        write_text(self.out / "students.html", names)
        write_text(self.report_path, page)

    def _write_missing(self, graded: Sequence[GradedLecture]) -> None:
        """Write the pages of lectures that an earlier version left none of."""
        for one in graded:
            results = one.standings.results
            names, plain = students_name(one.lecture), report_name(one.lecture)
            if not (self.out / names).exists():
                page = render_students(
                    one.lecture, one.handouts, one.summary, results, quote(plain), True
                )
                write_text(self.out / names, page)
            if not (self.out / plain).exists():
                page = render_report(
                    one.lecture,
                    one.handouts,
                    one.summary,
                    one.examples,
                    None,
                    names=quote(names),
                    term=True,
                    standings=one.standings,
                )
                write_text(self.out / plain, page)

    def write_anonymous(self, standings: Standings) -> Path:
        """Write the texts side by side without names, and return their folder."""
        folder, seed = self.out / "manual" / "anonymous", self.book.seed()
        self._write_manual(
            sorted(standings.results), standings, folder, partial(code_of, seed)
        )
        return folder

    def _write_manual(
        self,
        students: Sequence[str],
        standings: Standings,
        folder: Path,
        called: Callable[[str], str] | None = None,
    ) -> None:
        """Write a page for each exercise that a person grades, and the table."""
        results = standings.once()
        for handout, exercise in manual_exercises(self.handouts, students, results):
            page = render_answers(
                handout,
                exercise,
                students,
                results,
                self.load_graded,
                self.solutions,
                called,
            )
            write_text(folder / f"{exercise.id}.html", page)
        called = called or str
        rows = score_rows(self.handouts, students, results, called)
        given = {(called(s), one): entered for (s, one), entered in self._given.items()}
        path, kept = write_scores(folder, self.lecture, rows, given)
        self.remarks += [
            f"{one} holds what is not entered, and stays as it is: `report LECTURE "
            f"--scores {one}` enters it. The scores as they are: {path}"
            for one in kept
        ]
