"""Tell what a file is: a notebook of the lecture, another one, or something else.

The cells decide, by their ids and texts; the file's name only where they say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from autograder.cleaning.notebook import joined
from autograder.course.handout import Handout
from autograder.course.which_notebook import looks_like
from autograder.judging.recover import squeeze, texts_of
from autograder.judging.submitted_file import Unreadable, read
from autograder.notebook_name import lecture_of, stem_of

NOTEBOOK = re.compile(r"\.ipynb(?:\.txt|\.json)?", re.IGNORECASE)
GRADE_ID = re.compile(rb'"grade_id"\s*:\s*"([^"\\]+)"')
# What people hand in instead of a notebook, by the end of its name.
INSTEAD = {
    ".html": "a web page",
    ".htm": "a web page",
    ".pdf": "a PDF",
    ".py": "a Python program",
    ".doc": "a document",
    ".docx": "a document",
    ".hwp": "a document",
    ".png": "a picture",
    ".jpg": "a picture",
    ".jpeg": "a picture",
    ".heic": "a picture",
    ".rar": "a RAR archive: unpack it, then collect its folder",
    ".7z": "a 7z archive: unpack it, then collect its folder",
    ".tar": "a tar archive: unpack it, then collect its folder",
    ".gz": "a gzip archive: unpack it, then collect its folder",
    ".tgz": "a gzip archive: unpack it, then collect its folder",
    ".xz": "an xz archive: unpack it, then collect its folder",
    ".url": "a link to a page",
    ".webloc": "a link to a page",
    ".gdoc": "a link to a document of Google",
    ".crdownload": "a download that was not finished",
    ".part": "a download that was not finished",
}
# How browsers, systems and platforms mark a copy of a file.
COPY = r"(?:[ _-]*(?:\(\d+\)|copy\d*|(?<=-)\d+|copy of))*"


class Worth(IntEnum):
    """How much a file holds of what was asked for; more comes before less."""

    UNREADABLE = 0  # named after the notebook, and no cell of it can be read
    BLANK = 1
    ANSWERED = 2


@dataclass(frozen=True)
class Content:
    """What a file is.

    Attributes
    ----------
    notebook : str
        ``"lecture3/01_svm"``; empty where it is none of the lecture.
    worth : Worth
        What it holds of it.
    named : str
        The notebook that its name tells of, where that is another one.
    why : str
        Why it is no notebook of the lecture, or cannot be read; for people.
    other : str
        The notebook of another lecture that it is.
    """

    notebook: str = ""
    worth: Worth = Worth.UNREADABLE
    named: str = ""
    why: str = ""
    other: str = ""


class Contents:
    """Tells what files are, for one lecture.

    Parameters
    ----------
    handouts : sequence of Handout
        The notebooks of the lecture.
    root : Path
        The course folder.
    limit : int
        The most bytes of a notebook that are read.
    """

    def __init__(self, handouts: Sequence[Handout], root: Path, limit: int) -> None:
        self.limit = limit
        self._root = root
        self._handouts = {handout.name: handout for handout in handouts}
        self._texts = {h.name: texts_of(h) for h in handouts}
        self._names = {h.name: names_of(h.stem) for h in handouts}

    def named(self, file_name: str) -> str:
        """Return the notebook of the lecture that a file is named after, if any."""
        found = [n for n, names in self._names.items() if names.search(file_name)]
        return found[0] if len(found) == 1 else ""

    def is_wanted(self, file_name: str) -> bool:
        """Tell by its name whether a file may be a notebook."""
        return bool(NOTEBOOK.search(file_name)) or file_name.lower().endswith(".json")

    def tell(self, file_name: str, data: bytes) -> Content:
        """Tell what a file is.

        Parameters
        ----------
        file_name : str
            Its name.
        data : bytes
            All of it, or more than the limit.
        """
        named = self.named(file_name)
        try:
            cells = read(data, self.limit)["cells"]
        except Unreadable as unreadable:
            return Content(named, why=str(unreadable))
        name = self._by_ids(cells) or looks_like(cells, self._root)
        if not name and self._is_copy(cells, named):
            name = named
        if name in self._handouts:
            worth = Worth.ANSWERED if self._answers(cells, name) else Worth.BLANK
            return Content(name, worth, named if named != name else "")
        if name:
            lecture, stem = lecture_of(name), stem_of(name)
            why = f"it is {stem} of {lecture}: `collect {lecture}` takes it"
            return Content(why=why, other=name)
        return Content(named, why="none of its cells is of a notebook of this course")

    def is_own(self, data: bytes, name: str) -> bool:
        """Tell at little cost whether a file has any cell of a notebook, by its id.

        Parameters
        ----------
        data : bytes
            The file.
        name : str
            One of the lecture's notebooks.
        """
        known = self._handouts[name].cells
        # The first cell of a notebook tells, as a rule; the rest need not be read.
        return any(
            found[1].decode("utf-8", "replace") in known
            for found in GRADE_ID.finditer(data)
        )

    def _by_ids(self, cells: Iterable[Any]) -> str:
        """Return the notebook of the lecture that most cells are from, by their ids."""
        ids = {grade_id for cell in cells if (grade_id := id_of(cell))}
        shared = {
            name: len(ids & handout.cells.keys())
            for name, handout in self._handouts.items()
        }
        most = max(shared.values(), default=0)
        found = [name for name, count in shared.items() if most and count == most]
        return found[0] if len(found) == 1 else ""

    def _is_copy(self, cells: Iterable[Any], name: str) -> bool:
        """Tell whether any cell has a text of the notebook that a file is named after.

        In a short notebook that is all there is to tell it by.
        """
        texts = self._texts.get(name, set()) - {""}
        return any(squeeze(source_of(cell)) in texts for cell in cells)

    def _answers(self, cells: Iterable[Any], name: str) -> bool:
        """Tell whether a student wrote anything where answers go, or a cell of own."""
        handout, texts = self._handouts[name], self._texts[name]
        for cell in cells:
            text = squeeze(source_of(cell))
            wanted = handout.cells.get(id_of(cell))
            if wanted is not None and wanted.locked:
                continue
            if text and text not in texts and not sets_up(text):
                return True
        return False


def id_of(cell: Any) -> str:
    """Return the id that nbgrader gave a cell; empty without one."""
    metadata = cell.get("metadata") if isinstance(cell, Mapping) else None
    meta = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    grade_id = meta.get("grade_id") if isinstance(meta, Mapping) else None
    return grade_id if isinstance(grade_id, str) else ""


def source_of(cell: Any) -> str:
    """Return a cell's text; empty where it has none."""
    return joined(cell.get("source")) if isinstance(cell, Mapping) else ""


