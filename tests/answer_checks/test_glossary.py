"""A glossary is read from data, and its words stand beside the terms."""

from __future__ import annotations

import pickle

import pytest

from answer_checks.glossary import Glossary, Term, load_glossary

TEXT = """
[terms]
"loss" = "Verlust"
"weight decay, weight shrinkage" = { words = "Gewichtsabnahme", note = "rare" }
"step" = { words = "Schritt, Stufe" }
"""


def write(folder, text):
    path = folder / "german.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def german(tmp_path):
    return load_glossary(write(tmp_path, TEXT))


def test_terms_are_read_with_their_forms_words_and_notes(german):
    assert german.terms[1] == Term(
        ("weight decay", "weight shrinkage"), ("Gewichtsabnahme",), "rare"
    )
    assert german.find("Steps") == ("Schritt", "Stufe")
    assert german.find("weight-shrinkage") == ("Gewichtsabnahme",)
    with pytest.raises(KeyError, match="does not hold 'margin'"):
        german.find("margin")


def test_words_stand_beside_the_first_of_each_term(german):
    said = german.beside("A loss, the `loss` and losses after each step.")
    assert (
        said
        == "A loss (Verlust), the `loss` and losses after each step (Schritt, Stufe)."
    )
    assert german.beside(said) == said


def test_the_table_is_in_order(german):
    assert german.table("German") == (
        "| English | German | Note |\n| --- | --- | --- |\n"
        "| loss | Verlust |  |\n| step | Schritt, Stufe |  |\n"
        "| weight decay | Gewichtsabnahme | rare |\n"
    )


def test_a_glossary_without_terms_changes_nothing():
    assert Glossary().beside("a loss") == "a loss"


def test_a_glossary_travels_as_its_terms(german):
    german.beside("a loss")
    again = pickle.loads(pickle.dumps(german))  # noqa: S301
    assert vars(again) == {"terms": german.terms}
    assert again == german
    assert again.beside("a loss") == "a loss (Verlust)"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "one table"),
        ("terms = 3", "one table"),
        ("[terms]\n[more]", "one table"),
        ("[terms]\nloss = 3", "the term 'loss' needs a text, or a table"),
        ("[terms]\nloss = ''", "the term 'loss' needs a text, or a table"),
        ("[terms]\nloss = { note = 'x' }", "the term 'loss' needs"),
        ("[terms]\nloss = { words = 'x', notes = 'y' }", "the term 'loss' needs"),
        ("[terms", "Expected"),
    ],
)
def test_what_is_no_glossary_is_told(tmp_path, text, words):
    with pytest.raises(ValueError, match=words):
        load_glossary(write(tmp_path, text))


def test_what_was_seen_in_a_text_shown_before_is_not_said_again():
    norms = Glossary((Term(("norm",), ("노름",)),))
    seen: set[Term] = set()
    first = norms.beside("A norm.", seen)
    assert first == "A norm (노름)."
    assert norms.beside("Another norm.", seen) == "Another norm."
    assert norms.beside("A norm.") == first
