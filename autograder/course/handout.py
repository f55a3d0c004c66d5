"""The notebooks that a class hands in: which cells they have and what each is for."""

from __future__ import annotations

import glob
import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.course.exercises import find_exercises
from autograder.course.root import course_root, handouts_folder
from autograder.errors import UserError
from autograder.exercise.record import Exercise

TEST_SUFFIX = "_test"


@dataclass(frozen=True)
class HandoutCell:
    """A cell of a handout that has a ``grade_id``.

    Attributes
    ----------
    grade_id : str
        Unique in the course.
    role : str
        ``"solution"`` (the student writes it), ``"test"``, ``"manual"``, ``"given"`` or
        ``"demo"`` (without points; run only where the settings say so).
    cell_type : str
        ``"code"`` or ``"markdown"``.
    source : str
        As released.
    position : int
        Its place in the notebook.
    """

    grade_id: str
    role: str
    cell_type: str
    source: str
    position: int

    @property
    def locked(self) -> bool:
        """Whether the student must leave it as it is."""
        return self.role in ("test", "given", "demo")

    @property
    def exercise(self) -> str:
        """The id of the exercise to which a solution, test or manual cell belongs."""
        return self.grade_id.removesuffix(TEST_SUFFIX)


@dataclass
class Handout:
    """A notebook as released to students, with the records of its exercises.

    Parameters
    ----------
    name : str
        ``"lecture3/01_svm"``.
    notebook : dict
        The handout, as JSON.
    root : Path
        The course folder, which holds the exercises; by default the one this process
        is about.
    """

    name: str
    notebook: dict[str, Any] = field(repr=False)
    root: Path | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Travel to a worker without what is worked out from the notebook."""
        return {"name": self.name, "notebook": self.notebook, "root": self.root}

    @property
    def lecture(self) -> str:
        """The assignment, for example ``"lecture3"``."""
        return self.name.split("/")[0]

    @property
    def stem(self) -> str:
        """The notebook within its lecture, for example ``"01_svm"``."""
        return self.name.split("/")[1]

    @property
    def file_name(self) -> str:
        """The file as a student hands it in, for example ``"01_svm.ipynb"``."""
        return f"{self.stem}.ipynb"

    @cached_property
    def exercises(self) -> list[Exercise]:
        """The records of this notebook."""
        return find_exercises(self.root or course_root()).for_notebook(self.name)

    @cached_property
    def exercises_digest(self) -> str:
        """A hash of the files that the exercises are made of."""
        return find_exercises(self.root or course_root()).digest_of(self.name)

    @cached_property
    def cells(self) -> dict[str, HandoutCell]:
        """The cells with a ``grade_id``, in order."""
        found = {}
        for position, cell in enumerate(self.notebook["cells"]):
            meta = cell["metadata"].get("nbgrader") or {}
            if "grade_id" in meta:
                found[meta["grade_id"]] = HandoutCell(
                    meta["grade_id"],
                    _role(meta, cell["metadata"].get("tags", [])),
                    cell["cell_type"],
                    "".join(cell["source"]),
                    position,
                )
        return found

    @cached_property
    def digest(self) -> str:
        """A hash of the notebook."""
        text = json.dumps(self.notebook, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _role(meta: dict[str, Any], tags: list[str]) -> str:
    if meta.get("grade") and meta.get("solution"):
        return "manual"
    if meta.get("grade"):
        return "test"
    if meta.get("solution"):
        return "solution"
    return "demo" if "demo" in tags else "given"


def lectures(root: Path) -> list[str]:
    """List the lectures that have notebooks, in the order of the alphabet."""
    return sorted({p.parent.name for p in handouts_folder(root).glob("*/*.ipynb")})


def load_handouts(root: Path, lecture: str) -> list[Handout]:
    """Load the handouts of a lecture.

    Raises
    ------
    UserError
        There is no such lecture, or a notebook cannot be read.
    """
    known = lectures(root)
    folder = handouts_folder(root)
    sources = (root / "source").glob(f"{glob.escape(lecture)}/*.ipynb")
    if lecture not in known and any(sources):
        raise UserError(
            f"{lecture} has not been released; run `nbgrader generate_assignment "
            f"{lecture}` first"
        )
    if not known:
        raise UserError(f"{folder} holds no <lecture>/NN_topic.ipynb")
    if lecture not in known:
        raise UserError(
            f"no lecture '{lecture}' in this course; there are: {', '.join(known)}"
        )
    found = []
    for path in sorted((folder / lecture).glob("*.ipynb")):
        try:
            notebook = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise UserError(f"{path} cannot be read: {error}") from None
        found.append(Handout(f"{lecture}/{path.stem}", notebook, root))
    return found


__all__ = ["Handout", "HandoutCell", "course_root", "lectures", "load_handouts"]
