"""Gradebook and roster side by side: nobody falls through."""

import re

import pytest

from autograder.errors import UserError
from autograder.export.totals import Total, match, read_totals
from autograder.roster import read_roster

HEAD = "student,assignment,score,max_score,percent,to_grade_by_hand\n"


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("student,name,email\nann,Ann,a@x\nbo,Bo,b@x\n")
    return read_roster(path)


def of(*students):
    return [Total(student, 1.0, 2.0, 0) for student in students]


def test_those_on_one_side_only_are_kept(roster):
    matched = match(roster, of("eve", "bo"))
    assert [(s.student, t.student) for s, t in matched.pairs] == [("bo", "bo")]
    assert matched.not_in_roster == ("eve",)
    assert [s.student for s in matched.without_grade] == ["ann"]
    assert not matched.whole
    assert match(roster, of("b@x", "ANN")).whole


def test_one_row_is_not_two_students(roster):
    with pytest.raises(UserError, match=r"line 2: .* both 'ann' and 'a@x'"):
        match(roster, of("ann", "a@x"))


def test_a_roster_of_another_class_is_told(roster):
    said = "has none of the gradebook's students: the gradebook has 'eve', the roster"
    with pytest.raises(UserError, match=said):
        match(roster, of("eve", "mallory"))


def test_only_the_lectures_rows_are_read(tmp_path):
    path = tmp_path / "totals.csv"
    path.write_text(
        f"{HEAD}'=1,lecture3,1.5,2,75,1\n'=1,lecture4,2,2,100,0\n'=1,term,3.5,4,88,1\n"
    )
    assert read_totals(path, "lecture3", {"'=1": "=1"}) == [Total("=1", 1.5, 2.0, 1)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("ann,lecture3,much,2,75,1", "line 2: could not convert string to float"),
        ("ann,lecture3,nan,2,75,1", "line 2: not one student and two numbers"),
        ("two,lecture3,1,2,75,1", "line 2: not one student and two numbers"),
        ("ann,lecture3,1,2", "line 2: 4 fields, but the first line names 6"),
        ("ann,lecture4,1,2,75,1", "has no row of lecture3"),
    ],
)
def test_a_table_changed_by_hand_is_told(tmp_path, row, said):
    path = tmp_path / "totals.csv"
    path.write_text(HEAD + row)
    with pytest.raises(UserError, match=re.escape(said)):
        read_totals(path, "lecture3", {"two": None})
