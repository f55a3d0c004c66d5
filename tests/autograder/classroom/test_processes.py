"""Processes that are killed, stopped or hang: each costs one piece of work."""

import os
import signal
import time
from concurrent.futures.process import BrokenProcessPool

import pytest

from autograder.classroom.processes import WorkerNotStartedError, WorkerProcesses
from autograder.classroom.watch import Deadline

pytestmark = pytest.mark.slow

SOON = Deadline(cpu=60.0, clock=60.0, idle=60.0, stopped=60.0)


def number_of(_):
    return os.getpid()


def signal_itself(number):
    os.kill(os.getpid(), number)


def sleep(seconds):
    time.sleep(seconds)


def burn(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def fail(word):
    raise KeyError(word)


def give_what_cannot_be_sent(_):
    return lambda: None


def end_at_once(channel):
    channel.close()


@pytest.fixture(scope="module")
def one():
    with WorkerProcesses(1) as processes:
        yield processes


def test_results_and_errors_come_back(one):
    first = one.submit(number_of, 0).result()
    assert first != os.getpid()
    with pytest.raises(KeyError, match="a word") as error:
        one.submit(fail, "a word").result()
    assert "in fail" in "".join(error.value.__notes__)
    with pytest.raises(RuntimeError, match="function cannot be sent"):
        one.submit(give_what_cannot_be_sent, 0).result()
    with pytest.raises((AttributeError, TypeError)):
        one.submit(number_of, lambda: None).result()
    assert one.submit(number_of, 0).result() == first


def test_a_process_that_is_killed_costs_its_work_and_is_replaced(one):
    before = one.submit(number_of, 0).result()
    lost = one.submit(signal_itself, signal.SIGKILL)
    after = one.submit(number_of, 0)
    with pytest.raises(BrokenProcessPool, match="its worker process ended"):
        lost.result()
    assert after.result() != before


@pytest.mark.parametrize(
    ("bound", "function", "argument", "words"),
    [
        ("stopped", signal_itself, signal.SIGSTOP, "was stopped"),
        ("idle", sleep, 1000, "hung"),
        ("clock", sleep, 1000, "took more than"),
        ("cpu", burn, 1000, "computing time"),
    ],
)
def test_a_process_that_does_not_come_back_is_replaced(
    bound, function, argument, words
):
    deadline = Deadline(**{**vars(SOON), bound: 1.0})
    with WorkerProcesses(1, lambda *_: deadline) as processes:
        lost = processes.submit(function, argument)
        after = processes.submit(number_of, 0)
        with pytest.raises(BrokenProcessPool, match=words):
            lost.result(50)
        assert after.result(50)


def test_a_process_that_does_not_start_is_told_from_one_that_is_lost():
    with WorkerProcesses(1, serve=end_at_once) as processes:
        with pytest.raises(WorkerNotStartedError):
            processes.submit(number_of, 0).result(50)


def test_what_is_taken_back_is_not_done():
    processes = WorkerProcesses(1)
    running = processes.submit(number_of, 0)
    running.result()
    waiting = [processes.submit(sleep, 1) for _ in range(3)]
    processes.shutdown(cancel_futures=True)
    assert [w.cancelled() for w in waiting[1:]] == [True, True]
    with pytest.raises(RuntimeError, match="after shutdown"):
        processes.submit(number_of, 0)
