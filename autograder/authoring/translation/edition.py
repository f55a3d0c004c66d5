"""Make the students' notebook in another language, and say what it still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat.v4
from nbformat import NotebookNode

from autograder.authoring.make_handout import make_handout
from autograder.authoring.source import Source, to_notebook
from autograder.authoring.translation.catalogue import read_catalogue, translations
from autograder.authoring.translation.course_catalogues import (
    Lacking,
    catalogue_path,
    lacking_in,
)
from autograder.authoring.translation.notebook import entries, translated
from autograder.course.course import Course

LANGUAGE_CELL = "course-language"
"""The id of the cell that only a translated notebook has."""

_CHECKS = "answer_checks"


@dataclass(frozen=True)
class Edition:
    """A notebook in another language.

    Attributes
    ----------
    language : str
        Its name, such as ``"ko"``.
    path : Path
        Where the students' notebook lies.
    notebook : NotebookNode or None
        With answers, not run; None where the catalogue lacks something.
    lacking : tuple of Lacking
        What it lacks.
    """

    language: str
    path: Path
    notebook: NotebookNode | None
    lacking: tuple[Lacking, ...] = ()

    def handout(self) -> NotebookNode | None:
        """Return the students' notebook."""
        return None if self.notebook is None else make_handout(self.notebook)


def editions(source: Source, course: Course) -> Iterator[Edition]:
    """Yield a notebook in each language of the course."""
    root, name = source.files.root, source.files.name
    for language in course.translations:
        catalogue = read_catalogue(catalogue_path(root, language, name), language)
        wanted = entries(source, course.shown)
        lacks = tuple(lacking_in(catalogue, wanted))
        made = None
        if not lacks:
            known = translations(catalogue)
            made = translated(to_notebook(source), language, known, course.shown)
            if _CHECKS in course.library_names:
                _add_language_cell(made, language)
        path = source.files.in_language(language)
        yield Edition(language, path, made, lacks)


def _add_language_cell(notebook: NotebookNode, language: str) -> None:
    """Let the visible checks speak the language of the notebook.

    A kernel does not know which notebook it runs, so a cell says it. It has no
    ``grade_id``: to the grader it is one of the student's own.
    """
    cell = nbformat.v4.new_code_cell(
        f'from {_CHECKS}.language import set_language\n\nset_language("{language}")',
        id=LANGUAGE_CELL,
        metadata={"tags": ["hide-input"], "jupyter": {"source_hidden": True}},
    )
    code = (i for i, one in enumerate(notebook.cells) if one.cell_type == "code")
    notebook.cells.insert(next(code, 0), cell)
