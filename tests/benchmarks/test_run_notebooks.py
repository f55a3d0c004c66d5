"""Notebooks that are run and not graded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.regions import HIDDEN, find_regions
from benchmarks.grading.material import ROOT
from benchmarks.grading.students import solved

WORDS = [sys.executable, "-m", "benchmarks.grading.run_notebooks"]


def write(path: Path, *cells: str) -> str:
    made = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(nbformat.v4.new_notebook(cells=made), path)
    return str(path)


@pytest.mark.slow
def test_the_floor_runs_every_cell_in_a_child_and_tells_its_time(tmp_path):
    end = "import time\nwhile time.process_time() < end: pass"
    first = write(
        tmp_path / "first.ipynb",
        "print('not shown')\nimport time; end = time.process_time() + 0.3",
        "1 / 0",
        "no Python",
        end,
        f"open({str(tmp_path / 'done')!r}, 'w').write('x')",
    )
    other = write(
        tmp_path / "other.ipynb", f"open({str(tmp_path / 'two')!r}, 'w'); end"
    )
    done = subprocess.run(
        [*WORDS, "exec", first, other],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (tmp_path / "done").read_text() == "x"
    assert (tmp_path / "two").exists()
    name, seconds = done.stdout.split()
    assert name == "children:"
    # That of the children: the imports of their parent take longer.
    assert float(seconds) >= 0.3


def test_a_solved_notebook_is_run_without_its_hidden_tests(tmp_path):
    source = ROOT / "solutions" / "lecture3" / "01_svm.ipynb"
    solved(source, tmp_path / "solved.ipynb")
    text = (tmp_path / "solved.ipynb").read_text("utf-8")
    assert "hidden_tests" in source.read_text("utf-8")
    assert "hidden_tests" not in text
    assert "HIDDEN TESTS" not in text
    assert "check.call(svm_loss_i" in text
    before, after = (json.loads(t)["cells"] for t in (source.read_text(), text))
    assert len(before) == len(after)
    cells = [c for c in json.loads(text)["cells"] if c["cell_type"] == "code"]
    assert not any(find_regions(c["source"].split("\n"), HIDDEN)[0] for c in cells)
