"""Waiting for a reply, with a process and a clock that the test moves."""

import pytest

from autograder.sandbox.gone import BackendGone
from autograder.sandbox.patience import (
    CLOCK_FACTOR,
    LOOK_SECONDS,
    Account,
    Patience,
    Usage,
)


class Machine:
    """A process that gets a share of a processor, sleeps, or is not seen at all."""

    def __init__(self, share=1.0, asleep=False, seen=True):
        self.share, self.asleep, self.seen = share, asleep, seen
        self.now = self.cpu = 0.0
        self.account = Account(self.look, lambda: self.now)

    def look(self):
        return Usage(self.cpu if self.seen else None, self.asleep)

    def wait(self, seconds):
        self.now += seconds
        self.cpu += self.share * seconds

    def lasts(self, patience):
        """Wait until the patience ends; return how long that took by the clock."""
        with pytest.raises(BackendGone, match="timeout"):
            self.wait_for_ever(patience)
        return self.now

    def wait_for_ever(self, patience):
        while True:
            self.wait(patience.left())


def test_a_process_that_runs_has_its_limit():
    machine = Machine()
    assert machine.lasts(Patience(machine.account, 3.0)) == pytest.approx(3.0, abs=0.1)
    assert machine.account.spent == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize("share", [0.8, 0.5, 0.2])
def test_on_a_busy_machine_the_same_work_is_allowed(share):
    machine = Machine(share)
    machine.lasts(Patience(machine.account, 3.0))
    assert machine.cpu == pytest.approx(3.0, abs=0.1)


def test_a_sleeper_has_no_more_than_who_works():
    machine = Machine(0.0, asleep=True)
    assert machine.lasts(Patience(machine.account, 3.0)) == pytest.approx(3.0, abs=0.1)


def test_naps_between_steps_are_sleep():
    machine = Machine(0.05, asleep=True)
    assert machine.lasts(Patience(machine.account, 3.0)) == pytest.approx(3.0, abs=0.1)


def test_one_that_neither_runs_nor_sleeps_is_ended_by_the_clock():
    machine = Machine(0.0)
    waited = machine.lasts(Patience(machine.account, 3.0))
    assert waited == pytest.approx(3.0 * CLOCK_FACTOR, abs=2 * LOOK_SECONDS)


def test_without_a_look_the_clock_counts():
    machine = Machine(0.2, seen=False)
    assert machine.lasts(Patience(machine.account, 3.0)) == pytest.approx(3.0, abs=0.1)


def test_requests_are_charged_one_after_the_other():
    machine = Machine()
    for seconds in (2.0, 0.001, 1.0):
        patience = Patience(machine.account, 5.0)
        machine.wait(seconds)
        patience.end()
    assert machine.account.spent == pytest.approx(3.001)


def test_who_has_answered_may_sleep():
    machine = Machine(0.0, asleep=True)
    patience = Patience(machine.account, 5.0)
    machine.wait(0.1)
    patience.end()
    assert machine.account.spent == 0.0
