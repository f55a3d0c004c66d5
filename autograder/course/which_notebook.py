"""Tell which notebook of the course a file is, where it is not the one asked for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder.cleaning.notebook import joined
from autograder.course.root import course_root, handouts_folder
from autograder.errors import UserError

FEWEST = 2  # cells that a file must share with a notebook to look like it


def looks_like(cells: Iterable[Any], root: Path | None) -> str:
    """Return the name of the notebook that most of a file's cells are from.

    Parameters
    ----------
    cells : iterable
        Those of the file, of any form.
    root : Path or None
        The course folder; by default the one that this process is about.

    Returns
    -------
    str
        For example ``"lecture3/02_softmax"``; empty where it is none of them, or where
        this machine has no notebooks to compare with.
    """
    marks = {mark for cell in cells for mark in _marks(cell)}
    try:
        course = _marks_of_course(root or course_root())
    except UserError:
        return ""
    shared = {name: len(marks & own) for name, own in course.items()}
    name = max(shared, key=lambda name: shared[name], default="")
    return name if name and shared[name] >= FEWEST else ""


@lru_cache(maxsize=4)
def _marks_of_course(root: Path) -> dict[str, frozenset[str]]:
    """Return what each notebook's cells are known by: ids and texts of its own."""
    found: dict[str, frozenset[str]] = {}
    for path in sorted(handouts_folder(root).glob("*/*.ipynb")):
        try:
            cells = json.loads(path.read_text("utf-8"))["cells"]
        except (OSError, ValueError, KeyError):
            continue
        own = frozenset(mark for cell in cells for mark in _marks(cell))
        found[f"{path.parent.name}/{path.stem}"] = own
    times = Counter(mark for own in found.values() for mark in own)
    return {
        name: frozenset(m for m in own if times[m] == 1) for name, own in found.items()
    }


def _marks(cell: Any) -> list[str]:
    if not isinstance(cell, Mapping):
        return []
    text = " ".join(joined(cell.get("source")).split())
    marks = [text] if len(text) > 40 else []
    metadata = cell.get("metadata")
    meta = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    if isinstance(meta, Mapping) and isinstance(meta.get("grade_id"), str):
        marks.append(f"id {meta['grade_id']}")
    return marks
