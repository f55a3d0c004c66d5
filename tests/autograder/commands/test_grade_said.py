"""What ``grade`` says at its end, in words, as JSON and not at all."""

import json
from pathlib import Path

import pytest

from autograder.commands.grade_said import MOST_NAMED, Said, Tally, report
from autograder.gradebook.changes import Because, Change


def change(student, before, after, because=Because.EXERCISE):
    at = "2026-10-01T12:00:00+00:00"
    return Change(at, student, "week1/x", "w1_area", before, after, 2.0, 2.0, because)


@pytest.fixture
def tally():
    return Tally(
        "week1",
        graded=3,
        unchanged=1,
        rung="bubblewrap",
        unused=[Path("ada/week1/notes.pdf")],
        changes=[
            change("ada", 0.0, 2.0),
            change("bob", 2.0, 1.0),
            change("cyd", 2.0, 0.0, Because.RESUBMITTED),
        ],
        students=4,
        waiting=2,
        report=Path("out/report.html"),
        options=("--out", "my out"),
    )


def test_in_words(tally, capsys):
    report(tally, Said.WORDS)
    said = capsys.readouterr()
    assert said.err == ""
    lines = said.out.splitlines()
    assert lines[0] == "3 notebooks graded, 1 unchanged since the last"
    assert "  ada/week1/notes.pdf" in lines
    assert lines[-5:] == [
        "1 student gains points by exercises that changed: ada; see changes.csv",
        "1 student loses points by exercises that changed: bob; see changes.csv",
        "Needs a person: 2 texts to read.",
        "Report: out/report.html",
        "Next: python -m autograder report week1 --out 'my out'",
    ]


def test_as_json(tally, capsys):
    report(tally, Said.JSON)
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert (found["gain"], found["lose"]) == (["ada"], ["bob"])
    assert found["unused"] == ["ada/week1/notes.pdf"]
    assert (found["graded"], found["to_grade_by_hand"]) == (3, 2)


def test_quiet_says_only_what_went_wrong(tally, capsys):
    report(tally, Said.QUIET)
    assert capsys.readouterr() == ("", "")
    tally.failed = 1
    report(tally, Said.QUIET)
    said = capsys.readouterr()
    assert said.out == ""
    assert "1 notebooks could not be judged" in said.err


@pytest.mark.parametrize(
    ("failed", "waiting", "words"),
    [
        (1, 2, "grade week1"),
        (0, 2, "report week1"),
        (0, 0, "publish week1 --to DIR"),
    ],
)
def test_what_comes_next(tally, failed, waiting, words):
    tally.failed, tally.waiting, tally.options = failed, waiting, ()
    assert tally.next == f"python -m autograder {words}"


def test_of_many_only_the_first_are_named(tally, capsys):
    tally.unused = [Path(f"{n}.pdf") for n in range(MOST_NAMED + 2)]
    tally.changes = [change(f"s{n:03}", 0.0, 1.0) for n in range(MOST_NAMED + 3)]
    report(tally, Said.WORDS)
    said = capsys.readouterr().out
    assert "  and 2 more, named in unused_files.csv" in said
    assert "s019 and 3 more; see changes.csv" in said
    assert "s020" not in said
