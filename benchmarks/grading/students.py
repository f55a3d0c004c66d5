"""What a student's Restart & Run All of each solved notebook costs.

Measured twice: as a student has it, and with one thread for NumPy's linear algebra. A
second thread waits for work by turning in a loop, which counts as CPU time and is of no
use with matrices as small as those of the notebooks.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from autograder.authoring.regions import HIDDEN, find_regions, outside
from autograder.course.course import load_course
from autograder.course.handout import load_handouts
from benchmarks.grading.material import ROOT
from benchmarks.grading.measure import ONE_THREAD, Command, run

PATH = {"PYTHONPATH": str(ROOT)}


def solved(source: Path, place: Path) -> None:
    """Copy a solved notebook without its hidden tests, which no student has."""
    notebook = json.loads(source.read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            lines = "".join(cell["source"]).split("\n")
            seen = outside(lines, find_regions(lines, HIDDEN)[0])
            cell["source"] = "\n".join(line for _, line in seen)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(notebook), "utf-8")


def restart_and_run_all(folder: Path, root: Path = ROOT) -> list[dict[str, Any]]:
    """Run every solved notebook with nbclient.

    Parameters
    ----------
    folder : Path
        Gets the copies that are run.
    root : Path
        The course.

    Returns
    -------
    list of dict
        ``notebook``, ``cpu`` and ``wall`` in seconds, and ``one_thread``, the CPU
        seconds with one thread.
    """
    found = []
    for lecture in load_course(root).lectures:
        for handout in load_handouts(root, lecture):
            place = folder / f"{handout.name}.ipynb"
            solved(root / "solutions" / f"{handout.name}.ipynb", place)
            words = [sys.executable, "-m", "benchmarks.grading.run_notebooks"]
            words += ["nbclient", place.name]
            costs = [
                run([Command(words, place.parent, PATH | more)], folder / "log")
                for more in ({}, ONE_THREAD)
            ]
            found.append(
                {
                    "notebook": handout.name,
                    "cpu": costs[0].cpu,
                    "wall": costs[0].wall,
                    "one_thread": costs[1].cpu,
                }
            )
    return found
