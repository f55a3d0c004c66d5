"""The self-test finds a sandbox sound, and the lack of one unsound."""

import os
import pickle

import pytest

from autograder.course.settings import Settings
from autograder.errors import NoSandbox, UserError
from autograder.sandbox import rungs, selftest
from autograder.sandbox.rungs import (
    RUNG_NAMES,
    RUNG_WORDS,
    RUNGS,
    UNSANDBOXED,
    choose,
    find_rung,
)
from autograder.sandbox.selftest import ATTEMPTS, Proof, prove
from autograder.sandbox.unsandboxed import Unsandboxed


class Stand:
    """Stands for one whose proof is made up."""

    closed = 0

    def close(self):
        Stand.closed += 1


@pytest.mark.slow
def test_every_attempt_is_refused(sandbox):
    proof, proven = prove(sandbox.rung, sandbox.code)
    with proven:
        assert proven.rung is sandbox.rung
        assert proof.rung == sandbox.rung.name
    assert proof.sound
    assert set(proof.held) == set(ATTEMPTS)


def test_without_a_sandbox_the_attempts_succeed():
    # What fills the disk or the memory is left out: it would.
    harmless = (
        "reach the network",
        "read a file of the course",
        "change a file outside",
        "start a process",
    )
    kept = {name: ATTEMPTS[name] for name in harmless}
    proof, proven = prove(UNSANDBOXED, attempts=kept)
    proven.close()
    assert set(proof.escaped) == set(harmless)
    assert not proof.sound
    assert proof.said.startswith("from inside it could reach the network, ")
    assert selftest.MARKER not in os.environ


def test_a_sandbox_that_ends_meanwhile_is_closed(monkeypatch):
    closed = []

    class Lost(selftest.Sandbox):
        def session(self, limits):
            raise UserError("the sandbox ended unexpectedly")

        def close(self):
            closed.append(self)
            super().close()

    monkeypatch.setattr(selftest, "Sandbox", Lost)
    with pytest.raises(UserError, match="ended unexpectedly"):
        prove(UNSANDBOXED)
    assert closed


def fails(rung, code):
    raise UserError("the sandbox does not start: no namespaces")


def test_no_rung_means_refusal():
    with pytest.raises(NoSandbox, match=r"no sandbox .* holds .*no namespaces.*doctor"):
        choose(test=fails)


def test_an_escape_means_refusal():
    Stand.closed = 0
    with pytest.raises(NoSandbox, match="could get out"):
        choose(test=lambda rung, _: (Proof(rung.name, (), ("get out",)), Stand()))
    assert Stand.closed == len(RUNGS)


def holds(*names):
    """Return a self-test that only these rungs pass."""

    def test(rung, code):
        if rung.name in names:
            return Proof(rung.name, tuple(ATTEMPTS), ()), Stand()
        return fails(rung, code)

    return test


def test_a_lower_rung_counts_only_where_it_is_allowed():
    only = holds("landlock")
    with pytest.raises(NoSandbox, match=r"in course\.toml") as refused:
        choose(allowed=Settings().rungs, test=only)
    assert refused.value.weaker == "landlock"
    copy = pickle.loads(pickle.dumps(refused.value))  # noqa: S301 - as a worker sends it
    assert str(copy) == str(refused.value)
    allowed = Settings(lowest_rung="landlock").rungs
    assert choose(allowed=allowed, test=only)[0].rung == "landlock"
    # Who would go without a sandbox gets the one there is.
    assert choose(allow_unsandboxed=True, test=only)[0].rung == "landlock"


def test_the_strongest_rung_is_taken():
    proof, _ = choose(allowed=RUNG_NAMES, test=holds(*RUNG_NAMES))
    assert proof.rung == RUNG_NAMES[0]


def test_every_rung_is_found_by_its_name_and_says_what_it_is():
    for rung in (*RUNGS, UNSANDBOXED):
        assert find_rung(rung.name) is rung
        assert RUNG_WORDS[rung.name] == rung.words
    assert len(RUNG_WORDS) == len(RUNGS) + 1


def test_a_rung_of_another_kind_needs_nothing_but_itself():
    """A rung is one object: with it a sandbox starts, and is judged."""

    class Open(Unsandboxed):
        name, words = "open", "as open as without a sandbox"

    harmless = {"start a process": ATTEMPTS["start a process"]}
    proof, proven = prove(Open(), attempts=harmless)
    proven.close()
    assert (proof.rung, proof.escaped) == ("open", ("start a process",))


def test_unsandboxed_only_where_allowed():
    proof, sandbox = choose(allow_unsandboxed=True, test=fails)
    sandbox.close()
    assert proof.rung == sandbox.rung.name == "none"
    assert not proof.sound
    assert "NOT SANDBOXED" in RUNG_WORDS[proof.rung]


def test_another_system_is_told_where_to_grade(monkeypatch):
    monkeypatch.setattr(rungs.platform, "system", lambda: "Darwin")
    with pytest.raises(NoSandbox, match="Darwin has none; grade on Linux"):
        choose(test=fails)
