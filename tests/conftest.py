"""The warm sandbox, the real notebook and an empty gradebook, for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import masters
from autograder.errors import UserError
from autograder.gradebook import Book
from autograder.sandbox.session import Sandbox

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def sandbox(request):
    """Yield a warm sandbox; a test may ask for another rung by its parameter."""
    rung = getattr(request, "param", "bubblewrap")
    try:
        box = Sandbox(rung)
    except UserError as error:
        pytest.skip(f"no sandbox of the rung {rung} on this machine: {error}")
    with box:
        yield box


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory):
    """An empty gradebook to copy: nbgrader starts a program to make one."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    Book(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def svm():
    """The real notebook 01_svm as handed out."""
    return masters(ROOT, "lecture3")[0]
