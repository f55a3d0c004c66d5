"""The plain reasons: kinds in their order, relations without numbers, containers."""

from __future__ import annotations

import numpy as np
import pytest

from answer_checks.compare import describe, difference

M = np.array([[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]])
SQUARE = np.array([[1.0, 2.0], [3.0, 5.0]])


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (2.9, 2.9 + 1e-10),
        (np.float32(0.5), 0.5),
        (np.array(3), 3.0),
        (np.inf, np.inf),
        (np.True_, True),
        (np.array(False), False),
        ("tie", "tie"),
        (None, None),
        (M.tolist()[0], M[0]),
        (M.astype(np.float32), M),
        ([1.0, M], (1.0, M)),
        (np.array([1.0, 2.0]), (1.0, 2.0)),
        ({"a": 1, "more": 2}, {"a": 1.0}),
        (np.array([np.nan, np.inf]), np.array([np.nan, np.inf])),
    ],
)
def test_what_is_equal(got, want) -> None:
    assert difference(got, want) is None


@pytest.mark.parametrize(
    ("got", "want", "kind", "words"),
    [
        (None, 2.9, "type", "is a return statement missing?"),
        (True, 1.0, "type", "got a truth value, expected a number"),
        (1, True, "type", "expected a truth value"),
        (2 + 0j, 2.0, "type", "expected a number"),
        (np.array([2.0]), 2.0, "type", "take the single entry out"),
        (M.tolist(), M, "type", "got a list of 2"),
        (None, M, "type", "is a return statement missing?"),
        (np.array([None, 1]), M[0], "type", "an array of objects"),
        (3, (1, 2), "type", "expected 2 values"),
        ((1,), (1, 2), "shape", "got 1 value, expected 2 values"),
        ((1, 2), (1,), "shape", "got 2 values, expected 1 value"),
        (M.T, M, "shape", "it looks transposed"),
        (M[0], M, "shape", "shape (3,)"),
        (np.nan, 1.0, "finite", "is nan"),
        (np.inf, 1.0, "finite", "is inf"),
        (np.where(M == 5, np.nan, M), M, "finite", "entry [1, 1]"),
        (-2.9, 2.9, "value", "wrong sign"),
        (8.7, 2.9, "value", "is too large"),
        (31.6 / 3, 15.8 / 3, "value", "is 2 times"),
        (2.9 * (1 + 1e-3), 2.9, "value", "is too large"),
        (15.8 / 3 * (1 + 1e-3), 15.8 / 3, "value", "is too large"),
        (2.95, 2.9, "value", "is too large"),
        (2.85, 2.9, "value", "is too small"),
        ("L1", "tie", "value", "is not right"),
        (False, True, "value", "is not right"),
        (-M, M, "value", "wrong sign everywhere"),
        (M / 3, M, "value", "is 1/3 times"),
        (-2 * M, M, "value", "is -2 times"),
        (0 * M, M, "value", "is zero everywhere"),
        (M + 0.25, M, "value", "off by the same amount everywhere"),
        (SQUARE.T, SQUARE, "value", "is transposed"),
        (M**2, M, "value", "differs in 5 of 6 entries, the first at [0, 1]"),
        (M**2 + 0.5, M, "value", "differs in every entry"),
        ([], {"a": 1}, "type", "expected a dict"),
        ({}, {"a": 1}, "key", "the key 'a' is missing"),
        ({"a": 2 * M}, {"a": M}, "value", "x['a']: is 2 times"),
        (M * 0 + 2, M * 0 + 1, "value", "differs in every entry"),
    ],
)
def test_what_differs(got, want, kind, words) -> None:
    found = difference(got, want, "x")
    assert found.kind == kind
    assert words in found.reason


def test_numbers_appear_only_where_they_may() -> None:
    for got, want in ((71.5, 43.25), (np.array([1.0, 71.5]), np.array([1.0, 43.25]))):
        hidden, shown = difference(got, want), difference(got, want, reveal=True)
        assert "71.5" not in hidden.reason
        assert "43.25" not in hidden.reason
        assert "got 71.5, expected 43.25" in shown.reason


def test_parts_are_called_by_their_names() -> None:
    found = difference((1.0, -M), (1.0, M), parts=("loss", "dW"))
    assert found.reason.startswith("dW: ")
    assert "(loss, dW)" in difference(1.0, (1.0, M), parts=("loss", "dW")).reason


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a", "a string"),
        ({}, "a dict"),
        (True, "a truth value"),
        (object(), "an object of type object"),
    ],
)
def test_kinds_are_named_in_the_words_of_the_course(value, words) -> None:
    assert describe(value) == words


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (3.9, 2.9),
        (-2.9, 2.9),
        ("L1", "tie"),
        (True, False),
        (None, 2.9),
        (M.T, M),
        (2 * M, M),
        (0 * M, M),
        (0 * M + 7, M),
        (M**2, M),
        (M * np.nan, M),
        (None, (1.0, M)),
        ({"a": 2.0}, {"a": 1.0}),
        (None, {"a": 1}),
    ],
)
def test_the_numbers_only_follow_the_same_sentence(got, want) -> None:
    hidden, shown = difference(got, want, "x"), difference(got, want, "x", reveal=True)
    assert hidden.kind == shown.kind
    assert shown.reason.startswith(hidden.reason)
    rest = shown.reason.removeprefix(hidden.reason)
    assert rest == "" or rest.startswith(" (got ")
    assert bool(rest) == (hidden.kind == "value")


@pytest.mark.parametrize(
    ("got", "words"),
    [(0 * M, "is zero everywhere; is it"), (0 * M + 7, "the same number everywhere")],
)
def test_an_array_that_was_never_filled_is_told(got, words) -> None:
    assert words in difference(got, M).reason


def test_one_number_everywhere_is_told_only_where_it_is_not_wanted() -> None:
    assert "filled in" not in difference(0 * M, 0 * M + 2).reason
    assert "differs in every entry" in difference(0 * M + 4, 0 * M + 2).reason
    assert "2 times" in difference(0 * M + 4.4444, 0 * M + 2.2222).reason


def test_the_part_that_differs_is_led_to() -> None:
    right = (1.0, {"W1": M, "b1": (1.0, 2.0)})
    wrong = (1.0, {"W1": M, "b1": (1.0, 3.0)})
    found = difference(wrong, right, parts=("loss", "grads"))
    assert found.path == (1, "b1", 1)
    assert found.name == "grads['b1'][1]"
    assert found.reason.startswith(found.name)
