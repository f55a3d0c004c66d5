"""Read a text source into notebook cells that know their line."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode

from autograder.authoring.notebook_files import NotebookFiles
from autograder.authoring.problems import Problem
from autograder.errors import UserError

HEADER = """\
# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: nbgrader,tags,-all
#     notebook_metadata_filter: -jupytext.text_representation
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---
"""
"""The first lines of each source: with them JupyterLab saves only what was edited."""

COMMAND = "make build"
NOTE = "built"
"""The key of a generated notebook's metadata under which the build writes."""

HIDE_INPUT = "hide-input"
"""The tag of a cell whose code is folded away: only its output is to be read."""

_KEPT = ("nbgrader", "tags")
_LAYOUT = ("lines_to_next_cell", "lines_to_end_of_cell_marker", "cell_marker")
_MARKER = re.compile(r"^# ?%%(\s|$)")
_KERNELSPEC = {
    "display_name": "Python 3 (ipykernel)",
    "language": "python",
    "name": "python3",
}
_LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}


@dataclass(frozen=True)
class Cell:
    """A cell of a source.

    Parameters
    ----------
    node : NotebookNode
        The notebook cell: type, text, the metadata that people wrote, and its id.
    line : int
        The line of its marker (``# %%``) in the file, from 1.
    """

    node: NotebookNode
    line: int

    def line_of(self, index: int) -> int:
        """Give the file's line of the cell's own line `index`, counted from 0."""
        return self.line + 1 + index

    @property
    def lines(self) -> list[str]:
        """The cell's text as lines, without the markdown comment signs."""
        return str(self.node.source).split("\n")

    @property
    def nbgrader(self) -> dict[str, Any]:
        """The cell's nbgrader metadata; empty where there is none."""
        found: dict[str, Any] = self.node.metadata.get("nbgrader", {})
        return found

    @property
    def tags(self) -> list[str]:
        """The cell's tags."""
        return list(self.node.metadata.get("tags", []))


@dataclass(frozen=True)
class Source:
    """A source that was read: its files, its text, its cells."""

    files: NotebookFiles
    text: str
    cells: tuple[Cell, ...]

    @property
    def file(self) -> str:
        """The path to show in messages."""
        return self.files.relative(self.files.source)

    def problem(self, line: int, text: str) -> Problem:
        """Make a problem at a line of this file."""
        return Problem(self.file, line, text)


def read_source(files: NotebookFiles) -> tuple[Source | None, list[Problem]]:
    """Read one source.

    Returns
    -------
    source : Source or None
        None where the text cannot be taken apart into cells.
    problems : list of Problem
        What is wrong with the header, the markers, or what JupyterLab would rewrite.

    Raises
    ------
    UserError
        If the file cannot be read.
    """
    file = files.relative(files.source)
    try:
        text = files.source.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return None, [Problem(file, 1, f"the text is not UTF-8 ({error.reason})")]
    except OSError as error:
        raise UserError(f"cannot read {file}: {error.strerror}") from error
    if not text.startswith(HEADER):
        return None, [Problem(file, _header_line(text), _HEADER_ADVICE)]
    try:
        notebook = jupytext.reads(text, fmt="py:percent")
    except Exception as error:  # whatever the reader or its YAML and JSON parsers raise
        reason = str(error).split("\n", maxsplit=1)[0]
        return None, [Problem(file, 1, f"jupytext cannot read it: {reason}")]
    markers = [
        number
        for number, line in enumerate(text.split("\n"), start=1)
        if _MARKER.match(line)
    ]
    if len(markers) != len(notebook.cells):
        return None, [Problem(file, _lost_marker(markers, notebook.cells), _LOST)]
    rewritten = jupytext.writes(notebook, fmt="py:percent")
    nodes = _clean(notebook.cells)
    cells = tuple(Cell(node, line) for node, line in zip(nodes, markers, strict=True))
    source = Source(files, text, cells)
    unknown = [
        source.problem(
            line,
            f"the cell metadata '{key}' is not kept: only nbgrader and tags are, "
            "remove it",
        )
        for cell, line in zip(notebook.cells, markers, strict=True)
        for key in cell.metadata
        if key not in (*_KEPT, *_LAYOUT)
    ]
    return source, unknown or _rewrites(source, rewritten)


