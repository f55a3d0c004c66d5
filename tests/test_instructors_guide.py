"""Every command of docs/instructors.md, carried out in the order in which it stands."""

from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.long]

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "instructors.md").read_text("utf-8")
NOTEBOOK = "lecture3/01_svm"
COMMANDS = [
    line.removeprefix("$ ")
    for block in re.findall(r"^```console\n(.*?)^```$", GUIDE, re.M | re.S)
    for line in block.splitlines()
    if line.startswith("$ ")
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of the course that has one notebook, and nothing of a term yet."""
    root = tmp_path_factory.mktemp("guide") / "course"
    root.mkdir()
    for name in ("answer_checks", "cs231n_lib", "docs", "handout"):
        shutil.copytree(ROOT / name, root / name)
    files = ["environment.yml", "LICENSE", "nbgrader_config.py", "requirements.lock"]
    for name in [*files, "course.toml"]:
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, root)
    for folder in ("solutions", "notebooks"):
        for path in (ROOT / folder).rglob("*"):
            name = path.relative_to(ROOT / folder).as_posix()
            wanted = name.startswith(NOTEBOOK) or name.count("/") == 0
            if path.is_file() and wanted and path.suffix in (".py", ".ipynb"):
                (root / folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, root / folder / name)
    return root


def hand_in(course: Path) -> None:
    """Let two students hand in on Canvas: one the solution, one the blank notebook."""
    with zipfile.ZipFile(course / "submissions.zip", "w") as archive:
        for sent, folder in (
            ("lovelaceada_711_90001_01_svm.ipynb", "solutions"),
            ("johnsonkatherine_LATE_712_90002_01_svm-1.ipynb", "notebooks"),
        ):
            archive.write(course / folder / f"{NOTEBOOK}.ipynb", sent)


def enter_scores(course: Path) -> None:
    """Fill in the column `score` of the table, as the guide says."""
    path = course / "term" / "manual" / "scores.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        row["score"] = "1"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def carry_out(course: Path, command: str) -> None:
    """Do what has to be there before a command, then run it as it stands."""
    words = shlex.split(command)
    if words[:4] == ["python", "-m", "autograder", "collect"]:
        hand_in(course)
    if "--scores" in words:
        enter_scores(course)
    if "--roster" in words:
        (course / words[words.index("--roster") + 1]).write_text(
            "Student,ID,SIS User ID,SIS Login ID,Section\n"
            "Points Possible,,,,\n"
            '"Lovelace, Ada",711,2026001,ada,A\n'
            '"Johnson, Katherine",712,2026002,katherine,A\n'
        )
    options = []
    if words[:2] == ["nbgrader", "release_assignment"]:
        # The default is a folder of the machine that all users share.
        exchange = course.parent / "exchange"
        exchange.mkdir(mode=0o777)
        exchange.chmod(0o777)
        options = [f"--Exchange.root={exchange}"]
    start = (
        [sys.executable] if words[0] == "python" else [sys.executable, "-m", words[0]]
    )
    home = course.parent / "home"
    home.mkdir(exist_ok=True)
    done = subprocess.run(
        [*start, *words[1:], *options],
        cwd=course,
        env={**os.environ, "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=550,
    )
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said
    assert done.returncode == 0, f"{command}: {said}"


def test_the_guide_begins_with_the_release() -> None:
    assert COMMANDS[0].startswith("python -m autograder release --to ")
    assert len(COMMANDS) == len(set(COMMANDS))


def test_every_command_of_the_guide_in_its_order(course: Path) -> None:
    for command in COMMANDS:
        carry_out(course, command)
    released = course.parent / "handed-out"
    assert (released / "notebooks" / f"{NOTEBOOK}.ipynb").is_file()
    assert (released / ".git").is_dir()
    assert (course.parent / "handed-out.zip").is_file()
    with (course / "term" / "totals.csv").open(encoding="utf-8-sig") as file:
        totals = {row["student"]: row for row in csv.DictReader(file)}
    # All points of the code, and the one that a person gave for the text.
    assert float(totals["ada"]["score"]) == float(totals["ada"]["max_score"]) - 1
    assert float(totals["katherine"]["score"]) == 0
    for student in totals:
        page = course / "handed-back" / student / f"{NOTEBOOK}.html"
        assert page.is_file()
    exported = (course / "term" / "export" / "lecture3_canvas.csv").read_text("utf-8")
    ada = exported.splitlines()[2]
    assert float(ada.rpartition(",")[2]) == float(totals["ada"]["score"])
