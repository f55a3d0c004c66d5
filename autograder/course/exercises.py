"""Load the exercises of a course, each when it is first asked for.

Where they lie is told by :mod:`autograder.course.exercise_folders`.
"""

from __future__ import annotations

import importlib
import itertools
import sys
import threading
import tomllib
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.course.digests import hash_files
from autograder.course.exercise_folders import (
    CHECKS,
    EQUIVALENT,
    FOLDER,
    files_of,
    find_folders,
    notebook_of,
)
from autograder.course.root import course_root
from autograder.errors import UserError
from autograder.exercise.hidden_check import Check
from autograder.exercise.marks import Answer, Kind, mark_of
from autograder.exercise.record import Exercise

BANKS = {"wrong*.py": Kind.MISCONCEPTION, "right*.py": Kind.VARIANT}
_COUNT = itertools.count(1)
_LOCK = threading.Lock()
_HERE: ContextVar[Path | None] = ContextVar("course", default=None)
HOME = {Kind.MISCONCEPTION: "wrong.py", Kind.VARIANT: "right.py"}


class Exercises(Mapping[str, Exercise]):
    """The exercises of one course, by id: notebook by notebook, as their cells stand.

    Parameters
    ----------
    root : Path
        The course folder.

    Raises
    ------
    UserError
        Two folders have one name, or one holds Python files and no ``checks.py``. A
        look at an exercise raises it where its files are at fault.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.content = self.root / FOLDER
        self.folders = find_folders(self.root)
        self._loaded: dict[str, Exercise] = {}
        self._lock = threading.RLock()
        # Loaded modules live in one table of the process: each course has a name there.
        self._package = f"course_{next(_COUNT)}"

    def __getitem__(self, exercise_id: str) -> Exercise:
        with self._lock:
            if exercise_id not in self._loaded:
                folder = self.folders[exercise_id]
                self._loaded[exercise_id] = self._load(folder)
            return self._loaded[exercise_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.folders)

    def __len__(self) -> int:
        return len(self.folders)

    def all_exercises(self) -> list[Exercise]:
        """Return every exercise."""
        return list(self.values())

    def for_notebook(self, notebook: str) -> list[Exercise]:
        """Return the exercises of a notebook such as ``"lecture3/01_svm"``."""
        return [self[name] for name in self.ids_of(notebook)]

    def ids_of(self, notebook: str) -> list[str]:
        """Return the ids of a notebook's exercises, without loading them."""
        return [i for i, f in self.folders.items() if notebook_of(f) == notebook]

    def for_lecture(self, lecture: str) -> list[Exercise]:
        """Return the exercises of a lecture such as ``"lecture3"``."""
        return [self[i] for i, f in self.folders.items() if f.parts[-3] == lecture]

    def digest_of(self, notebook: str) -> str:
        """Return a hash of the files that the exercises of a notebook are made of."""
        return self._hash(self.ids_of(notebook))

    def digest_of_one(self, exercise_id: str) -> str:
        """Return a hash of the files that one exercise is made of."""
        return self._hash([exercise_id])

    def _hash(self, ids: list[str]) -> str:
        files = {p for i in ids for p in files_of(self.folders[i])}
        return hash_files({p.relative_to(self.content).as_posix(): p for p in files})

    def module(self, name: str) -> ModuleType:
        """Load a file of the course's content.

        Parameters
        ----------
        name : str
            Its path without the ending, seen from ``solutions``, for example
            ``"lecture3/01_svm/l3_svm_loss_i/checks"``.

        Raises
        ------
        UserError
            It cannot be imported.
        """
        *folders, _ = parts = name.split("/")
        path = self.content
        _add_package(self._package, path)
        for i, folder in enumerate(folders):
            path = path / folder
            _add_package(".".join([self._package, *folders[: i + 1]]), path)
        file = self.content / f"{name}.py"
        try:
            return importlib.import_module(".".join([self._package, *parts]))
        except Exception as error:
            raise UserError(_import_fault(self.root, file, error)) from error

    def _load(self, folder: Path) -> Exercise:
        place = folder.relative_to(self.content).as_posix()
        file = _shown(self.root, folder / CHECKS)
        checks = self.module(f"{place}/checks")
        declared = getattr(checks, "EXERCISE", None)
        if not isinstance(declared, Exercise):
            raise UserError(f"{file} does not define EXERCISE = Exercise(...)")
        exercise = replace(
            declared,
            id=folder.name,
            notebook=notebook_of(folder),
            equivalent=_equivalent(self.root, folder / EQUIVALENT),
            reference_names={},
            checks=[c for v in vars(checks).values() for c in _listed(v, Check)],
            misconceptions=[],
            variants=[],
        )
        for name in exercise.names:
            if name not in vars(checks):
                raise UserError(
                    f"{file} does not define {name}, which EXERCISE names: write the "
                    "reference under the student's name"
                )
            exercise.reference_names[name] = vars(checks)[name]
        _weigh(exercise, file)
        for pattern, kind in BANKS.items():
            for path in sorted(folder.glob(pattern)):
                bank = self.module(f"{place}/{path.stem}")
                self._add(exercise, bank, kind)
        return exercise

    def _add(self, exercise: Exercise, bank: ModuleType, kind: Kind) -> None:
        file = _shown(self.root, Path(str(bank.__file__)))
        shared = getattr(bank, "SHARED", ())
        for module in shared:
            self._add(exercise, module, kind)
        found = list(_marked(bank))
        if not found and not shared:
            raise UserError(f"{file} marks no {kind}: put @{kind}(...) above each")
        for known, mark in found:
            what = known if mark is None else mark
            if what.kind is not kind:
                name = what.says if mark is None else known.__name__
                raise UserError(
                    f"{file} marks {name!r} as a {what.kind}: move it to "
                    f"{HOME[what.kind]}"
                )
            try:
                exercise.add(known, mark)
            except ValueError as error:
                raise UserError(f"{file}: {error}") from None


