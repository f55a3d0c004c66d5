"""Saving from JupyterLab changes only what was edited.

The contents manager is the one with which JupyterLab opens and saves the text; the
notebook passes through JSON between the two, as it does on its way to the browser.
"""

from __future__ import annotations

import json

import pytest
from jupytext import TextFileContentsManager


@pytest.fixture
def lab(course):
    """Open the source, let an edit change it, save it; give old and new lines."""
    manager = TextFileContentsManager(root_dir=str(course.root))
    path = "solutions/lecture9/01_small.py"

    def edit(change):
        old = course.source().read_bytes().decode().split("\n")
        model = manager.get(path)
        assert model["type"] == "notebook"
        content = json.loads(json.dumps(model["content"]))
        # What JupyterLab adds when a kernel has started.
        content["metadata"]["language_info"] = {"name": "python", "version": "3.12.1"}
        content["metadata"]["kernelspec"] = {
            "name": "python3",
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
        }
        cells = {
            cell["metadata"].get("nbgrader", {}).get("grade_id"): cell
            for cell in content["cells"]
        }
        change(cells)
        manager.save({"type": "notebook", "content": content}, path)
        return old, course.source().read_bytes().decode().split("\n")

    return edit


def differing(old, new):
    assert len(old) == len(new)
    return [(a, b) for a, b in zip(old, new, strict=True) if a != b]


def test_saving_unchanged_keeps_every_byte(lab):
    old, new = lab(lambda cells: None)
    assert new == old


def test_running_keeps_every_byte(lab):
    def run(cells):
        cells["l9_setup"]["execution_count"] = 1
        cells["l9_setup"]["metadata"].update(execution={"start": "now"}, scrolled=True)
        cells["l9_setup"]["outputs"] = [
            {"output_type": "stream", "name": "stdout", "text": "ready\n"}
        ]

    old, new = lab(run)
    assert new == old


def sidebar(cell, **changed):
    """Write the metadata as the sidebar does: these keys, in this order."""
    old = cell["metadata"]["nbgrader"] | changed
    keys = "grade grade_id locked points schema_version solution task".split()
    cell["metadata"]["nbgrader"] = {key: old[key] for key in keys if key in old}


def test_changing_points_changes_that_line_only(lab):
    old, new = lab(lambda cells: sidebar(cells["l9_add_test"], points=5))
    ((before, after),) = differing(old, new)
    assert after == before.replace('"points": 2', '"points": 5')


def test_changing_a_text_cell_id_changes_that_line_only(lab):
    old, new = lab(lambda cells: sidebar(cells["l9_question"], grade_id="l9_why"))
    ((before, after),) = differing(old, new)
    assert after == before.replace("l9_question", "l9_why")


def test_making_a_plain_cell_read_only_changes_its_marker_only(lab):
    def lock(cells):
        cells[None]["metadata"]["nbgrader"] = {}
        values = dict(grade=False, locked=True, solution=False, task=False)
        sidebar(cells[None], **values, grade_id="l9_end", schema_version=3)

    old, new = lab(lock)
    ((before, after),) = differing(old, new)
    assert before == "# %% [markdown]"
    assert after.startswith('# %% [markdown] nbgrader={"grade": false, "grade_id"')


def test_changing_code_changes_that_line_only(lab):
    def edit(cells):
        cells["l9_demo"]["source"] = "print(add(1, 1))"

    old, new = lab(edit)
    assert differing(old, new) == [("print(add(20, 22))", "print(add(1, 1))")]
