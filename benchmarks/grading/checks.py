"""How long a visible check takes, in every notebook, with right answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from autograder.course.course import load_course
from autograder.course.handout import load_handouts
from autograder.demo_class import PEOPLE, answers_of, fill
from autograder.judging.sanitize import sanitize
from autograder.sandbox.limits import Limits
from autograder.sandbox.rungs import choose
from benchmarks.grading.material import ROOT
from benchmarks.grading.measure import family_cpu

IMPORTS = """
import time
import matplotlib.pyplot, numpy
started = time.process_time()
import cs231n_lib, cs231n_lib.checks, cs231n_lib.data, cs231n_lib.plots
print(time.process_time() - started)
"""


def visible_checks(root: Path = ROOT) -> list[tuple[str, float]]:
    """Return each visible check with its CPU seconds, the slowest first."""
    found = []
    course = load_course(root)
    with choose(code=course.code)[1] as sandbox:
        for lecture in course.lectures:
            for handout in load_handouts(root, lecture):
                texts, _ = answers_of(PEOPLE[0], handout)
                notebook = sanitize(fill(handout, texts), handout)
                with sandbox.session(Limits()) as session:
                    for place, cell in enumerate(notebook.cells):
                        if not cell.runs:
                            continue
                        before = family_cpu(sandbox.process.pid)
                        session.cell(cell.source, place, 60.0)
                        spent = family_cpu(sandbox.process.pid) - before
                        if cell.role == "test":
                            found.append((cell.grade_id, spent))
    return sorted(found, key=lambda check: -check[1])


def import_seconds() -> float:
    """Return what ``import cs231n_lib`` costs beyond numpy and matplotlib, in CPU."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def as_dict(slowest: int = 5) -> dict[str, Any]:
    """Return what the benchmark keeps of both."""
    checks = visible_checks()
    return {
        "number": len(checks),
        "slowest": [[name, round(s, 3)] for name, s in checks[:slowest]],
        "import_seconds": round(import_seconds(), 3),
    }
