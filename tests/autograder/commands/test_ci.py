"""A repository that is only a course proves itself by one command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.authoring.student_run import faults
from autograder.commands.ci import Step, copy_course, summary
from autograder.course.course import load_course

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
COURSE = ROOT / "tests" / "fixtures" / "plane_figures"
GUIDE = (ROOT / "docs" / "your-ci.md").read_text("utf-8")
WEEK = Path("solutions", "week1")
STEPS = [
    line.removeprefix("ok    ")
    for line in GUIDE.splitlines()
    if line.startswith("ok    ")
]


def git(folder, *words):
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def call(folder, *words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "autograder", *words],
        cwd=folder,
        env={**inherited(), **environment},
        capture_output=True,
        text=True,
        timeout=900,
    )


def inherited():
    return {k: v for k, v in os.environ.items() if k != "GITHUB_STEP_SUMMARY"}


def replace(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def cloned(tmp_path_factory):
    """The clone of a course's repository after an edit, and what ``ci`` said of it."""
    origin = tmp_path_factory.mktemp("ci") / "origin"
    shutil.copytree(COURSE, origin)
    git(origin, "init", "--quiet", "--initial-branch=main")
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message", "A course")
    clone = origin.with_name("clone")
    git(origin.parent, "clone", "--quiet", str(origin), str(clone))
    source = clone / WEEK / "01_rectangles.py"
    replace(source, "Return the area of a rectangle", "Return the area")
    shown = clone.parent / "step-summary.md"
    words = ["ci", "--since", "origin/main", "--out", str(clone.parent / "out")]
    return clone, call(clone, *words, GITHUB_STEP_SUMMARY=str(shown)), shown


def test_every_step_is_done(cloned):
    _, done, _ = cloned
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[:-1] == [f"ok    {step}" for step in STEPS]


def test_the_folder_stays_as_it_is(cloned):
    clone, _, _ = cloned
    listed = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True
    ).stdout
    assert listed == " M solutions/week1/01_rectangles.py\n"


def test_the_summary_says_what_students_see_differently(cloned):
    clone, _, shown = cloned
    text = (clone.parent / "out" / "summary.md").read_text("utf-8")
    assert text == shown.read_text("utf-8")
    assert text.count("| done |") == len(STEPS)
    assert "# What students see differently since `origin/main`" in text
    assert "| `week1/01_rectangles` | 1 | 5 | not compared |" in text
    assert '-    """Return the area of a rectangle."""' in text
    assert '+    """Return the area."""' in text
    # What stands between the delimiters is no student's business.
    assert "return a * b" not in text


def test_a_course_that_is_broken_falls_short(tmp_path):
    """Not in git; a hidden check accepts a mistake, and a library is not handed out."""
    course = tmp_path / "course"
    shutil.copytree(COURSE, course)
    # A check that asks nothing accepts every mistake, and mutant.
    checks = course / WEEK / "01_rectangles" / "w1_area" / "checks.py"
    lines = checks.read_text("utf-8").splitlines()
    kept = [
        "    pass" if line.strip().startswith("student.") else line for line in lines
    ]
    assert kept != lines
    checks.write_text("\n".join(kept) + "\n", "utf-8")
    (course / "lent.py").write_text("HALF = 0.5\n")
    source = course / WEEK / "01_rectangles.py"
    replace(source, "import math\n", "import math\n\nimport lent\n")
    done = call(course, "ci", "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    short = [line[6:] for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert set(short) == {STEPS[3], STEPS[5], STEPS[7]}
    text = (tmp_path / "out" / "summary.md").read_text("utf-8")
    assert "No module named 'lent'" in text
    assert text.count("**fell short**") == 3


def test_a_copy_holds_what_git_would_commit(tmp_path):
    course = tmp_path / "course"
    shutil.copytree(COURSE, course)
    (course / ".gitignore").write_text("/secret\n")
    (course / "secret").write_text("x")
    (course / "build").mkdir()
    (course / "build" / "left").write_text("x")
    plain = copy_course(course, tmp_path / "plain")
    assert (plain / "secret").exists()
    assert not (plain / "build").exists()
    git(course, "init", "--quiet")
    git(course, "add", "course.toml")
    known = copy_course(course, tmp_path / "known")
    assert not (known / "secret").exists()
    assert (known / "figures" / "__init__.py").is_file()


def test_what_falls_short_is_shown_with_its_last_lines():
    said = "\n".join(f"line {i}" for i in range(99))
    steps = [Step("right", said, False), Step("wrong", said, True)]
    text = summary(load_course(COURSE), steps)
    assert "| done | right |" in text
    assert "| **fell short** | wrong |" in text
    assert "    line 98" in text
    assert "line 58\n" not in text


def test_a_failure_that_a_missing_answer_explains_is_none():
    def fails(name, said, **own):
        cell = new_code_cell("x")
        cell.metadata["nbgrader"] = own
        cell.outputs = [new_output("error", ename=name, evalue=said)]
        return cell

    answer = fails("NotImplementedError", "w1: not written yet", solution=True)
    below = fails("NameError", "name 'loss' is not defined")
    lost = fails("ModuleNotFoundError", "No module named 'figures'")
    before = fails("NameError", "name 'np' is not defined")
    assert faults(new_notebook(cells=[answer, below])) == []
    assert faults(new_notebook(cells=[before, answer, lost])) == [
        "cell 1 raises NameError: name 'np' is not defined",
        "cell 3 raises ModuleNotFoundError: No module named 'figures'",
    ]
    nbformat.validate(new_notebook(cells=[answer]))


def test_the_workflow_calls_the_command_that_is_tested():
    path = ROOT / ".github" / "workflows" / "course.yml"
    workflow = yaml.safe_load(path.read_text("utf-8"))
    runs = [step.get("run", "") for step in workflow["jobs"]["course"]["steps"]]
    assert any("python -m autograder ci --from-index" in text for text in runs)
    # YAML reads the key `on` as true.
    inputs = workflow[True]["workflow_call"]["inputs"]
    for name in inputs:
        assert name in GUIDE
    (block,) = [part.split("```")[0] for part in GUIDE.split("```yaml\n")[1:]]
    caller = yaml.safe_load(block)["jobs"]["course"]
    assert caller["uses"].startswith("OWNER/NAME/.github/workflows/course.yml@")
    required = {name for name, one in inputs.items() if one.get("required")}
    assert required <= set(caller["with"]) <= set(inputs)
    assert len(block.strip().splitlines()) == 5
