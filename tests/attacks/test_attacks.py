"""Each program of this folder gets the verdict that is written in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.sandbox.limits import Limits
from autograder.sandbox.session import Sandbox


def printed(judgement):
    return "".join(
        str(output.get("text", "")) + json.dumps(output.get("data", {}))
        for cell in judgement.graded["cells"]
        for output in cell.get("outputs", [])
    )


def test_the_verdict_is_the_one_written_in_it(
    attack, sandbox, build, grade, as_honest, svm
):
    judgement = grade(build(attack))
    text = printed(judgement)
    does = attack.second if sandbox.level == "landlock" else ""
    prints = attack.prints
    if does:
        does = does.partition(";")[0]
        prints = does.removeprefix("prints ") if does.startswith("prints ") else ""
        assert prints or any("ended its process" in note for note in judgement.notes)
    assert prints in text
    for word in {"ESCAPED", "FOUND"} - {prints}:
        assert word not in text
    if attack.others == "as honest":
        as_honest(judgement, but=attack.expects)
        return
    for verdict in judgement.verdicts:
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
    with Sandbox("none") as box, box.session(Limits()) as session:
        for _, source in opened.cells:
            outputs, _ = session.cell(source, 0, 20.0)
            text += [str(output) for output in outputs]
    assert "ESCAPED" in "".join(text) or "FOUND" in "".join(text)


def not_alone(exercise, runner, secret, before):
    return before


# A defence, what stands in its place, and a program that succeeds then.
OFF = {
    "leaks/type_of_an_answer": ("ask.RemoteBackend._plain_value", lambda _, v: v),
    "leaks/shape_of_an_answer": ("ask.RemoteBackend._plain_value", lambda _, v: v),
    "leaks/name_of_an_error": ("ask.RemoteBackend._plain_error", lambda _, e: e),
    "points/loop_behind_a_decoy": ("static.find_detour", lambda _: ""),
    "points/channel_with_number": ("judge._ask_alone", not_alone),
    "faults/names_deleted": ("judge._ask_alone", not_alone),
}


@pytest.mark.parametrize("name", OFF)
def test_without_the_defence_it_succeeds(
    name, programs, build, grade, as_honest, monkeypatch
):
    attack = next(a for a in programs if a.name == name)
    where, instead = OFF[name]
    package = "exercises" if where.startswith("static") else "grading"
    monkeypatch.setattr(f"autograder.{package}.{where}", instead)
    with pytest.raises(AssertionError):
        as_honest(grade(build(attack)), but=attack.expects)


def test_the_readme_lists_every_program(programs, table):
    text = (Path(__file__).parent / "README.md").read_text("utf-8")
    assert len(programs) >= 80
    assert table in text
