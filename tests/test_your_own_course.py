"""A second course, with another library, walks through the guide for such courses."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.long]

ROOT = Path(__file__).parents[1]
COURSE = ROOT / "tests" / "fixtures" / "plane_figures"
GUIDE = (ROOT / "docs" / "your-own-course.md").read_text("utf-8")
BLOCK = re.compile(r"^`(\S+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CELLS = re.compile(r"^```python\n(# %% .*?)^```$", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands() -> list[tuple[str, list[str]]]:
    """List each command of the guide with the lines that it shows."""
    found: list[tuple[str, list[str]]] = []
    for line in "".join(CONSOLE.findall(GUIDE)).splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


@pytest.fixture(scope="module")
def walked(tmp_path_factory) -> Path:
    """The course, after every command of the guide in its order."""
    root = tmp_path_factory.mktemp("own") / "plane-figures"
    shutil.copytree(COURSE, root)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for command, shown in commands():
        done = subprocess.run(
            command.split(),
            cwd=root,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        for line in shown:
            assert line in done.stdout, f"{command} says {done.stdout!r}"
    return root


def test_the_guide_shows_files_of_the_course():
    blocks = BLOCK.findall(GUIDE)
    assert len(blocks) >= 6
    for name, text in blocks:
        assert (COURSE / name).read_text("utf-8") == text, name
    source = (COURSE / "solutions" / "week1" / "01_rectangles.py").read_text("utf-8")
    (cells,) = CELLS.findall(GUIDE)
    assert cells in source


def test_the_course_is_graded_and_reported(walked):
    with (walked / "term" / "grades.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    shown = re.findall(
        r"^\| (\w+) \| (w1_\w+) \| (\d) \| (\w+) \|$", GUIDE, re.MULTILINE
    )
    names = ("student", "exercise", "score", "status")
    assert [tuple(one[name] for name in names) for one in rows] == shown
    assert len(shown) == 4
    page = (
        walked / "term" / "feedback" / "bob" / "week1" / "01_rectangles.html"
    ).read_text()
    assert "diagonal of a rectangle" in page
    assert "can be fooled" not in page


def test_the_release_holds_the_library_and_no_answer(walked):
    students = walked.parent / "plane-figures-students"
    text = "".join(p.read_text() for p in students.rglob("*") if p.is_file())
    assert (students / "figures" / "__init__.py").is_file()
    for word in ("hypot", "autograder", "around_the_corner", "cs231n"):
        assert word not in text


def test_the_engine_says_no_word_of_another_course():
    for package in ("autograder", "answer_checks"):
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                assert "cs231n" not in path.read_text("utf-8").lower(), path
