"""An exercise as a test of otter-grader: the same hidden tests, at the same place."""

from __future__ import annotations

import json
import subprocess

import pytest

from autograder.course.handout import load_handouts
from benchmarks.grading import otter
from benchmarks.grading.material import ROOT


def test_each_exercise_is_checked_behind_its_test_cell(tmp_path):
    source = ROOT / "notebooks" / "lecture3" / "01_svm.ipynb"
    otter.mark_checks(source, tmp_path / "marked.ipynb")
    marked = json.loads((tmp_path / "marked.ipynb").read_text("utf-8"))["cells"]
    found = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["metadata"].pop("otter")
        for cell in marked
        if "otter" in cell["metadata"]
    }
    ids = [e.id for e in load_handouts(ROOT, "lecture3")[0].exercises]
    assert found.items() <= {f"{one}_test": {"tests": [one]} for one in ids}.items()
    assert len(found) >= 5
    assert marked == json.loads(source.read_text("utf-8"))["cells"]


def test_its_one_case_calls_the_hidden_tests_with_what_the_notebook_defines():
    text = otter.TEST.format(name="l3_svm_loss_i", points=2)
    assert "hidden_tests('l3_svm_loss_i', env)" in text
    compile(text, "l3_svm_loss_i.py", "exec")


def test_full_marks_are_read_from_its_results(tmp_path):
    tests = [
        {"name": "Public Tests", "output": "no score of its own"},
        {"name": "l3_a", "score": 2.0, "max_score": 2.0},
        {"name": "l3_b", "score": 0, "max_score": 4.0},
    ]
    path = tmp_path / "results.json"
    path.write_text(json.dumps({"tests": tests}), "utf-8")
    assert otter.full_marks(path) == {"l3_a": True, "l3_b": False}


def test_what_is_installed_already_is_used(tmp_path, monkeypatch):
    wanted = [otter.OTTER, *(f"{n}=={otter.version(n)}" for n in otter.ALIKE)]
    (tmp_path / "installed.json").write_text(json.dumps(wanted), "utf-8")

    def refuse(*words, **options):
        raise AssertionError(f"{words} is run")

    monkeypatch.setattr(subprocess, "run", refuse)
    assert otter.install(tmp_path) == tmp_path / "bin" / "python"


def test_why_it_cannot_be_installed_is_one_line(tmp_path, monkeypatch):
    said = "WARNING: retrying\nERROR: no matching distribution found\n"

    def fail(words, **options):
        raise subprocess.CalledProcessError(1, words, stderr=said)

    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(otter.NoOtterError, match=r"^ERROR: no matching distribution"):
        otter.install(tmp_path)
    assert not (tmp_path / "installed.json").exists()
