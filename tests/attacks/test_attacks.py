"""Each program of this folder gets the verdict that is written in it."""

from __future__ import annotations

import functools
import json
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.sandbox.limits import Limits
from autograder.sandbox.rungs import UNSANDBOXED
from autograder.sandbox.session import Sandbox
from tests.attacks import against_nbgrader, defences

pytestmark = [pytest.mark.slow, pytest.mark.long]

# What nbgrader alone does not stop: ATTACK_NBGRADER=1 looks again, in half an hour.
SEEN = {n: e for n, e in defences.nbgrader_results().items() if e["what"]}


def printed(judged):
    return "".join(
        str(output.get("text", "")) + json.dumps(output.get("data", {}))
        for cell in judged.notebook["cells"]
        for output in cell.get("outputs", [])
    )


def test_the_verdict_is_the_one_written_in_it(
    attack, sandbox, build, grade, as_honest, svm
):
    judged = grade(build(attack))
    text = printed(judged)
    does = attack.second if sandbox.rung.name == "landlock" else ""
    prints = attack.prints
    if does:
        does = does.partition(";")[0]
        prints = does.removeprefix("prints ") if does.startswith("prints ") else ""
        assert prints or any(
            "ended its process" in note for note in judged.judgement.notes
        )
    assert prints in text
    for word in {"ESCAPED", "FOUND"} - {prints}:
        assert word not in text
    if attack.others == "as honest":
        as_honest(judged, but=attack.expects)
        return
    for verdict in judged.judgement.verdicts:
        statuses, score = attack.expects.get(verdict.exercise, (None, None))
        if statuses:
            assert verdict.status in statuses
            assert verdict.score == score
        assert verdict.score <= verdict.max_score
    # It spoils its own notebook: nothing but that.
    as_honest(grade(build(None)))


def test_without_the_sandbox_it_succeeds(opened):
    """What stops these programs is the sandbox: without it they do what they try."""
    text = []
    with Sandbox(UNSANDBOXED) as box, box.session(Limits()) as session:
        for _, source in opened.cells:
            outputs, _ = session.cell(source, 0, 20.0)
            text += [str(output) for output in outputs]
    assert "ESCAPED" in "".join(text) or "FOUND" in "".join(text)


@pytest.mark.parametrize("name", defences.TWICE)
def test_without_the_sandbox_a_second_run_finds_the_first(name, programs, markers):
    """What stops these is that nothing of a run is left: a home and /tmp of its own."""
    attack = next(a for a in programs if a.name == name)
    ask = ["svm_loss_i = abs", "import numpy as np", "I = np.eye(2)"]
    ask += ["try:\n    svm_loss_naive(I, I, [0, 1], 0.0)\nexcept Exception:\n    pass"]
    left = [Path("/tmp/alive"), Path("/tmp/left_by_me"), Path("/tmp/inputs.txt")]  # noqa: S108
    text = ""
    try:
        with Sandbox(UNSANDBOXED) as box:
            for _ in range(2):
                with box.session(Limits()) as session:
                    for source in [*ask[:3], *(c for _, c in attack.cells), *ask]:
                        text = str(session.cell(source, 0, 20.0)) + text
                    time.sleep(0.1)
    finally:
        for path in left:
            path.unlink(missing_ok=True)
    assert attack.prints in text
    assert "ESCAPED" in text or "left_by_me" in text or "[[1.0, 0.0]" in text


@pytest.mark.parametrize("name", defences.OFF)
def test_without_the_defence_it_succeeds(
    name, programs, build, grade, as_honest, monkeypatch
):
    attack = next(a for a in programs if a.name == name)
    _, functions, instead = defences.OFF[name]
    for owner, function in functions:
        monkeypatch.setattr(owner, function, instead)
    with pytest.raises((AssertionError, ValueError, TypeError)):
        as_honest(grade(build(attack)), but=attack.expects)


@pytest.mark.parametrize("name", defences.RAISED)
def test_with_a_higher_limit_it_succeeds(name, programs, build, grade, limits):
    attack = next(a for a in programs if a.name == name)
    judged = grade(build(attack), replace(limits, **defences.RAISED[name]))
    text = printed(judged)
    assert "ESCAPED" in text or attack.prints not in text


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """Return a function that gives the plain course of a style, made once."""
    return functools.cache(
        lambda style: against_nbgrader.Trial(style, tmp_path_factory.mktemp("p") / "c")
    )


@pytest.mark.skipif(
    not os.environ.get("ATTACK_NBGRADER"),
    reason="takes long; ATTACK_NBGRADER=1 runs them",
)
@pytest.mark.parametrize("name", SEEN)
def test_it_succeeds_against_nbgrader(name, programs, trial):
    attack = next(a for a in programs if a.name == name)
    assert trial(SEEN[name]["style"]).run(attack)[0] == SEEN[name]["what"]


def test_every_program_succeeds_somewhere_or_says_why_it_stays(programs):
    known = defences.nbgrader_results()
    assert set(known) == {a.name for a in programs}
    for attack in programs:
        name = attack.name
        ways = [name in defences.OFF, name in defences.RAISED, name in defences.TWICE]
        ways += [bool(attack.open), name in SEEN]
        assert any(ways) != (name in defences.NOWHERE), name


def test_the_readme_lists_every_program(programs, table):
    text = (Path(__file__).parent / "README.md").read_text("utf-8")
    assert len(programs) >= 80
    assert table in text
