"""A term of two lectures with 80 students, from Canvas's zips to Canvas's gradebook.

Only commands of the guide are used. Most students hand in the same few files.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from autograder import cli
from autograder.course.handout import load_handouts
from autograder.demo_class import fill
from tests.plane_figures import NOTEBOOKS, RIGHT, WRONG, table

STUDENTS = [f"student{number:02}" for number in range(80)]
HANDS_IN_TWICE = 40  # of the 80, the first ones hand in the second lecture too
KINDS = ("right", "wrong", "blank")
DUE = {
    "week1": {"right": 5.0, "wrong": 0.0, "blank": 0.0},
    # A person gives 1.5 points for each text; a blank has none.
    "week2": {"right": 3.5, "wrong": 0.0, "blank": 0.0},
}
POSSIBLE = {"week1": 5, "week2": 4}


def kind_of(number):
    return KINDS[number % len(KINDS)]


def canvas_zip(root, lecture, count):
    """Write a zip as Canvas makes it: a file for each student, named by Canvas."""
    (handout,) = load_handouts(root, lecture)
    answers = {"right": RIGHT, "wrong": WRONG, "blank": {}}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(count):
            notebook = fill(handout, answers[kind_of(number)])
            name = f"{STUDENTS[number]}_{7000 + number}_{9000 + number}"
            file = f"{name}_{handout.file_name}"
            archive.writestr(file, json.dumps(notebook))
    path = root / f"{lecture}.zip"
    path.write_bytes(made.getvalue())
    return path


@pytest.fixture
def roster(term):
    """Write what Canvas's gradebook exports."""
    path = term / "canvas_grades.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        ids = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
        writer.writerow([*ids, "Week 1 (501)", "Week 2 (502)"])
        writer.writerow(["    Points Possible", "", "", "", "", "5", "4"])
        for number, student in enumerate(STUDENTS):
            name = f"Student, Number {number:02}"
            sis = f"2026{number:03}"
            writer.writerow([name, 7000 + number, sis, student, "A", "", ""])
    return path


def run(*words, code=0):
    assert cli.main([str(word) for word in words]) == code


@pytest.mark.slow
def test_a_term_of_two_lectures_with_80_students(term, grade, roster, capsys):
    counts = {"week1": len(STUDENTS), "week2": HANDS_IN_TWICE}
    for lecture, count in counts.items():
        source = canvas_zip(term, lecture, count)
        run("collect", lecture, source, "--roster", roster)
        capsys.readouterr()
        grade("--json", lecture=lecture)
        done = json.loads(capsys.readouterr().out)
        assert (done["graded"], done["failed"]) == (80, 0)
        assert done["unused"] == []
    # A person reads the texts of the second lecture, once.
    texts = done["to_grade_by_hand"]
    assert texts == sum(kind_of(n) == "right" for n in range(HANDS_IN_TWICE))
    assert done["next"] == "python -m autograder report week2"
    run("report", "week2")
    scores = term / "term" / "manual" / "scores.csv"
    rows = table(scores)
    with scores.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows({**row, "score": "1.5"} for row in rows)
    run("report", "week2", "--scores", scores)
    # What Canvas imports has everybody's points, and 0 for those who were away.
    for lecture, count in counts.items():
        run("export", lecture, "--format", "canvas", "--roster", roster)
        path = term / "term" / "export" / f"{lecture}_canvas.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, possible, *students = csv.reader(file)
        column = next(i for i, name in enumerate(header) if name.startswith("Week"))
        assert float(possible[column]) == POSSIBLE[lecture]
        due = {
            str(7000 + n): DUE[lecture][kind_of(n)] if n < count else 0.0
            for n in range(len(STUDENTS))
        }
        found = {row[header.index("ID")]: float(row[column]) for row in students}
        assert found == due
    # The tables hold both lectures and the term.
    totals = table(term / "term" / "totals.csv")
    by_term = {r["student"]: r for r in totals if r["assignment"] == "term"}
    assert len(totals) == 3 * len(STUDENTS)
    assert (by_term["student00"]["score"], by_term["student00"]["max_score"]) == (
        "8.5",
        "9",
    )
    grades = table(term / "term" / "grades.csv")
    assert {row["assignment"] for row in grades} == set(NOTEBOOKS)
    assert len(grades) == 4 * len(STUDENTS)
    assert {r["assignment"] for r in table(term / "term" / "exercises.csv")} == set(
        NOTEBOOKS
    )
    # The report leads to both, names nobody, and the other page names who stayed away.
    page = (term / "term" / "report.html").read_text("utf-8")
    for lecture in NOTEBOOKS:
        assert f'href="report_{lecture}.html"' in page
        report = (term / "term" / f"report_{lecture}.html").read_text("utf-8")
        assert f"students_{lecture}.html" in report
    assert "student79" not in page
    names = (term / "term" / "students.html").read_text("utf-8")
    assert names.count("nothing handed in for week2") == 80 - HANDS_IN_TWICE
    # Whoever copied is for a person to look at, and only when it is asked for.
    assert not (term / "term" / "similar_week1.html").exists()
    run("report", "week1", "--similar")
    assert "This proves nothing" in (term / "term" / "similar_week1.html").read_text(
        "utf-8"
    )
    run("publish", "week2", "--to", "handed-back")
    assert (term / "handed-back/student00/week2/01_circles.html").is_file()
