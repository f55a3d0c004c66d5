"""Sanitise: make a notebook that can be run and judged from whatever was handed in.

Only the one file counts. Locked cells come back from the course; what a cell is for is
taken from the course too, never from the student's metadata. Whatever is repaired is
noted in neutral words; nothing here raises for a strange notebook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.cleaning.notebook import clean_text, joined, notebook_metadata, whole
from autograder.course.cells import CellRole
from autograder.course.handout import Handout, HandoutCell
from autograder.course.which_notebook import looks_like
from autograder.judging.cell import Cell
from autograder.judging.outputs import clean_outputs, execution_count
from autograder.judging.recover import find_by_place, join_answers, squeeze
from autograder.judging.submitted_file import Unreadable, reading
from autograder.notebook_name import lecture_of, stem_of

MAX_CELLS = 5000
MAX_SOURCE = 200_000
MOST_CODE = 1_000_000  # characters of all cells together; an honest notebook: 100,000


@dataclass
class Sanitized:
    """A notebook that is safe to handle.

    Attributes
    ----------
    cells : list of Cell
        In the student's order, with every cell of the course.
    notes : list of str
        What was repaired, in neutral words, for the instructor.
    missing : set of str
        ``grade_id`` of solution and manual cells that were not there.
    """

    cells: list[Cell]
    notes: list[str] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)


@reading()
def sanitize(raw: dict[str, Any], handout: Handout) -> Sanitized:
    """Rebuild a notebook with the course's own cells where they must be.

    Parameters
    ----------
    raw : dict
        A notebook from :func:`autograder.judging.submitted_file.read`.
    handout : Handout
        The notebook as released.

    Raises
    ------
    Unreadable
        Its code is longer than anybody reads, it takes too much memory, or it is
        another notebook.
    """
    notes: list[str] = []
    found = _bounded(raw["cells"], handout, notes)
    cells = [_plain(cell) for cell in found]
    code = sum(len(cell.source) for cell in cells if cell.cell_type == "code")
    if code > MOST_CODE:
        raise Unreadable(
            f"its code cells hold {code:,} characters, at most {MOST_CODE:,} are read"
        )
    ids = [_known_id(cell, handout) for cell in found]
    # By their text alone, cells that stand in every notebook would be found in any.
    seems = "" if any(ids) else looks_like(raw["cells"], handout.root)
    if seems in ("", handout.name):
        _recover(cells, ids, handout, notes)
    if handout.cells and not any(ids) and any(cell.source.strip() for cell in cells):
        raise Unreadable(_other(seems, handout))
    _keep_one(cells, ids, handout, notes)
    for cell, grade_id in zip(cells, ids, strict=True):
        if grade_id:
            _restore(cell, handout.cells[grade_id], notes)
    missing = _insert_missing(cells, handout, notes)
    for grade_id in join_answers(cells, handout):
        missing.discard(grade_id)
        notes.append(
            f"the answer to {grade_id} stood in a cell of its own; it is put with the "
            "question"
        )
    return Sanitized(cells, notes, missing)


def _bounded(cells: list[Any], handout: Handout, notes: list[str]) -> list[Any]:
    """Keep the course's own cells, and of all others only so many."""
    if len(cells) <= MAX_CELLS:
        return cells
    notes.append(f"of {len(cells)} cells only {MAX_CELLS} are read")
    own = [i for i, cell in enumerate(cells) if _known_id(cell, handout)][:MAX_CELLS]
    room = MAX_CELLS - len(own)
    known = set(own)
    others = [i for i in range(len(cells)) if i not in known]
    return [cells[i] for i in sorted([*own, *others[:room]])]


def _plain(cell: Any) -> Cell:
    """Take what can be used of a cell of any form."""
    if not isinstance(cell, dict):
        return Cell(CellRole.PLAIN, "raw", "")
    kind = cell.get("cell_type")
    source = joined(cell.get("source"))
    source = source.replace("\r\n", "\n").replace("\r", "\n")[:MAX_SOURCE]
    outputs = cell.get("outputs")
    return Cell(
        CellRole.PLAIN,
        kind if kind in ("code", "markdown") else "raw",
        source,
        stored=[o for o in outputs if isinstance(o, dict)]
        if isinstance(outputs, list)
        else [],
        count=execution_count(cell),
        attachments=_attachments(cell.get("attachments")),
    )


def _attachments(value: Any) -> dict[str, dict[str, str]]:
    """Keep pasted pictures: a name, then a type with its data as text."""
    if not isinstance(value, dict):
        return {}
    bundles = {whole(k): v for k, v in value.items() if isinstance(v, dict)}
    return {
        name: {
            whole(t): whole(d)
            for t, d in bundle.items()
            if isinstance(d, str) and "/" in t
        }
        for name, bundle in bundles.items()
    }


def _known_id(cell: Any, handout: Handout) -> str:
    if not isinstance(cell, dict) or not isinstance(cell.get("metadata"), dict):
        return ""
    meta = cell["metadata"].get("nbgrader")
    grade_id = meta.get("grade_id") if isinstance(meta, dict) else None
    return grade_id if isinstance(grade_id, str) and grade_id in handout.cells else ""


