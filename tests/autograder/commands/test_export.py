"""``export`` from the command line: what it writes, and whom it names."""

import csv
import shutil
import zipfile

import pytest

from autograder import cli
from autograder.gradebook.book import Book
from autograder.gradebook.nbgrader_rows import Entry
from autograder.verdict import Judgement, Verdict

POINTS = {"ann": 1.0, "=cmd": 0.5, "eve": 0.0}  # of each exercise's, in parts
ROSTER = """\
Student,ID,SIS Login ID,Section,Lecture 3 (4711)
    Points Possible,,,,20
"O'Brien, Ann",101,ann,A,
"Cmd, Joe",102,=cmd,A,
"Li, Bo",103,bo,A,
"""


@pytest.fixture
def course(tmp_path, monkeypatch, svm, make_course, empty_gradebook):
    """A course of one notebook whose class has been graded, as the working folder."""
    make_course(tmp_path)
    (tmp_path / "term").mkdir()
    shutil.copy(empty_gradebook, tmp_path / "term" / "gradebook.db")
    with Book(f"sqlite:///{tmp_path}/term/gradebook.db") as book:
        book.set_up("lecture3", [svm])
        for student, part in POINTS.items():
            verdicts = [
                Verdict(e.id, part * e.points, e.points, "partial")
                for e in svm.exercises
            ]
            book.save("lecture3", [Entry(student, Judgement(svm.name, verdicts))])
    (tmp_path / "roster.csv").write_text(ROSTER)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def export(*words):
    return cli.main(
        ["export", "lecture3", "--format", "canvas", "--roster", "roster.csv", *words]
    )


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_scores_are_written_and_those_on_one_side_are_named(course, svm, capsys):
    most = sum(e.points for e in svm.exercises)
    assert most == 20  # as the roster has it
    assert export() == 1
    header, points, ann, joe = rows(course / "term" / "export" / "lecture3_canvas.csv")
    assert header[-1] == "Lecture 3 (4711)"
    assert points[-1] == "20"
    assert ann == ["O'Brien, Ann", "101", "ann", "A", "20"]
    assert joe == ["Cmd, Joe", "102", "'=cmd", "A", "10"]
    said = capsys.readouterr()
    assert "2 scores of lecture3 written to" in said.out
    assert said.err.splitlines() == [
        "In the gradebook, not in roster.csv; no score was written:",
        "  eve",
        "In roster.csv, not in the gradebook; no score was written (--zero writes 0):",
        "  bo (Bo Li), line 5",
    ]


def test_zero_for_those_from_whom_nothing_came(course, capsys):
    (course / "roster.csv").write_text(ROSTER + '"X, Eve",104,eve,A,\n')
    assert export("--zero", "--out", "back/canvas.csv") == 0
    found = {row[1]: row[-1] for row in rows(course / "back" / "canvas.csv")[2:]}
    assert found == {"101": "20", "102": "10", "103": "0", "104": "0"}
    assert capsys.readouterr().err == ""


def test_texts_that_wait_are_told(course, svm, capsys):
    with Book(f"sqlite:///{course}/term/gradebook.db") as book:
        verdicts = [
            Verdict(e.id, 0.0, e.points, "manual" if e.kind == "manual" else "wrong")
            for e in svm.exercises
        ]
        book.save("lecture3", [Entry("bo", Judgement(svm.name, verdicts))])
    assert export() == 2
    assert "1 texts wait for a person" in capsys.readouterr().err
    assert not (course / "term" / "export").exists()
    assert export("--pending") == 1


def test_feedback_goes_back_as_the_platform_takes_it(course, capsys):
    (course / "worksheet.csv").write_text(
        "Identifier,Full name,Username,Grade,Maximum grade\n"
        "Participant 7,Ann O'Brien,ann,,20.00\nParticipant 8,Joe,=cmd,,20.00\n"
        "Participant 9,Eve,eve,,20.00\nParticipant 10,Bo,bo,,20.00\n"
    )
    words = ["--format", "moodle", "--roster", "worksheet.csv", "--zero"]
    assert export(*words, "--feedback", "back/moodle.zip") == 1
    with zipfile.ZipFile(course / "back" / "moodle.zip") as archive:
        names = archive.namelist()
        page = archive.read(names[0]).decode()
    assert names == [
        f"{name}_assignsubmission_file_/01_svm.html"
        for name in ("Ann O'Brien_7", "Joe_8", "Eve_9")
    ]
    own = course / "term" / "feedback" / "ann" / "lecture3" / "01_svm.html"
    assert page == own.read_text("utf-8")
    said = capsys.readouterr()
    assert "Feedback of 3 students is in back/moodle.zip" in said.out
    assert said.err.splitlines()[-1] == "  bo: nothing was graded"
    with zipfile.ZipFile(course / "canvas.zip", "w") as archive:
        archive.writestr("obrienann_101_5001_01_svm.ipynb", "{}")
    words = ["--submissions", "canvas.zip", "--feedback", "back/canvas.zip"]
    assert export(*words) == 1
    with zipfile.ZipFile(course / "back" / "canvas.zip") as archive:
        (name,) = archive.namelist()
        assert name == "obrienann_101_5001_01_svm.ipynb"
        assert "01_svm: 20 of 20 points" in archive.read(name).decode()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--feedback", "back.zip"], "--submissions goes with --format canvas"),
        (["--submissions", "got.zip"], "--submissions goes with --format canvas"),
        (["--format", "csv", "--feedback", "back.zip"], "else use `publish`"),
        (["--roster", "none.csv"], "none.csv cannot be read"),
        (["--student-column", "Name"], "must name the column 'Name'"),
        (["--column", "Lecture 9"], "no assignment 'Lecture 9'"),
        (["--format", "moodle"], "is not Moodle's"),
        (["--term", "elsewhere"], "no gradebook in elsewhere"),
        (["--format", "excel"], "invalid choice"),
    ],
)
def test_wrong_use_is_one_line(course, words, said, capsys):
    assert export(*words) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
