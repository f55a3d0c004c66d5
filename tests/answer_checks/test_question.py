"""A question on the way: what is right, what is not, what is no answer at all."""

import numpy as np
import pytest

from answer_checks.question import digest, question

RIGHT = {
    "number": (2.9, [2.9, 5.1 - 3.2 + 1, np.float32(2.9), np.array(2.9)], [2.8, "2.9"]),
    "whole": (9, [9, 9.0, np.int64(9)], [10, True]),
    "zero": (0, [0, -0.0, -1e-9], [False, 1]),
    "endless": (np.inf, [float("inf")], [-np.inf, 1e308]),
    "word": ("cat", ["cat", " Cat\n"], ["car", ["cat"]]),
    "truth": (True, [True, np.True_], [False, 1, "True"]),
    "list": ([1, -1], [(1, -1), np.array([1, -1])], [[-1, 1], [1, -1, 0], 1]),
}


@pytest.mark.parametrize("kind", RIGHT)
def test_equal_answers_are_right_and_others_are_not(kind, capsys):
    answer, right, wrong = RIGHT[kind]
    for given in right:
        question(kind, given, digest(kind, answer))
        assert capsys.readouterr().out.endswith(" is right.\n")
    for given in wrong:
        question(kind, given, digest(kind, answer), hint="Look again.")
        assert capsys.readouterr().out.endswith(" is not it. Look again.\n")


def test_the_same_answer_to_another_question_has_another_digest():
    assert digest("first", 2) != digest("second", 2)


@pytest.mark.parametrize("nothing", [None, ...])
def test_no_answer_says_what_to_do_and_does_not_stop_a_run_of_all(nothing, capsys):
    question("q", nothing, digest("q", 1))
    out = capsys.readouterr().out
    assert "not answered yet" in out
    assert str(nothing) in out


@pytest.mark.parametrize("strange", [{}, [], object(), [{}]])
def test_an_answer_of_no_kind_that_is_asked_for_says_what_to_give(strange, capsys):
    question("q", strange, digest("q", 1))
    assert "give a number, a string" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", ["", "12", "g" * 12, "0" * 64])
def test_an_author_who_gives_no_digest_is_told(wrong):
    with pytest.raises(ValueError, match="made by digest"):
        question("q", 1, wrong)


def test_decimals_say_how_near_a_number_must_be(capsys):
    question("q", 2.3026, digest("q", np.log(10), decimals=1), decimals=1)
    question("q", 2.31, digest("q", np.log(10), decimals=2), decimals=2)
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("is right.")
    assert second.endswith("is not it.")
