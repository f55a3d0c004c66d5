"""What students see differently between two states of a course.

Both states are read from the sources, and made into handouts by the same engine: what
is found is a change of the course. Pictures are those of the executed solutions.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from answer_checks.pictures import same_picture
from autograder.authoring.make_handout import make_handout
from autograder.authoring.notebook_files import find_notebooks
from autograder.authoring.problems import refuse
from autograder.authoring.source import read_source, to_notebook


@dataclass(frozen=True)
class ShownCell:
    """A cell as students get it.

    Attributes
    ----------
    kind : str
        ``"code"``, ``"markdown"`` or ``"raw"``.
    text : str
        Its source.
    points : float or None
        Of a graded cell.
    """

    kind: str
    text: str
    points: float | None = None


@dataclass(frozen=True)
class Edition:
    """A notebook of one state of a course.

    Attributes
    ----------
    cells : mapping
        By cell id, in their order.
    pictures : mapping or None
        PNG files of the executed solution, base64, by cell id; None where the state
        holds no solution that was executed.
    """

    cells: Mapping[str, ShownCell]
    pictures: Mapping[str, list[str]] | None = None

    @property
    def points(self) -> float:
        """The points of the notebook."""
        return sum(cell.points or 0 for cell in self.cells.values())


@dataclass(frozen=True)
class PicturePair:
    """A picture that is another one now; None where there was, or is, none."""

    cell: str
    number: int
    before: str | None
    after: str | None


@dataclass(frozen=True)
class CellChange:
    """A cell that is new, gone, moved or another one now."""

    cell: str
    before: ShownCell | None
    after: ShownCell | None

    def diff(self) -> list[str]:
        """Return the lines of a unified diff of the texts."""
        old, new = (
            one.text.split("\n") if one else [] for one in (self.before, self.after)
        )
        lines = list(difflib.unified_diff(old, new, lineterm="", n=2))
        return lines[2:]  # without the names of files


@dataclass(frozen=True)
class NotebookChange:
    """All that differs in one notebook.

    Attributes
    ----------
    name : str
        Such as ``"lecture3/01_svm"``.
    before, after : Edition or None
        None where the notebook is new, or gone.
    cells : list of CellChange
        In the order of the notebook, those that are gone last.
    reordered : bool
        Whether cells that stay have changed places.
    pictures : list of PicturePair
        Those that differ by more than two machines do.
    """

    name: str
    before: Edition | None
    after: Edition | None
    cells: list[CellChange] = field(default_factory=list)
    reordered: bool = False
    pictures: list[PicturePair] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether there is any difference."""
        whole = self.before is None or self.after is None
        return whole or bool(self.cells or self.reordered or self.pictures)


def read_editions(root: Path) -> dict[str, Edition]:
    """Read every notebook of a course folder as students get it, by its name.

    Raises
    ------
    UserError
        A source cannot be read.
    """
    found: dict[str, Edition] = {}
    for files in find_notebooks(root):
        source, problems = read_source(files)
        refuse(problems)
        if source is not None:
            handout = make_handout(to_notebook(source))
            found[files.name] = Edition(_cells(handout), _pictures(files.solution))
    # Editions in other languages are generated, and lie one folder deeper.
    for path in sorted((root / "notebooks").glob("*/*/*.ipynb")):
        name = path.relative_to(root / "notebooks").with_suffix("").as_posix()
        if ".ipynb_checkpoints" in path.parts:
            continue
        found[name] = Edition(_cells(json.loads(path.read_text("utf-8"))))
    return found


def _cells(notebook: Mapping[str, Any]) -> dict[str, ShownCell]:
    made: dict[str, ShownCell] = {}
    for cell in notebook["cells"]:
        own = cell["metadata"].get("nbgrader", {})
        name = own.get("grade_id") or cell["id"]
        made[name] = ShownCell(
            cell["cell_type"], "".join(cell["source"]), own.get("points")
        )
    return made


def _pictures(path: Path) -> dict[str, list[str]] | None:
    """Read the pictures that an executed solution stores."""
    if not path.is_file():
        return None
    found: dict[str, list[str]] = {}
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        shown = [
            out.get("data", {}).get("image/png") for out in cell.get("outputs", [])
        ]
        pictures = ["".join(picture) for picture in shown if picture]
        if pictures:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id") or cell["id"]
            found[name] = pictures
    return found


def compare(
    before: Mapping[str, Edition], after: Mapping[str, Edition]
) -> list[NotebookChange]:
    """List the notebooks that students see differently, sorted by name."""
    names = sorted({*before, *after})
    made = [_compare(name, before.get(name), after.get(name)) for name in names]
    return [change for change in made if change]


def _compare(
    name: str, before: Edition | None, after: Edition | None
) -> NotebookChange:
    if before is None or after is None:
        return NotebookChange(name, before, after)
    old, new = before.cells, after.cells
    cells = [
        CellChange(cell, old.get(cell), new.get(cell))
        for cell in (*new, *(c for c in old if c not in new))
        if old.get(cell) != new.get(cell)
    ]
    order = [c for c in old if c in new] != [c for c in new if c in old]
    pairs = list(_pairs(before.pictures, after.pictures))
    return NotebookChange(name, before, after, cells, order, pairs)


def _pairs(
    before: Mapping[str, list[str]] | None, after: Mapping[str, list[str]] | None
) -> Iterator[PicturePair]:
    if before is None or after is None:
        return
    for cell in (*after, *(c for c in before if c not in after)):
        old, new = before.get(cell, []), after.get(cell, [])
        for number in range(max(len(old), len(new))):
            one = old[number] if number < len(old) else None
            other = new[number] if number < len(new) else None
            if one is None or other is None or not same_picture(one, other):
                yield PicturePair(cell, number + 1, one, other)
