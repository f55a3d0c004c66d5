"""A small notebook, shared by the tests of the grader."""

from __future__ import annotations

import copy
import json
import shutil
import sqlite3
from contextlib import closing

import numpy as np
import pytest

from autograder.course.handout import Handout
from autograder.exercise.record import Exercise
from autograder.sandbox.limits import Limits


@pytest.fixture
def limits():
    """Limits under which a test of a hanging cell stays short."""
    return Limits(
        cell_seconds=6.0, notebook_seconds=30.0, ask_seconds=3.0, exercise_seconds=6.0
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def each_gradebook(request):
    """The URL of an empty gradebook, in a file and in PostgreSQL."""
    name = {"sqlite": "gradebook"}.get(request.param, request.param)
    return request.getfixturevalue(name)


@pytest.fixture
def gradebook(empty_gradebook, tmp_path):
    """The URL of a gradebook of its own for a test."""
    path = tmp_path / "gradebook.db"
    shutil.copyfile(empty_gradebook, path)
    return f"sqlite:///{path}"


@pytest.fixture
def refuse_rows(tmp_path):
    """Return a function that lets :func:`gradebook` refuse new rows of a table."""

    def refuse(table: str) -> None:
        with closing(sqlite3.connect(tmp_path / "gradebook.db")) as database:
            database.execute(
                f"CREATE TRIGGER refused BEFORE INSERT ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'no room for it'); END"
            )

    return refuse


def double_record() -> Exercise:
    exercise = Exercise(
        "t_double",
        "test/01_small",
        points=2,
        names=("double",),
        returns={"double": ("twice",)},
    )

    @exercise.reference
    def double(x):
        return 2.0 * x

    @exercise.check("a number", points=1)
    def _(student, rng):
        student.agrees("double", float(rng.normal()))

    @exercise.check("an array", points=1)
    def _(student, rng):
        student.agrees("double", rng.normal(size=3))

    @exercise.misconception("It squares.", "What is twice 3?")
    def squares(x):
        return x * x

    @exercise.variant("adds")
    def adds(x):
        return x + x

    return exercise


def triple_record() -> Exercise:
    exercise = Exercise("t_triple", "test/01_small", points=1, names=("triple",))

    @exercise.reference
    def triple(x):
        return 3.0 * x

    @exercise.check("a number", points=1)
    def _(student, rng):
        student.agrees("triple", float(rng.normal()))

    return exercise


def cell(source, grade_id="", kind="code", tags=(), **meta):
    metadata = {}
    if grade_id:
        metadata["nbgrader"] = {
            "grade": False,
            "grade_id": grade_id,
            "locked": False,
            "schema_version": 3,
            "solution": False,
            "task": False,
            **meta,
        }
    if tags:
        metadata["tags"] = list(tags)
    made = {
        "cell_type": kind,
        "id": grade_id.replace("_", "-") or "plain",
        "metadata": metadata,
        "source": source,
    }
    if kind == "code":
        made |= {"outputs": [], "execution_count": None}
    return made


STUB = 'def {0}(x):\n    raise NotImplementedError("t_{0}: not written yet")'


def small_notebook() -> dict:
    test = {"grade": True, "locked": True}
    return {
        "cells": [
            cell("# Small", kind="markdown"),
            cell("import numpy as np", "t_setup", locked=True),
            cell(STUB.format("double"), "t_double", solution=True),
            cell("print(double(1.5))", "t_double_test", points=2, **test),
            cell(STUB.format("triple"), "t_triple", solution=True),
            cell("print(triple(2.0))", "t_triple_test", points=1, **test),
            cell("raise SystemExit", "t_demo", tags=["demo"], locked=True),
            cell(
                "YOUR ANSWER HERE",
                "t_question",
                "markdown",
                grade=True,
                solution=True,
                points=2,
            ),
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


class SmallHandout(Handout):
    """A handout whose records are not in the registry."""

    exercises = [  # noqa: RUF012 - set once for all tests
        double_record(),
        triple_record(),
        Exercise("t_question", "test/01_small", points=2, kind="manual"),
    ]


@pytest.fixture
def small():
    return SmallHandout("test/01_small", small_notebook())


@pytest.fixture
def fill(small):
    """Return a function that writes a submission: sources by grade_id, edits."""

    def write(edit=None, **sources):
        notebook = copy.deepcopy(small.notebook)
        for one in notebook["cells"]:
            grade_id = one["metadata"].get("nbgrader", {}).get("grade_id")
            if grade_id in sources:
                one["source"] = sources[grade_id]
        if edit:
            edit(notebook)
        return json.dumps(notebook).encode()

    return write


@pytest.fixture
def rng():
    return np.random.default_rng(0)
