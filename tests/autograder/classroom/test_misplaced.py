"""Notebooks are graded as what they are, and a solved copy before a blank one."""

from __future__ import annotations

import json
import os

import pytest

from autograder.classroom import contents as contents_module
from autograder.classroom.contents import Content, Contents, Worth, sets_up
from autograder.classroom.misplaced import find_submissions
from autograder.course.handout import load_handouts
from tests.autograder.collecting.conftest import (
    blank,
    cell,
    course,
    foreign,
    laid_out,
    solved,
)

__all__ = ["course"]
CIRCLES, SQUARES = solved("circles"), solved("squares")
HOME = "ada/week1"


@pytest.fixture
def found(course, tmp_path):
    """Return what is found of a student: for each notebook, file and note."""
    handouts = load_handouts(course.root, "week1")
    contents = Contents(handouts, course.root, 2**20)

    def find(files):
        folder = laid_out(tmp_path / "submitted", files)
        subs = find_submissions(folder, "ada", handouts, contents, ["week2"])
        return {
            s.notebook: (s.path and s.path.relative_to(folder / "ada").as_posix(), s)
            for s in subs
        }

    return find


def test_swapped_notebooks_are_graded_as_what_they_are(found):
    got = found(
        {f"{HOME}/01_circles.ipynb": SQUARES, f"{HOME}/02_squares.ipynb": CIRCLES}
    )
    assert got["week1/01_circles"][0] == "week1/02_squares.ipynb"
    assert got["week1/02_squares"][0] == "week1/01_circles.ipynb"
    assert got["week1/01_circles"][1].note == (
        "the file was named 02_squares.ipynb, and its cells are those of 01_circles: "
        "it is graded as that"
    )


def test_a_misnamed_notebook_goes_where_nothing_is(found):
    got = found({f"{HOME}/01_circles.ipynb": SQUARES})
    assert got["week1/02_squares"][0] == "week1/01_circles.ipynb"
    # And the other place tells that its file is none of it.
    assert got["week1/01_circles"][0] == "week1/01_circles.ipynb"


def test_a_notebook_that_is_there_keeps_its_place(found):
    got = found(
        {f"{HOME}/01_circles.ipynb": SQUARES, f"{HOME}/02_squares.ipynb": SQUARES}
    )
    assert got["week1/02_squares"][0] == "week1/02_squares.ipynb"
    assert got["week1/02_squares"][1].note == ""


@pytest.mark.parametrize("name", ["svm.ipynb", "my homework.ipynb.txt", "x/y.IPYNB"])
def test_a_notebook_under_any_name_is_found(found, name):
    got = found({f"{HOME}/{name}": CIRCLES})
    path, submission = got["week1/01_circles"]
    assert path == f"week1/{name}"
    assert submission.note == f"the file was found at week1/{name}"


def test_a_blank_notebook_makes_room_for_a_solved_copy(found):
    files = {
        f"{HOME}/01_circles.ipynb": blank("circles"),
        f"{HOME}/01_circles-Copy1.ipynb": CIRCLES,
    }
    path, submission = found(files)["week1/01_circles"]
    assert path == "week1/01_circles-Copy1.ipynb"
    assert submission.note == (
        "01_circles.ipynb is blank; week1/01_circles-Copy1.ipynb is graded in its place"
    )


def test_a_solved_notebook_stays_whatever_lies_beside(found, tmp_path):
    files = {
        f"{HOME}/01_circles.ipynb": CIRCLES,
        f"{HOME}/01_circles (1).ipynb": solved("circles", "return 2"),
        f"{HOME}/old.ipynb": blank("circles"),
    }
    path, submission = found(files)["week1/01_circles"]
    assert (path, submission.note) == ("week1/01_circles.ipynb", "")


def test_the_newest_solved_copy_is_taken(found, tmp_path):
    files = {
        f"{HOME}/01_circles.ipynb": b"{",
        f"{HOME}/a.ipynb": CIRCLES,
        f"{HOME}/b.ipynb": solved("circles", "return 2"),
    }
    laid_out(tmp_path / "submitted", files)
    os.utime(tmp_path / "submitted" / HOME / "b.ipynb", (1, 1))
    contents = found({f"{HOME}/c.txt": b""})["week1/01_circles"]
    assert contents[0] == "week1/a.ipynb"
    assert "01_circles.ipynb cannot be read" in contents[1].note


def test_another_lectures_and_another_courses_files_are_left(found):
    got = found({"ada/week2/x.ipynb": CIRCLES, f"{HOME}/y.ipynb": foreign()})
    assert {path for path, _ in got.values()} == {None}


def test_nothing_is_looked_for_through_a_link(found, tmp_path):
    laid_out(tmp_path / "elsewhere" / "week1", {"x.ipynb": CIRCLES})
    (tmp_path / "submitted").mkdir()
    (tmp_path / "submitted" / "ada").symlink_to(tmp_path / "elsewhere")
    assert {path for path, _ in found({}).values()} == {None}


@pytest.mark.parametrize(
    ("source", "worth"),
    [
        (None, Worth.BLANK),
        ("%pip install numpy\nfrom google.colab import drive", Worth.BLANK),
        ("if 'COLAB_RELEASE_TAG' in os.environ:\n    %pip install x", Worth.BLANK),
        ("", Worth.BLANK),
        ("helper = 1", Worth.ANSWERED),
    ],
)
def test_what_a_service_adds_is_no_answer(course, source, worth):
    handouts = load_handouts(course.root, "week1")
    notebook = blank("circles")
    if source is not None:
        notebook["cells"].insert(0, cell(source))
    notebook["cells"][-1]["source"] = "print('a locked cell that was edited')"
    told = Contents(handouts, course.root, 2**20).tell(
        "x.ipynb", json.dumps(notebook).encode()
    )
    assert told == Content("week1/01_circles", worth)


def test_a_cell_that_computes_is_more_than_setting_up():
    assert not sets_up("import math\nx = math.pi")


class Counted:
    """Finds what a pattern finds, and counts it."""

    def __init__(self, pattern):
        self.pattern = pattern
        self.found = 0

    def finditer(self, data):
        for match in self.pattern.finditer(data):
            self.found += 1
            yield match


def test_a_file_is_known_by_its_first_cell(course, monkeypatch):
    counted = Counted(contents_module.GRADE_ID)
    monkeypatch.setattr(contents_module, "GRADE_ID", counted)
    handouts = load_handouts(course.root, "week1")
    contents = Contents(handouts, course.root, 2**20)
    data = json.dumps(CIRCLES).encode()
    ids = len(counted.pattern.findall(data))
    assert contents.is_own(data, "week1/01_circles")
    assert counted.found == 1 < ids
    assert not contents.is_own(data, "week1/02_squares")
    assert counted.found == 1 + ids
