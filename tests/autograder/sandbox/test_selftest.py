"""The self-test finds a sandbox sound, and the lack of one unsound."""

import os

import pytest

from autograder.course.settings import RUNGS, Settings
from autograder.errors import UserError
from autograder.sandbox import rungs, selftest
from autograder.sandbox.selftest import ATTEMPTS, Proof, prove


class NoSandbox:
    """Stands for one whose proof is made up."""

    closed = 0

    def close(self):
        NoSandbox.closed += 1


def test_every_attempt_is_refused(sandbox):
    proof, proven = prove(sandbox.level, sandbox.code)
    with proven:
        assert proof.level == proven.level == sandbox.level
    assert proof.sound
    assert set(proof.held) == set(ATTEMPTS)


def test_without_a_sandbox_the_attempts_succeed(monkeypatch):
    # What fills the disk or the memory is left out: it would.
    harmless = (
        "reach the network",
        "read a file of the course",
        "change a file outside",
        "start a process",
    )
    kept = {name: ATTEMPTS[name] for name in harmless}
    monkeypatch.setattr(selftest, "ATTEMPTS", kept)
    proof, proven = prove("none")
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
        prove("none")
    assert closed


def fails(level, code):
    raise UserError("the sandbox does not start: no namespaces")


def test_no_rung_means_refusal(monkeypatch):
    monkeypatch.setattr(rungs, "prove", fails)
    with pytest.raises(UserError, match=r"no sandbox .* holds .*no namespaces.*doctor"):
        rungs.choose()


def test_an_escape_means_refusal(monkeypatch):
    NoSandbox.closed = 0
    out = ("get out",)
    monkeypatch.setattr(rungs, "prove", lambda k, _: (Proof(k, (), out), NoSandbox()))
    with pytest.raises(UserError, match="could get out"):
        rungs.choose()
    assert NoSandbox.closed == len(RUNGS)


def holds(*rungs):
    """Return a self-test that only these rungs pass."""

    def prove(level, code):
        if level in rungs:
            return Proof(level, tuple(ATTEMPTS), ()), NoSandbox()
        return fails(level, code)

    return prove


def test_a_lower_rung_counts_only_where_it_is_allowed(monkeypatch):
    monkeypatch.setattr(rungs, "prove", holds("landlock"))
    with pytest.raises(
        UserError, match=r'write `lowest_rung = "landlock"` in course.toml'
    ):
        rungs.choose(rungs=Settings().rungs)
    allowed = Settings(lowest_rung="landlock").rungs
    assert rungs.choose(rungs=allowed)[0].level == "landlock"
    # Who would go without a sandbox gets the one there is.
    assert rungs.choose(allow_unsandboxed=True)[0].level == "landlock"


def test_the_strongest_rung_is_taken(monkeypatch):
    monkeypatch.setattr(rungs, "prove", holds(*RUNGS))
    assert rungs.choose(rungs=RUNGS)[0].level == RUNGS[0]
    assert set(rungs.SAID) == {*RUNGS, "none"}


def test_unsandboxed_only_where_allowed(monkeypatch):
    monkeypatch.setattr(rungs, "prove", fails)
    proof, sandbox = rungs.choose(allow_unsandboxed=True)
    sandbox.close()
    assert proof.level == sandbox.level == "none"
    assert not proof.sound
    assert "NOT SANDBOXED" in rungs.SAID[proof.level]


def test_another_system_is_told_where_to_grade(monkeypatch):
    monkeypatch.setattr(rungs, "prove", fails)
    monkeypatch.setattr(rungs.platform, "system", lambda: "Darwin")
    with pytest.raises(UserError, match="Darwin has none; grade on Linux"):
        rungs.choose()
