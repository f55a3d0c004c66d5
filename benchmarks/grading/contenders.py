"""The graders: how each is set up, started and asked for its scores."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.course import TEST_SUFFIX, Master
from autograder.demo_class import uses
from autograder.gradebook import Book
from benchmarks.grading.material import ROOT
from benchmarks.grading.measure import Command, Cost, run

# Whether a student has full marks, by student and exercise.
Full = Mapping[tuple[str, str], bool]
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


def set_up_nbgrader(course: Path, lecture: str) -> None:
    """Give a course plain nbgrader's gradebook with its cells and hidden tests."""
    (course / "nbgrader_config.py").write_text(CONFIG)
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", lecture],
        cwd=course,
        env={**os.environ, **ENVIRONMENT},
        check=True,
        capture_output=True,
    )


def nbgrader(
    course: Path,
    lecture: str,
    submitted: Path,
    students: Sequence[str],
    place: Path,
    jobs: int = 0,
) -> tuple[Cost, Full]:
    """Grade with plain nbgrader; as it comes, or at its best with some processes.

    Parameters
    ----------
    course : Path
        From :func:`set_up_nbgrader`.
    lecture : str
        The assignment.
    submitted : Path
        ``<student>/<lecture>/*.ipynb`` below it.
    students : sequence of str
        Whose.
    place : Path
        A folder that is not there yet.
    jobs : int
        Processes, each with a gradebook and a part of the class of its own; kernels
        are then ended at once. 0 is nbgrader as it comes.
    """
    commands = []
    parts = min(max(jobs, 1), len(students))
    for number in range(parts):
        root = place / str(number)
        (root / "submitted").mkdir(parents=True)
        for name in students[number::parts]:
            shutil.copytree(submitted / name, root / "submitted" / name)
        shutil.copy(course / "gradebook.db", root)
        shutil.copytree(course / "solutions", root / "solutions")
        (root / "nbgrader_config.py").write_text(CONFIG + (BEST if jobs else ""))
        words = [sys.executable, "-m", "nbgrader", "autograde", lecture]
        one = {name: "1" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")}
        commands.append(Command(words, root, ENVIRONMENT | (one if jobs else {})))
    cost = run(commands, place / "log")
    full: dict[tuple[str, str], bool] = {}
    for number in range(parts):
        url = f"sqlite:///{place / str(number) / 'gradebook.db'}"
        with Gradebook(url) as book:
            for submission in book.assignment_submissions(lecture):
                for notebook in submission.notebooks:
                    for grade in notebook.grades:
                        if not grade.name.endswith(TEST_SUFFIX):
                            continue  # a text, which a person reads
                        exercise = grade.name.removesuffix(TEST_SUFFIX)
                        key = submission.student.id, exercise
                        full[key] = grade.auto_score == grade.max_score
    return cost, full


def ours(
    course: Path, lecture: str, submitted: Path, out: Path, jobs: int
) -> tuple[Cost, Full]:
    """Grade with this grader's command."""
    out.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "-m", "autograder", "grade", lecture]
    words += ["--submitted", str(submitted), "--out", str(out), "--jobs", str(jobs)]
    cost = run([Command(words, course, ENVIRONMENT)], out / "log")
    with Book(f"sqlite:///{out / 'gradebook.db'}") as book:
        results = book.results(lecture)
    full = {
        (student, verdict.exercise): verdict.score == verdict.max_score
        for student, notebooks in results.items()
        for judgement in notebooks.values()
        for verdict in judgement.verdicts
        if verdict.status not in ("manual", "missing")
    }
    return cost, full


def leaning(editions: Sequence[Master], full: Full) -> set[tuple[str, str]]:
    """Return which grades plain nbgrader lowers for a fault in another answer.

    A visible check may ask another answer of the same student, for example whether the
    loss without loops is that of the loops. nbgrader lets it count; this grader does
    not, for the fault is not this answer's.
    """
    found = set()
    for master in editions:
        for one in master.exercises:
            test = master.cells.get(one.id + TEST_SUFFIX)
            for other in master.exercises if test else ():
                if other.id != one.id and uses(test.source, other.names):
                    found |= {
                        (student, one.id)
                        for (student, exercise), is_full in full.items()
                        if exercise == other.id and not is_full
                    }
    return found


def differences(one: Full, other: Full) -> list[tuple[str, str]]:
    """List the students and exercises of which two graders say different things."""
    both = sorted(one.keys() & other.keys())
    return [key for key in both if one[key] != other[key]]
