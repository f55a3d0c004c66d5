"""A term of a tiny course, whose questions are chosen once for all tests."""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from autograder import cli
from autograder.classroom.pool import LocalWorkers
from autograder.classroom.questions import settle_draws
from autograder.classroom.warm_sandboxes import WARM
from autograder.commands.grade import request_of, run_request
from autograder.course.exercises import at_course
from autograder.errors import UserError
from autograder.gradebook.book import Book
from tests.plane_figures import handouts, make_course


@pytest.fixture(scope="session")
def plane_course(tmp_path_factory, empty_gradebook):
    """The folder of a course of two lectures, with a gradebook that knows its draws."""
    root = tmp_path_factory.mktemp("plane") / "course"
    make_course(root)
    (root / "term").mkdir()
    path = root / "term" / "gradebook.db"
    shutil.copyfile(empty_gradebook, path)
    with at_course(root), Book(f"sqlite:///{path}") as book:
        settle_draws(book, handouts(root))
    return root


@pytest.fixture
def term(plane_course, tmp_path, monkeypatch):
    """A copy of the course for one test, as the working folder; nobody handed in."""
    root = tmp_path / "course"
    shutil.copytree(plane_course, root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def grade():
    """Return a function that is the command `grade`, judging in this process.

    To start a worker costs more than to judge these notebooks. What the command says
    and its exit code are those of the command line.
    """

    def call(*words, lecture="week1", code=0):
        args = cli.make_parser("grade").parse_args(["grade", lecture, *words])
        workers = LocalWorkers(1, ThreadPoolExecutor)
        try:
            found = run_request(replace(request_of(args), workers=workers))
        except UserError as error:
            print(f"autograder grade: {error}", file=sys.stderr)
            found = 2
        assert found == code

    yield call
    WARM.close()
