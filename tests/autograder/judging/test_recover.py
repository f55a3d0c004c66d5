"""Answers in words are found where editors and students put them."""

import copy
import json

import pytest

from autograder.course.handout import Handout
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
    assert any("in a cell of its own" in note for note in clean.notes)
    assert sum(ANSWER in c.source for c in clean.cells) == 1


def test_an_answered_question_takes_nothing_from_below(notebook, svm):
    index = index_of(notebook, QUESTION)
    notebook["cells"][index]["source"] = ANSWER
    notebook["cells"].insert(index + 1, text("A remark."))
    assert read(notebook, svm)[1].source == ANSWER


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("raw", ANSWER),
        ("code", ANSWER),
        ("code", f"# {ANSWER}"),
        ("code", f'"""{ANSWER}"""'),
        ("code", "The loss is 0.\nprint does not matter, W = 2 * W is as good."),
    ],
)
@pytest.mark.parametrize("lost", [False, True], ids=["whole", "metadata lost"])
def test_an_answer_in_a_cell_of_another_type_is_found(
    notebook, svm, kind, source, lost
):
    own = {"cell_type": kind, "metadata": {}, "source": source, "outputs": []}
    notebook["cells"].insert(index_of(notebook, QUESTION) + 1, own)
    for cell in notebook["cells"] if lost else []:
        cell["metadata"] = {}
    clean, cell = read(notebook, svm)
    assert cell.cell_type == "markdown"
    assert source in cell.source
    assert QUESTION not in clean.missing


@pytest.mark.parametrize("kind", ["raw", "code"])
@pytest.mark.parametrize("lost", [False, True], ids=["whole", "metadata lost"])
def test_a_question_that_became_another_type_keeps_its_answer(
    notebook, svm, kind, lost
):
    cell = notebook["cells"][index_of(notebook, QUESTION)]
    cell |= {"cell_type": kind, "source": ANSWER, "outputs": []}
    for one in notebook["cells"] if lost else []:
        one["metadata"] = {}
    clean, cell = read(notebook, svm)
    assert (cell.cell_type, cell.source) == ("markdown", ANSWER)
    assert QUESTION not in clean.missing


@pytest.mark.parametrize(
    "source",
    [
        "x = 1",
        "print(W)",
        "%matplotlib inline",
        "!pip install numpy",
        "for i in range(3):\n    total += loss(i)\n    print(total",
        "def helper(x):\n    return x +\ny = helper(1)",
    ],
)
def test_code_below_a_question_stays_code(notebook, svm, source):
    own = {"cell_type": "code", "metadata": {}, "source": source, "outputs": []}
    notebook["cells"].insert(index_of(notebook, QUESTION) + 1, own)
    clean, cell = read(notebook, svm)
    assert source not in cell.source
    assert any(c.cell_type == "code" and c.source == source for c in clean.cells)


def test_an_answer_that_was_split_is_read_whole(notebook, svm):
    index = index_of(notebook, QUESTION)
    question = notebook["cells"][index]
    parts = ["The data loss is 0 for both.", "The penalty prefers the smaller W."]
    notebook["cells"][index : index + 1] = [question | {"source": p} for p in parts]
    clean, cell = read(notebook, svm)
    assert cell.source == "\n\n".join(parts)
    assert any(f"the 2 parts of {QUESTION} are read together" in n for n in clean.notes)


def test_a_copy_of_an_answer_is_read_once(notebook, svm):
    index = index_of(notebook, QUESTION)
    notebook["cells"][index]["source"] = ANSWER
    notebook["cells"].insert(index, copy.deepcopy(notebook["cells"][index]))
    assert read(notebook, svm)[1].source == ANSWER


@pytest.mark.parametrize("minor", [0, 5])
@pytest.mark.parametrize("where", ["in place", "below"])
def test_no_answer_is_lost_by_a_service_that_keeps_texts_alone(
    notebook, svm, minor, where
):
    index = index_of(notebook, QUESTION)
    if where == "in place":
        notebook["cells"][index]["source"] = ANSWER
    else:
        notebook["cells"].insert(index + 1, text(ANSWER))
    kept = [
        {k: v for k, v in cell.items() if k in ("cell_type", "source")}
        for cell in notebook["cells"]
    ]
    bare = {"cells": kept, "nbformat": 4, "nbformat_minor": minor}
    clean, cell = read(bare, svm)
    assert ANSWER in cell.source
    assert QUESTION not in clean.missing


@pytest.fixture
def alike(svm):
    """A handout in which two questions have the same prompt, as nbgrader makes them."""
    document = copy.deepcopy(svm.notebook)
    index = index_of(document, QUESTION)
    question = document["cells"][index]
    question["source"] = "YOUR ANSWER HERE"
    other = copy.deepcopy(question)
    other["metadata"]["nbgrader"]["grade_id"] = "another_question"
    between = {"cell_type": "markdown", "metadata": {}, "source": "And why is it so?"}
    document["cells"][index + 1 : index + 1] = [between, other]
    return Handout(svm.name, document, svm.root, svm.without_exercise)


@pytest.mark.parametrize("first", ["YOUR ANSWER HERE", "It is the norm."])
@pytest.mark.parametrize("second", ["YOUR ANSWER HERE", "It has no bound."])
def test_questions_of_one_prompt_are_told_apart_by_place(alike, first, second):
    document = copy.deepcopy(alike.notebook)
    for grade_id, answer in ((QUESTION, first), ("another_question", second)):
        document["cells"][index_of(document, grade_id)]["source"] = answer
    for cell in document["cells"]:
        cell["metadata"] = {}
    clean = sanitize(document, alike)
    found = {c.grade_id: c.source for c in clean.cells}
    assert (found[QUESTION], found["another_question"]) == (first, second)


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
