"""A worker's life: it starts light, and it ends with its grader."""

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.classroom import worker
from autograder.course.course import Course
from autograder.errors import UserError
from autograder.sandbox.selftest import Proof

BEGIN = """
import multiprocessing
from autograder.classroom import worker

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
    text = "import sys, autograder.classroom.worker as w; w.begin(); "
    done = python(f"{text}print([n for n in {names} if sys.modules.get(n)])")
    assert done.stdout == "[]\n", done.stderr


class Kept:
    """Stands for a warm sandbox."""

    def __init__(self, level):
        self.level = level
        self.open = True

    def close(self):
        self.open = False


@pytest.fixture
def proofs(monkeypatch):
    """Let sandboxes be made up; the list holds those that were started."""
    started = []

    def prove(level, code, escaped=()):
        started.append(Kept(level))
        return Proof(level, ("fill the disk",), escaped), started[-1]

    def choose(allow_unsandboxed, rungs, code):
        return prove(rungs[-1], code)

    monkeypatch.setattr(worker, "prove", prove)
    monkeypatch.setattr(worker, "choose", choose)
    monkeypatch.setattr(worker, "_proven", {})
    yield started
    worker.close_sandboxes()
    assert not any(sandbox.open for sandbox in started)


def test_what_was_chosen_is_what_judges(proofs):
    rungs = ("bubblewrap", "landlock")
    first = worker.choose_here(False, rungs)
    assert worker.choose_here(False, rungs) is first
    assert worker.proven_sandbox("landlock") is proofs[0]
    assert len(proofs) == 1


def test_a_sandbox_that_does_not_hold_is_never_used(proofs, monkeypatch):
    prove = worker.prove
    monkeypatch.setattr(worker, "prove", lambda *at: prove(*at, ("get out",)))
    for _ in range(2):
        with pytest.raises(UserError, match="does not hold: from inside it could get"):
            worker.proven_sandbox("bubblewrap")
    assert len(proofs) == 2


def test_a_new_sandbox_proves_itself_where_one_was_lost(proofs, small, monkeypatch):
    def judge(handout, data, secret, sandbox, settings):
        if sandbox is proofs[0]:
            raise UserError("the sandbox ended unexpectedly")
        return sandbox

    monkeypatch.setattr(worker, "judge", judge)
    task = worker.Task(small, b"", b"s", Course(Path()), "bubblewrap", "")
    assert worker.judge_task(task) is proofs[1]
    assert not proofs[0].open
