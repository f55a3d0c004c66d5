"""Worker processes: started at once, each with a sandbox that it proved."""

import os
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from autograder.classroom.pool import LocalPool, LocalWorkers
from autograder.classroom.processes import WorkerProcesses
from autograder.classroom.warm_sandboxes import RungChoice
from autograder.classroom.worker import choose_rung
from autograder.course.course import Course
from autograder.errors import UserError
from autograder.sandbox.interpreter import THREADS
from autograder.sandbox.selftest import Proof


def threads():
    return {name: os.environ.get(name) for name in THREADS}


@pytest.mark.slow
def test_workers_compute_with_one_thread_each_and_the_grader_as_before(monkeypatch):
    for name in THREADS:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    with WorkerProcesses(1) as workers:
        assert workers.submit(threads).result() == dict.fromkeys(THREADS, "1")
    assert threads() == dict.fromkeys(THREADS)


@pytest.mark.slow
def test_an_instructor_may_say_how_many_threads(monkeypatch):
    for name in THREADS:
        monkeypatch.setenv(name, "2")
    with WorkerProcesses(1) as workers:
        assert workers.submit(threads).result() == dict.fromkeys(THREADS, "2")


class Proving(Executor):
    """Workers that prove what the test says, or end."""

    def __init__(self, outcomes):
        self.outcomes = list(outcomes)
        self.ended = False

    def submit(self, function, choice):
        assert (function, choice) == (choose_rung, RungChoice())
        future = Future()
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
        else:
            future.set_result(Proof(outcome, ("get out",), ()))
        return future

    def shutdown(self, wait=True, *, cancel_futures=False):
        self.ended = True


def local(*outcomes):
    """Return workers that start with these outcomes, and the executors they are."""
    started = []

    def make(jobs):
        started.append(Proving(outcomes))
        return started[-1]

    return LocalPool(len(outcomes), RungChoice(), make), started


def test_the_weakest_rung_of_the_workers_is_that_of_the_class():
    crew, _ = local("bubblewrap", "landlock", "bubblewrap")
    assert crew.proof().rung == "landlock"


def test_the_workers_that_proved_themselves_judge_first():
    crew, started = local("bubblewrap")
    with crew:
        assert crew.executor() is started[0]
        assert crew.executor() is not started[0]
    assert len(started) == 2
    assert not started[0].ended  # it belongs to who took it


def test_workers_that_nobody_took_are_ended():
    crew, started = local("bubblewrap")
    with pytest.raises(UserError), crew:
        raise UserError("the gradebook cannot be opened")
    assert started[0].ended


def test_a_worker_that_ends_as_it_starts_is_one_error():
    crew, _ = local("bubblewrap", BrokenProcessPool())
    with pytest.raises(UserError, match="memory for 2 of them"):
        crew.proof()


@pytest.mark.parametrize(("most", "jobs"), [(2, 2), (100, 3), (0, 1)])
def test_there_are_no_more_workers_than_notebooks(most, jobs):
    asked = []

    def make(number):
        asked.append(number)
        return Proving(["bubblewrap"] * number)

    with LocalWorkers(3, make).start(RungChoice(), most, Course(Path())):
        assert asked == [jobs]