def _recover(
    cells: list[Cell], ids: list[str], handout: Handout, notes: list[str]
) -> None:
    """Find cells that lost their metadata by their text, which some editors cause."""
    times = Counter(squeeze("".join(c["source"])) for c in handout.notebook["cells"])
    # A text that stands in several cells, such as the prompt of a question, tells none.
    lost = {
        text: m.grade_id
        for m in handout.cells.values()
        if m.grade_id not in ids and times[text := squeeze(m.source)] == 1
    }
    found = 0
    for i, cell in enumerate(cells):
        grade_id = lost.get(squeeze(cell.source)) if not ids[i] else None
        if grade_id and grade_id not in ids:
            ids[i] = grade_id
            found += 1
    if found:
        notes.append(f"{found} cells without metadata were recognised by their text")
    placed = find_by_place(cells, ids, handout)
    if placed:
        notes.append(f"{placed} answers without metadata were found by their place")


def _other(name: str, handout: Handout) -> str:
    """Say that a file is another notebook, and which where it is one of the course."""
    said = f"not this notebook: none of the cells of {handout.stem} is in the file"
    if not name or name == handout.name:
        return said
    of = "" if lecture_of(name) == handout.lecture else f" of {lecture_of(name)}"
    return f"{said}; it looks like {stem_of(name)}{of}"


def _keep_one(
    cells: list[Cell], ids: list[str], handout: Handout, notes: list[str]
) -> None:
    """Where an id stands twice, let one cell have it; the others become plain."""
    indices: dict[str, list[int]] = {}
    for i, grade_id in enumerate(ids):
        if grade_id:
            indices.setdefault(grade_id, []).append(i)
    for grade_id, where in indices.items():
        if len(where) == 1:
            continue
        keep = where[0]
        wanted = handout.cells[grade_id]
        if not wanted.locked:
            stub = squeeze(wanted.source)
            filled = [i for i in where if squeeze(cells[i].source) != stub]
            keep = filled[-1] if filled else keep
            if wanted.cell_type == "markdown" and len(filled) > 1:
                _join(cells, filled)
                notes.append(f"the {len(filled)} parts of {grade_id} are read together")
        for i in where:
            if i != keep:
                ids[i] = ""
                if handout.cells[grade_id].locked:
                    # A copy of a locked cell is shown but not run.
                    cells[i].cell_type = "raw"
        notes.append(f"cell {grade_id} stands {len(where)} times; one is used")


def _join(cells: list[Cell], where: list[int]) -> None:
    """Let the last of several texts hold them all; one that stands twice, once."""
    texts = dict.fromkeys(cells[i].source.strip() for i in where)
    last = cells[where[-1]]
    last.source = "\n\n".join(texts)
    for i in where[:-1]:
        last.attachments = cells[i].attachments | last.attachments
        cells[i].source = ""


def _restore(cell: Cell, handout: HandoutCell, notes: list[str]) -> None:
    """Give a cell of the course its role, its type and, where locked, its text."""
    cell.role, cell.grade_id = handout.role, handout.grade_id
    if cell.cell_type != handout.cell_type:
        notes.append(f"cell {handout.grade_id} had another type; it is restored")
        cell.cell_type = handout.cell_type
    if handout.locked and squeeze(cell.source) != squeeze(handout.source):
        notes.append(f"locked cell {handout.grade_id} was edited; it is restored")
    if handout.locked:
        cell.source = handout.source


def _insert_missing(cells: list[Cell], handout: Handout, notes: list[str]) -> set[str]:
    """Put back what is not there, each behind the cell that it followed."""
    missing: set[str] = set()
    before = ""
    for grade_id, wanted in handout.cells.items():
        if not any(cell.grade_id == grade_id for cell in cells):
            index = 0
            for i, cell in enumerate(cells):
                if cell.grade_id == before and before:
                    index = i + 1
            cells.insert(
                index, Cell(wanted.role, wanted.cell_type, wanted.source, grade_id)
            )
            notes.append(f"cell {grade_id} was missing; it is put back")
            if not wanted.locked:
                missing.add(grade_id)
        before = grade_id
    return missing


def to_notebook(
    notebook: Sanitized,
    handout: Handout,
    outputs: Mapping[int, list[Any]] | None = None,
) -> dict[str, Any]:
    """Write the sanitised notebook as valid JSON of version 4, for a person to open.

    Code stays as it is. Texts and outputs are made inert, but for texts of the course
    itself.

    Parameters
    ----------
    notebook : Sanitized
        The cells.
    handout : Handout
        Gives the metadata of the course's own cells.
    outputs : mapping, optional
        Fresh outputs by index; without it, and for ``demo`` cells that have none, the
        stored ones are kept.
    """
    own = {joined(cell["source"]) for cell in handout.notebook["cells"]}
    cells = []
    for index, cell in enumerate(notebook.cells):
        metadata: dict[str, Any] = {}
        if cell.grade_id:
            position = handout.cells[cell.grade_id].position
            metadata = dict(handout.notebook["cells"][position]["metadata"])
        entry: dict[str, Any] = {
            "cell_type": cell.cell_type,
            "id": f"cell-{index}",
            "metadata": metadata,
            "source": cell.source,
        }
        if cell.cell_type != "code":
            text, attachments = clean_text(cell.source, cell.attachments)
            entry["source"] = cell.source if cell.source in own else text
            if attachments and cell.cell_type == "markdown":
                entry["attachments"] = attachments
        if cell.cell_type == "code":
            shown = cell.stored
            if outputs is not None and (cell.runs or index in outputs):
                shown = outputs.get(index, [])
            entry["execution_count"] = cell.count
            entry["outputs"] = clean_outputs(shown)
        cells.append(entry)
    return {
        "cells": cells,
        "metadata": notebook_metadata(),
        "nbformat": 4,
        "nbformat_minor": 5,
    }
