"""``grade`` from the command line: what it writes, refuses and survives."""

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from autograder import cli
from autograder.classroom.pool import LocalWorkers
from autograder.classroom.warm_sandboxes import WARM
from autograder.commands.grade import grade, request_of, run_request
from autograder.course.exercises import get
from autograder.demo_class import fill
from autograder.errors import UserError
from autograder.gradebook.book import Book
from autograder.sandbox.inside.landlock import LEAST_VERSION, version
from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.long]

NAMES = ("ada", "O'Brien, Ann", "=cmd|'calc'!A0", "이하늘")


@pytest.fixture
def course(tmp_path, monkeypatch, svm, make_course, settled_gradebook):
    """A course of one notebook, with blank submissions, as the working folder."""
    make_course(tmp_path)
    for name in NAMES:
        hand_in(tmp_path, name, svm)
    shutil.copy(settled_gradebook, tmp_path / "term" / "gradebook.db")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def hand_in(course, name, svm):
    place = course / "term" / "submitted" / name / "lecture3"
    place.mkdir(parents=True)
    (place / "01_svm.ipynb").write_text(json.dumps(svm.notebook))


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_everything_is_written(course, capsys):
    (course / "term" / "gradebook.db").unlink()
    assert cli.main(["grade", "lecture3", "--jobs", "1"]) == 0
    out = course / "term"
    rows = table(out / "grades.csv")
    assert len(rows) == 6 * len(NAMES)
    assert list(rows[0]) == (
        "student assignment notebook exercise score max_score status hint".split()
    )
    assert {r["status"] for r in rows} == {"unanswered"}
    assert {r["student"] for r in rows} >= {"O'Brien, Ann", "이하늘"}
    # A spreadsheet must not run a name.
    assert "'=cmd|'calc'!A0" in {r["student"] for r in rows}
    totals = table(out / "totals.csv")
    assert [r["assignment"] for r in totals] == ["lecture3"] * 4 + ["term"] * 4
    assert {r["student"] for r in totals[:4]} == {r["student"] for r in totals[4:]}
    for name in (
        "report_lecture3.html",
        "students_lecture3.html",
        "report.html",
        "students.html",
        "exercises.csv",
        "mistakes.csv",
    ):
        assert (out / name).is_file()
    for name in NAMES:
        assert (out / "feedback" / name / "lecture3" / "01_svm.html").is_file()
    captured = capsys.readouterr()
    said = captured.out
    assert "4 notebooks graded" in said
    questions, *progress = captured.err.splitlines()
    assert re.match(r"Questions: \d+ draws for 5 exercises, the same", questions)
    assert [line.partition(",")[0] for line in progress] == [
        f"{n} of 4 notebooks graded" for n in (1, 2, 3, 4)
    ]
    assert all(re.search(r", about \d+ (s|min) left$", line) for line in progress[:3])
    assert "Next: python -m autograder publish lecture3 --to DIR" in said
    assert "isolated by bubblewrap" in said
    assert cli.main(["grade", "lecture3", "--jobs", "1"]) == 0
    assert "0 notebooks graded, 4 unchanged" in capsys.readouterr().out


def test_a_changed_report_regrades_nothing_and_is_seen_in_every_page(course, capsys):
    assert cli.main(["grade", "lecture3", "--jobs", "1"]) == 0
    feedback = course / "term" / "feedback"
    pages = {path: path.read_bytes() for path in feedback.rglob("*.html")}
    graded = {p: p.stat().st_mtime_ns for p in (course / "term").rglob("*.ipynb")}
    for path in pages:
        path.write_text("made by another version")
    (feedback / ".lecture3").write_text("another version\n")
    capsys.readouterr()
    assert cli.main(["grade", "lecture3", "--jobs", "1"]) == 0
    assert "0 notebooks graded, 4 unchanged" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in pages} == pages
    assert {path: path.stat().st_mtime_ns for path in graded} == graded


