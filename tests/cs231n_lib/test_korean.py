"""Korean beside the terms of the course, once a message and never inside code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from cs231n_lib.korean import KOREAN, korean

HANGUL = re.compile("[가-힣]")
TERMS = KOREAN.glossary.terms


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The loss rises.", "The loss (손실) rises."),
        ("Losses add up.", "Losses (손실) add up."),
        ("the hinge loss", "the hinge loss (힌지 손실)"),
        ("stochastic gradient descent", "확률적 경사 하강법"),
        ("upstream gradients", "upstream gradients (상류 기울기)"),
        ("mini-batches", "mini-batches (미니배치)"),
        ("the learning-rate", "the learning-rate (학습률)"),
        ("cross entropy", "cross entropy (교차 엔트로피, 크로스 엔트로피)"),
        ("penalties", "penalties (페널티, 벌점)"),
        ("the classes' scores", "the classes' scores (점수)"),
        ("no regularization", "no regularization (규제, 정규화)"),
        ("normalization", "normalization (정규화)"),
    ],
)
def test_a_term_gets_its_korean_word(text, want):
    assert want in KOREAN.say(text)


@pytest.mark.parametrize(
    "text",
    [
        "`loss`",
        "`the loss of W`",
        "svm_loss_i",
        "loss_fn",
        "dW",
        "loss2",
        "answers['loss']",
        'the key "loss"',
        "check.loss",
        "loss.sum",
        "loss = 3",
        "loss=3",
        "softmax(scores)",
        "f(loss)",
        "two-score",
        "score-keeping",
        "lossy",
        "glossary",
        "weighted",
        "[loss]",
    ],
)
def test_names_and_longer_words_are_left_alone(text):
    assert KOREAN.say(text) == text


def test_the_longest_term_is_taken():
    said = KOREAN.say("the hinge loss, a loss by the hinge; gradient descent")
    assert said == (
        "the hinge loss (힌지 손실), a loss (손실) by the hinge (힌지); "
        "gradient descent (경사 하강법)"
    )


def test_the_first_occurrence_alone_and_once_in_all_lines():
    said = KOREAN.say("`loss` and loss.\nThe loss again, losses too.")
    assert said == "`loss` and loss (손실).\nThe loss again, losses too."


def test_done_twice_changes_nothing_more():
    text = "; ".join([*(term.english[0] for term in TERMS), "loss", "loss function"])
    once = KOREAN.say(text)
    assert once != text
    assert KOREAN.say(once) == once


def test_every_form_of_every_term_is_found():
    for term in TERMS:
        for form in term.english:
            shown = f"{form} ({', '.join(term.words)})"
            assert KOREAN.say(form) == shown
            assert korean(form) == term.words


def test_a_term_that_is_not_there_is_told():
    with pytest.raises(KeyError, match="does not hold 'banana'"):
        korean("banana")


def test_the_entries_are_in_order():
    forms = [form for term in TERMS for form in term.english]
    assert len(set(forms)) == len(forms)
    for term in TERMS:
        assert 1 <= len(term.words) <= 2
        assert len(set(term.words)) == len(term.words)
        assert all(HANGUL.search(word) for word in term.words)
        assert not any(HANGUL.search(form) for form in term.english)
        # Inside brackets, and on one line of a table.
        assert not re.search(r"[()|`,;]", "".join(term.words + term.english))
        assert "|" not in term.note


def test_the_table_has_a_row_for_each_term_in_order():
    rows = KOREAN.glossary.table("Korean").splitlines()[2:]
    names = [row.split("|")[1].strip() for row in rows]
    assert sorted(names, key=str.lower) == names
    assert set(names) == {term.english[0] for term in TERMS}


def test_importing_it_prints_nothing_and_loads_nothing():
    program = (
        "import sys; import cs231n_lib.korean\nsys.exit(int('numpy' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_the_students_guide_shows_the_table():
    guide = Path(__file__).parents[2] / "docs" / "students.md"
    assert KOREAN.glossary.table("Korean") in guide.read_text("utf-8")
