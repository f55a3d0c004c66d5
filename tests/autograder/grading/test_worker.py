"""A worker's life: it starts light, and it ends with its grader."""

import subprocess
import sys

import pytest

BEGIN = """
import multiprocessing
from autograder.grading import worker

class Grader:
    def is_alive(self):
        return {alive}

multiprocessing.parent_process = Grader
worker.begin()
print("at work")
"""


def python(text):
    return subprocess.run(
        [sys.executable, "-c", text],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("alive", [True, False])
def test_a_worker_whose_grader_is_gone_does_not_begin(alive):
    done = python(BEGIN.format(alive=alive))
    assert not done.stderr
    assert (done.stdout == "at work\n") is alive
    assert (done.returncode == 0) is alive


def test_a_worker_loads_no_grammar_of_addresses():
    names = "rfc3987_syntax", "lark"
    text = "import sys, autograder.grading.worker as w; w.begin(); "
    done = python(f"{text}print([n for n in {names} if sys.modules.get(n)])")
    assert done.stdout == "[]\n", done.stderr
