"""A worker chooses a draw by the exercise's id, and loads no gradebook for it."""

import subprocess
import sys

import pytest

from autograder.classroom.choice import Choice, choose
from tests.conftest import ROOT


def test_an_exercise_of_the_course_is_chosen_by_its_id():
    name = "l3_to_polar"
    assert choose(Choice(name, ROOT, b"seed")).faults == ()


@pytest.mark.slow
def test_a_worker_loads_nothing_of_the_gradebook():
    text = (
        "import sys, autograder.classroom.choice, autograder.classroom.processes\n"
        "print([n for n in ('nbgrader', 'sqlalchemy', 'distributed') "
        "if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", text],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout == "[]\n"
