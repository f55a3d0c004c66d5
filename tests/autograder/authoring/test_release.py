"""``release``: what students get, what is refused, and that nothing is half-written."""

from __future__ import annotations

import json
import os
import subprocess
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.authoring.release_folder import MANIFEST
from autograder.cli import main

NAME = "notebooks/lecture9/01_small.ipynb"
PYPROJECT = """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "small-course"
version = "1.2"
description = "A small course"

[project.urls]
{url}

[tool.hatch.build]
dev-mode-dirs = [".."]
"""
ANSWER = "    secret_total = a + b\n    return secret_total\n"

Release = Callable[..., int]


@pytest.fixture
def small(course, no_run, monkeypatch):
    """A course that is built and has a folder ``handout``; work there."""
    course.build()
    handout = course.root / "handout"
    handout.mkdir()
    (handout / "pyproject.toml").write_text(PYPROJECT.format(url=""))
    (handout / "README.md").write_text(
        "# Small\n\n<!-- notebooks -->\n\n[Guide](../docs/students.md)\n"
    )
    (course.root / "docs").mkdir()
    (course.root / "docs" / "students.md").write_text("# Guide\n")
    (course.root / "LICENSE").write_text("MIT\n")
    (course.root / "environment.yml").write_text(
        "dependencies:\n  - pip:\n      - -e ./handout\n"
    )
    monkeypatch.chdir(course.root)
    return course


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "handed out"


@pytest.fixture
def release(small, out: Path) -> Release:
    """Call the command in the small course."""
    return lambda *words: main(["release", "--to", str(out), *map(str, words)])


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    """Give the one line of an error."""
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    return line


def publish_at(small, url: str) -> None:
    (small.root / "handout" / "pyproject.toml").write_text(
        PYPROJECT.format(url=f'Repository = "{url}"')
    )


# What it writes ---------------------------------------------------------------------


def test_a_release_holds_what_students_need_and_nothing_else(small, release, out):
    (small.root / "cs231n_lib" / "__pycache__").mkdir()
    (small.root / "cs231n_lib" / "__pycache__" / "x.pyc").write_bytes(b"x")
    (small.root / "cs231n_lib" / ".hidden").write_text("x")
    assert release() == 0
    assert set(content(out)) == {
        MANIFEST,
        "LICENSE",
        "README.md",
        "cs231n_lib/__init__.py",
        "docs/students.md",
        "environment.yml",
        NAME,
        "pyproject.toml",
    }
    assert json.loads((out / NAME).read_text()) == json.loads(Path(NAME).read_text())


def test_paths_out_of_the_handout_folder_lead_to_the_root(release, out):
    release()
    project = (out / "pyproject.toml").read_text()
    assert 'dev-mode-dirs = ["."]' in project
    assert "[Guide](docs/students.md)" in (out / "README.md").read_text()
    assert "- -e .\n" in (out / "environment.yml").read_text()


def test_the_readme_lists_the_notebooks(release, out):
    release()
    readme = (out / "README.md").read_text()
    assert "| [lecture9/01_small](notebooks/lecture9/01_small.ipynb) |" in readme
    assert "| A small notebook |" in readme
    assert "colab" not in readme


def test_without_a_readme_one_is_made(small, release, out):
    (small.root / "handout" / "README.md").unlink()
    assert release() == 0
    assert (out / "README.md").read_text().startswith("# course\n\n| notebook")


@pytest.mark.parametrize("suffix", ["", "/", ".git"])
def test_an_address_adds_colab_and_binder(small, release, out, suffix):
    publish_at(small, f"https://github.com/ann/small{suffix}")
    assert release() == 0
    readme = (out / "README.md").read_text()
    assert f"colab.research.google.com/github/ann/small/blob/main/{NAME}" in readme
    assert f"mybinder.org/v2/gh/ann/small/main?urlpath=lab/tree/{NAME}" in readme
    cells = json.loads((out / NAME).read_text())["cells"]
    added = next(cell for cell in cells if cell["cell_type"] == "code")
    text = "".join(added["source"])
    assert text.endswith(
        "%pip install --quiet --no-deps git+https://github.com/ann/small"
    )
    assert 'find_spec("cs231n_lib")' in text
    assert [c for c in cells if c is not added] == json.loads(Path(NAME).read_text())[
        "cells"
    ]
    assert "nbgrader" not in added["metadata"]


def test_an_address_off_github_has_no_links(small, release, out):
    publish_at(small, "https://gitlab.example.org/ann/small")
    assert release() == 0
    assert "Colab" not in (out / "README.md").read_text()
    assert "git+https://gitlab.example.org/ann/small" in (out / NAME).read_text()


