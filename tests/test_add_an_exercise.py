"""The walk of docs/add-an-exercise.md, followed with the code blocks of that page."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.authoring import build
from autograder.course.course import load_course
from autograder.course.exercises import all_exercises, find_exercises
from autograder.course.handout import Handout
from autograder.course.settings import Settings
from autograder.errors import UserError
from autograder.judging.explain import lines
from autograder.judging.judge import judge
from autograder.sandbox.rungs import RUNGS
from autograder.sandbox.session import Sandbox

pytestmark = [pytest.mark.slow, pytest.mark.long]

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "add-an-exercise.md").read_text(encoding="utf-8")
ID = "l3_squared_hinge_i"
NOTEBOOK = "lecture3/06_squared_hinge"
FOLDER = f"solutions/{NOTEBOOK}/{ID}"
PYTHON = [f"{FOLDER}/{name}.py" for name in ("checks", "wrong", "right")]
SOURCE = f"solutions/{NOTEBOOK}.py"
BANK = "tests/solutions/test_bank.py"


BLOCKS = re.MULTILINE | re.DOTALL


def files() -> dict[str, str]:
    """Put the blocks that follow a file's name together, in the page's order."""
    found: dict[str, list[str]] = {}
    for name, block in re.findall(r"^`(\S+)`:\n\n```python\n(.*?)^```$", TEXT, BLOCKS):
        found.setdefault(name, []).append(block)
    # A definition wants two blank lines before it, a cell one.
    blank = {SOURCE: "\n"}
    return {
        name: blank.get(name, "\n\n").join(blocks) for name, blocks in found.items()
    }


def shown(command: str) -> list[list[str]]:
    """List what the page shows below a command, once for each time it is called."""
    blocks = re.findall(
        rf"^```console\n\$ {re.escape(command)}\n(.*?)^```$", TEXT, BLOCKS
    )
    assert blocks, f"the page does not call {command}"
    return [block.splitlines() for block in blocks]


FILES = files()
REFUSED = dict(re.findall(r"^\| ([^|`]+?) \| `(.+)` \|$", TEXT, re.MULTILINE))

# For each mistake of the page's table, what to replace in the source, and by what.
TEST = re.search(r"# %% nbgrader=[^\n]*_test\".*", FILES[SOURCE], re.DOTALL)[0]
EDITS = {
    "other points in the test cell": ('"points": 2', '"points": 3'),
    "an id without a folder": (f'"{ID}", "locked"', f'"{ID[:-2]}", "locked"'),
    "no test cell": (TEST, "# %% [markdown]\n# The end.\n"),
    "one id for two cells": (f"{ID}_test", ID),
    "the test cell can be edited": (
        '_test", "locked": true',
        '_test", "locked": false',
    ),
    "another hidden region": (f'("{ID}", globals())', f'("{ID}", locals())'),
    "no delimiters around the answer": (r"    ### (BEGIN|END) SOLUTION\n", ""),
    "a name that is not the exercise's": ("def squared_hinge_i", "def squared_hinge"),
    "the answer returns before the region": (
        "    ### BEGIN",
        "    return 0.0\n    ### BEGIN",
    ),
    "a word of the grader in the text": ("the course is graded", "autograder runs"),
    "other first lines": ("jupytext:", "jupytext: "),
    "a cell marker without its space": (
        "# %% [markdown]\n# The visible",
        "#%% [markdown]\n# The visible",
    ),
    "the solution fails its hidden tests": (
        r"margins\[y\] = 0",
        "margins[y] = len(scores) > 3",
    ),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Copy the course, without its notebooks, and add what the page adds."""
    root = tmp_path_factory.mktemp("course")
    for name in ("answer_checks", "autograder", "cs231n_lib"):
        shutil.copytree(
            ROOT / name,
            root / name,
            ignore=shutil.ignore_patterns("__pycache__", "reasons"),
        )
    for name in (
        "Makefile",
        "course.toml",
        "pyproject.toml",
        "handout/pyproject.toml",
        "requirements.lock",
        "solutions/probes.py",
        BANK,
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    # A .venv that counts as installed and leads to the Python of this test.
    binaries = root / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "activate").write_text(
        f'PATH="{Path(sys.executable).parent}:$PATH"\n', encoding="utf-8"
    )
    (binaries / "python").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8"
    )
    (binaries / "python").chmod(0o755)
    (root / ".venv" / "installed-requirements.lock").touch()
    return root


