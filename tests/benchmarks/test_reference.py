"""Solution cells are found by their id and see numpy alone."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.reference import load_reference, read_cells

HEAD = '# %% nbgrader={{"grade": false, "grade_id": "{}", "solution": {}}}\n'
SOURCE = (
    "# ---\n# jupyter: x\n# ---\n\n# %% [markdown]\n# # Title\n\n"
    + HEAD.format("l9_setup", "false")
    + "import os\nraise SystemExit\n\n"
    + HEAD.format("l9_first", "true")
    + "def first(x):\n    return np.sum(x) + second(x)\n\n"
    + HEAD.format("l9_second", "true")
    + "def second(x):\n    return 1\n\n"
    + '# %% [markdown] nbgrader={"grade_id": "l9_text", "solution": true}\n# Text\n'
)


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "solutions" / "lecture9"
    folder.mkdir(parents=True)
    (folder / "01_topic.py").write_text(SOURCE)
    return tmp_path


def test_only_solution_cells_with_code_are_read() -> None:
    assert list(read_cells(SOURCE)) == ["l9_first", "l9_second"]


def test_cells_share_their_names(project) -> None:
    names = load_reference("lecture9/01_topic", "l9_first", "l9_second", root=project)
    assert names["first"](np.array([2, 3])) == 6
    assert "os" not in names


@pytest.mark.parametrize(
    ("notebook", "grade_id"),
    [("lecture9/02_other", "l9_first"), ("lecture9/01_topic", "l9_setup")],
)
def test_what_is_not_there_is_named(project, notebook, grade_id) -> None:
    with pytest.raises(LookupError, match=notebook):
        load_reference(notebook, grade_id, root=project)
