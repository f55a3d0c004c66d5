"""The command line: help, exit codes, one clear line for what a user can cause."""

import subprocess
import sys

import pytest

from autograder import cli
from autograder.errors import UserError


def run(*words):
    return subprocess.run(
        [sys.executable, "-m", "autograder", *words],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("command", list(cli.COMMANDS))
def test_every_command_has_help(command, capsys):
    assert cli.main([command, "--help"]) == 0
    out = capsys.readouterr().out
    assert "usage: python -m autograder " + command in out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "required"),
        (["nonsense"], "invalid choice"),
        (["grade"], "LECTURE"),
        (["grade", "lecture3", "--jobs", "many"], "invalid int"),
        (["publish", "lecture3"], "--to"),
    ],
)
def test_wrong_use_is_one_line_and_2(words, reason, capsys):
    assert cli.main(words) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert reason in err


class Command:
    """A command that does what the test says."""

    def __init__(self, act):
        self.act = act

    def add_arguments(self, parser):
        pass

    def run(self, args):
        return self.act()


def fails(error):
    def act():
        raise error

    return act


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (UserError("mend this"), 2, "autograder doctor: mend this"),
        (KeyboardInterrupt(), 130, "the next call goes on"),
        (OSError(28, "No space left on device", "x.csv"), 2, "x.csv: No space left"),
        (PermissionError(13, "Permission denied", "out"), 2, "out: Permission denied"),
    ],
)
def test_what_a_user_can_cause_is_no_traceback(monkeypatch, capsys, error, code, words):
    monkeypatch.setattr(cli.importlib, "import_module", lambda _: Command(fails(error)))
    assert cli.main(["doctor"]) == code
    err = capsys.readouterr().err
    assert words in err
    assert err.count("\n") == 1


def test_the_exit_code_of_a_command_is_ours(monkeypatch):
    monkeypatch.setattr(cli.importlib, "import_module", lambda _: Command(lambda: 1))
    assert cli.main(["doctor"]) == 1


def test_a_mistake_of_our_own_is_not_hidden(monkeypatch):
    own = Command(fails(ZeroDivisionError()))
    monkeypatch.setattr(cli.importlib, "import_module", lambda _: own)
    with pytest.raises(ZeroDivisionError):
        cli.main(["doctor"])


def test_an_old_python_is_one_line(monkeypatch, capsys):
    monkeypatch.setattr(cli.sys, "version_info", (3, 10, 0))
    assert cli.main(["doctor"]) == 2
    assert "3.11 or newer" in capsys.readouterr().err


def test_as_a_program():
    done = run("--version")
    assert done.returncode == 0
    assert done.stdout.strip() == cli.__version__
    done = run("grade", "lecture99")
    assert done.returncode == 2
    assert "there are: lecture3" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_has_gone_is_no_error():
    words = f"{sys.executable} -m autograder --help | true"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr


def test_a_stop_while_a_command_loads_is_one_line(monkeypatch, capsys):
    def stop(name):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.importlib, "import_module", stop)
    assert cli.main(["doctor"]) == cli.INTERRUPTED
    err = capsys.readouterr().err
    assert err.startswith("autograder doctor: stopped;")
    assert err.count("\n") == 1
