"""The catalogues of a course: written, and held to its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog

from autograder.authoring.notebook_files import find_notebooks
from autograder.authoring.problems import refuse
from autograder.authoring.source import read_source
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
from autograder.course.exercises import find_exercises
from autograder.errors import UserError
from autograder.exercise.record import Exercise
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


def messages_path(root: Path, language: str, name: str) -> Path:
    """Return where the catalogue of what is said of a notebook's exercises lies."""
    return root / FOLDER / language / f"{name}.exercises.po"


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
    for one in _catalogues(course, language):
        new = updated(read_catalogue(one.path, language), one.entries)
        text = written(new, one.name)
        if not one.path.is_file() or one.path.read_text("utf-8") != text:
            one.path.parent.mkdir(parents=True, exist_ok=True)
            write_text(one.path, text)
            touched.append(one.path)
    return touched


def lacking(course: Course, language: str) -> dict[str, list[Lacking]]:
    """List what each catalogue lacks, by its name."""
    return {
        one.name: list(lacking_in(read_catalogue(one.path, language), one.entries))
        for one in _catalogues(course, language)
    }


def lacking_in(catalogue: Catalog, wanted: Iterable[Entry]) -> Iterator[Lacking]:
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


@dataclass(frozen=True)
class _Catalogue:
    """A catalogue and what it should hold."""

    name: str
    path: Path
    entries: list[Entry]


def _catalogues(course: Course, language: str) -> Iterator[_Catalogue]:
    """Yield for each notebook its catalogue, and that of its exercises."""
    root = course.root
    exercises = find_exercises(root)
    for files in find_notebooks(root):
        name = files.name
        source, problems = read_source(files)
        refuse(problems)
        if source is not None:
            path = catalogue_path(root, language, name)
            yield _Catalogue(name, path, list(entries(source, course.shown)))
        said = list(exercise_entries(exercises.for_notebook(name)))
        if said:
            path = messages_path(root, language, name)
            yield _Catalogue(f"{name}.exercises", path, said)


def exercise_entries(exercises: Iterable[Exercise]) -> Iterator[Entry]:
    """Yield what students read of exercises: titles, checks, reasons and advice."""
    for exercise in exercises:
        if exercise.title:
            yield Entry(exercise.id, exercise.title, "title")
        for check in exercise.checks:
            yield Entry(exercise.id, check.label, "hidden check")
        for mistake in exercise.misconceptions:
            yield Entry(exercise.id, mistake.says, "likely reason, no full stop")
            yield Entry(exercise.id, mistake.hint, "next step")
