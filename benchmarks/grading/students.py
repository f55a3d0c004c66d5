"""What a student's Restart & Run All of each solved notebook costs."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from autograder.course.course import load_course
from autograder.course.handout import load_handouts
from benchmarks.grading.material import ROOT
from benchmarks.grading.measure import Command, run

HIDDEN = re.compile("^### BEGIN HIDDEN TESTS$.*?^### END HIDDEN TESTS$", re.M | re.S)


def solved(source: Path, place: Path) -> None:
    """Copy a solved notebook without its hidden tests, which no student has."""
    notebook = json.loads(source.read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = HIDDEN.sub("", "".join(cell["source"])).rstrip("\n")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(notebook), "utf-8")


def restart_and_run_all(folder: Path, root: Path = ROOT) -> list[dict[str, Any]]:
    """Run every solved notebook with nbclient; return CPU and wall seconds of each.

    Parameters
    ----------
    folder : Path
        Gets the copies that are run.
    root : Path
        The course.
    """
    found = []
    for lecture in load_course(root).lectures:
        for handout in load_handouts(root, lecture):
            place = folder / f"{handout.name}.ipynb"
            solved(root / "solutions" / f"{handout.name}.ipynb", place)
            words = [sys.executable, "-m", "benchmarks.grading.run_notebooks"]
            command = Command([*words, "nbclient", place.name], place.parent, PATH)
            cost = run([command], folder / "log")
            found.append({"notebook": handout.name, "cpu": cost.cpu, "wall": cost.wall})
    return found


PATH = {"PYTHONPATH": str(ROOT)}