def test_one_student_only(course):
    words = ["grade", "lecture3", "--jobs", "1", "--student", "ada"]
    assert cli.main(words) == 0
    rows = table(course / "term" / "grades.csv")
    assert {r["student"] for r in rows} == {"ada"}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["grade", "lecture4"], "no lecture 'lecture4'"),
        (["grade", "lecture3", "--submitted", "nowhere"], "cannot be read"),
        (["grade", "lecture3", "--submitted", "notebooks/lecture3"], "no submissions"),
        (["grade", "lecture3", "--jobs", "0"], "at least 1"),
        (["grade", "lecture3", "--student", "eve"], "no folder for student 'eve'"),
        (["grade", "lecture3", "--out", "notebooks/lecture3/01_svm.ipynb"], "written"),
        (["grade", "lecture3", "--db", "nonsense://x"], "cannot be opened"),
        (["grade", "lecture3", "--db", "/proc/nowhere/g.db"], "cannot be opened"),
        (["report", "lecture3", "--out", "elsewhere"], "run `grade lecture3` first"),
    ],
)
@pytest.mark.usefixtures("course")
def test_what_is_wrong_is_said_in_one_line(words, reason, capsys):
    assert cli.main(words) == 2
    err = capsys.readouterr().err
    assert reason in err
    assert err.count("\n") == 1


@pytest.fixture
def no_sandbox(monkeypatch):
    monkeypatch.setattr("autograder.sandbox.bubblewrap.find_bubblewrap", lambda: None)
    monkeypatch.setattr("autograder.sandbox.inside.landlock.version", lambda: 0)
    yield
    WARM.close()


def in_this_process(*words):
    """Return what a command asks for, judged where `no_sandbox` holds."""
    request = request_of(cli.make_parser("grade").parse_args(["grade", *words]))
    return replace(request, workers=LocalWorkers(1, ThreadPoolExecutor))


@pytest.mark.usefixtures("course", "no_sandbox")
def test_no_sandbox_is_a_refusal():
    with pytest.raises(UserError, match="no sandbox that is allowed holds"):
        grade(in_this_process("lecture3"))


@pytest.mark.usefixtures("no_sandbox")
def test_unsandboxed_is_said_everywhere(course, capsys):
    words = ["lecture3", "--student", "ada", "--allow-unsandboxed"]
    assert run_request(in_this_process(*words)) == 0
    said = capsys.readouterr()
    assert "NOT SANDBOXED" in said.err
    assert "NOT SANDBOXED" in said.out
    assert "NOT SANDBOXED" in (course / "term" / "report.html").read_text()


