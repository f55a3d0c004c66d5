"""The self-test finds a sandbox sound, and the lack of one unsound."""

import pytest

from autograder.errors import UserError
from autograder.sandbox import ladder, selftest
from autograder.sandbox.selftest import ATTEMPTS, Proof, prove


@pytest.mark.usefixtures("sandbox")
def test_every_attempt_is_refused():
    proof = prove("bubblewrap")
    assert proof.sound
    assert set(proof.held) == set(ATTEMPTS)


def test_without_a_sandbox_the_attempts_succeed(monkeypatch):
    # What fills the disk or the memory is left out: it would.
    harmless = ("reach the network", "read a file of the course", "start a process")
    kept = {name: ATTEMPTS[name] for name in harmless}
    monkeypatch.setattr(selftest, "ATTEMPTS", kept)
    proof = prove("none")
    assert set(proof.escaped) == set(harmless)
    assert not proof.sound


def fails(level):
    raise UserError("the sandbox does not start: no namespaces")


def test_no_rung_means_refusal(monkeypatch):
    monkeypatch.setattr(ladder, "prove", fails)
    with pytest.raises(UserError, match=r"no sandbox holds .*no namespaces.*doctor"):
        ladder.choose()


def test_an_escape_means_refusal(monkeypatch):
    monkeypatch.setattr(ladder, "prove", lambda level: Proof(level, (), ("get out",)))
    with pytest.raises(UserError, match="could get out"):
        ladder.choose()


def test_unsandboxed_only_where_allowed(monkeypatch):
    monkeypatch.setattr(ladder, "prove", fails)
    proof = ladder.choose(allow_unsandboxed=True)
    assert proof.level == "none"
    assert not proof.sound
    assert "NOT SANDBOXED" in ladder.SAID[proof.level]


def test_another_system_is_told_where_to_grade(monkeypatch):
    monkeypatch.setattr(ladder, "prove", fails)
    monkeypatch.setattr(ladder.platform, "system", lambda: "Darwin")
    with pytest.raises(UserError, match="Darwin has none; grade on Linux"):
        ladder.choose()
