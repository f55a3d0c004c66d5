"""The exercises of a notebook travel as bytes, and come out as they were."""

import io
import zipfile

import pytest

from autograder.course.bundle import pack_exercises, unpack_exercises
from autograder.course.exercises import Exercises, at_course, course_exercises, get
from tests.conftest import ROOT

NOTEBOOK = "lecture4/02_sigmoid_backprop"


def test_they_are_the_same_on_the_other_side(tmp_path):
    unpack_exercises(pack_exercises(ROOT, NOTEBOOK), tmp_path)
    here, there = Exercises(ROOT), Exercises(tmp_path)
    assert list(there) == here.ids_of(NOTEBOOK)
    assert there.digest_of(NOTEBOOK) == here.digest_of(NOTEBOOK)
    for one, other in zip(
        here.for_notebook(NOTEBOOK), there.for_notebook(NOTEBOOK), strict=True
    ):
        assert [c.label for c in one.checks] == [c.label for c in other.checks]
        for bank in ("misconceptions", "variants"):
            names = [[k.name for k in getattr(e, bank)] for e in (one, other)]
            assert names[0] == names[1]


def test_only_what_the_notebook_needs_travels():
    packed = zipfile.ZipFile(io.BytesIO(pack_exercises(ROOT, NOTEBOOK)))
    names = packed.namelist()
    assert "solutions/value_and_gradients.py" in names
    assert "solutions/linear_loss.py" not in names
    assert {n.split("/")[2] for n in names if n.count("/") > 2} == {
        "02_sigmoid_backprop"
    }


def test_equal_exercises_make_equal_bytes():
    assert pack_exercises(ROOT, NOTEBOOK) == pack_exercises(ROOT, NOTEBOOK)


@pytest.mark.parametrize("name", ["../x.py", "solutions/../../x.py", "/x.py", "x.py"])
def test_nothing_is_written_elsewhere(tmp_path, name):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "x = 1\n")
    with pytest.raises(ValueError, match="no file of an exercise"):
        unpack_exercises(made.getvalue(), tmp_path / "root")
    assert not list(tmp_path.rglob("x.py"))


def test_a_thread_is_about_the_course_that_it_was_told(tmp_path):
    unpack_exercises(pack_exercises(ROOT, NOTEBOOK), tmp_path)
    with at_course(tmp_path):
        assert course_exercises().root == tmp_path.resolve()
        with at_course(None):
            assert get("l4_value").notebook == NOTEBOOK
        with pytest.raises(KeyError):
            get("l3_svm_loss_i")
    assert get("l3_svm_loss_i").points == 2
