"""When a worker is given up: looks at one that the test plays."""

import os

import pytest

from autograder.classroom.watch import Deadline, Seen, Watch, look_at

DEADLINE = Deadline(cpu=50.0, clock=1000.0, idle=60.0, stopped=10.0)


class Worker:
    def __init__(self):
        self.now = self.own = self.all = 0.0
        self.stopped = False
        self.watch = Watch(DEADLINE, lambda: self.now)

    def looks(self, seconds, own=0.0, others=0.0, every=1.0):
        """Look for so many seconds; return what is said first, and when."""
        end = self.now + seconds
        while self.now < end:
            self.now += every
            self.own += own * every
            self.all += (own + others) * every
            said = self.watch.reason(Seen(self.own, self.all, self.stopped))
            if said:
                return said, self.now
        return "", self.now


def test_one_that_works_is_left_alone_until_its_time_is_up():
    worker = Worker()
    assert worker.looks(49, own=1.0)[0] == ""
    said, when = worker.looks(100, own=1.0)
    assert said == "its worker used up its computing time"
    assert when == pytest.approx(51, abs=2)


def test_the_time_of_sandboxes_is_bounded_by_the_clock_alone():
    said, when = Worker().looks(2000, others=0.2)
    assert said == "it took more than 1000 s"
    assert when == pytest.approx(1000, abs=2)


def test_a_pause_is_not_a_hang():
    worker = Worker()
    for _ in range(5):
        assert worker.looks(50)[0] == ""
        assert worker.looks(5, others=0.1)[0] == ""
    said, when = worker.looks(100)
    assert said == "its worker hung"
    assert when == pytest.approx(5 * 55 + 60, abs=2)


def test_one_that_is_stopped_is_noticed_soon():
    worker = Worker()
    worker.looks(20, own=1.0)
    worker.stopped = True
    said, when = worker.looks(100)
    assert said == "its worker was stopped"
    assert when == pytest.approx(31, abs=2)


def test_who_was_stopped_together_with_the_grader_is_not_given_up():
    worker = Worker()
    worker.looks(5, own=1.0)
    worker.stopped = True
    assert worker.looks(900, every=300.0)[0] == ""


def test_one_that_takes_too_much_memory_is_given_up_at_once():
    watch = Watch(Deadline(cpu=50.0, clock=1000.0, memory=2**30))
    assert watch.reason(Seen(1.0, 1.0, stopped=False, memory=2**30)) == ""
    said = watch.reason(Seen(1.1, 1.1, stopped=False, memory=2**30 + 2**29))
    assert said == "its worker took 1.5 GiB of memory"


def test_where_nothing_is_seen_the_clock_counts():
    worker = Worker()
    worker.now = 999.0
    assert worker.watch.reason(None) == ""
    worker.now = 1001.0
    assert worker.watch.reason(None)


def test_a_look_at_a_real_process():
    seen = look_at(os.getpid())
    assert 0 < seen.own <= seen.all
    assert seen.stopped is False
    assert look_at(2**22 + 1) is None


def test_a_deadline_leaves_time_for_what_a_notebook_may_use():
    deadline = Deadline.of(180.0, longest=30.0)
    assert deadline.clock > 4 * 180
    assert deadline.idle > 2 * 30