def test_only_the_lectures_that_are_named(small, release, out):
    other = small.root / "notebooks" / "lecture8" / "01_other.ipynb"
    other.parent.mkdir()
    other.write_text(Path(NAME).read_text())
    assert release("lecture9") == 0
    assert [p.name for p in (out / "notebooks").iterdir()] == ["lecture9"]
    assert release() == 0
    assert len(list((out / "notebooks").iterdir())) == 2
    # What an earlier release wrote and this one does not is taken away.
    assert release("lecture9", "lecture9") == 0
    assert [p.name for p in (out / "notebooks").iterdir()] == ["lecture9"]


def test_a_second_release_changes_nothing(release, out, tmp_path, capsys):
    packed = tmp_path / "out.zip"
    assert release("--zip", packed) == 0
    before = {p: p.stat().st_mtime_ns for p in [packed, out, *out.rglob("*")]}
    assert release("--zip", packed) == 0
    assert {p: p.stat().st_mtime_ns for p in [packed, out, *out.rglob("*")]} == before
    assert "up to date" in capsys.readouterr().out


def test_the_zip_file_holds_the_same_and_is_the_same_each_time(release, out, tmp_path):
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    assert release("--zip", first) == 0
    assert release("--zip", second) == 0
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        unpacked = {n: archive.read(n) for n in archive.namelist()}
        modes = {entry.external_attr >> 16 for entry in archive.infolist()}
    assert modes == {0o100644}
    assert unpacked == {f"small-course/{n}": c for n, c in content(out).items()}


def test_the_zip_file_of_an_earlier_release_is_replaced(small, release, tmp_path):
    packed = tmp_path / "out.zip"
    release("--zip", packed)
    before = packed.read_bytes()
    (small.root / "LICENSE").write_text("BSD\n")
    assert release("--zip", packed) == 0
    assert packed.read_bytes() != before


# Git --------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", folder, *words], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which git was never told who works there."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "another"))
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{name}_NAME", raising=False)
        monkeypatch.delenv(f"GIT_{name}_EMAIL", raising=False)
    monkeypatch.delenv("EMAIL", raising=False)


@pytest.mark.usefixtures("nobody")
def test_git_starts_a_history_of_releases_alone(small, release, out, monkeypatch):
    assert release("--git") == 0
    monkeypatch.delenv("GIT_DIR")
    assert git(out, "log", "--format=%s") == "Release lecture9"
    assert set(git(out, "ls-files").splitlines()) == set(content(out))
    assert git(out, "status", "--porcelain") == ""
    assert release("--git") == 0
    assert git(out, "rev-list", "--count", "HEAD") == "1"
    (small.root / "LICENSE").write_text("BSD\n")
    assert release("--git") == 0
    assert git(out, "rev-list", "--count", "HEAD") == "2"
    assert git(out, "show", "--name-only", "--format=").splitlines() == [
        MANIFEST,
        "LICENSE",
    ]


@pytest.mark.usefixtures("nobody")
def test_without_git_the_history_is_kept(small, release, out, monkeypatch):
    release("--git")
    monkeypatch.delenv("GIT_DIR")
    (small.root / "LICENSE").write_text("BSD\n")
    assert release() == 0
    assert git(out, "status", "--porcelain").split() == [
        "M",
        MANIFEST,
        "M",
        "LICENSE",
    ]


def test_a_history_of_something_else_is_refused(release, out, capsys):
    assert release() == 0
    git(out, "init", "--quiet")
    who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    git(out, *who, "commit", "--quiet", "--allow-empty", "-m", "The course itself")
    capsys.readouterr()
    before = content(out)
    assert release("--git") == 2
    assert "holds a commit that is not a release" in one_line(capsys)
    assert content(out) == before


def test_git_that_is_missing_is_one_clear_line(release, out, capsys, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert release("--git") == 2
    assert "--git needs the program git" in one_line(capsys)
    assert not out.exists()


# Leaks ------------------------------------------------------------------------------

LEAKS = {
    "an answer": f"def total(a, b):\n{ANSWER}",
    "an answer with other spaces": ANSWER.replace("    ", "\t\t").replace(
        "= a", "=  a"
    ),
    "an answer of one line": 'x = 1\nanswers["sum"] = 31337\n',
    "the answer to a text question": "# Notes\nBecause addition commutes.\n",
    "the delimiter of an answer": "### BEGIN SOLUTION\n",
    "the delimiter of hidden tests": "### BEGIN HIDDEN TESTS\n",
    "the grader": "def check():\n    from autograder import judging\n",
    "hidden tests": "hidden_tests = None\n",
    "a hidden check": "def negative(student, rng):\n    got = student.add(-1, rng)\n",
    "a misconception": "def subtracts(a, b):\n    return a - b  # a sign\n",
}


@pytest.mark.parametrize("where", ["cs231n_lib/x.py", "docs/students.md"])
@pytest.mark.parametrize("leak", LEAKS)
def test_a_leak_is_named_and_nothing_is_left(small, release, out, capsys, leak, where):
    bank = small.root / "solutions" / "lecture9" / "01_small"
    bank.mkdir(exist_ok=True)
    (bank / "shared_checks.py").write_text(LEAKS["a hidden check"])
    (bank / "shared_wrong.py").write_text("import numpy\n\n" + LEAKS["a misconception"])
    assert release() == 0
    before = content(out)
    (small.root / where).write_text("# Text\n\n" + LEAKS[leak])
    capsys.readouterr()
    assert release() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"leak: {where}: holds ")
    assert content(out) == before
    assert [p for p in out.parent.iterdir() if p.name.startswith(f".{out.name}")] == []


