"""A course of two lectures, and what students and platforms make of its notebooks."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from pathlib import Path

import pytest

from autograder.collecting.collector import Request, collect
from autograder.collecting.outcome import Collected
from autograder.course.course import load_course
from autograder.roster import read_roster


def cell(text, grade_id="", kind="code", **meta):
    made = {"cell_type": kind, "metadata": {}, "source": text}
    if grade_id:
        made["metadata"]["nbgrader"] = {
            "grade": False,
            "grade_id": grade_id,
            "locked": False,
            "schema_version": 3,
            "solution": False,
            "task": False,
            **meta,
        }
    if kind == "code":
        made |= {"outputs": [], "execution_count": None}
    return made


def blank(topic):
    """Return a small notebook on a topic, without answers."""
    about = f"# What this notebook says about {topic}, and about nothing else"
    return {
        "cells": [
            cell(about, kind="markdown"),
            cell("import math", f"{topic}_setup", locked=True),
            cell(
                f"def {topic}(x):\n    raise NotImplementedError",
                f"{topic}_area",
                solution=True,
            ),
            cell(
                "YOUR ANSWER HERE",
                f"{topic}_question",
                "markdown",
                grade=True,
                solution=True,
                points=2,
            ),
            cell(
                f"assert {topic}(1) > 0",
                f"{topic}_area_test",
                grade=True,
                locked=True,
                points=1,
            ),
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }


def solved(topic, answer="return 1"):
    """Return the same with an answer."""
    notebook = copy.deepcopy(blank(topic))
    notebook["cells"][2]["source"] = f"def {topic}(x):\n    {answer}"
    return notebook


def foreign():
    """Return a notebook of another course."""
    return {
        "cells": [cell("# Homework 2", kind="markdown"), cell("import numpy")],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }


NOTEBOOKS = {
    "week1/01_circles": "circles",
    "week1/02_squares": "squares",
    "week2/01_cubes": "cubes",
}


@pytest.fixture
def course(tmp_path):
    """A course folder with three notebooks in two lectures."""
    root = tmp_path / "course"
    for name, topic in NOTEBOOKS.items():
        path = root / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(blank(topic)))
    (root / "shapes").mkdir()
    (root / "shapes" / "__init__.py").write_text('"""The library."""\n')
    (root / "course.toml").write_text('libraries = ["shapes"]\n')
    return load_course(root)


def packed(files, stamp=(2026, 10, 1, 12, 0, 0)) -> bytes:
    """Return a zip archive; a value is bytes, a notebook, or a pair with a time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in files.items():
            data, when = value if isinstance(value, tuple) else (value, stamp)
            data = json.dumps(data).encode() if isinstance(data, dict) else data
            archive.writestr(zipfile.ZipInfo(name, when), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def laid_out(folder: Path, files) -> Path:
    """Write files below a folder."""
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = json.dumps(value).encode() if isinstance(value, dict) else value
        path.write_bytes(data)
    return folder


@pytest.fixture
def zipped(tmp_path):
    """Return what writes a zip archive and returns its path."""

    def write(files, name="submissions.zip", **more):
        path = tmp_path / name
        path.write_bytes(packed(files, **more))
        return path

    return write


@pytest.fixture
def collected(course, tmp_path):
    """Return what collects sources for week 1."""

    def run(*sources, roster="", **more) -> Collected:
        if roster:
            (tmp_path / "roster.csv").write_text(roster, "utf-8")
            more["roster"] = read_roster(tmp_path / "roster.csv")
        return collect(
            Request(course, "week1", sources, tmp_path / "term" / "submitted", **more)
        )

    run.submitted = tmp_path / "term" / "submitted"
    return run


def placed(collected) -> set[str]:
    """Return the files in the folder of submissions."""
    folder = collected.submitted
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def fates(done: Collected) -> dict[str, str]:
    """Return what became of each file: by its own name, fate and remark."""
    return {
        line.source.rpartition("/")[2]: f"{line.fate}: {line.why}".rstrip(": ")
        for line in done.lines
    }
