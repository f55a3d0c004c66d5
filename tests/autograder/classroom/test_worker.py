"""A worker's life: it starts light, and it ends with its grader."""

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.classroom import worker
from autograder.classroom.task import Task
from autograder.classroom.warm_sandboxes import WarmSandboxes
from autograder.course.course import Course
from autograder.errors import UserError
from autograder.sandbox.selftest import Proof

START = """
import multiprocessing
from autograder.classroom import worker

class Grader:
    def is_alive(self):
        return {alive}

multiprocessing.parent_process = Grader
worker.start_worker()
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


@pytest.mark.slow
@pytest.mark.parametrize("alive", [True, False])
def test_a_worker_whose_grader_is_gone_does_not_start(alive):
    done = python(START.format(alive=alive))
    assert not done.stderr
    assert (done.stdout == "at work\n") is alive
    assert (done.returncode == 0) is alive


@pytest.mark.slow
def test_a_worker_loads_no_grammar_of_addresses():
    names = "rfc3987_syntax", "lark"
    text = "import sys, autograder.classroom.worker as w; w.start_worker(); "
    done = python(f"{text}print([n for n in {names} if sys.modules.get(n)])")
    assert done.stdout == "[]\n", done.stderr


class Kept:
    """Stands for a warm sandbox."""

    def __init__(self):
        self.open = True

    def close(self):
        self.open = False


def test_a_new_sandbox_proves_itself_where_one_was_lost(small, monkeypatch):
    started = []

    def prove(rung, code):
        started.append(Kept())
        return Proof(rung.name, ("fill the disk",), ()), started[-1]

    def judge(handout, data, seed, sandbox, settings, memory, draws, *others):
        assert memory is sandboxes.memory
        assert draws == {"t_double": 3}
        if sandbox is started[0]:
            raise UserError("the sandbox ended unexpectedly")
        return sandbox

    monkeypatch.setattr(worker, "judge", judge)
    sandboxes = WarmSandboxes(prove)
    draws = {"t_double": 3}
    task = Task(small, b"", b"s", Course(Path()), "bubblewrap", draws=draws)
    assert worker.judge_task(task, sandboxes) is started[1]
    assert not started[0].open
    sandboxes.close()
    assert not started[1].open