def run(root: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Carry out a command of the page in the copy of the course."""
    words = command.split()
    if words[0] == "python":
        words[0] = sys.executable
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COVERAGE_", "COV_CORE_"))
        and name not in {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "PYTHON", "LOCK"}
    }
    return subprocess.run(
        words,
        cwd=root,
        env={**environment, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def built(course):
    """Build the new notebook as the page does."""
    done = run(course, "make build")
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    (lines,) = shown("make build")
    assert said[-len(lines) :] == lines
    return course


@pytest.fixture(scope="module")
def exercise(course):
    """Load the exercise from the copy."""
    return find_exercises(course)[ID]


@pytest.fixture(scope="module")
def sandbox():
    try:
        box = Sandbox(RUNGS[0], load_course(ROOT).code)
    except UserError as error:
        pytest.skip(f"no sandbox on this machine: {error}")
    with box:
        yield box


@pytest.fixture
def grade(built, exercise, sandbox):
    """Return a function that grades the notebook with a text in the solution cell."""
    path = built / "notebooks" / f"{NOTEBOOK}.ipynb"
    handout = Handout(NOTEBOOK, json.loads(path.read_text(encoding="utf-8")), built)

    def judged(source: str | None):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if source and cell["id"] == ID:
                cell["source"] = source
        data = json.dumps(notebook).encode()
        (verdict,) = judge(
            handout, data, b"a class", sandbox, Settings()
        ).judgement.verdicts
        return verdict

    return judged


def test_the_exercise_is_not_one_of_the_course():
    assert set(FILES) == {*PYTHON, SOURCE}
    for name in FILES:
        assert not (ROOT / name).exists()
    assert ID not in {exercise.id for exercise in all_exercises()}


def test_the_files_pass_the_linter(course):
    for rule in ("check", "format --check --force-exclude"):
        done = run(course, f"python -m ruff {rule} {FOLDER} {SOURCE}")
        assert done.returncode == 0, done.stdout


def test_the_build_made_both_notebooks(built):
    solution = json.loads((built / f"solutions/{NOTEBOOK}.ipynb").read_text())
    student = json.loads((built / f"notebooks/{NOTEBOOK}.ipynb").read_text())
    text = json.dumps(solution)
    assert f"{ID}: 3 hidden checks passed, 2 of 2 points." in text
    (cell,) = [cell for cell in student["cells"] if cell["id"] == ID]
    stub = re.search(r"^```python\n( +# YOUR CODE HERE\n.*?)^```$", TEXT, BLOCKS)[1]
    assert "".join(cell["source"]).endswith(stub.rstrip())
    for word in ("hidden_tests", "margins", "SOLUTION"):
        assert word in text
        assert word not in json.dumps(student)


def test_check_is_content(built, sandbox):
    command = "python -m autograder check lecture3"
    done = run(built, command)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [done.stdout.splitlines()] == shown(command)


def test_build_check_finds_nothing_stale(built):
    command = f"python -m autograder build --check {NOTEBOOK}"
    done = run(built, command)
    assert done.returncode == 0, done.stdout
    assert [done.stdout.splitlines()] == shown(command)


def test_the_visible_checks_are_measured(built):
    done = run(built, f"python -m autograder.adequacy --visible {ID}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert ID in done.stdout


def test_the_bank_test_passes(course):
    command = f"python -m pytest -q {BANK} -k {ID}"
    assert shown(command)
    done = run(course, command)
    assert done.returncode == 0, done.stdout
    assert re.search(r"^[1-9]\d passed", done.stdout, re.MULTILINE), done.stdout


def test_the_solution_earns_all_points(built, grade):
    solution = json.loads((built / f"solutions/{NOTEBOOK}.ipynb").read_text())
    (cell,) = [cell for cell in solution["cells"] if cell["id"] == ID]
    verdict = grade("".join(cell["source"]))
    assert (verdict.status, verdict.score) == ("correct", 2.0)


def test_the_blank_notebook_earns_nothing(grade):
    verdict = grade(None)
    assert (verdict.status, verdict.score) == ("unanswered", 0.0)


def test_each_misconception_is_refused_and_named(exercise, grade):
    assert len(exercise.misconceptions) == 5
    for known in exercise.misconceptions:
        verdict = grade(known.source)
        assert verdict.score < 2.0, known.name
        assert verdict.misconceptions[:1] == [known.name]
        assert known.hint in verdict.hint


def test_what_a_student_reads_is_what_the_page_shows(exercise, grade, monkeypatch):
    monkeypatch.setattr("autograder.course.exercises.get", {ID: exercise}.__getitem__)
    said = lines(grade(exercise.known("not_squared").source))
    assert "\n".join(said) == re.search(r"^```text\n(.*?)\n```$", TEXT, BLOCKS)[1]


def test_each_variant_earns_all_points(exercise, grade):
    assert len(exercise.variants) == 3
    for known in exercise.variants:
        assert grade(known.source).score == 2.0, known.name


class Registry:
    """The records of the copy, as the build asks for them."""

    def __init__(self, *exercises) -> None:
        self.exercises = exercises

    def all_exercises(self):
        return self.exercises


def test_the_page_tells_of_every_refusal_tried_here():
    assert list(REFUSED) == list(EDITS)


def spoiled(mistake: str) -> str:
    """Make one mistake in the source of the page."""
    old, new = EDITS[mistake]
    pattern = old if "\\" in old else re.escape(old)
    text, count = re.subn(pattern, lambda _: new, FILES[SOURCE])
    assert count, f"{old!r} is not in the source"
    return text


@pytest.mark.parametrize("mistake", list(EDITS)[:-1])
def test_the_build_refuses(mistake, exercise, tmp_path):
    path = tmp_path / SOURCE
    path.parent.mkdir(parents=True)
    path.write_text(spoiled(mistake), encoding="utf-8")
    with pytest.raises(UserError) as refusal:
        build(tmp_path, registry=Registry(exercise))
    said = str(refusal.value).splitlines()
    texts = [re.sub(rf"^{SOURCE}:\d+: ", "", line) for line in said]
    assert REFUSED[mistake] in texts, said
    assert not list(tmp_path.rglob("*.ipynb"))


def test_a_refusal_on_the_command_line(course, tmp_path):
    (tmp_path / SOURCE).parent.mkdir(parents=True)
    (tmp_path / FOLDER).parent.symlink_to((course / FOLDER).parent)
    names = ("answer_checks", "autograder", "cs231n_lib", "requirements.lock")
    for name in names:
        (tmp_path / name).symlink_to(course / name)
    command = "python -m autograder build"
    for mistake in ("other points in the test cell", list(EDITS)[-1]):
        (tmp_path / SOURCE).write_text(spoiled(mistake), encoding="utf-8")
        done = run(tmp_path, command)
        assert done.returncode == 2
        assert done.stderr.startswith(f"autograder build: {SOURCE}:")
        assert done.stderr.rstrip().endswith(REFUSED[mistake])
        if mistake == "other points in the test cell":
            assert [done.stderr.splitlines()] == shown(command)
    assert not list(tmp_path.glob("*/*/*.ipynb"))
