"""Grade a program with nbgrader alone: its own configuration and ordinary tests.

The course is the same notebook with the cells that are not graded left out; each test
cell holds what an instructor writes, in one of four styles. Everything runs behind
bubblewrap, without network and with bounded memory, because nothing in nbgrader itself
holds a program back.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.sandbox.bubblewrap import find_bubblewrap

LECTURE, NOTEBOOK = "lecture3", "01_svm"
MEMORY = 3 << 30
SECONDS = 180
KEPT = (
    *("setup", "table", "loss_i", "predict_then_run", "find_the_slip"),
    *("loss_naive", "loss_vectorized"),
)

# What tells that `got` is `want`, and what the test does where it is not.
STYLES = {
    # The plain form: a bound on the difference of two numbers.
    "assert": """
def same(got, want):
    assert np.max(np.abs(got - want)) < 1e-6
""",
    "numpy": """
def same(got, want):
    assert np.allclose(got, want)
""",
    # The form of CS231n's own notebooks.
    "error": """
def same(got, want):
    error = np.max(np.abs(got - want) / np.maximum(1e-8, np.abs(got) + np.abs(want)))
    if error > 1e-6:
        raise AssertionError(f"relative error {error}")
""",
    # One visible example a function, or what the reference gives for the inputs.
    "example": """
def same(got, want):
    assert np.allclose(got, want)
""",
    "reference": """
def same(got, want):
    assert np.allclose(got, want)
""",
    "unittest": """
import unittest

def same(got, want):
    unittest.TestCase().assertTrue(np.allclose(got, want))
""",
    # The test imports what it needs from a file beside the notebook.
    "module": """
from hidden import same
""",
    # The test calls the function, with what it expects at hand.
    "call": """
def same(got, want):
    assert np.allclose(got, want)

def ask(function, arguments, expected):
    same(function(*arguments), expected)
""",
    "library": """
def same(got, want):
    with checks.numbers("the answer") as check:
        check.equal(got, want, "the answer")
""",
}
HIDDEN = {
    "l3_svm_loss_i": """
same(svm_loss_i(np.array([3.2, 5.1, -1.7]), 0), 2.9)
same(svm_loss_i(np.array([1.5, 0.253141592653589, 2.0, -1.0]), 3), 9.753141592653589)
same(svm_loss_i(np.array([1.0, 2.0]), 1, delta=0.5), 0.0)
""",
    "l3_svm_predict_then_run": """
for key, want in {right}.items():
    assert svm_answers[key] == want
""",
    "l3_svm_find_the_slip": """
assert abs(frog_loss_slip["wrong_loss"] - 10.9) < 1e-6
assert abs(frog_loss_slip["right_loss"] - 12.9) < 1e-6
assert "delta" in frog_loss_slip["forgotten_term"]
""",
    "l3_svm_loss_naive": """
W, X = np.array([[1.0, -1.0], [0.5, 2.0]]), np.array([[1.2718, 2.0], [-1.0, 0.5]])
y = np.array([0, 1])
loss, dW = svm_loss_naive(W, X, y, 0.1)
same(loss, 1.3532)
same(dW, np.array([[-0.4359, 0.4359], [-0.9, 1.4]]))
""",
    "l3_svm_loss_vectorized": """
import inspect
assert "for " not in inspect.getsource(svm_loss_vectorized)
W, X = np.array([[1.0, -1.0], [0.5, 2.0]]), np.array([[1.2718, 2.0], [-1.0, 0.5]])
y = np.array([0, 1])
loss, dW = svm_loss_vectorized(W, X, y, 0.1)
same(loss, 1.3532)
same(dW, np.array([[-0.4359, 0.4359], [-0.9, 1.4]]))
""",
}

# Digits of the hidden inputs.
TOLD = ("253141592653589", "12718")

# Styles that ask something else.
OTHERWISE = {
    "call": {
        "l3_svm_loss_i": """
ask(svm_loss_i, (np.array([1.5, 0.253141592653589, 2.0, -1.0]), 3), 9.753141592653589)
"""
    },
    "example": {
        "l3_svm_loss_i": """
same(svm_loss_i(np.array([3.2, 5.1, -1.7]), 0), 2.9)
"""
    },
    "reference": {
        "l3_svm_loss_naive": """