def sets_up(text: str) -> bool:
    r"""Tell whether a cell only makes a service ready, as Colab needs it.

    Examples
    --------
    >>> sets_up("!pip install x\nfrom google.colab import drive"), sets_up("x = 1")
    (True, False)
    """
    starts = ("#", "%", "!", "import ", "from ", "drive.mount(")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    # The cell that a release puts into its notebooks tells Colab by this variable.
    return "COLAB_RELEASE_TAG" in text or all(line.startswith(starts) for line in lines)


def instead(file_name: str) -> str:
    """Say by its name what a file is that is no notebook.

    Examples
    --------
    >>> instead("01_svm.pdf"), instead("notes.txt")
    ('a PDF, not a notebook', 'not a notebook')
    """
    end = Path(file_name).suffix.lower()
    kind = INSTEAD.get(end)
    if kind is None:
        return "not a notebook"
    return kind if ":" in kind else f"{kind}, not a notebook"


def names_of(stem: str) -> re.Pattern[str]:
    """Return what finds a notebook's stem in the names that people give its file.

    Examples
    --------
    >>> names_of("01_svm").search("Kim - 01 SVM (1).ipynb") is not None
    True
    >>> names_of("01_svm").search("101_svm.ipynb") is None
    True
    """
    words = r"[ _-]+".join(map(re.escape, re.split(r"[ _-]+", stem)))
    return re.compile(rf"(?<![a-z0-9]){words}(?![a-z0-9])", re.IGNORECASE)


def without_notebook(file_name: str, stems: Iterable[str]) -> str:
    """Return what a file's name holds beside the notebook's: perhaps the student.

    Examples
    --------
    >>> without_notebook("Hong Gildong_01_svm (1).ipynb", ["01_svm"])
    'Hong Gildong'
    >>> without_notebook("01_svm - Copy.ipynb", ["01_svm"])
    ''
    """
    text = NOTEBOOK.sub("", file_name)
    for stem in stems:
        text = names_of(stem).sub(" ", text)
    text = re.sub(rf"{COPY}\s*$|^\s*copy of\b", "", text, flags=re.IGNORECASE)
    return text.strip(" _-.,()")