def test_a_leak_in_a_first_release_leaves_nothing(small, release, out, tmp_path):
    (small.root / "cs231n_lib" / "x.py").write_text(ANSWER)
    packed = tmp_path / "out.zip"
    assert release("--zip", packed, "--git") == 1
    assert not out.exists()
    assert not packed.exists()


@pytest.mark.parametrize("stored", [{"outputs": [{}]}, {"execution_count": 3}])
def test_a_stored_output_is_a_leak(small, release, out, capsys, stored):
    notebook = json.loads(Path(NAME).read_text())
    next(c for c in notebook["cells"] if c["cell_type"] == "code").update(stored)
    Path(NAME).write_text(json.dumps(notebook))
    assert release() == 1
    assert "cell 2 holds a stored output" in capsys.readouterr().err
    assert not out.exists()


def test_what_the_course_itself_shows_is_no_leak(small, release):
    shown = "\n# %% [markdown]\n# ```python\n# x = 1\n# ```\n\n# %%\n" + ANSWER.replace(
        "    return", "    print"
    ).replace("    ", "").replace("a + b", "1 + 2")
    small.change("\n# %% [markdown]\n# The end.\n\n# %%", f"{shown}\n# %%")
    small.build()
    (small.root / "cs231n_lib" / "x.py").write_text(
        "secret_total = 1 + 2\nprint(secret_total)\n"
    )
    assert release() == 0


def test_a_handout_older_than_its_source_is_refused(small, release, out, capsys):
    small.change("The sum of two numbers", "The total of two numbers")
    assert release() == 2
    line = one_line(capsys)
    assert f"{NAME} is not what its source makes of it" in line
    assert "python -m autograder build" in line
    assert not out.exists()


# Bad input --------------------------------------------------------------------------


def test_a_lecture_that_is_not_there(release, out, capsys):
    assert release("lecture1") == 2
    assert "no lecture 'lecture1' in this course; there are: lecture9" in one_line(
        capsys
    )
    assert not out.exists()


def test_a_language_that_is_not_there(release, out, capsys):
    assert release("--language", "ko") == 2
    assert "no notebooks in the language 'ko'; there are: en" in one_line(capsys)
    assert not out.exists()


@pytest.mark.parametrize(
    "place", [".", "..", "notebooks", "notebooks/new", "handout/x"]
)
def test_a_place_among_the_courses_own_files(small, capsys, place):
    before = small.bytes()
    assert main(["release", "--to", place]) == 2
    assert "name a" in one_line(capsys)
    assert small.bytes() == before


def test_a_zip_file_among_the_courses_own_files(small, capsys):
    before = small.bytes()
    words = ["--to", "build/out", "--zip", "notebooks/x.zip"]
    assert main(["release", *words]) == 2
    assert "the course's own folder 'notebooks'" in one_line(capsys)
    assert small.bytes() == before


@pytest.mark.parametrize("place", ["build/out", "dist/out", "of-its-own"])
def test_a_place_of_its_own_in_the_course(small, place):
    for _ in range(2):
        assert main(["release", "--to", place]) == 0


def test_a_link_into_the_course_is_followed(small, tmp_path, capsys):
    (tmp_path / "link").symlink_to(small.root / "notebooks")
    assert main(["release", "--to", str(tmp_path / "link")]) == 2
    assert "the course's own folder 'notebooks'" in one_line(capsys)


def test_a_folder_with_other_files_is_left_alone(release, out, capsys):
    out.mkdir()
    (out / "thesis.tex").write_text("years")
    assert release() == 2
    line = one_line(capsys)
    assert "holds files that are not of a release, such as 'thesis.tex'" in line
    assert content(out) == {"thesis.tex": b"years"}


@pytest.mark.parametrize("other", [".git", "empty"])
def test_a_folder_with_other_folders_is_left_alone(release, out, capsys, other):
    (out / other).mkdir(parents=True)
    assert release() == 2
    assert f"such as '{other}'" in one_line(capsys)
    assert (out / other).is_dir()


