"""Whether a stub is still there is told of trees of any depth and any number."""

import pytest

from autograder.judging.stops import is_untouched

STUB = "def f(x):\n    raise NotImplementedError"


@pytest.mark.parametrize(
    "more",
    [
        "\n    return x" + ".a" * 2000,
        "\n    return " + "-" * 900 + "1",
        "\n    return 0x" + "f" * 9000,
        "\n    global b",
    ],
    ids=["chain", "signs", "number", "statement"],
)
def test_a_stub_with_more_in_it_is_touched(more):
    assert not is_untouched(STUB + more, 2, STUB)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("1", "1.0"), ("1", "True"), ("a", "b"), ("[1]", "[1, 1]"), ("-1", "+1")],
)
def test_trees_that_differ_are_told_apart(ours, theirs):
    text = "def f(x):\n    y = {}\n    raise NotImplementedError\n"
    assert not is_untouched("k = 0\n" + text.format(ours), 4, text.format(theirs))
    assert is_untouched("k = 0\n" + text.format(ours), 4, text.format(ours))
