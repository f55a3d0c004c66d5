"""A course that knows nothing of this engine gets from it the grades of nbgrader.

Ten notebooks with nbgrader's metadata, no exercise behind any cell and no file of
settings; two students whose answers are right, wrong, right in part, blank or broken.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder import cli
from tests.autograder.conftest import cell

pytestmark = [pytest.mark.slow, pytest.mark.long]

HIDE = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
KINDS = ("right", "wrong", "partial", "blank", "broken")
STUDENTS = ("ada", "grace")
POINTS = 4
# A function, its right body, a wrong one, one that is right in part, its visible and
# its hidden test. Where the hidden test ends in a number, that is partial credit.
NOTEBOOKS = {
    "01_double": (
        "x", "2 * x", "x + 2", "2 * abs(x)",
        "assert f(2) == 4", "assert f(3) == 6\nassert f(-1) == -2",
    ),
    "02_share": (
        "x", "x / 4", "x", "x // 4",
        "f(1)", "2 * (f(8) == 2) + 2 * (f(2) == 0.5)",
    ),
    "03_greet": (
        "x", "'Hello, ' + x", "x", "'Hello,' + x",
        "assert 'Hello' in f('Ann')", "assert f('Bo') == 'Hello, Bo'",
    ),
    "04_mean": (
        "x", "sum(x) / len(x)", "sum(x)", "sum(x) // len(x)",
        "", "(f([1, 3]) == 2) * 1.5 + (f([1, 2]) == 1.5) * 2.5",
    ),
    "05_even": (
        "x", "x % 2 == 0", "x % 2", "x in (0, 2)",
        "assert f(2)", "for n in range(8): assert f(n) is (n % 2 == 0)",
    ),
    "06_first": (
        "x", "x[0]", "x[-1]", "x[0] if x[0] else None",
        "assert f([1, 1]) == 1", "assert f('word') == 'w'\nassert f([0]) == 0",
    ),
    "07_order": (
        "x", "sorted(x)", "list(x)", "sorted(set(x))",
        "print(f([2, 1]))", "assert f([3, 1]) == [1, 3]\nassert f([1, 1]) == [1, 1]",
    ),
    "08_points": (
        "x", "x ** 2", "x", "x * abs(x)",
        "f(1)", "sum(f(n) == n * n for n in (-2, -1, 2, 3))",
    ),
    "09_count": (
        "x", "len(x)", "0", "len(set(x))",
        "assert f('') == 0", "print('counting')\nassert f('aa') == 2",
    ),
    "10_warn": (
        "x", "max(x)", "min(x)", "max(x[:2])",
        "assert f([1]) == 1", "f([1, 2, 3]) + 1 if f([1, 2, 3]) == 3 else f([2]) / 2",
    ),
}  # fmt: skip


def answer(name: str, kind: str) -> str | None:
    parameter, right, wrong, part, *_ = NOTEBOOKS[name]
    body = {"right": right, "wrong": wrong, "partial": part, "broken": "1 / 0"}
    return f"def f({parameter}):\n    return {body[kind]}" if kind in body else None


def source(name: str) -> dict:
    parameter, right, _, _, seen, hidden = NOTEBOOKS[name]
    solution = f"def f({parameter}):\n    ### BEGIN SOLUTION\n    return {right}\n"
    test = f"{seen}\n{HIDE.format(hidden)}"
    return {
        "cells": [
            cell(f"# {name}", kind="markdown"),
            cell(f"{solution}    ### END SOLUTION", f"{name}_answer", solution=True),
            cell(test, f"{name}_test", grade=True, locked=True, points=POINTS),
            cell("print('the end')"),
            cell(
                "Why?", f"{name}_why", "markdown", grade=True, solution=True, points=1
            ),
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def nbgrader(folder: Path, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """The course, released and graded by nbgrader itself."""
    root = tmp_path_factory.mktemp("plain") / "Small functions"
    (root / "source" / "hw1").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    for name in NOTEBOOKS:
        path = root / "source" / "hw1" / f"{name}.ipynb"
        path.write_text(json.dumps(source(name)))
    nbgrader(root, "generate_assignment", "hw1")
    for offset, student in enumerate(STUDENTS):
        folder = root / "submitted" / student / "hw1"
        folder.mkdir(parents=True)
        for number, name in enumerate(NOTEBOOKS):
            released = root / "release" / "hw1" / f"{name}.ipynb"
            notebook = json.loads(released.read_text("utf-8"))
            given = answer(name, KINDS[(number + 2 * offset) % len(KINDS)])
            for one in notebook["cells"]:
                if one["metadata"].get("nbgrader", {}).get("solution") and given:
                    one["source"] = given
            (folder / f"{name}.ipynb").write_text(json.dumps(notebook))
    nbgrader(root, "autograde", "hw1")
    return root


def scores(database: Path) -> dict[tuple[str, str], float | None]:
    with Gradebook(f"sqlite:///{database}") as book:
        return {
            (submission.student.id, grade.name): grade.auto_score
            for submission in book.assignment_submissions("hw1")
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_honest_work_gets_the_grades_of_nbgrader(course, monkeypatch, capsys):
    monkeypatch.chdir(course)
    words = ["grade", "hw1", "--submitted", "submitted", "--out", "ours", "--jobs", "2"]
    assert cli.main(words) == 0, capsys.readouterr().err
    theirs = scores(course / "gradebook.db")
    ours = scores(course / "ours" / "gradebook.db")
    tests = {key for key in theirs if key[1].endswith("_test")}
    assert len(tests) == len(STUDENTS) * len(NOTEBOOKS)
    assert {key: ours[key] for key in tests} == {key: theirs[key] for key in tests}
    assert {0, POINTS} < {theirs[key] for key in tests}  # and points between them
    table = {(r["student"], r["exercise"]): r for r in rows(course / "ours/grades.csv")}
    for student, name in tests:
        row = table[student, name.removesuffix("_test")]
        assert float(row["score"]) == theirs[student, name]
        assert float(row["max_score"]) == POINTS
        assert "graded as nbgrader grades" in row["hint"]
    statuses = {row["status"] for row in table.values()}
    assert statuses == set("correct partial wrong error unanswered manual".split())
    totals = rows(course / "ours/totals.csv")
    assert {row["assignment"] for row in totals} == {"hw1", "term"}
    for row in totals:
        own = [v for (who, _), v in ours.items() if who == row["student"] and v]
        assert float(row["score"]) == pytest.approx(sum(own))
        assert float(row["max_score"]) == len(NOTEBOOKS) * (POINTS + 1)
    page = (course / "ours/feedback/ada/hw1/01_double.html").read_text("utf-8")
    assert "Such a test can be fooled" in page
    assert "HIDDEN" not in page
    report = (course / "ours/report.html").read_text("utf-8")
    assert "can be fooled" in report
    assert "<code>10_warn</code>" in report


def test_nbgrader_finds_its_whole_tests_in_our_gradebook(course, monkeypatch):
    monkeypatch.chdir(course)
    words = ["grade", "hw1", "--submitted", "submitted", "--out", "again"]
    assert cli.main([*words, "--student", "ada"]) == 0
    for database in ("gradebook.db", "again/gradebook.db"):
        with Gradebook(f"sqlite:///{course / database}") as book:
            kept = book.find_source_cell("01_double_test", "01_double", "hw1").source
        assert "### BEGIN HIDDEN TESTS\nassert f(3) == 6" in kept


def test_what_is_missing_is_said_in_one_line(course, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(course)
    assert cli.main(["grade", "hw2"]) == 2
    assert "no lecture 'hw2' in this course; there are: hw1" in capsys.readouterr().err
    (tmp_path / "source" / "hw1").mkdir(parents=True)
    (tmp_path / "source" / "hw1" / "01_double.ipynb").write_text("{}")
    monkeypatch.chdir(tmp_path)
    assert cli.main(["grade", "hw1"]) == 2
    err = capsys.readouterr().err
    assert "hw1 has not been released; run `nbgrader generate_assignment hw1`" in err
    assert err.count("\n") == 1
    assert cli.main(["demo"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
