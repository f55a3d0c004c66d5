"""The catalogues of a course: written, and held to its sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog

from autograder.authoring.notebook_files import NotebookFiles, find_notebooks
from autograder.authoring.problems import refuse
from autograder.authoring.source import Source, read_source
from autograder.authoring.translation.catalogue import (
    Entry,
    read_catalogue,
    translations,
    updated,
    written,
)
from autograder.authoring.translation.faults import faults
from autograder.authoring.translation.notebook import entries
from autograder.course.course import Course
from autograder.errors import UserError
from autograder.files import write_text

FOLDER = "solutions/locale"


@dataclass(frozen=True)
class Lacking:
    """An entry of a catalogue that cannot be used as it is.

    Attributes
    ----------
    cell : str
        The id of the cell.
    text : str
        In English.
    why : str
        What is wrong with its translation.
    """

    cell: str
    text: str
    why: str

    def __str__(self) -> str:
        """Write it on one line."""
        short = " ".join(self.text.split())
        short = short if len(short) <= 60 else f"{short[:59]}…"
        return f"cell {self.cell}: {self.why}: {short!r}"


def catalogue_path(root: Path, language: str, name: str) -> Path:
    """Return where the catalogue of a notebook lies."""
    return root / FOLDER / language / f"{name}.po"


def asked_languages(course: Course, names: list[str]) -> list[str]:
    """Return the languages that were asked for; all of the course by default.

    Raises
    ------
    UserError
        The course does not have one of them.
    """
    for name in names:
        if name not in course.translations:
            has = ", ".join(course.translations) or "none"
            raise UserError(
                f"this course has no translation '{name}' (it has: {has}); add the "
                "name to 'translations' in course.toml first"
            )
    return names or list(course.translations)


def update_catalogues(course: Course, language: str) -> list[Path]:
    """Write what has changed in the catalogues of one language; return their paths."""
    touched = []
    for files, source in _sources(course):
        path = catalogue_path(course.root, language, files.name)
        old = read_catalogue(path, language)
        new = updated(old, entries(source, course.shown))
        text = written(new, files.name)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_text(path, text)
            touched.append(path)
    return touched


def lacking(course: Course, language: str) -> dict[str, list[Lacking]]:
    """List what each notebook's catalogue lacks, by the notebook's name."""
    found = {}
    for files, source in _sources(course):
        path = catalogue_path(course.root, language, files.name)
        catalogue = read_catalogue(path, language)
        wanted = entries(source, course.shown)
        found[files.name] = list(lacking_in(catalogue, wanted))
    return found


def lacking_in(catalogue: Catalog, wanted: Iterator[Entry]) -> Iterator[Lacking]:
    """Yield what a catalogue lacks of the entries that a source has."""
    known = translations(catalogue)
    fuzzy = {(m.context or "", str(m.id)) for m in catalogue if m.id and m.fuzzy}
    for entry in dict.fromkeys(wanted):
        key = (entry.context, entry.text)
        if key in fuzzy:
            yield Lacking(*key, "the English changed, look at the translation")
        elif key not in known:
            yield Lacking(*key, "not translated")
        else:
            for why in faults(entry.text, known[key], entry.kind):
                yield Lacking(*key, why)


def _sources(course: Course) -> Iterator[tuple[NotebookFiles, Source]]:
    for files in find_notebooks(course.root):
        source, problems = read_source(files)
        refuse(problems)
        if source is not None:
            yield files, source
