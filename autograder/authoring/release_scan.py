"""Search what students get for anything that only the instructor has.

What is searched for comes from the course itself: the regions of its sources, the
Python files beside them (hidden checks, known wrong and right answers), and the words
that no handout holds. Two consecutive lines of those are a find, unless the course
itself shows the same two to students.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.authoring.cells import FORBIDDEN
from autograder.authoring.make_handout import make_handout
from autograder.authoring.notebook_files import find_notebooks
from autograder.authoring.problems import refuse
from autograder.authoring.reasons import Words, faults
from autograder.authoring.regions import HIDDEN, SOLUTION, find_regions, outside
from autograder.authoring.release_files import COLAB_ID
from autograder.authoring.source import Source, read_source, to_notebook
from autograder.authoring.translation.edition import editions
from autograder.course.course import Course
from autograder.course.exercises import find_exercises

Lines = tuple[str, ...]

WINDOW = 2
"""How many consecutive lines tell an answer from a coincidence."""

SHORTEST = 24
"""Characters of the shortest pair of lines that says anything."""

SHORTEST_LINE = 12
"""The same for an answer of one line."""


@dataclass(frozen=True)
class Private:
    """What no student may get.

    Attributes
    ----------
    windows : mapping
        For each run of lines, the file of the course that it is from.
    handouts : mapping
        For each notebook with a source, ``"lecture3/01_svm"``, the cells that students
        get: type and text.
    reasons : str
        The folder of the reasons that students may get; empty where there is none.
    words : frozenset of (str, str)
        What may stand there: the reasons and next steps of the course's bank.
    """

    windows: Mapping[Lines, str]
    handouts: Mapping[str, list[tuple[str, str]]]
    reasons: str = ""
    words: frozenset[Words] = frozenset()


def load_private(course: Course, language: str = "") -> Private:
    """Read what is private in a course, whichever lectures are released.

    Parameters
    ----------
    course : Course
        The course.
    language : str
        Of the handouts, as `course.translations` names it; English by default.

    Raises
    ------
    UserError
        A source cannot be read.
    """
    root = course.root
    if not (root / "solutions").is_dir():
        return Private({}, {})
    sources = list(_sources(root))
    shown: set[Lines] = set()
    private: list[tuple[str, list[str]]] = []
    for source in sources:
        for cell in source.cells:
            answers, _ = find_regions(cell.lines, SOLUTION)
            hidden, _ = find_regions(cell.lines, HIDDEN)
            private += [(source.file, list(region.body)) for region in answers]
            given = [line for _, line in outside(cell.lines, [*answers, *hidden])]
            shown.update(*(_windows(_telling(given), k) for k in (1, WINDOW)))
    own = {source.files.source for source in sources}
    for path in sorted((root / "solutions").rglob("*.py")):
        if path not in own:
            name = path.relative_to(root).as_posix()
            private.append((name, path.read_text("utf-8").splitlines()))
    windows: dict[Lines, str] = {}
    for file, lines in private:
        telling = _telling(lines)
        length = min(WINDOW, len(telling))
        enough = SHORTEST if length == WINDOW else SHORTEST_LINE
        for window in _windows(telling, length) - shown if length else ():
            if sum(map(len, window)) >= enough:
                windows.setdefault(window, file)
    handouts = {
        source.files.name: _cells(made)
        for source in sources
        if (made := _handout(source, course, language)) is not None
    }
    if course.reasons is None:
        return Private(windows, handouts)
    bank = [m for e in find_exercises(root).values() for m in e.misconceptions]
    folder = course.reasons.relative_to(root).as_posix()
    return Private(windows, handouts, folder, frozenset((m.says, m.hint) for m in bank))


def _sources(root: Path) -> Iterator[Source]:
    for files in find_notebooks(root):
        source, problems = read_source(files)
        refuse(problems)
        if source is not None:
            yield source


def _handout(source: Source, course: Course, language: str) -> NotebookNode | None:
    if not language:
        return make_handout(to_notebook(source))
    made = (one for one in editions(source, course) if one.language == language)
    return next(made).handout()


def _cells(made: NotebookNode) -> list[tuple[str, str]]:
    return [(cell.cell_type, cell.source) for cell in made.cells]


def find_leaks(files: Mapping[str, bytes], private: Private) -> list[str]:
    """List what `files` holds that students must not get, a line each.

    Parameters
    ----------
    files : mapping
        Content by path. Text is searched; a file that is not UTF-8 is not.
    private : Private
        What to look for.

    Examples
    --------
    >>> find_leaks({"lib/x.py": b"import numpy"}, Private({}, {}))
    []
    """
    found: list[str] = []
    for name, content in files.items():
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            continue
        # In an archive all names may have one folder more.
        if private.reasons and f"/{private.reasons}/" in f"/{name}":
            found += [f"{name}: {what}" for what in faults(text, private.words)]
        if name.endswith(".ipynb"):
            found += [f"{name}: {what}" for what in _in_notebook(text, private)]
        else:
            found += [f"{name}: {what}" for what in _in_text(text, private)]
    return found


def stale_handouts(files: Mapping[str, bytes], private: Private) -> list[str]:
    """List the notebooks that are not what their source makes of them today."""
    found = []
    for notebook, wanted in private.handouts.items():
        name = f"notebooks/{notebook}.ipynb"
        if name in files:
            got = [
                (cell["cell_type"], "".join(cell["source"]))
                for cell in json.loads(files[name])["cells"]
                if cell.get("id") != COLAB_ID
            ]
            if got != wanted:
                found.append(name)
    return found


def _in_notebook(text: str, private: Private) -> Iterator[str]:
    try:
        cells: list[dict[str, Any]] = json.loads(text)["cells"]
    except (ValueError, KeyError, TypeError):
        yield "is not a notebook"
        return
    for number, cell in enumerate(cells, start=1):
        if cell.get("outputs") or cell.get("execution_count") is not None:
            yield f"cell {number} holds a stored output"
        source = "".join(cell.get("source", []))
        yield from (f"cell {number} {what}" for what in _in_text(source, private))
    around = {**json.loads(text), "cells": [{**c, "source": ""} for c in cells]}
    yield from _words(json.dumps(around))


def _in_text(text: str, private: Private) -> Iterator[str]:
    yield from _words(text)
    lines = _telling(text.splitlines())
    for length in (1, WINDOW):
        for window in sorted(_windows(lines, length)):
            if window in private.windows:
                yield f"holds a piece of {private.windows[window]}: {window[0]!r}"


def _words(text: str) -> Iterator[str]:
    for word in FORBIDDEN:
        if word in text:
            yield f"holds {word!r}"


def _telling(lines: Iterable[str]) -> list[str]:
    """Keep what tells one code from another: no blanks, imports or comments."""
    plain = (" ".join(line.split()) for line in lines)
    return [
        line
        for line in plain
        if len(re.sub(r"\W", "", line)) >= 3
        and not line.startswith(("#", "import ", "from "))
    ]


def _windows(lines: list[str], length: int) -> set[Lines]:
    return {
        tuple(lines[i : i + length]) for i in range(len(lines) - length + 1) if length
    }
