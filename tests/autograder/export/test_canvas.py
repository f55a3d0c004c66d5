"""The table for Canvas, against what its importer looks for."""

import re

import pytest

from autograder.errors import UserError
from autograder.export.canvas import canvas_table

from .conftest import CANVAS, GRADES


def test_the_columns_are_those_of_the_importer(export):
    table = export(canvas_table, CANVAS)
    header, (points, *students) = table.header, table.rows
    # What lib/gradebook_importer.rb requires of the first line.
    assert "Student" in header[0]
    assert "ID" in header[1]
    assert header[2:5] == ["SIS User ID", "SIS Login ID", "Section"]
    assert header[5:] == ["Lecture 3 (4711)"]
    assert "Points Possible" in points[0]
    assert points[5] == "95"
    assert all(len(row) == len(header) for row in table.rows)
    assert students[0] == ["O'Brien, Ann", "101", "S1", "ann", 'A, "Mon"', "61.82"]
    assert students[1][1] == "102"
    assert students[1][5] == "95"
    assert table.encoding == "utf-8"


def test_a_name_is_no_formula(export):
    joe = export(canvas_table, CANVAS).rows[2]
    assert joe[0] == '\'=HYPERLINK("x"), Joe'


def test_nobody_without_a_grade_is_in_it_for_an_empty_field_deletes_a_score(export):
    ids = [row[1] for row in export(canvas_table, CANVAS).rows]
    assert ids == ["", "101", "102"]


@pytest.mark.parametrize("title", ["Quiz", "Quiz (12)"])
def test_an_assignment_is_chosen_with_or_without_its_number(export, title):
    text = CANVAS.replace(",95,10,", ",95,95,")
    assert export(canvas_table, text, column=title).column == "Quiz (12)"


def test_a_lecture_that_canvas_does_not_know_becomes_a_new_assignment(export):
    table = export(canvas_table, CANVAS.replace("Lecture 3", "Lecture 4"))
    assert table.column == "lecture3"
    assert table.rows[0][5] == "95"
    assert "Canvas will ask" in table.remarks[0]


def test_other_points_there_are_told_and_scores_can_be_scaled(export):
    text = CANVAS.replace("95,10", "100,10")
    with pytest.raises(UserError, match="has 100 points there and 95 here"):
        export(canvas_table, text)
    table = export(canvas_table, text, scale=True)
    assert [row[5] for row in table.rows] == ["100", "65.07", "100"]


def test_first_and_last_names_in_two_columns(export):
    text = "LastName,FirstName,ID,Section,lecture3 (1)\nO'Brien,Ann,ann,A,\n"
    table = export(canvas_table, text + "X,Joe,joe,A,\n")
    assert table.header[:4] == ["LastName", "FirstName", "ID", "Section"]
    assert table.rows[1] == ["O'Brien", "Ann", "ann", "A", "61.82"]


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (GRADES.replace(";1;ann", ";ann;ann"), {}, "is not Canvas's: take the file of"),
        (
            CANVAS,
            {"column": "Quizz"},
            "no assignment 'Quizz'; it has 'Lecture 3 (4711)'",
        ),
        (
            CANVAS.replace("Quiz", "Lecture 3"),
            {"column": "Lecture 3"},
            "more than one assignment 'Lecture 3'",
        ),
    ],
)
def test_what_cannot_be_meant_is_told(export, text, options, said):
    with pytest.raises(UserError, match=re.escape(said)):
        export(canvas_table, text, **options)