def children(pid):
    """List the processes below `pid`."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")  # of each thread that forked
    below = [child for found in lists for child in found.read_text().split()]
    return [int(p) for p in below] + [c for p in below for c in children(p)]


def test_a_stopped_run_goes_on(course, svm):
    for number in range(12):
        hand_in(course, f"more-{number}", svm)
    words = [sys.executable, "-m", "autograder", "grade", "lecture3", "--jobs", "1"]
    database = f"sqlite:///{course / 'term' / 'gradebook.db'}"
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        for _ in range(300):
            time.sleep(0.2)
            with Book(database) as book:
                if book.digests():
                    break
        workers = children(process.pid)
        assert workers
        process.send_signal(signal.SIGKILL)
    for _ in range(50):
        left = [pid for pid in workers if Path(f"/proc/{pid}/exe").exists()]
        if not left:
            break
        time.sleep(0.2)
    assert not left, "workers outlive a grader that was killed"
    with Book(database) as book:
        before = len(book.digests())
    assert 0 < before
    done = subprocess.run(words, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    assert f"{16 - before} notebooks graded, {before} unchanged" in done.stdout
    assert len(table(course / "term" / "totals.csv")) == 2 * 16


def rows_of(course, out="term"):
    """Return the rows of each student, without the name."""
    found = {}
    for row in table(course / out / "grades.csv"):
        found.setdefault(row.pop("student"), []).append(row)
    return found


def test_equal_files_have_equal_rows_whoever_judges_them_and_when(course, svm, capsys):
    # Misconceptions whose points depended on the inputs that chance gave a student.
    wrong = {
        exercise.id: exercise.misconceptions[number].source
        for number, exercise in enumerate(svm.exercises)
        if exercise.misconceptions and exercise.kind == "code"
    }
    wrong["l3_svm_loss_i"] = get("l3_svm_loss_i").known("maximum_of_sum").source
    svm = replace(svm, notebook=fill(svm, wrong))
    (course / "term" / "gradebook.db").unlink()
    twins = [f"twin-{number}" for number in range(3)]
    for name in twins:
        hand_in(course, name, svm)
    assert cli.main(["grade", "lecture3", "--jobs", "2"]) == 0
    assert "Questions: " in capsys.readouterr().err
    rows = rows_of(course)
    first = rows[twins[0]]
    assert [rows[name] for name in twins] == [first] * 3
    assert 0 < sum(float(row["score"]) for row in first)
    # Elsewhere, with a copy of the gradebook; another order and number of workers.
    shutil.copytree(course / "term", course / "elsewhere")
    for words in (
        ["--student", twins[2], "--regrade", "--jobs", "1"],
        ["--regrade", "--jobs", "1", "--out", "elsewhere"],
    ):
        assert cli.main(["grade", "lecture3", *words]) == 0
        assert "Questions: " not in capsys.readouterr().err
    assert rows_of(course) == rows
    assert rows_of(course, "elsewhere") == rows
    # Handed in again under another name, later.
    hand_in(course, "twin-late", svm)
    assert cli.main(["grade", "lecture3", "--jobs", "1"]) == 0
    assert rows_of(course)["twin-late"] == first


def test_scores_by_a_person_come_back(course, capsys):
    place = course / "term" / "submitted" / "ada" / "lecture3" / "01_svm.ipynb"
    notebook = json.loads(place.read_text())
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade_id") == "l3_svm_scale_question":
            cell["source"] = "Because the penalty grows with W."
    place.write_text(json.dumps(notebook))
    assert cli.main(["grade", "lecture3", "--jobs", "1", "--student", "ada"]) == 0
    assert cli.main(["publish", "lecture3", "--to", "handed-back"]) == 2
    assert "1 texts wait for a person" in capsys.readouterr().err
    assert cli.main(["report", "lecture3"]) == 0
    manual = course / "term" / "manual"
    page = (manual / "l3_svm_scale_question.html").read_text("utf-8")
    assert "Because the penalty grows with W." in page
    scores = manual / "scores.csv"
    head, row = scores.read_text("utf-8-sig").splitlines()
    assert row == "ada,l3_svm_scale_question,,2,"
    scores.write_text(f"{head}\n{row.replace(',,', ',1.5,')}\n")
    assert cli.main(["report", "lecture3", "--anonymous"]) == 0
    nameless = manual / "anonymous"
    page = (nameless / "l3_svm_scale_question.html").read_text("utf-8")
    assert "Because the penalty grows with W." in page
    table_of_codes = (nameless / "scores.csv").read_text("utf-8-sig")
    code = table_of_codes.splitlines()[1].partition(",")[0]
    assert f"<code>{code}</code>" in page
    assert "ada" not in re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    assert "ada" not in table_of_codes
    (nameless / "scores.csv").write_text(table_of_codes.replace(",,", ",0.5,"))
    entered = ["report", "lecture3", "--scores", str(nameless / "scores.csv")]
    assert cli.main(entered) == 0
    assert "0.5 of 2" in (manual / "l3_svm_scale_question.html").read_text("utf-8")
    capsys.readouterr()
    scores.write_text(f"{head}\n{row.replace(',,', ',1.5,')}\n")
    assert cli.main(["report", "lecture3", "--scores", str(scores)]) == 0
    assert "1 score entered" in capsys.readouterr().out
    assert "1.5 of 2" in (manual / "l3_svm_scale_question.html").read_text("utf-8")
    assert scores.read_text("utf-8-sig").splitlines()[1] == row.replace(",,", ",1.5,")
    rows = {r["exercise"]: r for r in table(course / "term" / "grades.csv")}
    assert rows["l3_svm_scale_question"]["score"] == "1.5"
    assert cli.main(["publish", "lecture3", "--to", "handed-back"]) == 0
    page = course / "handed-back" / "ada" / "lecture3" / "01_svm.html"
    assert "1.5" in page.read_text()


def test_a_table_of_scores_with_faults_ends_with_2(course, capsys):
    assert cli.main(["grade", "lecture3", "--jobs", "1", "--student", "ada"]) == 0
    scores = course / "scores.csv"
    wrong = ["ada,l3_nothing,1", "eve,l3_svm_scale_question,1"]
    for count in (1, 2):
        scores.write_text("\n".join(["student,exercise,score", *wrong[:count]]))
        capsys.readouterr()
        assert cli.main(["report", "lecture3", "--scores", str(scores)]) == 2
        err = capsys.readouterr().err
        assert "scores.csv, line 2: no exercise 'l3_nothing' in lecture3" in err
        assert err.count("\n") == (1 if count == 1 else 3)


def test_a_change_of_language_needs_no_regrading(course, svm, capsys):
    place = course / "term" / "submitted" / "ada" / "lecture3" / "01_svm.ipynb"
    notebook = json.loads(place.read_text())
    wrong = svm.exercises[0].known("counts_true_class")
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "l3_svm_loss_i":
            cell["source"] = "import numpy as np\n\n" + wrong.source
    place.write_text(json.dumps(notebook))
    shutil.copytree(ROOT / "cs231n_lib", course / "cs231n_lib")
    (course / "course.toml").write_text(
        '[languages]\n"en+ko" = "cs231n_lib/korean.toml"\n', "utf-8"
    )
    setting = course / "autograder.toml"
    pages = course / "term" / "feedback" / "ada" / "lecture3" / "01_svm.html"

    def said():
        rows = {r["exercise"]: r for r in table(course / "term" / "grades.csv")}
        return pages.read_text("utf-8"), rows["l3_svm_loss_i"]["hint"]

    setting.write_text('language = "en+ko"\n')
    assert cli.main(["grade", "lecture3", "--jobs", "1", "--student", "ada"]) == 0
    page, hint = said()
    assert 'true class (<span lang="ko">정답 클래스</span>)' in page
    assert hint.startswith("The true class (정답 클래스) is counted in the sum.")
    setting.write_text('language = "en"\n')
    assert cli.main(["report", "lecture3"]) == 0
    page, hint = said()
    assert 'lang="ko"' not in page
    assert hint.startswith("The true class is counted in the sum.")
    setting.write_text('language = "ko"\n')
    capsys.readouterr()
    assert cli.main(["report", "lecture3"]) == 2
    err = capsys.readouterr().err
    assert "'language' must be one of en, en+ko, got 'ko'" in err
    assert err.count("\n") == 1


def test_the_settings_of_the_course_take_effect(course, capsys):
    settings = course / "autograder.toml"
    settings.write_text("[limits]\nsubmission_bytes = 100\n")
    assert cli.main(["grade", "lecture3", "--jobs", "1", "--student", "ada"]) == 0
    rows = table(course / "term" / "grades.csv")
    assert {r["status"] for r in rows if r["student"] == "ada"} == {"unreadable"}
    settings.unlink()
    # A changed limit regrades.
    assert cli.main(["grade", "lecture3", "--jobs", "1", "--student", "ada"]) == 0
    rows = table(course / "term" / "grades.csv")
    assert {r["status"] for r in rows if r["student"] == "ada"} == {"unanswered"}
    settings.write_text("[limits]\nseconds = 100\n")
    capsys.readouterr()
    assert cli.main(["grade", "lecture3"]) == 2
    assert "no limit 'seconds'" in capsys.readouterr().err


@pytest.mark.skipif(version() < LEAST_VERSION, reason="no Landlock on this machine")
def test_the_second_rung_is_used_where_allowed_and_said(course, capsys, monkeypatch):
    broken = course / "bin" / "bwrap"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\necho 'no namespaces' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(broken.parent), prepend=os.pathsep)
    words = ["grade", "lecture3", "--jobs", "1", "--student", "ada"]
    assert cli.main(words) == 2
    err = capsys.readouterr().err
    assert 'write `lowest_rung = "landlock"` in course.toml' in err
    assert err.count("\n") == 1
    (course / "autograder.toml").write_text('lowest_rung = "landlock"\n')
    assert cli.main(words) == 0
    rows = table(course / "term" / "grades.csv")
    assert {r["status"] for r in rows if r["student"] == "ada"} == {"unanswered"}
    assert "isolated by Landlock" in capsys.readouterr().out
    assert "isolated by Landlock" in (course / "term" / "report.html").read_text()
