"""Formgrader shows what our engine found, and what a person enters there counts."""

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from autograder.classroom.task import Task
from autograder.classroom.worker import render_result
from autograder.commands.report import rewrite
from autograder.course.course import Course
from autograder.course.handout import Handout
from autograder.gradebook.book import Book
from autograder.gradebook.nbgrader_rows import Entry
from autograder.report.files import Reporter
from autograder.verdict import CheckResult, Judged, Judgement, Verdict

ROOT = Path(__file__).parents[2]
TEXT = "l3_svm_scale_question"
WRONG = "l3_svm_loss_i"
START = 120  # seconds that the server may take to start on a busy machine


@pytest.fixture
def course(tmp_path, svm, make_course, settled_gradebook, monkeypatch):
    """A course folder in which one student's notebook has been graded."""
    make_course(tmp_path)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    out = tmp_path / "term"
    out.mkdir()
    shutil.copy(settled_gradebook, out / "gradebook.db")
    monkeypatch.chdir(tmp_path)
    with Book(f"sqlite:///{out / 'gradebook.db'}") as book:
        book.set_up("lecture3", [svm])
        judgement = Judgement("lecture3/01_svm", verdicts(svm))
        book.save("lecture3", [Entry("ada", judgement)])
        task = Task(svm, None, b"", Course(Path()), "bubblewrap", "ada")
        graded = render_result(task, Judged(judgement, svm.notebook))
        reporter = Reporter(book, "lecture3", [svm], out, tmp_path / "solutions")
        reporter.write_graded("ada", graded)
    return tmp_path


def verdicts(svm: Handout) -> list[Verdict]:
    short = CheckResult("a number", 2, 0, "value", "loss: is too large")
    found = {
        WRONG: Verdict(WRONG, 0, 2, "wrong", [short], misconceptions=["no_such"]),
        TEXT: Verdict(TEXT, 0, 2, "manual"),
    }
    return [
        found.get(e.id, Verdict(e.id, e.points, e.points, "correct"))
        for e in svm.exercises
    ]


@pytest.fixture
def formgrader(course):
    """Return a function that asks formgrader on a server in the course folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    extension = "nbgrader.server_extensions.formgrader"
    words = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root"]
    words += [f"--port={port}", "--ServerApp.ip=127.0.0.1", "--IdentityProvider.token="]
    words += ["--ServerApp.disable_check_xsrf=True", f"--ServerApp.root_dir={course}"]
    words += [f"--ServerApp.jpserver_extensions={{'{extension}': True}}"]

    def ask(path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/formgrader/{path}",
            data=None if body is None else json.dumps(body).encode(),
            method="GET" if body is None else "PUT",
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return answer.read().decode()

    with subprocess.Popen(
        words, cwd=course, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            for _ in range(START * 2):
                try:
                    ask("api/status")
                except urllib.error.URLError:
                    time.sleep(0.5)
                else:
                    break
            yield ask
        finally:
            server.terminate()


@pytest.mark.slow
def test_formgrader_and_the_report_tell_the_same(course, formgrader):
    (one,) = json.loads(formgrader("api/submitted_notebooks/lecture3/01_svm"))
    assert (one["student"], one["needs_manual_grade"]) == ("ada", True)
    comments = json.loads(formgrader(f"api/comments?submission_id={one['id']}"))
    said = {c["name"]: c["auto_comment"] for c in comments}
    assert said[WRONG] == (
        "a number: loss: is too large.\n\nNext step: work a small case by hand and "
        "print each intermediate result beside it."
    )
    assert said[TEXT] is None
    assert f'id="{WRONG}-comment"' in formgrader(f"submissions/{one['id']}/?index=0")

    grades = json.loads(formgrader(f"api/grades?submission_id={one['id']}"))
    grade = next(g for g in grades if g["name"] == TEXT)
    assert (grade["auto_score"], grade["manual_score"]) == (None, None)
    formgrader(f"api/grade/{grade['id']}", {"manual_score": 1.5})

    comment = next(c for c in comments if c["name"] == TEXT)
    formgrader(f"api/comment/{comment['id']}", {"manual_comment": "Say **why**."})

    rewrite("lecture3", course / "term")
    rows = (course / "term" / "grades.csv").read_text("utf-8-sig").splitlines()
    assert f"ada,lecture3,01_svm,{TEXT},1.5,2,manual,scored by a person" in rows
    scores = (course / "term" / "manual" / "scores.csv").read_text("utf-8-sig")
    assert f"ada,{TEXT},1.5,2," in scores.splitlines()
    feedback = course / "term" / "feedback" / "ada" / "lecture3" / "01_svm.html"
    page = feedback.read_text("utf-8")
    assert "1.5 of 2 points" in page
    assert "Say <strong>why</strong>." in page

    # Extra credit from there reaches our tables, and what we enter is shown there.
    formgrader(f"api/grade/{grade['id']}", {"manual_score": 1.5, "extra_credit": 0.5})
    rewrite("lecture3", course / "term")
    table = course / "term" / "manual" / "scores.csv"
    assert f"ada,{TEXT},1.5,2,0.5" in table.read_text("utf-8-sig").splitlines()
    rows = (course / "term" / "grades.csv").read_text("utf-8-sig").splitlines()
    assert f"ada,lecture3,01_svm,{TEXT},2,2,manual,scored by a person" in rows
    entered = f"student,exercise,score,extra_credit\nada,{TEXT},1,0.25\n"
    table.write_text(f"{entered}ada,{WRONG},1.5,\n")
    rewrite("lecture3", course / "term", scores=table)
    grades = json.loads(formgrader(f"api/grades?submission_id={one['id']}"))
    shown = {g["name"]: (g["manual_score"], g["extra_credit"]) for g in grades}
    assert shown[TEXT] == (1.0, 0.25)
    assert shown[f"{WRONG}_test"][0] == 1.5
    (one,) = json.loads(formgrader("api/submitted_notebooks/lecture3/01_svm"))
    assert one["needs_manual_grade"] is False
    (total,) = [r for r in totals(course) if r.startswith("ada,lecture3,")]
    assert f",{one['score']:g}," in total


def totals(course):
    return (course / "term" / "totals.csv").read_text("utf-8-sig").splitlines()