_HEADER_ADVICE = (
    "the header is not the common one, so that saving from JupyterLab would change "
    "more than what was edited; begin with the header of another source"
)


_LOST = (
    "the cells cannot be told apart: begin with a cell marker and keep '# %%' out of "
    "strings and fenced blocks"
)


def _lost_marker(markers: list[int], cells: list[NotebookNode]) -> int:
    """Give the line of the first '# %%' that does not begin a cell."""
    for index, cell in enumerate(cells):
        text = cell.source.split("\n")
        if any(_MARKER.match(line) for line in text) and index + 1 < len(markers):
            return markers[index + 1]
    return HEADER.count("\n") + 1


def _header_line(text: str) -> int:
    for number, (is_, ought) in enumerate(
        zip(text.split("\n"), HEADER.split("\n"), strict=False), start=1
    ):
        if is_ != ought:
            return number
    return 1


def _rewrites(source: Source, rewritten: str) -> list[Problem]:
    """Say where saving from JupyterLab would change a line that nobody edited."""
    if rewritten == source.text:
        return []
    old, new = source.text.split("\n"), rewritten.split("\n")
    for number, (is_, becomes) in enumerate(zip(old, new, strict=False), start=1):
        if is_ != becomes:
            advice = f"saving from JupyterLab would write here: {becomes!r}"
            return [source.problem(number, advice)]
    return [
        source.problem(
            min(len(old), len(new)),
            "saving from JupyterLab would change the end of the file; end it with "
            "one newline",
        )
    ]


def _clean(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Keep text and people's metadata, and give each cell a lasting id."""
    taken = {
        cell.metadata["nbgrader"]["grade_id"]
        for cell in cells
        if _grade_id(cell) is not None
    }
    cleaned = []
    for cell in cells:
        node = NotebookNode(
            id=_grade_id(cell) or _hashed_id(cell, taken),
            cell_type=cell.cell_type,
            metadata=NotebookNode(
                {key: cell.metadata[key] for key in _KEPT if key in cell.metadata}
            ),
            source=cell.source,
        )
        if cell.cell_type == "code":
            node["execution_count"] = None
            node["outputs"] = []
            if HIDE_INPUT in node.metadata.get("tags", []):
                # Jupyter Book reads the tag; JupyterLab and VS Code read this.
                node.metadata["jupyter"] = NotebookNode(source_hidden=True)
        cleaned.append(node)
    return cleaned


def _grade_id(cell: NotebookNode) -> str | None:
    """Give the cell's grade id where it can serve as the notebook's cell id."""
    nbgrader = cell.metadata.get("nbgrader")
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    if isinstance(grade_id, str) and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", grade_id):
        return grade_id
    return None


def _hashed_id(cell: NotebookNode, taken: set[str]) -> str:
    text = f"{cell.cell_type}\n{cell.source}".encode()
    stem = "c" + hashlib.sha256(text).hexdigest()[:12]
    unique, number = stem, 1
    while unique in taken:
        number += 1
        unique = f"{stem}-{number}"
    taken.add(unique)
    return unique


def to_notebook(source: Source) -> NotebookNode:
    """Make the notebook of a source: every cell, no outputs yet."""
    note = {
        "generated": f"Made from {source.file} by `{COMMAND}`: change that file "
        "and make this one again.",
        "source": source.file,
        "command": COMMAND,
    }
    made: NotebookNode = nbformat.from_dict(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {
                "kernelspec": _KERNELSPEC,
                "language_info": _LANGUAGE,
                NOTE: note,
            },
            "cells": [cell.node for cell in source.cells],
        }
    )
    return made
