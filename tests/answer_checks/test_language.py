"""The language of the visible checks: a setting, and one clear error."""

from __future__ import annotations

import pytest

from answer_checks.language import VARIABLE, in_language, language, set_language
from cs231n_lib import checks
from cs231n_lib.checks import CheckFailed


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    # Set first, so that what a test sets is taken back as well.
    monkeypatch.setenv(VARIABLE, "en")
    monkeypatch.delenv(VARIABLE)


def said() -> list[str]:
    with pytest.raises(CheckFailed) as caught, checks.exercise("l3_loss") as check:
        check.equal(3.9, 2.9, "loss")
    return str(caught.value).splitlines()


def test_messages_are_in_english_unless_set():
    assert language() == "en"
    assert said()[0] == "l3_loss: loss: is too large (got 3.9, expected 2.9)"


def test_the_environment_sets_the_language(monkeypatch):
    english = said()
    monkeypatch.setenv(VARIABLE, "en+ko")
    lines = said()
    assert lines[0] == "l3_loss: loss (손실): is too large (got 3.9, expected 2.9)"
    assert len(lines) == len(english) <= 5


def test_the_language_can_be_set_and_changed():
    set_language("en+ko")
    assert in_language("the loss") == "the loss (손실)"
    set_language("en")
    assert in_language("the loss") == "the loss"


def test_an_empty_variable_counts_as_none(monkeypatch):
    monkeypatch.setenv(VARIABLE, "")
    assert language() == "en"


def test_a_wrong_language_is_told_at_once(monkeypatch):
    monkeypatch.setenv(VARIABLE, "ko")
    with pytest.raises(ValueError, match=f"^{VARIABLE} must be one of en, en.ko, got"):
        checks.exercise("l3_loss")
    with pytest.raises(ValueError, match=r"^language must be one of en, en.ko, got 'k"):
        set_language("korean")
    with pytest.raises(ValueError, match="language must be"):
        in_language("the loss", "korean")
