"""Our engine inside nbgrader, entered through its configuration alone.

``nbgrader autograde`` and formgrader's button run the classes named in
``nbgrader_config.py``: the exporter reads and sanitises, ``Execute`` judges,
``SaveAutoGrades`` enters the scores. They call the same code as
``python -m autograder grade``.
"""

from __future__ import annotations

import atexit
import json
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import HTMLExporter, NotebookExporter
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool

from autograder.classroom.questions import settle_draws
from autograder.classroom.task import Task
from autograder.classroom.warm_sandboxes import WARM, RungChoice
from autograder.classroom.worker import judge_task, mark_answers
from autograder.course.course import Course, find_course
from autograder.course.handout import Handout, load_handouts
from autograder.errors import UserError
from autograder.gradebook.book import Book
from autograder.gradebook.nbgrader_rows import Entry
from autograder.gradebook.standings import Results
from autograder.gradebook.term_settings import NO_TERM, LectureTerm, read_term
from autograder.judging.sanitize import sanitize, to_notebook
from autograder.judging.submitted_file import Unreadable, read
from autograder.report.feedback import render_feedback
from autograder.report.notebook_links import exercise_links
from autograder.verdict import Judged, Judgement

UNREADABLE = "autograder_unreadable"


@lru_cache(maxsize=64)
def find_handout(lecture: str, notebook: str) -> Handout:
    """Return the handout of a notebook of the course."""
    for handout in load_handouts(the_course().root, lecture):
        if handout.name == f"{lecture}/{notebook}":
            return handout
    raise UserError(f"no notebook {lecture}/{notebook} in this course")


@lru_cache(maxsize=1)
def the_course() -> Course:
    """Return the course; read once in a process."""
    return find_course()


@lru_cache(maxsize=2)
def proven_rung(allow_unsandboxed: bool) -> str:
    """Return the rung that holds; tried once in a process."""
    atexit.register(WARM.close)
    course = the_course()
    choice = RungChoice(allow_unsandboxed, course.settings.rungs, course)
    return WARM.choose(choice).rung


def find_draws(book: Book, handout: Handout) -> dict[str, int]:
    """Return the draws of a notebook's exercises; chosen before the first is graded."""
    draws, said = settle_draws(book, [handout])
    for line in said:
        print(line, file=sys.stderr)
    return draws


class Exporter(NotebookExporter):
    """Reads whatever was handed in; nbgrader's own reader stops at a broken file."""

    def from_filename(
        self, filename: str, resources: Any | None = None, **kwargs: Any
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Read and sanitise a submitted notebook, then go on as nbconvert does."""
        where = (resources or {}).get("nbgrader", {})
        if not where:
            return super().from_filename(filename, resources, **kwargs)
        handout = find_handout(where["assignment"], where["notebook"])
        limit = the_course().settings.limits.submission_bytes
        with Path(filename).open("rb") as file:
            data = file.read(limit + 1)
        try:
            raw = read(data, limit, Path(filename).stat().st_size)
            notebook = to_notebook(sanitize(raw, handout), handout)
            known = raw.get("metadata")
            if isinstance(known, dict) and UNREADABLE in known:
                notebook["metadata"][UNREADABLE] = str(known[UNREADABLE])
        except Unreadable as reason:
            notebook = to_notebook(sanitize({"cells": []}, handout), handout)
            notebook["metadata"][UNREADABLE] = str(reason)
        made: tuple[NotebookNode, dict[str, Any]] = self.from_notebook_node(
            nbformat.from_dict(notebook), resources, **kwargs
        )
        return made


class FeedbackExporter(HTMLExporter):
    """Writes our feedback page; nbgrader's for a notebook that we did not grade."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # nbgrader makes an exporter per run: what a person entered before it counts.
        self._results: dict[tuple[str, str], Results] = {}

    def from_filename(
        self, filename: str, resources: Any | None = None, **kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Return the page of a graded notebook."""
        given = dict(resources or {})
        where = given.get("nbgrader")
        judgement = self._judgement(where) if where else None
        if where is None or judgement is None:
            made: tuple[Any, dict[str, Any]]
            made = super().from_filename(filename, resources, **kwargs)
            return made
        notebook = json.loads(Path(filename).read_text("utf-8"))
        settings = the_course().settings
        handout = find_handout(where["assignment"], where["notebook"])
        page = render_feedback(
            Judged(judgement, notebook),
            where["student"],
            settings.language,
            exercise_links(handout, settings.notebook_url),
        )
        return page, given | {"output_extension": self.file_extension}

    def _judgement(self, where: Mapping[str, str]) -> Judgement | None:
        lecture = where["assignment"]
        key = where["db_url"], lecture
        if key not in self._results:
            with Book(where["db_url"]) as book:
                standings = book.standings(lecture, self._term(lecture))
            self._results[key] = standings.results
        of_student = self._results[key].get(where["student"], {})
        return of_student.get(f"{lecture}/{where['notebook']}")

    def _term(self, lecture: str) -> LectureTerm:
        """Return what the term decides; its settings lie beside the feedback."""
        folders = getattr(self.parent, "coursedir", None)
        if folders is None:
            return NO_TERM
        course = the_course()

        def exercises_of(name: str) -> list[str] | None:
            if name not in course.lectures:
                return None
            handouts = load_handouts(course.root, name)
            return [e.id for handout in handouts for e in handout.exercises]

        out = Path(folders.root, folders.feedback_directory).parent
        return read_term(out, exercises_of).get(lecture, NO_TERM)


class Execute(NbGraderPreprocessor):
    """Judge the notebook in the sandbox; its outputs become those of a fresh run."""

    allow_unsandboxed = Bool(
        False, help="Run submissions with the grader's rights where no sandbox holds."
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Judge `nb` and leave the judgement in `resources`."""
        where = resources["nbgrader"]
        handout = find_handout(where["assignment"], where["notebook"])
        with Book(where["db_url"]) as book:
            seed = book.seed()
            draws = find_draws(book, handout)
        # A file that could not be read comes here as an empty one that says so.
        broken = nb.metadata.get(UNREADABLE)
        data = b"" if broken else json.dumps(nb).encode()
        rung = proven_rung(self.allow_unsandboxed)
        judged = judge_task(Task(handout, data, seed, the_course(), rung, draws=draws))
        mark_answers(judged)
        judgement = judged.judgement
        judgement.edition = handout.edition
        if broken:
            judgement.notes = [broken]
            for verdict in judgement.verdicts:
                verdict.note = broken
        where["judgement"] = judgement
        graded = nbformat.from_dict(judged.notebook)
        return (nb if broken else graded), resources


class SaveAutoGrades(NbGraderPreprocessor):
    """Enter what was judged into the gradebook."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Enter the scores and the reasons."""
        where = resources["nbgrader"]
        judgement: Judgement = where["judgement"]
        with Book(where["db_url"]) as book:
            language = the_course().settings.language
            entry = Entry(where["student"], judgement, language=language)
            book.save(where["assignment"], [entry])
        return nb, resources
