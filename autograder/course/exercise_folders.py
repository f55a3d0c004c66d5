"""Find the folders of a course's exercises by path, and the files of each.

``solutions/<lecture>/<notebook>/<id>/`` holds one exercise:

- ``checks.py``: ``EXERCISE``, the reference under the student's names, hidden checks;
- ``wrong*.py``: misconceptions; ``right*.py``: right variants;
- ``equivalent.toml``: mutants that are as right as what they were made from, and why.

Any other ``.py`` file there, beside these folders or at the top of ``solutions`` may be
imported by them, relatively; a bank that several exercises share is a file beside their
folders, which each of them names in ``SHARED``.
"""

from __future__ import annotations

import re
from pathlib import Path

from autograder.course.import_closure import import_closure
from autograder.errors import UserError

FOLDER = "solutions"
CHECKS = "checks.py"
EQUIVALENT = "equivalent.toml"


def exercise_files(root: Path, exercise_id: str) -> set[Path]:
    """Return the files that an exercise is made of.

    They are those in its folder that say what is right and wrong, and what these
    import from the course's content, directly or through one another.

    Parameters
    ----------
    root : Path
        The course folder.
    exercise_id : str
        The name of the exercise's folder.

    Raises
    ------
    KeyError
        There is no such exercise.
    """
    return files_of(find_folders(root)[exercise_id])


def files_of(folder: Path) -> set[Path]:
    """Return what :func:`exercise_files` does, for an exercise's folder."""
    own = (p for p in folder.rglob("*") if p.is_file() and _is_source(p))
    return set(import_closure(own, packages={}))


def _is_source(path: Path) -> bool:
    known = "__pycache__" not in path.parts and path.suffix != ".pyc"
    return known and path.name != EQUIVALENT


def notebook_of(folder: Path) -> str:
    """Return the notebook of an exercise's folder: ``"lecture3/01_svm"``."""
    return "/".join(folder.parts[-3:-1])


def find_folders(root: Path) -> dict[str, Path]:
    """Return the folder of each exercise of a course, by id, without loading any.

    Raises
    ------
    UserError
        There is no content; two folders have one name, or one holds Python files and
        no ``checks.py``.
    """
    content = root.resolve() / FOLDER
    if not content.is_dir():
        raise UserError(f"no folder '{FOLDER}' in {root}: it holds the exercises")
    found: dict[str, Path] = {}
    for notebook in sorted(content.glob("*/*/")):
        folders = [folder for folder in notebook.glob("*/") if any(folder.glob("*.py"))]
        order = _order(notebook.with_suffix(".py"))
        for folder in sorted(folders, key=lambda f: (order.get(f.name, len(order)), f)):
            place = folder.relative_to(content.parent).as_posix()
            if not (folder / CHECKS).is_file():
                raise UserError(
                    f"{place} holds no {CHECKS}, which declares an exercise"
                )
            if folder.name in found:
                other = found[folder.name].relative_to(content.parent).as_posix()
                raise UserError(
                    f"two exercises have the id {folder.name}: {other} and {place}; "
                    "rename one of the folders"
                )
            found[folder.name] = folder
    return found


def _order(source: Path) -> dict[str, int]:
    """Return for each cell of a notebook's source where it comes."""
    try:
        text = source.read_text("utf-8")
    except OSError:
        return {}
    ids = re.findall(r'^# %%.*"grade_id": "([^"]*)"', text, re.MULTILINE)
    return {grade_id: place for place, grade_id in enumerate(ids)}
