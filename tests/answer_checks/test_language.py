"""The language of the visible checks: a setting, and one clear error."""

from __future__ import annotations

import subprocess
import sys

import pytest

from answer_checks.language import (
    ENGLISH,
    NOTEBOOK_KEY,
    VARIABLE,
    in_language,
    language,
    language_of,
    set_language,
)
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
    assert language() is ENGLISH
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
    assert language() is ENGLISH


def test_the_variable_of_the_course_counts_too(monkeypatch):
    monkeypatch.setenv("CS231N_LANGUAGE", "en+ko")
    assert in_language("the loss") == "the loss (손실)"
    set_language("en")
    assert in_language("the loss") == "the loss"
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("CS231N_LANGUAGE", "fr")
    with pytest.raises(ValueError, match=r"^CS231N_LANGUAGE must be one of en, ko"):
        language()


def test_a_course_offers_a_language():
    # In a process of its own: what is offered stays.
    done = subprocess.run(
        [sys.executable, "-c", OFFER], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


OFFER = """
from answer_checks.glossary import Glossary, Term
from answer_checks.language import ENGLISH, Language, in_language, language
from answer_checks.language import offer, set_language

try:
    set_language("en+de")
except ValueError as error:
    assert str(error).endswith(", got 'en+de'"), error
else:
    raise AssertionError("a language was set that nobody offers")
german = Language("en+de", Glossary((Term(("loss",), ("Verlust",)),)))
offer(german)
set_language("en+de")
assert language() is german
assert in_language("the loss") == "the loss (Verlust)"
assert in_language("the loss", ENGLISH) == "the loss"
"""


def test_a_wrong_language_is_told_at_once(monkeypatch):
    monkeypatch.setenv(VARIABLE, "fr")
    with pytest.raises(ValueError, match=f"^{VARIABLE} must be one of en, ko"):
        checks.exercise("l3_loss")
    with pytest.raises(ValueError, match=r"^language must be one of .* got 'k"):
        set_language("korean")


@pytest.mark.parametrize("named", [None, "fr", ["ko"], ""])
def test_a_notebook_that_names_no_language_speaks_the_one_that_is_set(
    monkeypatch, named
):
    assert language_of({NOTEBOOK_KEY: "ko"}).name == "ko"
    assert language_of({NOTEBOOK_KEY: named}) is ENGLISH
    monkeypatch.setenv(VARIABLE, "en+ko")
    assert language_of({NOTEBOOK_KEY: named}).name == "en+ko"
