"""The notebooks that a class hands in: which cells they have and what each is for."""

from __future__ import annotations

import glob
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.course.bundle import pack_exercises
from autograder.course.cells import (
    TEST_SUFFIX,
    CellRole,
    HandoutCell,
    exercise_of,
    nbgrader_metadata,
    role_of,
)
from autograder.course.exercise_folders import FOLDER
from autograder.course.exercises import Exercises, find_exercises
from autograder.course.root import course_root, handouts_folder
from autograder.course.whole_tests import whole_tests
from autograder.errors import UserError
from autograder.exercise.kinds import ExerciseKind
from autograder.exercise.record import Exercise
from autograder.notebook_name import lecture_of, stem_of


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
    without_exercise : mapping
        The graded cells that have no exercise behind them and are graded as nbgrader
        would: for the id of each, the test to run, its hidden region included.
    translations : mapping
        The same notebook in other languages, as JSON, by the languages' names.
    language : str
        That of `notebook`; empty for the one in which the course is written.
    """

    name: str
    notebook: dict[str, Any] = field(repr=False)
    root: Path | None = None
    without_exercise: Mapping[str, str] = field(default_factory=dict, repr=False)
    translations: Mapping[str, dict[str, Any]] = field(default_factory=dict, repr=False)
    language: str = ""

    def __getstate__(self) -> dict[str, Any]:
        """Travel to a worker without what is worked out from the notebook."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def in_language(self, language: str) -> Handout:
        """Return the edition in one of the languages of `translations`."""
        notebook = self.translations[language]
        return replace(self, notebook=notebook, translations={}, language=language)

    @property
    def lecture(self) -> str:
        """The assignment, for example ``"lecture3"``."""
        return lecture_of(self.name)

    @property
    def stem(self) -> str:
        """The notebook within its lecture, for example ``"01_svm"``."""
        return stem_of(self.name)

    @property
    def file_name(self) -> str:
        """The file as a student hands it in, for example ``"01_svm.ipynb"``."""
        return f"{self.stem}.ipynb"

    @cached_property
    def exercises(self) -> list[Exercise]:
        """The records of this notebook, and one for each graded cell without one."""
        own = self._content()
        records = own.for_notebook(self.name) if own else []
        cells = [self.cells[grade_id] for grade_id in self.without_exercise]
        if not cells:
            return records
        order = {cell.exercise: cell.position for cell in self.cells.values()}
        found = [*records, *(_exercise_of(self.name, cell) for cell in cells)]
        return sorted(found, key=lambda exercise: order.get(exercise.id, -1))

    @cached_property
    def exercises_digest(self) -> str:
        """A hash of the files that the exercises are made of."""
        own = self._content()
        return own.digest_of(self.name) if own else ""

    @property
    def edition(self) -> str:
        """A short hash of the notebook and its exercises."""
        both = f"{self.digest} {self.exercises_digest}"
        return hashlib.sha256(both.encode()).hexdigest()[:16]

    def digest_of(self, exercise: Exercise) -> str:
        """Return a hash of the files that one exercise is made of, if any."""
        own = self._content()
        return own.digest_of_one(exercise.id) if own and exercise.id in own else ""

    def _content(self) -> Exercises | None:
        """Return the course's exercises; None where no cell needs them."""
        root = self.root or course_root()
        graded = {cell.grade_id for cell in self.cells.values() if cell.graded}
        if graded <= self.without_exercise.keys() and not (root / FOLDER).is_dir():
            return None
        return find_exercises(root)

    def graded_cell(self, exercise_id: str) -> str:
        """Return the ``grade_id`` of the cell that has the points of an exercise."""
        found = (c.grade_id for c in self.cells.values() if c.exercise == exercise_id)
        graded = (name for name in found if self.cells[name].graded)
        return next(graded, f"{exercise_id}{TEST_SUFFIX}")

    def answers_before(self, grade_id: str) -> list[str]:
        """Return the solution cells that a test is about: the nearest ones before it.

        Parameters
        ----------
        grade_id : str
            The test cell.
        """
        answers: list[str] = []
        tested = False
        for cell in self.cells.values():
            if cell.grade_id == grade_id:
                return answers
            if cell.role is CellRole.SOLUTION:
                answers = [cell.grade_id] if tested else [*answers, cell.grade_id]
                tested = False
            elif cell.graded:
                tested = True
        return []

    def pack_exercises(self) -> bytes:
        """Pack the exercises for a machine that holds no course."""
        return pack_exercises(self.root or course_root(), self.name)

    @cached_property
    def cells(self) -> dict[str, HandoutCell]:
        """The cells with a ``grade_id``, in order."""
        found = {}
        graded = {
            meta["grade_id"]
            for cell in self.notebook["cells"]
            if (meta := nbgrader_metadata(cell))
            and (meta.get("grade") or meta.get("task"))
        }
        for position, cell in enumerate(self.notebook["cells"]):
            meta = nbgrader_metadata(cell)
            if meta:
                found[meta["grade_id"]] = HandoutCell(
                    meta["grade_id"],
                    role_of(meta, cell),
                    cell["cell_type"],
                    "".join(cell["source"]),
                    position,
                    exercise_of(meta["grade_id"], graded),
                    float(meta.get("points") or 0),
                )
        return found

    @cached_property
    def digest(self) -> str:
        """A hash of the notebook and of the tests that nobody sees in it."""
        parts = [self.notebook, *sorted(self.without_exercise.items())]
        text = json.dumps(parts if self.without_exercise else parts[0], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _exercise_of(notebook: str, cell: HandoutCell) -> Exercise:
    kind = ExerciseKind.NBGRADER if cell.role is CellRole.TEST else ExerciseKind.MANUAL
    return Exercise(cell.exercise, notebook, cell.points, kind=kind)


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
        notebook = _read(path)
        handout = Handout(f"{lecture}/{path.stem}", notebook, root)
        tests = whole_tests(root, handout.name, handout.cells.values())
        others = _translations(folder, handout)
        found.append(replace(handout, without_exercise=tests, translations=others))
    return found


def _translations(folder: Path, handout: Handout) -> dict[str, dict[str, Any]]:
    """Read a handout in the languages in which there is one, by their names."""
    place = f"{glob.escape(handout.lecture)}/{glob.escape(handout.file_name)}"
    found = sorted(folder.glob(f"*/{place}"))
    return {path.parents[1].name: _read(path) for path in found}


def _read(path: Path) -> dict[str, Any]:
    try:
        notebook: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"{path} cannot be read: {error}") from None
    return notebook


__all__ = ["Handout", "HandoutCell", "course_root", "lectures", "load_handouts"]
