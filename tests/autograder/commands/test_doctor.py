"""``doctor`` says in plain words what is missing and what to run."""

from types import SimpleNamespace

import pytest

from autograder import cli
from autograder.commands import doctor
from autograder.course.course import Course
from autograder.course.settings import Settings
from autograder.errors import UserError
from autograder.sandbox import bubblewrap
from autograder.sandbox.rungs import RUNG_NAMES, RUNG_WORDS, RUNGS
from autograder.sandbox.selftest import Proof


def lines(capsys):
    return capsys.readouterr().out


def proven(rung, held=(), escaped=()):
    """Return what the self-test does: a proof, and something to close."""
    return Proof(rung.name, held, escaped), SimpleNamespace(close=lambda: None)


@pytest.mark.slow
@pytest.mark.usefixtures("sandbox")
def test_this_machine_can_grade(capsys):
    assert cli.main(["doctor"]) == 0
    out = lines(capsys)
    assert "This machine can grade." in out
    assert "refused all" in out


def test_missing_packages_name_the_command(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "NEEDED", ("numpy", "no-such-package"))
    monkeypatch.setattr(doctor, "sandbox_findings", list)
    assert cli.main(["doctor"]) == 2
    assert "no-such-package; run `make setup`" in lines(capsys)


def test_no_bubblewrap(monkeypatch):
    monkeypatch.setattr(bubblewrap, "find_bubblewrap", lambda: None)
    good, words = doctor.rung_finding(RUNGS[0])
    assert not good
    assert "make setup" in words


def test_an_escape_is_told(monkeypatch):
    monkeypatch.setattr(bubblewrap, "find_bubblewrap", lambda: "/usr/bin/bwrap")
    monkeypatch.setattr(
        doctor, "prove", lambda rung, code: proven(rung, (), ("get out",))
    )
    assert list(doctor.sandbox_findings()) == [
        (False, f"rung {name}: from inside it could get out") for name in RUNG_NAMES
    ]


@pytest.mark.parametrize("allowed", [False, True])
def test_a_lower_rung_is_told_with_the_setting_that_allows_it(
    tmp_path, monkeypatch, allowed
):
    def prove(rung, code):
        if rung.name == "bubblewrap":
            raise UserError("the sandbox does not start: no namespaces")
        return proven(rung, held=("get out",))

    settings = Settings(lowest_rung="landlock" if allowed else "bubblewrap")
    monkeypatch.setattr(bubblewrap, "find_bubblewrap", lambda: "/usr/bin/bwrap")
    monkeypatch.setattr(doctor, "prove", prove)
    course = Course(tmp_path, settings=settings)
    monkeypatch.setattr(doctor, "find_course", lambda: course)
    found = list(doctor.sandbox_findings())
    assert [good for good, _ in found] == [allowed, True, allowed]
    assert "no namespaces" in found[0][1]
    assert ("write `lowest_rung" in found[1][1]) is not allowed
    wanted = (
        RUNG_WORDS["landlock"] if allowed else "no rung of the sandbox that the course"
    )
    assert wanted in found[2][1]


@pytest.mark.parametrize(
    ("switch", "most", "words"),
    [
        ("1\n", "100", "apparmor_restrict_unprivileged_userns=0"),
        (None, "0", "max_user_namespaces"),
        (None, None, ""),
    ],
)
def test_restricted_namespaces_name_the_switch(
    tmp_path, monkeypatch, switch, most, words
):
    for name, value in (("SWITCH", switch), ("MOST", most)):
        path = tmp_path / name
        if value is not None:
            path.write_text(value)
        monkeypatch.setattr(bubblewrap, name, path)
    assert words in RUNGS[0].advice()

    def fails(rung, code):
        raise UserError("the sandbox does not start: no namespaces")

    monkeypatch.setattr(bubblewrap, "find_bubblewrap", lambda: "/usr/bin/bwrap")
    monkeypatch.setattr(doctor, "prove", fails)
    good, said = doctor.rung_finding(RUNGS[0])
    assert not good
    assert words in said


def test_another_system(monkeypatch):
    monkeypatch.setattr(doctor.platform, "system", lambda: "Windows")
    assert "Linux" in next(doctor.sandbox_findings())[1]


def test_no_course_here(monkeypatch, capsys):
    def nowhere():
        raise UserError("no folder 'notebooks' here")

    monkeypatch.setattr(doctor, "find_course", nowhere)
    monkeypatch.setattr(doctor, "sandbox_findings", list)
    assert cli.main(["doctor"]) == 2
    assert "no folder 'notebooks'" in lines(capsys)
