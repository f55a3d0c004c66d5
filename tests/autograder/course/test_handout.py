"""The notebooks that are handed out, and what their cells are for."""

import json

import pytest

from autograder.course.handout import course_root, lectures, load_handouts
from autograder.errors import UserError


def test_roles_of_the_real_notebook(svm):
    roles = {c.grade_id: c.role for c in svm.cells.values()}
    assert roles["l3_svm_loss_i"] == "solution"
    assert roles["l3_svm_loss_i_test"] == "test"
    assert roles["l3_svm_scale_question"] == "manual"
    assert roles["l3_svm_setup"] == "given"
    assert "demo" in roles.values()
    assert svm.cells["l3_svm_loss_i_test"].exercise == "l3_svm_loss_i"
    assert svm.cells["l3_svm_loss_i_test"].locked
    assert not svm.cells["l3_svm_loss_i"].locked


def test_names_and_records(svm):
    assert (svm.lecture, svm.file_name) == ("lecture3", "01_svm.ipynb")
    assert sum(e.points for e in svm.exercises) == 20
    assert len(svm.digest) == 64


def test_an_unknown_lecture_names_those_that_are(tmp_path):
    (tmp_path / "notebooks" / "lecture9").mkdir(parents=True)
    (tmp_path / "notebooks" / "lecture9" / "01_a.ipynb").write_text("{}")
    assert lectures(tmp_path) == ["lecture9"]
    with pytest.raises(UserError, match=r"no lecture 'lecture8'.*: lecture9"):
        load_handouts(tmp_path, "lecture8")
    with pytest.raises(UserError, match="no lecture"):
        load_handouts(tmp_path, "../lecture9")


def test_a_broken_handout_is_one_clear_line(tmp_path):
    (tmp_path / "notebooks" / "lecture9").mkdir(parents=True)
    (tmp_path / "notebooks" / "lecture9" / "01_a.ipynb").write_text("{")
    with pytest.raises(UserError, match=r"01_a\.ipynb cannot be read"):
        load_handouts(tmp_path, "lecture9")


def test_the_course_is_the_working_folder_first(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert (course_root() / "notebooks").is_dir()
    assert course_root() != tmp_path
    (tmp_path / "notebooks").mkdir()
    assert course_root() == tmp_path


def test_no_course_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("autograder.course.root.__file__", str(tmp_path / "a" / "b.py"))
    with pytest.raises(UserError, match="no course here: run this in the folder that"):
        course_root()


def test_notebooks_are_json(svm):
    assert json.dumps(svm.notebook)
