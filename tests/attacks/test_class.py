"""A class with hostile files and names: everybody else's grade is untouched."""

from __future__ import annotations

import csv
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from autograder.classroom.pool import LocalPool, LocalWorkers
from autograder.classroom.warm_sandboxes import WARM
from autograder.commands.grade import GradeRequest
from autograder.commands.grade import grade as grade_lecture
from autograder.course.course import load_course
from autograder.course.settings import Settings
from autograder.sandbox.rungs import Proof

pytestmark = [pytest.mark.slow, pytest.mark.long]

NAMES = (
    "$(touch pwned)",
    "`touch pwned`; rm -rf ~",
    "a'b`c",
    "=cmd|' -C calc'!A0",
    "e..vil",
    "-rf",
    "{{7*7}}%s${HOME}",
    "z" * 200,
    "김\u202egpj.exe",
    " leading and trailing ",
)
# No page of formgrader may show these: they are left out, and that is said.
REFUSED = (
    "<script>alert(1)",
    "<img src=x onerror=alert(1)>",
    '"};alert(1);//',
    "two\nlines\r",
    "\x1b[2J\x1b]0;title\x07",
)
FAULTS = ("folder", "link", "dangling", "pipe", "no_permission", "lecture_link")


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_hostile_names_and_files_cost_nobody_else(
    course, hand_in, honest, limits, monkeypatch, capsys
):
    monkeypatch.setattr(LocalPool, "proof", lambda _: Proof("bubblewrap", ("all",), ()))
    for name in ("ada", *NAMES, *REFUSED):
        hand_in(course, name, honest)
    beside = hand_in(course, "modules-beside", honest).parent
    for module in ("numpy", "sitecustomize", "autograder", "cs231n_lib"):
        (beside / f"{module}.py").write_text("raise SystemExit('imported')\n")
    os.makedirs(os.fsencode(course / "submitted") + b"/bad-\xff-bytes/lecture3")
    secret = course / "secret.ipynb"
    secret.write_text(json.dumps(honest))
    for fault in FAULTS:
        path = hand_in(course, f"fault-{fault}", honest)
        path.unlink()
        if fault == "folder":
            path.mkdir()
        elif fault == "link":
            path.symlink_to(secret)
        elif fault == "dangling":
            path.symlink_to("nowhere")
        elif fault == "pipe":
            os.mkfifo(path)
        elif fault == "no_permission":
            path.write_text(json.dumps(honest))
            path.chmod(0)
        elif fault == "lecture_link":
            path.parent.rmdir()
            path.parent.symlink_to(course / "submitted" / "ada" / "lecture3")
    try:
        tally, _ = grade_lecture(
            GradeRequest(
                "lecture3",
                submitted=course / "submitted",
                out=course / "out",
                course=replace(load_course(course), settings=Settings(limits)),
                workers=LocalWorkers(1, ThreadPoolExecutor),
            )
        )
    finally:
        WARM.close()
    assert tally.failed == 0
    said = capsys.readouterr().err
    assert "is left out: its name is not UTF-8" in said
    assert said.count("is left out: its name holds what no page may show") == 5
    assert "\x1b" not in said
    total: dict[str, float] = {}
    rows = table(course / "out" / "grades.csv")
    for row in rows:
        total[row["student"]] = total.get(row["student"], 0.0) + float(row["score"])
    best = total["ada"]
    assert best == 18
    assert sorted(total.values()).count(best) >= 2 + len(NAMES)
    assert total["modules-beside"] == best
    for fault in FAULTS[:4]:
        assert total[f"fault-{fault}"] == 0
    assert total["fault-lecture_link"] == 0
    assert not list(course.rglob("pwned"))
    for row in rows:
        assert not row["student"].startswith(("=", "+", "@"))
    page = (course / "out" / "report.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "\x1b" not in page
    written = {p.relative_to(course / "out").parts[0] for p in course.rglob("out/*")}
    assert written <= {
        *("autograded", "feedback", "gradebook.db", "grades.csv", "totals.csv"),
        *("exercises.csv", "mistakes.csv", "mistakes_by_student.csv"),
        "unused_files.csv",
        *("report.html", "students.html"),
        *("report_lecture3.html", "students_lecture3.html"),
    }
