"""``python -m autograder build`` as far as it belongs to the build."""

from __future__ import annotations

import argparse

import pytest

from autograder.authoring.command import add_arguments, run


@pytest.fixture
def command(course, no_run, monkeypatch):
    monkeypatch.chdir(course.root)
    monkeypatch.setattr(
        "autograder.authoring.pipeline.find_exercises", lambda root: course.registry
    )

    def call(*arguments: str) -> int:
        parser = argparse.ArgumentParser()
        add_arguments(parser)
        return run(parser.parse_args(arguments))

    return call


def test_check_build_check(command, course, capsys):
    assert command("--check") == 1
    assert "stale notebooks/lecture9/01_small.ipynb" in capsys.readouterr().out
    assert command() == 0
    assert command("--check", "lecture9/01_small") == 0
    assert capsys.readouterr().out.endswith("1 notebook up to date\n")
