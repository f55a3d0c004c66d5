"""Sandboxes are proven once, kept, and never used where they do not hold."""

import threading

import pytest

from autograder.classroom.warm_sandboxes import RungChoice, WarmSandboxes
from autograder.errors import UserError
from autograder.sandbox.course_code import CourseCode
from autograder.sandbox.rungs import find_rung
from autograder.sandbox.selftest import Proof


class Kept:
    """Stands for a warm sandbox."""

    def __init__(self, rung):
        self.rung = rung
        self.open = True

    def close(self):
        self.open = False


class Sandboxes(WarmSandboxes):
    """Keeps sandboxes that are made up; `started` are all that there were."""

    def __init__(self, escaped=()):
        self.started = []

        def prove(rung, code):
            self.started.append(Kept(rung))
            return Proof(rung.name, ("fill the disk",), escaped), self.started[-1]

        super().__init__(
            prove, lambda _, rungs, code: prove(find_rung(rungs[-1]), code)
        )


def test_what_was_chosen_is_what_judges():
    sandboxes = Sandboxes()
    choice = RungChoice(False, ("bubblewrap", "landlock"))
    first = sandboxes.choose(choice)
    assert sandboxes.choose(choice) is first
    assert sandboxes.get("landlock") is sandboxes.started[0]
    assert len(sandboxes.started) == 1
    sandboxes.close()
    assert not sandboxes.started[0].open


def test_a_sandbox_that_does_not_hold_is_never_used():
    sandboxes = Sandboxes(escaped=("get out",))
    for _ in range(2):
        with pytest.raises(UserError, match="does not hold: from inside it could get"):
            sandboxes.get("bubblewrap")
    assert [s.open for s in sandboxes.started] == [False, False]


def test_each_thread_has_its_own():
    sandboxes = Sandboxes()
    found = [sandboxes.get("bubblewrap")]
    thread = threading.Thread(target=lambda: found.append(sandboxes.get("bubblewrap")))
    thread.start()
    thread.join()
    assert found[0] is not found[1]


def test_each_course_has_its_own():
    sandboxes = Sandboxes()
    code = CourseCode(probes="def probe(): ...")
    assert sandboxes.get("bubblewrap") is not sandboxes.get("bubblewrap", code)
    assert sandboxes.get("bubblewrap", code) is sandboxes.started[1]


def test_what_was_lost_is_started_anew():
    sandboxes = Sandboxes()
    first = sandboxes.get("bubblewrap")
    sandboxes.drop("bubblewrap")
    assert not first.open
    assert sandboxes.get("bubblewrap") is not first