def find_exercises(root: Path) -> Exercises:
    """Return the exercises of the course in `root`, each loaded once in a process."""
    with _LOCK:
        return _find(root.resolve())


@cache
def _find(root: Path) -> Exercises:
    return Exercises(root)


def _add_package(name: str, folder: Path) -> None:
    """Let `folder` be a package, whatever it is called and without an ``__init__``.

    A notebook's source beside the folder of its exercises has the same name: the
    importer would take it for the package.
    """
    if name in sys.modules:
        return
    importlib.invalidate_caches()
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    sys.modules[name] = module_from_spec(spec)


def _import_fault(root: Path, file: Path, error: Exception) -> str:
    """Say in one line where in the course an import failed, and why."""
    line = 0
    if isinstance(error, SyntaxError) and error.filename:
        file, line = Path(error.filename), error.lineno or 0
    else:
        for frame in traceback.extract_tb(error.__traceback__):
            if Path(frame.filename).is_relative_to(root / FOLDER):
                file, line = Path(frame.filename), frame.lineno or 0
    where = f"{_shown(root, file)}:{line}" if line else _shown(root, file)
    first = str(error).strip().split("\n")[0]
    return f"{where} cannot be imported: {type(error).__name__}: {first}"


def _shown(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _listed(value: Any, kind: type) -> list[Any]:
    """Return `value`, or the values in it, that are of a kind."""
    values = value if isinstance(value, list | tuple) else [value]
    return [item for item in values if isinstance(item, kind)]


def _marked(bank: ModuleType) -> Iterator[tuple[Any, Any]]:
    """Yield what a file itself marks, each with its mark, and its answers."""
    for value in vars(bank).values():
        mark = mark_of(value)
        if mark is not None and value.__module__ == bank.__name__:
            yield value, mark
        for answer in _listed(value, Answer):
            yield answer, None


def _equivalent(root: Path, path: Path) -> dict[str, str]:
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UserError(f"{_shown(root, path)} cannot be read: {error}") from None
    if not all(isinstance(reason, str) for reason in found.values()):
        raise UserError(f"{_shown(root, path)}: each mutant must have a reason, a text")
    return found


def _weigh(exercise: Exercise, file: str) -> None:
    """Hold the points of the checks to those of the exercise."""
    if exercise.kind == "manual":
        return
    total = sum(check.points for check in exercise.checks)
    if abs(total - exercise.points) > 1e-9:
        raise UserError(
            f"{file}: the checks give {total:g} points, and EXERCISE says "
            f"{exercise.points:g}"
        )


# The course that this process is about ------------------------------------------------


@contextmanager
def at_course(root: Path | None) -> Iterator[None]:
    """Let this thread be about the course in `root`; None changes nothing."""
    before = _HERE.set(root or _HERE.get())
    try:
        yield
    finally:
        _HERE.reset(before)


def course_exercises() -> Exercises:
    """Return the exercises of this course."""
    return find_exercises(_HERE.get() or course_root())


def all_exercises() -> list[Exercise]:
    """Return every exercise of this course, lecture by lecture."""
    return course_exercises().all_exercises()


def get(exercise_id: str) -> Exercise:
    """Return the exercise of this course with this id.

    Raises
    ------
    KeyError
        There is none.
    """
    return course_exercises()[exercise_id]


def for_notebook(notebook: str) -> list[Exercise]:
    """Return the exercises of a notebook of this course, in order."""
    return course_exercises().for_notebook(notebook)


def for_lecture(lecture: str) -> list[Exercise]:
    """Return the exercises of a lecture of this course, in order."""
    return course_exercises().for_lecture(lecture)


__all__: Sequence[str] = [
    "Exercises",
    "all_exercises",
    "at_course",
    "course_exercises",
    "find_exercises",
    "for_lecture",
    "for_notebook",
    "get",
]
