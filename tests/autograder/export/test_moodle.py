"""The tables for Moodle, against what its two importers look for."""

import re

import pytest

from autograder.errors import UserError
from autograder.export.moodle import moodle_table
from autograder.export.totals import Total

from .conftest import GRADES, TOTALS, WORKSHEET

BY_MAIL = [Total(f"{t.student}@uni.edu", t.score, t.most, 0) for t in TOTALS]
HEADER = WORKSHEET.splitlines()[0].split(",")


def test_the_worksheet_comes_back_as_it_was_with_the_grades_filled_in(export):
    table = export(moodle_table, WORKSHEET, BY_MAIL)
    assert list(table.header) == HEADER
    ann, joe, jorg = table.rows
    assert ann == [
        "Participant 5511",
        "Ann O'Brien",
        "ann@uni.edu",
        "Submitted for grading",
        "61.82",
        "95.00",
        "Yes",
        "-",  # Moodle reads it as a date: it must stay as it is
        "-",
        "<p>Hi</p>",  # a comment that changed would be overwritten
    ]
    assert joe[1] == "'=cmd Joe"
    assert joe[4] == "95"
    assert jorg[4] == ""  # Moodle passes over an empty grade
    assert table.encoding == "utf-8"


def test_students_are_found_by_their_number_in_the_assignment(export):
    totals = [Total("5513", 7.0, 95.0, 0)]
    rows = export(moodle_table, WORKSHEET, totals).rows
    assert [row[4] for row in rows] == ["", "", "7"]


def test_another_maximum_is_told_and_grades_can_be_scaled(export):
    text = WORKSHEET.replace("95.00", '"10,00"')
    with pytest.raises(UserError, match="has 10 points there and 95 here"):
        export(moodle_table, text, BY_MAIL)
    rows = export(moodle_table, text, BY_MAIL, scale=True).rows
    assert [row[4] for row in rows] == ["6.51", "10", ""]


def test_a_grade_above_the_maximum_is_named_for_moodle_passes_over_it(export):
    totals = [Total("ann@uni.edu", 97.0, 95.0, 0)]
    (remark,) = export(moodle_table, WORKSHEET, totals).remarks
    assert "raise it for: ann@uni.edu" in remark


def test_a_list_of_the_course_gives_a_table_for_the_gradebooks_import(export):
    table = export(moodle_table, GRADES, BY_MAIL)
    assert table.header == ["ID number", "Email address", "Full name", "lecture3"]
    assert table.rows == [
        ["1", "ann@uni.edu", "Ann O'Brien", "61.82"],
        ["2", "joe@uni.edu", "'=cmd Joe", "95"],
    ]
    assert table.remarks == [
        "In Moodle, identify users by 'ID number' and map 'lecture3' to the grade item."
    ]


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("student\nann@uni.edu\n", {}, "is not Moodle's: it has neither"),
        (WORKSHEET, {"column": "Note"}, "has no column 'Note' to fill in"),
    ],
)
def test_what_cannot_be_meant_is_told(export, text, options, said):
    with pytest.raises(UserError, match=re.escape(said)):
        export(moodle_table, text, BY_MAIL, **options)
