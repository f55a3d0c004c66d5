"""Whatever is handed in becomes a notebook with the course's own cells."""

import contextlib
import copy
import json

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.judging.sanitize import sanitize, to_notebook
from autograder.judging.submitted_file import Unreadable, read
from tests.autograder.report.conftest import PNG

LIMIT = 10**6


def ids(cells):
    return [c.grade_id for c in cells if c.grade_id]


def by_id(result, grade_id):
    return next(c for c in result.cells if c.grade_id == grade_id)


def edited(small, edit):
    notebook = copy.deepcopy(small.notebook)
    edit(notebook["cells"])
    return sanitize(notebook, small)


def test_an_untouched_notebook_stays(small):
    result = sanitize(small.notebook, small)
    assert ids(result.cells) == list(small.cells)
    assert result.notes == []
    assert result.missing == set()


def test_roles_come_from_the_course(small):
    def retag(cells):
        for cell in cells:
            cell["metadata"]["tags"] = ["demo", "skip-execution", "raises-exception"]
            cell["metadata"].get("nbgrader", {})["solution"] = True
            cell["metadata"].get("nbgrader", {})["points"] = 1000

    result = edited(small, retag)
    roles = {c.grade_id: c.role for c in result.cells if c.grade_id}
    assert roles["t_double_test"] == "test"
    assert roles["t_demo"] == "demo"
    assert roles["t_setup"] == "given"
    assert not by_id(result, "t_demo").runs


def test_locked_cells_come_back(small):
    def tamper(cells):
        cells[1]["source"] = "import os"
        cells[3]["source"] = "pass"

    result = edited(small, tamper)
    assert by_id(result, "t_setup").source == "import numpy as np"
    assert by_id(result, "t_double_test").source == "print(double(1.5))"
    assert len(result.notes) == 2


def test_line_ends_and_trailing_space_are_no_edit(small):
    def reformat(cells):
        for cell in cells:
            cell["source"] = cell["source"].replace("\n", "  \r\n") + "\r\n"

    assert edited(small, reformat).notes == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_answer_has_the_line_ends_of_python(small, end):
    lines = ["def double(x):", "    return 2 * x", ""]
    for source in (end.join(lines), [line + end for line in lines]):
        result = edited(small, lambda cells, s=source: cells[2].update(source=s))
        assert by_id(result, "t_double").source.rstrip() == "\n".join(lines).rstrip()
        assert "\r" not in by_id(result, "t_double").source


def test_deleted_cells_come_back_in_their_place(small):
    def delete(cells):
        del cells[1:4]

    result = edited(small, delete)
    assert ids(result.cells) == list(small.cells)
    assert result.missing == {"t_double"}


def test_all_cells_deleted(small):
    result = edited(small, lambda cells: cells.clear())
    assert ids(result.cells) == list(small.cells)


def test_a_retyped_cell_gets_its_type_back(small):
    def retype(cells):
        cells[2]["cell_type"] = "markdown"
        cells[7]["cell_type"] = "code"

    result = edited(small, retype)
    assert by_id(result, "t_double").cell_type == "code"
    assert by_id(result, "t_question").cell_type == "markdown"


def test_of_two_solution_cells_the_filled_one_counts(small):
    def double_up(cells):
        answer = copy.deepcopy(cells[2])
        answer["source"] = "def double(x):\n    return 2 * x"
        cells.insert(2, answer)

    result = edited(small, double_up)
    assert "return 2" in by_id(result, "t_double").source
    assert ids(result.cells).count("t_double") == 1
    assert any("stands 2 times" in note for note in result.notes)


def test_a_copied_test_cell_does_not_run(small):
    result = edited(small, lambda cells: cells.append(copy.deepcopy(cells[3])))
    assert result.cells[-1].cell_type == "raw"


def test_cells_that_lost_their_metadata_are_recognised(small):
    def strip(cells):
        for cell in cells:
            cell["metadata"] = {"id": "colab"}

    result = edited(small, strip)
    assert set(ids(result.cells)) == set(small.cells)
    assert result.missing == set()


def test_extra_and_moved_cells_keep_the_students_order(small):
    def shuffle(cells):
        cells.insert(0, {"cell_type": "code", "metadata": {}, "source": "x = 1"})
        cells.append(cells.pop(3))

    result = edited(small, shuffle)
    assert result.cells[0].role == "plain"
    assert result.cells[-1].grade_id == "t_double"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"x" * (LIMIT + 1), "too large"),
        (b'{"cells": [', "cut short"),
        (b"\xff\x00\xfe", "UTF-8"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[1, 2]", "not a notebook"),
        (b"{}", "not a notebook"),
        (b'{"worksheets": 3, "nbformat": 3}', "not a notebook"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"cells":' * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_notebook_is_unreadable(data, words):
    with pytest.raises(Unreadable, match=words):
        read(data, LIMIT)


def test_other_encodings_and_a_byte_order_mark_are_read(small):
    text = json.dumps(small.notebook)
    assert read(text.encode("utf-8-sig"), LIMIT)["cells"]
    assert read(text.encode("utf-16"), LIMIT)["cells"]


def test_a_notebook_of_version_3_is_upgraded():
    old = nbformat.v3.new_notebook(
        worksheets=[
            nbformat.v3.new_worksheet(cells=[nbformat.v3.new_code_cell("x = 1")])
        ]
    )
    assert read(json.dumps(old).encode(), LIMIT)["cells"][0]["source"] == "x = 1"


def test_sanitising_twice_changes_nothing(small):
    def spoil(cells):
        cells.insert(2, copy.deepcopy(cells[2]))
        cells[3]["source"] = "def double(x): return 2 * x"
        del cells[5]
        cells[0]["cell_type"] = "heading"

    once = to_notebook(edited(small, spoil), small)
    again = to_notebook(sanitize(once, small), small)
    assert once == again
    nbformat.validate(nbformat.from_dict(once))


def test_pasted_pictures_stay(small):
    def paste(cells):
        cells[0]["attachments"] = {"a.png": {"image/png": PNG, "x": 3}, "b": "c"}

    made = to_notebook(edited(small, paste), small)
    assert made["cells"][0]["attachments"] == {"a.png": {"image/png": PNG}}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "cell_type metadata source outputs nbgrader grade_id execution_count "
                "text data output_type cells attachments".split()
            )
            | st.text(max_size=5),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)


class TestFuzz:
    @pytest.mark.slow
    @given(cells=st.lists(json_values, max_size=6))
    @settings(max_examples=200, deadline=None)
    def test_cells_of_any_form_give_a_valid_notebook(self, cells):
        from autograder.course.handout import Handout

        handout = Handout("test/01_small", _notebook())
        own = handout.notebook["cells"]
        result = sanitize({"cells": [*cells, *own]}, handout)
        nbformat.validate(nbformat.from_dict(to_notebook(result, handout)))

    @given(data=st.binary(max_size=300))
    @settings(max_examples=200, deadline=None)
    def test_bytes_of_any_form_are_read_or_unreadable(self, data):
        # Anything but Unreadable fails the test.
        with contextlib.suppress(Unreadable):
            assert isinstance(read(data, LIMIT)["cells"], list)


def _notebook():
    meta = {"grade_id": "a", "grade": False, "solution": True, "locked": False}
    cell = {"cell_type": "code", "metadata": {"nbgrader": meta}, "source": "pass"}
    return {"cells": [cell], "metadata": {}}
