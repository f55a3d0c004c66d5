"""A term's data have a home of their own, and those of an earlier one are found."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import cli
from autograder.commands.term import refuse_second_home
from autograder.errors import UserError

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]


@pytest.fixture
def earlier(tmp_path, monkeypatch):
    """A course folder whose gradebook and submissions are still in build/."""
    (tmp_path / "notebooks").mkdir()
    submitted = tmp_path / "build" / "submitted" / "ada"
    submitted.mkdir(parents=True)
    (submitted / "notes.txt").write_text("mine")
    (tmp_path / "build" / "gradebook.db").write_text("scores entered by hand")
    (tmp_path / "build" / "demo").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


COMMANDS = [
    ["grade", "lecture3"],
    ["report", "lecture3"],
    ["publish", "lecture3", "--to", "handed-back"],
    ["export", "lecture3", "--format", "csv", "--roster", "roster.csv"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_gradebook_in_build_is_named_and_left_alone(earlier, words, capsys):
    assert cli.main(words) == 2
    captured = capsys.readouterr()
    (line,) = captured.err.splitlines()
    assert captured.out == ""
    assert "the gradebook is build/gradebook.db" in line
    assert f"{'--term' if words[0] == 'export' else '--out'} build" in line
    assert not (earlier / "term").exists()
    assert (earlier / "build" / "gradebook.db").read_text() == "scores entered by hand"


def test_the_command_in_the_message_moves_what_cannot_be_made_again(earlier):
    with pytest.raises(UserError) as refused:
        refuse_second_home(Path("term"))
    command = re.search(r"`(mkdir .*?)`", str(refused.value))[1]
    subprocess.run(["sh", "-c", command], check=True)
    moved = earlier / "term"
    assert sorted(path.name for path in moved.iterdir()) == [
        "gradebook.db",
        "submitted",
    ]
    assert (moved / "submitted" / "ada" / "notes.txt").read_text() == "mine"
    assert [path.name for path in (earlier / "build").iterdir()] == ["demo"]
    refuse_second_home(Path("term"))


def test_the_command_does_not_move_onto_what_is_there(earlier):
    (earlier / "term" / "submitted").mkdir(parents=True)
    with pytest.raises(UserError) as refused:
        refuse_second_home(Path("term"))
    command = re.search(r"`mkdir -p term && (mv .*?)`", str(refused.value))[1]
    assert shlex.split(command) == ["mv", "build/gradebook.db", "term/"]


def test_another_folder_or_gradebook_is_nobodys_business(earlier):
    refuse_second_home(Path("build"))
    refuse_second_home(Path("elsewhere"))
    refuse_second_home(Path("term"), "postgresql+psycopg://db.example.org/grades")


def test_a_gradebook_in_term_is_used_whatever_is_in_build(earlier):
    (earlier / "term").mkdir()
    (earlier / "term" / "gradebook.db").touch()
    refuse_second_home(Path("term"))
    refuse_second_home(earlier / "term")


def nbgrader(folder, *words, **variables):
    (folder / "nbgrader_config.py").write_bytes(
        (ROOT / "nbgrader_config.py").read_bytes()
    )
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=folder,
        env={**os.environ, "HOME": str(folder), **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_nbgrader_says_it_too(earlier):
    done = nbgrader(earlier, "db", "student", "list")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "build/gradebook.db" in line
    assert "COURSE_OUT=build" in line
    assert not (earlier / "term").exists()


def test_generate_assignment_works_in_a_fresh_checkout(tmp_path):
    source = tmp_path / "solutions" / "lecture3"
    source.mkdir(parents=True)
    name = "03_regularization.ipynb"
    shutil.copy(ROOT / "solutions" / "lecture3" / name, source)
    done = nbgrader(tmp_path, "generate_assignment", "lecture3")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "term" / "gradebook.db").is_file()
    assert (tmp_path / "term" / "release" / "lecture3" / name).is_file()


def test_nbgrader_uses_the_folder_that_the_variable_names(earlier):
    done = nbgrader(earlier, "db", "student", "list", COURSE_OUT="other")
    assert done.returncode == 0, done.stderr
    assert (earlier / "other" / "gradebook.db").is_file()
    assert not (earlier / "term").exists()
