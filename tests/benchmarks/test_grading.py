"""The benchmark of grading: its courses, its measuring, and its words."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course.course import load_course
from autograder.course.handout import load_handouts
from benchmarks.grading import page
from benchmarks.grading.contenders import differences, leaning, warned
from benchmarks.grading.material import KINDS, LEFT_OUT, make_class, make_course
from benchmarks.grading.measure import Command, Cost, family, peak_mib, run

ROOT = Path(__file__).parents[2]


def cost(wall, cpu=1.0, grader=100.0):
    figures = {"wall": wall, "cpu": cpu, "grader_mib": grader, "largest_mib": 90.0}
    return figures | {"cpu of": {"lecture3": cpu / 4, "lecture4": 3 * cpu / 4}}


def figures():
    part = {
        "students": 10,
        "notebooks": 50,
        "nbgrader": cost(120.0, 200.0),
        "nbgrader at its best": cost(60.0, 80.0),
        "ours": cost(6.0, 10.0),
        page.OTTER: cost(90.0, 160.0),
        page.CLIENT: cost(30.0, 50.0),
        page.FLOOR: cost(4.0, 4.0),
        "by lecture": {"lecture3": 20, "lecture4": 30},
        "compared": 100,
        "set aside": 4,
        "warned": 1,
    }
    times = {"start": 6.0, "cells": 80.0, "tests": 90.0, "bookkeeping": 40.0}
    times["explain"] = 30.0
    growth = [(10, 8.0), (100, 20.0), (1000, 210.0)]
    return {
        "size": "standard",
        "machine": {"processor": "one", "cores": "2"},
        "jobs": 2,
        "lectures": ["lecture3", "lecture4"],
        "growth_notebook": "01_svm",
        "kinds": ["right", "blank"],
        "left_out": ["hostile"],
        "like for like": part | {"split": {"lecture3": times, "lecture4": times}},
        "with demo cells": part | {page.DRAWN: cost(20.0)},
        "growth": {
            "ours": [{"notebooks": n, **cost(wall)} for n, wall in growth],
            "nbgrader": [
                {"notebooks": 10, **cost(25.0)},
                {"notebooks": 30, **cost(75.0)},
            ],
            "again": {"notebooks": 1000, **cost(9.0)},
        },
        "visible checks": {
            "number": 3,
            "slowest": [["l4_tune_test", 0.4]],
            "import_seconds": 0.1,
        },
        "restart": [
            {"notebook": "lecture3/01_svm", "cpu": 2.5, "wall": 3.0, "one_thread": 2.0},
            {
                "notebook": "lecture4/05_two_layer_net",
                "cpu": 7.5,
                "wall": 9.0,
                "one_thread": 4.0,
            },
        ],
        "without otter": "",
        "differences": [],
    }


@pytest.mark.parametrize("demo", ["out", "run", "plain"])
def test_a_course_has_its_demo_cells_in_no_handout_or_runs_them(tmp_path, demo):
    (handout,) = make_course(tmp_path, ["lecture3"], ["01_svm"], demo)
    own = json.loads((ROOT / "notebooks/lecture3/01_svm.ipynb").read_text("utf-8"))
    tagged = sum("demo" in c["metadata"].get("tags", []) for c in own["cells"])
    assert tagged
    solution = json.loads((tmp_path / "solutions/lecture3/01_svm.ipynb").read_text())
    for cells in (handout.notebook["cells"], solution["cells"]):
        assert len(cells) == len(own["cells"]) - (tagged if demo == "out" else 0)
        demos = sum("demo" in c["metadata"].get("tags", []) for c in cells)
        assert demos == (tagged if demo == "run" else 0)
    roles = [cell.role for cell in handout.cells.values()]
    assert roles.count("demo") == (tagged if demo == "run" else 0)
    runs = load_course(tmp_path).settings.demo_cells == "run"
    assert runs == (demo == "run")


def test_a_class_is_made_of_the_kinds_in_turn(tmp_path):
    for person in KINDS:
        (tmp_path / "kinds" / person.name).mkdir(parents=True)
        (tmp_path / "kinds" / person.name / "story").write_text(person.story)
    names = make_class(tmp_path / "kinds", tmp_path / "class", KINDS, 12)
    told = [(tmp_path / "class" / name / "story").read_text() for name in names]
    assert told == [KINDS[i % len(KINDS)].story for i in range(12)]
    assert {p.story for p in LEFT_OUT} == {"broken file", "hostile"}


BUSY = """
import os, sys, time
def work(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end: pass
work(0.2)
if os.fork() == 0:
    if os.fork() == 0:  # its parent ends first
        time.sleep(0.2)
        work(0.3)
    os._exit(0)
os.wait()
"""


def test_the_time_of_all_processes_counts_even_of_orphans(tmp_path):
    command = Command([sys.executable, "-c", BUSY], tmp_path, {})
    # In a process of its own: the measuring one adopts what loses its parent.
    code = (
        "import sys; from pathlib import Path\n"
        "from benchmarks.grading.measure import *\n"
        f"cost = run([Command({list(command.words)!r}, Path('.'), {{}})], "
        f"Path({str(tmp_path / 'log')!r}))\n"
        "print(cost.cpu, cost.grader_mib)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    cpu, memory = map(float, done.stdout.split())
    assert cpu >= 0.5
    assert memory > 1


@pytest.mark.slow
def test_a_command_that_fails_is_told_with_the_end_of_its_log(tmp_path):
    words = [sys.executable, "-c", "import sys; sys.exit('no such class')"]
    with pytest.raises(RuntimeError, match="exit code 1; the log ends with\nno such"):
        run([Command(words, tmp_path, {})], tmp_path / "log")


def test_a_family_is_a_process_and_its_children():
    with subprocess.Popen(["sleep", "30"]) as child:
        assert {os.getpid(), child.pid} <= set(family(os.getpid()))
        child.kill()
    assert peak_mib(os.getpid()) > 10
    assert peak_mib(2**22 + 1) == 0


def test_two_runs_one_after_the_other_cost_both():
    assert Cost(1, 2, 30, 4) + Cost(5, 6, 7, 80) == Cost(6, 8, 30, 80)


def test_a_grade_that_leans_on_a_wrong_answer_is_set_aside():
    full = {
        ("ada", "l4_two_layer_loss"): True,
        ("ada", "l4_two_layer_net"): True,
        ("bo", "l4_two_layer_loss"): False,
        ("bo", "l4_two_layer_net"): True,
    }
    handouts = load_handouts(ROOT, "lecture4")
    assert leaning(ROOT, handouts, full) == {("bo", "l4_two_layer_net")}


def test_an_answer_may_lean_on_another_too():
    handouts = load_handouts(ROOT, "lecture4")
    full = {
        ("ada", "l4_two_layer_net"): False,
        ("ada", "l4_tune"): True,  # its visible check does not name the net's class
        ("bo", "l4_two_layer_net"): True,
    }
    assert ("ada", "l4_tune") in leaning(ROOT, handouts, full)
    assert not {key for key in leaning(ROOT, handouts, full) if key[0] == "bo"}


def test_a_warning_in_a_test_cell_is_found(tmp_path):
    def cell(grade_id, *outputs):
        meta = {"nbgrader": {"grade_id": grade_id}} if grade_id else {}
        return {"cell_type": "code", "metadata": meta, "outputs": list(outputs)}

    warning = {"output_type": "stream", "name": "stderr", "text": "overflow"}
    line = {"output_type": "stream", "name": "stdout", "text": "overflow"}
    cells = [
        cell("", warning),
        cell("l4_gate", warning),
        cell("l4_gate_test", line, warning),
        cell("l4_relu_test", line),
        {"cell_type": "markdown", "metadata": {}},
    ]
    place = tmp_path / "0" / "autograded" / "ada" / "lecture4"
    place.mkdir(parents=True)
    (place / "02.ipynb").write_text(json.dumps({"cells": cells}))
    assert warned(tmp_path) == {("ada", "l4_gate")}


def test_grades_that_differ_are_listed():
    one = {("s", "a"): True, ("s", "b"): False, ("s", "only"): True}
    other = {("s", "a"): False, ("s", "b"): False}
    assert differences(one, other) == [("s", "a")]


def test_targets_hold_or_fall_short():
    held = {row["what"]: row["held"] for row in page.targets(figures())}
    assert len(held) == 11
    slow = figures()
    slow["like for like"]["ours"]["wall"] = 12.1
    for parts in slow["like for like"]["split"].values():
        parts["bookkeeping"] = 195.0
    slow["restart"][1]["cpu"] = 15.5
    slow["growth"]["ours"][1]["grader_mib"] = 80.0
    slow["with demo cells"][page.DRAWN]["wall"] = 25.0
    now = {row["what"]: row["held"] for row in page.targets(slow)}
    fell = [what for what in held if held[what] and not now[what]]
    assert [what[:12] for what in fell] == [
        "nbgrader's w",
        "the same, wi",
        "CPU seconds ",
        "our CPU over",
        "CPU seconds ",
        "peak memory ",
    ]


def test_the_summary_says_what_falls_short_and_what_differs():
    found = figures()
    found["growth"]["ours"][2]["wall"] = 230.0
    found["differences"] = ["like for like, nbgrader: l3_x, right"]
    said = page.summary(found)
    assert (
        "nbgrader over ours: 20.0 in wall time, 20.0 in CPU; at its best 10.0" in said
    )
    assert "over that at 100: 1.15 (at most 1.1; FALLS SHORT)" in said
    assert "200 grades compared, 1 differ" in said
    assert "drawn anew by both: 6 (at least 5; holds)\n" in said
    assert "  ours, those pictures drawn anew            20.0 s wall" in said
    assert "otter-grader, `otter run`" in said


def test_the_page_holds_the_figures(tmp_path):
    (tmp_path / "images").mkdir()
    page.write(figures(), tmp_path)
    text = (tmp_path / "performance.md").read_text("utf-8")
    assert "| nbgrader's wall time over ours | 20 | at least 10 | 20 | holds |" in text
    assert "drawn anew by both | 6 | at least 5 |  | holds |" in text
    assert "|  |  | ours, those pictures drawn anew | 20.0 |" in text
    assert "8 more are set aside" in text
    assert "takes 15.0 times our wall time\n  and 16.0 times our CPU" in text
    # The floor of lecture 3: 1 s for 20 notebooks; ours: 216 ms for each.
    assert (
        "| lecture3 | 0.050 | 0.216 | 4.3 | 2.50 | 1.00 | 0.12 | 2.00 | 0.62 |" in text
    )
    assert "| `lecture4/05_two_layer_net` | 9.0 | 7.5 | 4.0 |" in text
    assert "could not be installed" not in text
    assert "And 2\n  more, for NumPy warned" in text
    assert "| 1,000 | 210.0 | 0.210 |" in text
    assert "extrapol" not in text
    assert "not a measurement" in text
    assert str(ROOT) not in text
    assert (tmp_path / "images" / "performance.svg").stat().st_size > 1000
    assert [p.name for p in (tmp_path / "images").iterdir()] == ["performance.svg"]


def test_the_readme_repeats_the_times_of_the_page(tmp_path):
    before = (ROOT / "README.md").read_text("utf-8")
    (tmp_path / "README.md").write_text(before, "utf-8")
    (tmp_path / "images").mkdir()
    page.write(figures(), tmp_path, tmp_path / "README.md")
    after = (tmp_path / "README.md").read_text("utf-8")
    words = "50 notebooks in 6 s on two cores, where nbgrader takes 120 s."
    assert words in " ".join(after.split())
    changed = zip(before.split(), after.split(), strict=True)
    assert sum(one != other for one, other in changed) <= 3
    with pytest.raises(ValueError, match="has no sentence"):
        page.repeat("Nothing of times.", figures())


def test_the_committed_page_is_that_of_its_generator():
    """Its headings are those of the template; its figures are of one run."""
    text = (ROOT / "docs" / "performance.md").read_text("utf-8")
    template = page.TEMPLATE.read_text("utf-8")
    headings = [line for line in template.splitlines() if line.startswith("## ")]
    written = [line for line in text.splitlines() if line.startswith("## ")]
    # A part that has been added since stays away until it has been measured.
    assert [line for line in headings if line in written] == written
    assert len(written) >= 5
    assert "{{" not in text


def test_without_otter_the_page_says_why(tmp_path):
    (tmp_path / "images").mkdir()
    found = figures() | {"without otter": "no such package"}
    for part in ("like for like", "with demo cells"):
        del found[part][page.OTTER]
    page.write(found, tmp_path)
    text = (tmp_path / "performance.md").read_text("utf-8")
    assert "- otter-grader could not be installed: no such package\n" in text
    assert "`otter run`" not in text
    assert "without otter-grader: no such package" in page.summary(found)