@pytest.mark.parametrize(
    ("name", "words"),
    [("notes.txt", "was not written by"), ("LICENSE", "was changed after")],
)
def test_work_in_a_released_folder_is_not_lost(release, out, capsys, name, words):
    release()
    (out / name).write_text("mine")
    capsys.readouterr()
    assert release() == 2
    assert f"'{name}' in {out} {words}" in one_line(capsys)
    assert (out / name).read_text() == "mine"


def test_what_tools_leave_in_a_released_folder_is_no_obstacle(small, release, out):
    release()
    for name in ("cs231n_lib/__pycache__/x.pyc", "x.egg-info/PKG-INFO"):
        (out / name).parent.mkdir()
        (out / name).write_bytes(b"x")
    (small.root / "LICENSE").write_text("BSD\n")
    assert release() == 0
    assert "x.egg-info/PKG-INFO" not in content(out)


def test_a_broken_manifest_is_one_clear_line(release, out, capsys):
    release()
    (out / MANIFEST).write_text("{")
    capsys.readouterr()
    assert release() == 2
    assert "cannot be read" in one_line(capsys)


@pytest.mark.parametrize("kind", ["folder", "text", "zip"])
def test_a_zip_file_that_is_something_else_is_left_alone(
    release, out, tmp_path, capsys, kind
):
    path = tmp_path / "out.zip"
    if kind == "folder":
        path.mkdir()
    elif kind == "text":
        path.write_text("mine")
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("x", "mine")
    assert release("--zip", path) == 2
    assert f"{path} exists and is not of a release" in one_line(capsys)
    assert not out.exists()


def test_a_zip_file_inside_the_folder_is_refused(release, out, capsys):
    assert release("--zip", out / "x.zip") == 2
    assert "write it beside that folder" in one_line(capsys)
    assert not out.exists()


def test_a_file_in_the_place_of_the_folder(release, out, capsys):
    out.write_text("mine")
    assert release() == 2
    assert "is not a folder" in one_line(capsys)
    assert out.read_text() == "mine"


def test_a_folder_that_cannot_be_made(small, tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    assert main(["release", "--to", str(tmp_path / "file" / "out")]) == 2
    assert "Not a directory; no release" in one_line(capsys)


def test_a_full_disk_leaves_what_was_there(
    small, release, out, tmp_path, capsys, monkeypatch
):
    packed = tmp_path / "out.zip"
    assert release("--zip", packed, "--git") == 0
    before = {**content(out), "zip": packed.read_bytes()}
    (small.root / "LICENSE").write_text("BSD\n")
    capsys.readouterr()
    really = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name.startswith(".out.zip."):
            raise OSError(28, "No space left on device", str(path))
        return really(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    assert release("--zip", packed, "--git") == 2
    assert "No space left on device; no release" in one_line(capsys)
    assert {**content(out), "zip": packed.read_bytes()} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["course", out.name, "out.zip"]


def test_folders_that_were_made_for_nothing_are_taken_away(small, tmp_path):
    (small.root / "cs231n_lib" / "x.py").write_text(ANSWER)
    assert main(["release", "--to", str(tmp_path / "a" / "b" / "c")]) == 1
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "no handout/pyproject.toml in"),
        ("[", "cannot be read"),
        ("[project]\nname = 'x'", "states no version"),
        (PYPROJECT.format(url="Repository = 'git@x:y'"), "must be an address"),
        (PYPROJECT.format(url="").replace(".build", ".other"), "hatchling.build"),
        (
            f"{PYPROJECT.format(url='')}[tool.hatch.build.targets.wheel]\n",
            "take it out, since `release` writes it",
        ),
    ],
)
def test_a_description_that_is_wrong(small, release, out, capsys, text, words):
    path = small.root / "handout" / "pyproject.toml"
    if text is None:
        path.unlink()
    else:
        path.write_text(text)
    assert release() == 2
    assert words in one_line(capsys)
    assert not out.exists()


def test_the_libraries_of_the_course_are_the_packages(small, release, out):
    assert release() == 0
    found = tomllib.loads((out / "pyproject.toml").read_text("utf-8"))
    build = found["tool"]["hatch"]["build"]
    assert build["targets"] == {"wheel": {"packages": ["cs231n_lib"]}}
    assert build["dev-mode-dirs"] == ["."]


def test_a_library_that_is_nowhere(small, release, out, capsys):
    path = small.root / "course.toml"
    path.write_text(path.read_text().replace("cs231n_lib", "no231n_lib"))
    assert release() == 2
    assert "the library 'no231n_lib' of course.toml is neither" in one_line(capsys)
    assert not out.exists()


def test_a_notebook_that_is_none(small, release, out, capsys):
    (small.root / "notebooks" / "lecture9" / "02_x.ipynb").write_text("{")
    assert release() == 2
    assert "02_x.ipynb is not a notebook" in one_line(capsys)
