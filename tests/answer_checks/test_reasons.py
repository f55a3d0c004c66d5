"""A check that falls short looks up which known mistake leaves what it saw."""

from __future__ import annotations

import json

import numpy as np
import pytest

from answer_checks import session
from answer_checks.checks import Check
from answer_checks.failed import CheckFailed, NotAnswered
from answer_checks.session import State
from cs231n_lib.korean import KOREAN

WORDS = ["the loss is summed, not averaged", "Double the examples. What should change?"]
INPUTS = ([1.0, 2.0], [4.0, 8.0])


def judged(function, kind=Check):
    """Run a block of checks, and return what the student reads; empty if nothing."""
    try:
        with kind.exercise("l0_mean") as check:
            for x in INPUTS:
                check.call(function, np.array(x), expect=float(np.mean(x)), label="m")
            check.call(function, np.array([3.0, 5.0, 7.0]))
    except CheckFailed as failed:
        return str(failed)
    return ""


@pytest.fixture
def informed(tmp_path):
    """Checks that know one mistake: sums for means."""
    judged(np.sum)
    seen = session.finished()["l0_mean"].transcript
    by_id = {"l0_mean": {seen.key("l0_mean"): WORDS}}
    file = tmp_path / "reasons" / "lecture0" / "01_x.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"exercises": by_id}))

    class Informed(Check):
        reasons = tmp_path / "reasons"

    return Informed


def test_the_reason_of_the_known_mistake_is_given(informed) -> None:
    def total(x):
        s = 0.0
        for value in x:
            s += value
        return s

    assert judged(total, informed).splitlines() == [
        "l0_mean: m: is too large (got 3, expected 1.5)",
        f"Likely reason: {WORDS[0]}.",
        f"Next step: {WORDS[1]}",
    ]


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: x.sum() + 0.1,
        lambda x: x.sum() if len(x) < 3 else x.mean(),
        lambda x: x.sum() if x[0] != 4.0 else x.mean(),
        lambda x: [x.sum()],
        lambda x: x[7],
    ],
)
def test_another_mistake_gets_no_reason(informed, answer) -> None:
    said = judged(answer, informed)
    assert said
    assert WORDS[0] not in said
    assert "Next step: " in said


def test_a_right_answer_gets_none_and_one_that_is_missing_neither(informed) -> None:
    assert judged(lambda x: x.sum() / len(x), informed) == ""
    said = judged(lambda x: None, informed)
    assert "not answered yet" in said
    assert WORDS[0] not in said


def test_the_reason_is_said_in_the_language_that_is_set(informed, monkeypatch) -> None:
    monkeypatch.setenv("COURSE_LANGUAGE", KOREAN.name)
    assert "the loss (손실) is summed" in judged(np.sum, informed)


@pytest.mark.parametrize("text", ["", "[]", '{"exercises": 3}', "no JSON", "{}"])
def test_a_file_that_cannot_be_used_is_none(tmp_path, text) -> None:
    folder = tmp_path / "lecture0"
    folder.mkdir()
    (folder / "01_x.json").write_text(text)

    class Informed(Check):
        reasons = tmp_path

    assert judged(np.sum, Informed) == judged(np.sum)


def test_an_error_alone_has_no_reason(informed) -> None:
    def broken(x):
        raise ValueError("no")

    judged(broken)
    seen = session.finished()["l0_mean"].transcript
    assert not seen.telling
    file = next(informed.reasons.glob("*/*.json"))
    by_id = {"l0_mean": {seen.key("l0_mean"): WORDS}}
    file.write_text(json.dumps({"exercises": by_id}))
    assert WORDS[0] not in judged(broken, informed)


def test_a_session_remembers_the_last_run_of_each_exercise() -> None:
    session.forget()
    judged(np.sum)
    assert session.finished()["l0_mean"].state is State.WRONG
    assert "is too large" in session.finished()["l0_mean"].message
    judged(np.mean)
    assert session.finished()["l0_mean"].state is State.PASSED
    with pytest.raises(NotAnswered), Check.exercise("l0_other") as check:
        check.call(None)
    assert session.finished()["l0_other"].state is State.OPEN
    assert list(session.finished()) == ["l0_mean", "l0_other"]
    judged(np.mean)
    assert list(session.finished()) == ["l0_other", "l0_mean"]
    with Check.numbers("a table") as check:
        check.equal(1.0, 1.0)
    assert "a table" not in session.finished()
