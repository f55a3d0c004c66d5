"""A picture that is no longer true fails under nbval, as a text does."""

from __future__ import annotations

import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

pytestmark = pytest.mark.slow

DRAW = """
%matplotlib inline
import matplotlib.pyplot as plt
def draw(values):
    plt.plot(values)
    plt.show()
"""


def validate(notebook, folder):
    nbformat.write(notebook, folder / "drawn.ipynb")
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-rA"]
    command += ["-p", "no:cacheprovider", "-p", "autograder.authoring.nbval_pictures"]
    done = subprocess.run(
        [*command, "drawn.ipynb"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def test_a_wrong_curve_fails(tmp_path):
    sources = [
        DRAW,
        "draw([1, 4, 9])",
        "draw([9, 4, 1])",
        "draw([9, 4, 1])",
        "draw([1, 4, 9])",
    ]
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    notebook.cells[3].metadata["tags"] = ["nbval-ignore-output"]
    NotebookClient(notebook, kernel_name="python3").execute()
    cells = notebook.cells
    assert cells[1].outputs[0].data["image/png"]
    # The second curve is stored as the first, in two cells, one of them not compared.
    for cell in cells[2:4]:
        cell.outputs[0].data["image/png"] = cells[1].outputs[0].data["image/png"]
    # This one is stored with one picture more.
    cells[4].outputs.append(cells[4].outputs[0])
    said = validate(notebook, tmp_path)
    for index, verdict in enumerate(("PASSED", "PASSED", "FAILED", "PASSED", "FAILED")):
        assert f"{verdict} drawn.ipynb::Cell {index}" in said, said
    assert "the pictures of this cell are not those that the notebook stores" in said
    assert "2 failed, 3 passed" in said
