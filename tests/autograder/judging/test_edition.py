"""A submission is graded in the language in which it was taken."""

from __future__ import annotations

import copy

import pytest

from autograder.course.handout import Handout
from autograder.judging.edition import edition_of
from autograder.judging.sanitize import sanitize


def notebook(*texts, language=""):
    cells = [
        {
            "cell_type": "code",
            "metadata": {
                "nbgrader": {
                    "grade_id": f"given_{i}",
                    "grade": False,
                    "locked": True,
                    "solution": False,
                    "schema_version": 3,
                }
            },
            "source": text,
            "outputs": [],
            "execution_count": None,
        }
        for i, text in enumerate(texts)
    ]
    metadata = {"course_language": language} if language else {}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


ENGLISH = notebook("x = 1  # one", "y = 2  # two")
KOREAN = notebook("x = 1  # 하나", "y = 2  # 둘", language="ko")


@pytest.fixture
def handout(tmp_path):
    return Handout("lecture9/01", ENGLISH, tmp_path, translations={"ko": KOREAN})


def test_the_metadata_name_the_language(handout):
    assert edition_of(copy.deepcopy(KOREAN), handout).language == "ko"
    assert edition_of(copy.deepcopy(ENGLISH), handout) is handout


def test_the_texts_tell_where_an_editor_dropped_the_metadata(handout):
    taken = {**copy.deepcopy(KOREAN), "metadata": {}}
    assert edition_of(taken, handout).language == "ko"
    edited = {**notebook("x = 1  # one", "y = 3"), "metadata": {}}
    assert edition_of(edited, handout).language == ""


@pytest.mark.parametrize("named", ["fr", 3, None, ["ko"], {"ko": 1}])
def test_a_language_that_is_none_is_passed_over(handout, named):
    taken = copy.deepcopy(ENGLISH) | {"metadata": {"course_language": named}}
    assert edition_of(taken, handout) is handout


def test_metadata_of_no_form_and_cells_of_no_form(handout):
    taken = {"metadata": [], "cells": [None, 3, {"source": 4}]}
    assert edition_of(taken, handout) is handout


def test_locked_cells_come_back_in_the_students_language(handout):
    taken = copy.deepcopy(KOREAN)
    taken["cells"][0]["source"] = "x = 99"
    cells = sanitize(taken, edition_of(taken, handout)).cells
    assert [cell.source for cell in cells] == ["x = 1  # 하나", "y = 2  # 둘"]


def test_both_editions_are_one_exercise(handout):
    korean = handout.in_language("ko")
    assert korean.cells.keys() == handout.cells.keys()
    assert korean.name == handout.name
