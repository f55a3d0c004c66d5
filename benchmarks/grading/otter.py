"""otter-grader: an environment of its own, and the exercises as its assignments.

Every exercise is a test file of otter with one hidden test case, which calls the hidden
tests that the solutions call, at the same place: behind the exercise's test cell. Each
notebook is graded by ``otter run``, the way without containers.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from autograder.course.cells import TEST_SUFFIX
from autograder.course.handout import Handout
from autograder.exercise.kinds import ExerciseKind
from benchmarks.grading.material import ROOT
from benchmarks.grading.measure import Command, Cost, run

OTTER = "otter-grader==7.0.0"
# What a notebook loads is of the versions that the other graders have.
ALIKE = ("numpy", "matplotlib", "ipykernel", "ipython", "nbclient", "nbformat")
TEST = """\
from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = {points}


@test_case(hidden=True)
def hidden(env):
    from autograder import hidden_tests

    hidden_tests({name!r}, env)
"""
LOOP = """
import json, subprocess, sys
for words in json.load(open(sys.argv[1])):
    subprocess.run(words, check=True)
"""


class NoOtterError(Exception):
    """It cannot be installed here; the message says why in one line."""


def install(folder: Path) -> Path:
    """Install otter-grader into an environment of its own; return its Python.

    Parameters
    ----------
    folder : Path
        Where; what an earlier run has installed there is used.

    Raises
    ------
    NoOtterError
        It cannot be installed.
    """
    python = folder / "bin" / "python"
    wanted = [OTTER, *(f"{name}=={version(name)}" for name in ALIKE)]
    done = folder / "installed.json"
    if done.is_file() and json.loads(done.read_text("utf-8")) == wanted:
        return python
    try:
        make = [sys.executable, "-m", "venv", "--clear", str(folder)]
        subprocess.run(make, check=True, capture_output=True, text=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", *wanted]
        subprocess.run(pip, check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        lines = [line for line in error.stderr.splitlines() if "ERROR" in line]
        raise NoOtterError(lines[-1] if lines else str(error)) from None
    except OSError as error:
        raise NoOtterError(str(error)) from None
    done.write_text(json.dumps(wanted), "utf-8")
    return python


def make_assignment(
    python: Path, handout: Handout, folder: Path, environment: Mapping[str, str]
) -> Path:
    """Make the archive that ``otter run`` grades a notebook with."""
    tests = folder / "tests"
    tests.mkdir(parents=True)
    for exercise in handout.exercises:
        if exercise.kind is not ExerciseKind.MANUAL:
            text = TEST.format(name=exercise.id, points=exercise.points)
            (tests / f"{exercise.id}.py").write_text(text, "utf-8")
    archive = folder / "autograder.zip"
    words = [python, "-m", "otter", "generate", "-t", tests, "-o", archive]
    words += ["--no-config", "--no-requirements", "--no-environment"]
    command = Command([str(word) for word in words], folder, environment)
    run([command], folder / "log")
    return archive


def mark_checks(source: Path, place: Path) -> None:
    """Copy a notebook and have otter check each exercise behind its test cell."""
    notebook = json.loads(source.read_text("utf-8"))
    for cell in notebook["cells"]:
        meta = cell["metadata"]
        grade_id = str(meta.get("nbgrader", {}).get("grade_id", ""))
        if grade_id.endswith(TEST_SUFFIX):
            meta["otter"] = {"tests": [grade_id.removesuffix(TEST_SUFFIX)]}
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(notebook), "utf-8")


def grade(
    python: Path,
    handouts: Sequence[Handout],
    submitted: Path,
    students: Sequence[str],
    place: Path,
    jobs: int,
) -> tuple[dict[str, Cost], dict[tuple[str, str], bool]]:
    """Grade a class, `jobs` notebooks at a time.

    Parameters
    ----------
    python : Path
        From :func:`install`.
    handouts : sequence of Handout
        The notebooks; each is an assignment.
    submitted : Path
        ``<student>/<lecture>/*.ipynb`` below it.
    students : sequence of str
        Whose.
    place : Path
        A folder that is not there yet.
    jobs : int
        Notebooks at a time.

    Returns
    -------
    dict, dict
        What each lecture took, and who has full marks in what.
    """
    environment = {"PYTHONPATH": str(ROOT)}  # tests import the exercises from here
    words: dict[str, list[list[str]]] = {}
    results: list[tuple[str, Path]] = []
    for handout in handouts:
        of_one = place / "assignments" / handout.name
        archive = make_assignment(python, handout, of_one, environment)
        for student in students:
            copy = place / "submitted" / student / f"{handout.name}.ipynb"
            mark_checks(submitted / student / f"{handout.name}.ipynb", copy)
            out = place / "results" / student / handout.name
            out.mkdir(parents=True)
            each = [python, "-m", "otter", "run", "--no-logo", "-a", archive, "-o", out]
            words.setdefault(handout.lecture, []).append([*map(str, each), str(copy)])
            results.append((student, out / "results.json"))
    costs = {}
    for lecture, of_lecture in words.items():
        commands = []
        for number in range(min(jobs, len(of_lecture))):
            part = place / f"{lecture}-{number}.json"
            part.write_text(json.dumps(of_lecture[number::jobs]), "utf-8")
            loop = [sys.executable, "-c", LOOP, str(part)]
            commands.append(Command(loop, place, environment))
        cost = run(commands, place / "log")
        # The graders are what the loops start, and the kernels below them.
        costs[lecture] = replace(cost, grader_mib=cost.largest_mib)
    full = {}
    for student, path in results:
        for name, is_full in full_marks(path).items():
            full[student, name] = is_full
    return costs, full


def full_marks(path: Path) -> dict[str, bool]:
    """Read from the results of ``otter run`` which exercises have full marks."""
    tests = json.loads(path.read_text("utf-8"))["tests"]
    return {
        test["name"]: test["score"] == test["max_score"]
        for test in tests
        if "max_score" in test
    }
