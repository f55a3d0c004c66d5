"""The courses and classes that all graders get alike."""

from __future__ import annotations

import functools
import itertools
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.commands.demo import run_notebook
from autograder.course.course import FILE_NAME, load_course
from autograder.course.handout import Handout, load_handouts
from autograder.course.settings import Settings
from autograder.demo_class import PEOPLE, Person, hand_in
from autograder.sandbox.rungs import choose

ROOT = Path(__file__).parents[2]
# A file that is no notebook stops plain nbgrader's run of it, and the hostile one wins
# points from it, so neither could be compared.
LEFT_OUT = tuple(p for p in PEOPLE if p.extra or p.spoil(b"{}") != b"{}")
KINDS = tuple(p for p in PEOPLE if p not in LEFT_OUT)


def make_course(
    root: Path, lectures: Sequence[str], only: Sequence[str] = (), demo: str = "out"
) -> list[Handout]:
    """Write a course folder: solutions and handouts of some notebooks.

    Parameters
    ----------
    root : Path
        Where.
    lectures : sequence of str
        Of this course.
    only : sequence of str
        Names such as ``"01_svm"``; empty means all.
    demo : str
        ``"out"`` takes the ``demo`` cells out of all notebooks, ``"run"`` lets them be
        run by this grader too, ``"plain"`` makes them cells like any other, whose
        pictures it draws as well. Plain nbgrader knows no difference.

    Returns
    -------
    list of Handout
        Its notebooks.
    """
    for kind, lecture in itertools.product(("solutions", "notebooks"), lectures):
        place = root / kind / lecture
        place.mkdir(parents=True)
        for path in sorted((ROOT / kind / lecture).glob("*.ipynb")):
            if only and path.stem not in only:
                continue
            notebook = json.loads(path.read_text("utf-8"))
            notebook["cells"] = _cells(notebook["cells"], demo)
            (place / path.name).write_text(json.dumps(notebook))
    # The exercises, and what they share.
    notebooks = shutil.ignore_patterns("*.ipynb", "__pycache__")
    shutil.copytree(
        ROOT / "solutions", root / "solutions", ignore=notebooks, dirs_exist_ok=True
    )
    libraries = list(load_course(ROOT).library_names)
    (root / FILE_NAME).write_text(
        f'demo_cells = "{"run" if demo == "run" else "skip"}"\n'
        f'libraries = {json.dumps(libraries)}\nprobes = "solutions/probes.py"\n'
    )
    return [handout for lecture in lectures for handout in load_handouts(root, lecture)]


def _cells(cells: list[dict[str, Any]], demo: str) -> list[dict[str, Any]]:
    kept = []
    for cell in cells:
        tags = cell["metadata"].get("tags", [])
        if "demo" in tags:
            if demo == "out":
                continue
            if demo == "plain":
                cell["metadata"]["tags"] = [tag for tag in tags if tag != "demo"]
        kept.append(cell)
    return kept


def make_kinds(
    handouts: Sequence[Handout], folder: Path, kinds: Sequence[Person]
) -> None:
    """Write one submission of each kind, with the outputs of a run in it."""
    with choose(code=load_course(ROOT).code)[1] as sandbox:
        for handout in handouts:
            run = functools.partial(
                run_notebook,
                handout=handout,
                sandbox=sandbox,
                whole=True,
                settings=Settings(),
            )
            for person in kinds:
                hand_in(person, handout, folder, run)


def make_class(
    kinds_folder: Path, folder: Path, kinds: Sequence[Person], number: int
) -> list[str]:
    """Write a class: the kinds in turn, each under a name of its own.

    Returns
    -------
    list of str
        The students.
    """
    names = []
    for i in range(number):
        names.append(f"student-{i:05}")
        shutil.copytree(kinds_folder / kinds[i % len(kinds)].name, folder / names[-1])
    return names