W, X = np.array([[1.0, -1.0], [0.5, 2.0]]), np.array([[1.2718, 2.0], [-1.0, 0.5]])
y = np.array([0, 1])
loss, dW = svm_loss_naive(W, X, y, 0.1)
margins = np.maximum(0, X @ W - (X @ W)[[0, 1], y][:, None] + 1)
margins[[0, 1], y] = 0
same(loss, margins.sum() / 2 + 0.1 * np.sum(W * W))
"""
    },
}


@dataclass
class Outcome:
    """What nbgrader made of a submission.

    Attributes
    ----------
    stopped : str
        Why there is no grade; empty where there is one.
    scores : dict
        Points by exercise.
    printed : str
        What its cells printed.
    """

    stopped: str = ""
    scores: dict[str, float] = field(default_factory=dict)
    printed: str = ""


class PlainCourse:
    """A course graded by nbgrader alone.

    Parameters
    ----------
    root : Path
        The course folder of this repository.
    folder : Path
        An empty folder for the other one.
    style : str
        A key of ``STYLES``.
    right : dict
        The answers to the exercise that is a dict.
    """

    def __init__(
        self, root: Path, folder: Path, style: str, right: dict[str, Any]
    ) -> None:
        self.root, self.folder = root, folder
        source = folder / "source" / LECTURE
        source.mkdir(parents=True)
        made = root / "solutions" / LECTURE / f"{NOTEBOOK}.ipynb"
        notebook = json.loads(made.read_text("utf-8"))
        notebook["cells"] = [
            cell for cell in map(self._cell, notebook["cells"]) if cell is not None
        ]
        for cell in notebook["cells"]:
            exercise = _id(cell).removesuffix("_test")
            if _id(cell).endswith("_test"):
                asked = {**HIDDEN, **OTHERWISE.get(style, {})}[exercise]
                hidden = asked.replace("{right}", _literal(right))
                cell["source"] = (
                    "import numpy as np\n"
                    f"### BEGIN HIDDEN TESTS{STYLES[style]}{hidden}### END HIDDEN TESTS"
                )
        (source / f"{NOTEBOOK}.ipynb").write_text(json.dumps(notebook))
        helper = f"import numpy as np\n{STYLES['numpy']}"
        (source / "hidden.py").write_text(helper)
        (folder / "nbgrader_config.py").write_text("c = get_config()\n")
        done = self._contained("generate_assignment", LECTURE, "--force")
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        released = folder / "release" / LECTURE / f"{NOTEBOOK}.ipynb"
        self.notebook: dict[str, Any] = json.loads(released.read_text("utf-8"))

    @staticmethod
    def _cell(cell: dict[str, Any]) -> dict[str, Any] | None:
        kept = any(
            _id(cell) in (f"l3_svm_{name}", f"l3_svm_{name}_test") for name in KEPT
        )
        return cell | {"outputs": [], "execution_count": None} if kept else None

    def grade(self, student: str, notebook: dict[str, Any]) -> Outcome:
        """Hand in and grade one notebook."""
        place = self.folder / "submitted" / student / LECTURE
        place.mkdir(parents=True)
        (place / f"{NOTEBOOK}.ipynb").write_text(json.dumps(notebook))
        try:
            done = self._contained("autograde", LECTURE, "--student", student)
            stopped = "" if done.returncode == 0 else _why(done)
        except subprocess.TimeoutExpired:
            stopped = f"no end within {SECONDS} s"
        shutil.rmtree(place)
        graded = self.folder / "autograded" / student / LECTURE / f"{NOTEBOOK}.ipynb"
        if stopped or not graded.is_file():
            return Outcome(stopped or "no graded notebook")
        cells = json.loads(graded.read_text("utf-8"))["cells"]
        printed = json.dumps([cell.get("outputs") for cell in cells])
        return Outcome("", self._scores(student), printed)

    def _scores(self, student: str) -> dict[str, float]:
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{self.folder}/gradebook.db") as book:
            submission = book.find_submission_notebook(NOTEBOOK, LECTURE, student)
            return {
                grade.name.removesuffix("_test"): float(grade.score)
                for grade in submission.grades
            }

    def _contained(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run an nbgrader command where it can harm nothing but its own course."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        wall = [find_bubblewrap() or "bwrap", "--unshare-all", "--die-with-parent"]
        wall += ["--new-session", "--ro-bind", "/", "/", "--dev", "/dev"]
        wall += ["--proc", "/proc", "--tmpfs", "/tmp", "--tmpfs", "/root"]  # noqa: S108
        # What a program may spoil: folders of a system that is thrown away.
        wall += ["--tmpfs", "/home", "--tmpfs", "/srv"]
        for kept in (Path(sys.prefix), Path(sys.base_prefix), self.root):
            wall += ["--ro-bind", str(kept), str(kept)]
        wall += ["--bind", str(self.folder), str(self.folder)]
        wall += ["--setenv", "HOME", str(home), "--setenv", "PYTHONPATH"]
        wall += [str(self.root), "--chdir", str(self.folder), "--"]
        command = [*wall, sys.executable, "-m", "nbgrader", *words]

        def bound() -> None:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 28, 1 << 28))

        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
            preexec_fn=bound,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )


def _id(cell: dict[str, Any]) -> str:
    return str((cell["metadata"].get("nbgrader") or {}).get("grade_id", ""))


def _literal(right: dict[str, Any]) -> str:
    return repr(right).replace("inf", "np.inf").replace("np.np.", "np.")


def _why(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    errors = [line for line in lines if "ERROR" in line or "Error" in line]
    return f"exit {done.returncode}: {(errors or lines or ['no word'])[-1][:200]}"
