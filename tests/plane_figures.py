"""A tiny course of two lectures, and students who hand in: for tests of whole terms."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

from autograder.authoring.make_handout import make_handout
from autograder.authoring.notebook_files import find_notebooks
from autograder.authoring.source import read_source, to_notebook
from autograder.course.handout import Handout, load_handouts
from autograder.demo_class import fill

FIXTURES = Path(__file__).parent / "fixtures"
RIGHT = {
    "w1_area": "def area(a, b):\n    return a * b",
    "w1_diagonal": "def diagonal(a, b):\n    return math.hypot(a, b)",
    "w2_area": "def disc(r):\n    return math.pi * r**2",
    "w2_why": "Twice as far in two directions.",
}
WRONG = {
    "w1_area": "def area(a, b):\n    return a + b",
    "w1_diagonal": "def diagonal(a, b):\n    return a * a + b * b",
    "w2_area": "def disc(r):\n    return 2 * math.pi * r",
}
NOTEBOOKS = {"week1": "week1/01_rectangles", "week2": "week2/01_circles"}


def make_course(root: Path) -> None:
    """Write the course: its sources, and the notebooks that are handed out."""
    shutil.copytree(FIXTURES / "plane_figures", root, dirs_exist_ok=True)
    shutil.copytree(
        FIXTURES / "plane_figures_week2" / "week2", root / "solutions/week2"
    )
    text = (root / "course.toml").read_text("utf-8")
    two = text.replace('lectures = ["week1"]', 'lectures = ["week1", "week2"]')
    assert two != text
    (root / "course.toml").write_text(two, "utf-8")
    for files in find_notebooks(root):
        source, problems = read_source(files)
        assert source is not None, problems
        files.handout.parent.mkdir(parents=True, exist_ok=True)
        handout = make_handout(to_notebook(source))
        files.handout.write_text(json.dumps(handout), "utf-8")


def handouts(root: Path) -> list[Handout]:
    """Return the notebooks of both lectures."""
    return [one for lecture in NOTEBOOKS for one in load_handouts(root, lecture)]


def hand_in(
    root: Path, student: str, lecture: str, time: str = "", **answers: str
) -> Path:
    """Let a student hand in a lecture's notebook; what is not named is not answered.

    Parameters
    ----------
    root : Path
        The course folder.
    student, lecture : str
        Who, and what.
    time : str
        For nbgrader's ``timestamp.txt``.
    **answers : str
        By exercise id.
    """
    (handout,) = load_handouts(root, lecture)
    place = root / "term" / "submitted" / student / lecture
    place.mkdir(parents=True, exist_ok=True)
    path = place / handout.file_name
    path.write_text(json.dumps(fill(handout, answers)), "utf-8")
    if time:
        (place / "timestamp.txt").write_text(time)
    return path


def table(path: Path) -> list[dict[str, str]]:
    """Read a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def totals(root: Path, assignment: str) -> dict[str, tuple[float, float]]:
    """Return score and maximum of each student."""
    return {
        row["student"]: (float(row["score"]), float(row["max_score"]))
        for row in table(root / "term" / "totals.csv")
        if row["assignment"] == assignment
    }
