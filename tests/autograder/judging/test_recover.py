"""Answers in words are found where editors and students put them."""

import copy
import json

import pytest

from autograder.judging.sanitize import sanitize
from autograder.judging.submitted_file import Unreadable

QUESTION = "l3_svm_scale_question"
ANSWER = "Every larger multiple of W has no data loss either."


@pytest.fixture
def notebook(svm):
    return copy.deepcopy(svm.notebook)


def index_of(notebook, grade_id):
    for index, cell in enumerate(notebook["cells"]):
        if (cell["metadata"].get("nbgrader") or {}).get("grade_id") == grade_id:
            return index
    raise AssertionError(grade_id)


def read(notebook, svm):
    clean = sanitize(notebook, svm)
    (cell,) = [c for c in clean.cells if c.grade_id == QUESTION]
    return clean, cell


def text(source, **more):
    return {"cell_type": "markdown", "metadata": {}, "source": source} | more


def test_an_answer_without_metadata_is_found_by_its_place(notebook, svm):
    notebook["cells"][index_of(notebook, QUESTION)]["source"] = ANSWER
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    clean, cell = read(notebook, svm)
    assert cell.source == ANSWER
    assert QUESTION not in clean.missing
    assert any("found by their place" in note for note in clean.notes)


def test_another_text_is_not_taken_for_the_answer(notebook, svm):
    del notebook["cells"][index_of(notebook, QUESTION)]
    notebook["cells"].insert(0, text("My name is Kim."))
    clean, cell = read(notebook, svm)
    assert QUESTION in clean.missing
    assert "Kim" not in cell.source


def test_an_answer_in_a_cell_of_its_own_is_put_with_the_question(notebook, svm):
    index = index_of(notebook, QUESTION)
    question = "".join(notebook["cells"][index]["source"])
    picture = {"a.png": {"image/png": "AAAA"}}
    own = [text(ANSWER, attachments=picture), text("And one more.")]
    notebook["cells"][index + 1 : index + 1] = own
    clean, cell = read(notebook, svm)
    assert cell.source == f"{question.rstrip()}\n\n{ANSWER}\n\nAnd one more."
    assert cell.attachments == picture
    assert any("in a text cell of its own" in note for note in clean.notes)
    assert sum(ANSWER in c.source for c in clean.cells) == 1


def test_an_answered_question_takes_nothing_from_below(notebook, svm):
    index = index_of(notebook, QUESTION)
    notebook["cells"][index]["source"] = ANSWER
    notebook["cells"].insert(index + 1, text("A remark."))
    assert read(notebook, svm)[1].source == ANSWER


def test_the_courses_own_texts_are_no_answers(notebook, svm):
    clean, cell = read(notebook, svm)
    question = notebook["cells"][index_of(notebook, QUESTION)]
    assert cell.source == "".join(question["source"])
    assert clean.notes == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("lecture3/02_softmax", "; it looks like 02_softmax"),
        (
            "lecture4/01_computational_graphs",
            "; it looks like 01_computational_graphs of lecture4",
        ),
    ],
)
@pytest.mark.parametrize("lost", [False, True], ids=["whole", "metadata lost"])
def test_another_notebook_of_the_course_is_named(svm, name, says, lost):
    path = svm.root / "notebooks" / f"{name}.ipynb"
    other = json.loads(path.read_text("utf-8"))
    for cell in other["cells"] if lost else []:
        cell["metadata"] = {}
    with pytest.raises(Unreadable) as raised:
        sanitize(other, svm)
    said = "not this notebook: none of the cells of 01_svm is in the file"
    assert str(raised.value) == said + says


def test_a_notebook_of_no_course_is_not_this_one(svm):
    other = {"cells": [text("# Homework 2"), text("import numpy as np")]}
    with pytest.raises(Unreadable, match=r"not this notebook.*is in the file$"):
        sanitize(other, svm)


def test_an_empty_notebook_is_one_without_answers(svm):
    clean = sanitize({"cells": []}, svm)
    assert QUESTION in clean.missing
