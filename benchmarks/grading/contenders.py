"""The graders: how each is set up, started and asked for its scores."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.course.cells import TEST_SUFFIX
from autograder.course.handout import Handout
from autograder.demo_class import uses
from autograder.gradebook.book import Book
from benchmarks.grading.material import ROOT
from benchmarks.grading.measure import ONE_THREAD, Command, Cost, run

# A student and an exercise.
Key = tuple[str, str]
# Whether a student has full marks.
Full = Mapping[Key, bool]
# The tests in place import the exercises from here, as an instructor's notebook does.
ENVIRONMENT = {"PYTHONPATH": str(ROOT)}
BEST = """
c.Execute.shutdown_kernel = "immediate"
"""
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "bench"
c.CourseDirectory.source_directory = "solutions"
"""


def set_up_nbgrader(course: Path, lectures: Sequence[str]) -> None:
    """Give a course plain nbgrader's gradebook with its cells and hidden tests."""
    (course / "nbgrader_config.py").write_text(CONFIG)
    for lecture in lectures:
        subprocess.run(
            [sys.executable, "-m", "nbgrader", "generate_assignment", lecture],
            cwd=course,
            env={**os.environ, **ENVIRONMENT},
            check=True,
            capture_output=True,
        )


def nbgrader(
    course: Path,
    lectures: Sequence[str],
    submitted: Path,
    students: Sequence[str],
    place: Path,
    jobs: int = 0,
) -> tuple[dict[str, Cost], Full]:
    """Grade with plain nbgrader; as it comes, or at its best with some processes.

    Parameters
    ----------
    course : Path
        From :func:`set_up_nbgrader`.
    lectures : sequence of str
        The assignments, one after the other.
    submitted : Path
        ``<student>/<lecture>/*.ipynb`` below it.
    students : sequence of str
        Whose.
    place : Path
        A folder that is not there yet.
    jobs : int
        Processes, each with a gradebook and a part of the class of its own; kernels
        are then ended at once. 0 is nbgrader as it comes.

    Returns
    -------
    dict, mapping
        What each lecture took, and who has full marks in what.
    """
    parts = min(max(jobs, 1), len(students))
    for number in range(parts):
        root = place / str(number)
        (root / "submitted").mkdir(parents=True)
        for name in students[number::parts]:
            shutil.copytree(submitted / name, root / "submitted" / name)
        shutil.copy(course / "gradebook.db", root)
        shutil.copytree(course / "solutions", root / "solutions")
        (root / "nbgrader_config.py").write_text(CONFIG + (BEST if jobs else ""))
    costs = {}
    for lecture in lectures:
        words = [sys.executable, "-m", "nbgrader", "autograde", lecture]
        environment = ENVIRONMENT | (ONE_THREAD if jobs else {})
        commands = [
            Command(words, place / str(number), environment) for number in range(parts)
        ]
        costs[lecture] = run(commands, place / "log")
    full: dict[Key, bool] = {}
    for number in range(parts):
        url = f"sqlite:///{place / str(number) / 'gradebook.db'}"
        with Gradebook(url) as book:
            submissions = [s for n in lectures for s in book.assignment_submissions(n)]
            for submission in submissions:
                for notebook in submission.notebooks:
                    for grade in notebook.grades:
                        if not grade.name.endswith(TEST_SUFFIX):
                            continue  # a text, which a person reads
                        exercise = grade.name.removesuffix(TEST_SUFFIX)
                        key = submission.student.id, exercise
                        full[key] = grade.auto_score == grade.max_score
    return costs, full


def ours(
    course: Path, lectures: Sequence[str], submitted: Path, out: Path, jobs: int
) -> tuple[dict[str, Cost], Full]:
    """Grade with this grader's command, one lecture after the other."""
    out.mkdir(parents=True, exist_ok=True)
    costs = {}
    for lecture in lectures:
        words = [sys.executable, "-m", "autograder", "grade", lecture]
        words += ["--submitted", str(submitted), "--out", str(out), "--jobs", str(jobs)]
        costs[lecture] = run([Command(words, course, ENVIRONMENT)], out / "log")
    with Book(f"sqlite:///{out / 'gradebook.db'}") as book:
        results = [book.results(lecture) for lecture in lectures]
    full = {
        (student, verdict.exercise): verdict.score == verdict.max_score
        for of_lecture in results
        for student, notebooks in of_lecture.items()
        for judgement in notebooks.values()
        for verdict in judgement.verdicts
        if verdict.status not in ("manual", "missing")
    }
    return costs, full


def executed(
    way: str,
    lectures: Sequence[str],
    submitted: Path,
    students: Sequence[str],
    place: Path,
    jobs: int,
) -> dict[str, Cost]:
    """Execute the notebooks of a class and grade nothing.

    Parameters
    ----------
    way : str
        ``"nbclient"``, or ``"exec"``: then only the CPU time of the children counts.
    lectures, submitted, students, place
        As of :func:`nbgrader`.
    jobs : int
        Processes, each with a part of the class.
    """
    costs = {}
    for lecture in lectures:
        cwd = place / lecture
        cwd.mkdir(parents=True)
        paths = [
            str(path)
            for name in students
            for path in sorted((submitted / name / lecture).glob("*.ipynb"))
        ]
        words = [sys.executable, "-m", "benchmarks.grading.run_notebooks", way]
        parts = [paths[number::jobs] for number in range(min(jobs, len(paths)))]
        commands = [Command([*words, *part], cwd, ENVIRONMENT) for part in parts]
        cost = run(commands, cwd / "log")
        if way == "exec":
            told = re.findall("^children: (.*)$", (cwd / "log").read_text(), re.M)
            cost = replace(cost, cpu=sum(map(float, told)))
        costs[lecture] = cost
    return costs


def warned(place: Path) -> set[Key]:
    """Return which grades plain nbgrader takes away for a warning.

    It gives no points where a test cell writes to standard error, and NumPy's warning
    of an overflow does, in a right answer too.

    Parameters
    ----------
    place : Path
        Where :func:`nbgrader` graded.
    """
    found = set()
    for path in place.glob("*/autograded/*/*/*.ipynb"):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
            outputs = cell.get("outputs", [])
            if grade_id.endswith(TEST_SUFFIX) and any(
                output.get("name") == "stderr" for output in outputs
            ):
                found.add((path.parts[-3], grade_id.removesuffix(TEST_SUFFIX)))
    return found


def leaning(course: Path, handouts: Sequence[Handout], full: Full) -> set[Key]:
    """Return which grades plain nbgrader lowers for a fault in another answer.

    An answer or its visible check may ask another answer of the same student, for
    example whether the loss without loops is that of the loops. nbgrader lets it count;
    this grader does not, for the fault is not this answer's.
    """
    found = set()
    for handout in handouts:
        path = course / "solutions" / f"{handout.name}.ipynb"
        solved = Handout(handout.name, json.loads(path.read_text("utf-8"))).cells
        for one in handout.exercises:
            if one.id + TEST_SUFFIX not in solved:
                continue  # a text, which a person reads
            own = [solved[one.id + suffix].source for suffix in ("", TEST_SUFFIX)]
            for other in handout.exercises:
                if other.id != one.id and any(uses(s, other.names) for s in own):
                    found |= {
                        (student, one.id)
                        for (student, exercise), is_full in full.items()
                        if exercise == other.id and not is_full
                    }
    return found


def differences(one: Full, other: Full) -> list[Key]:
    """List the students and exercises of which two graders say different things."""
    both = sorted(one.keys() & other.keys())
    return [key for key in both if one[key] != other[key]]
