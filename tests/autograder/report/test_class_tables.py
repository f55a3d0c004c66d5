"""The class as tables."""

import csv

import pytest

from autograder.csv_tables import write_csv
from autograder.report.class_tables import (
    BY_STUDENT,
    EXERCISES,
    MISTAKES,
    exercise_rows,
    mistake_rows,
    student_rows,
)
from autograder.report.summary import summarize
from autograder.verdict import CheckResult, Judgement, Verdict

EVIL = "=HYPERLINK(1)"


@pytest.fixture
def summary(small):
    check = CheckResult(EVIL, 2, 0, "value", "x")
    verdicts = [
        Verdict("t_double", 0, 2, "wrong", [check]),
        Verdict("t_triple", 1, 1, "correct"),
        Verdict("t_question", 0, 2, "manual"),
    ]
    results = {EVIL: {"test/01_small": Judgement("test/01_small", verdicts)}}
    return summarize([small], [EVIL, "bob"], results, {})


def written(path, header, rows):
    write_csv(path, header, rows)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_for_every_exercise(summary, tmp_path):
    rows = written(tmp_path / "e.csv", EXERCISES, exercise_rows(summary))
    double, _, question = rows
    assert double["exercise"] == "t_double"
    assert (double["mean"], double["median"], double["max_score"]) == ("0", "0", "2")
    assert (double["no_points"], double["no_answer"]) == ("1", "1")
    assert (double["percent_0"], double["percent_100"]) == ("2", "0")
    assert double["separation"] == ""
    assert double["separation_undefined"] == "fewer than 10 students"
    assert (question["waits_for_a_person"], question["manual"]) == ("1", "1")
    assert None not in double


def test_a_row_for_every_mistake_safe_for_a_spreadsheet(summary, tmp_path):
    (mistake,) = summary.mistakes
    examples = {("t_double", mistake.key): "=1+1\n-x\x1b[2J"}
    (row,) = written(tmp_path / "m.csv", MISTAKES, mistake_rows(summary, examples))
    assert row["students"] == "1"
    assert row["percent_of_class"] == "50"
    assert row["said"] == "'=HYPERLINK(1): x"
    assert row["failed_checks"] == "'=HYPERLINK(1)"
    assert row["example"] == "'=1+1\n-x [2J"


def test_who_made_which(summary, tmp_path):
    (row,) = written(tmp_path / "s.csv", BY_STUDENT, student_rows(summary))
    assert row["student"] == "'=HYPERLINK(1)"
    assert row["exercise"] == "t_double"
