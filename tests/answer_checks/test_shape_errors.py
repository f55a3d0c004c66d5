"""What an error of arrays that do not fit is explained with, in both languages."""

from __future__ import annotations

import numpy as np
import pytest

from answer_checks.errors import explain_error
from answer_checks.language import VARIABLE, language

TABLE, ROW = np.ones((5, 4)), np.ones(3)
LOOK = "look at line 2 of `f`: `{}`"
FIT = "where the factors of this matrix product meet, the left one has {} entries and "
FIT += "the right one {}"
LINED_UP = "the shapes {} and {} do not line up: read from the right, two lengths must "
LINED_UP += "be equal, or one of them 1"
ONE_ARRAY = "`np.max` takes one array; what follows it is taken for an axis"
LIST = "a list comes here, which has no arithmetic by entries and one index only"
NONE = "None stands where a value belongs; a function without return gives None"
ASARRAY = f"`np.asarray` makes an array of it; {LOOK}"
TWO = f"{LOOK}; `np.maximum` compares two arrays entry by entry"

# The line, what it is explained with, and the next step.
ERRORS = [
    ("TABLE @ ROW", FIT.format(4, 3), f"print both shapes; {LOOK}"),
    ("TABLE.dot(TABLE)", FIT.format(4, 5), f"print both shapes; {LOOK}"),
    ("TABLE @ np.ones((2, 5, 4))", FIT.format(4, 5), f"print both shapes; {LOOK}"),
    ("TABLE - ROW", LINED_UP.format("(5,4)", "(3,)"), f"print both shapes; {LOOK}"),
    (
        "ROW.__setitem__(slice(0, 3), np.ones(2))",
        LINED_UP.format("(2,)", "(3,)"),
        f"print both shapes; {LOOK}",
    ),
    (
        "ROW.sum(axis=1)",
        "the array that comes here has one axis, axis 0",
        f"print its shape; {LOOK}",
    ),
    (
        "TABLE.sum(axis=2)",
        "the array that comes here has 2 axes",
        f"print its shape; {LOOK}",
    ),
    (
        "TABLE[7]",
        "number 7 is asked for, and axis 0 has 5 entries, which count from 0",
        f"{LOOK}: where does the number come from?",
    ),
    (
        "np.ones(1)[2]",
        "number 2 is asked for, and axis 0 has 1 entry, which has number 0",
        f"{LOOK}: where does the number come from?",
    ),
    ("np.max(0, ROW)", ONE_ARRAY, TWO),
    ("np.max(0.0, 1.5)", ONE_ARRAY, TWO),
    ("np.max(0, 3)", ONE_ARRAY, TWO),
    ("[1.0, 2.0] * 0.5", LIST, ASARRAY),
    ("2.0 - [1.0, 2.0]", LIST, ASARRAY),
    ("[1.0, 2.0].__getitem__((0, 1))", LIST, ASARRAY),
    ("2.0 * print()", NONE, f"{LOOK}: what is None there?"),
    ("(lambda: None)()[0]", NONE, f"{LOOK}: what is None there?"),
]


def explained(line):
    with pytest.raises((TypeError, ValueError, IndexError)) as caught:
        eval(line)  # noqa: S307 - a line of the table above
    return explain_error(caught.value, LOOK.removeprefix("look at ").format(line))


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.parametrize(("line", "likely", "step"), ERRORS)
def test_what_does_not_fit_is_named(line, likely, step, monkeypatch):
    found = explained(line)
    assert found is not None
    assert (found.likely, found.step) == (likely, step.format(line))
    monkeypatch.setenv(VARIABLE, "ko")
    said = [language().say(text) for text in (found.likely, found.step)]
    assert all(text.endswith(("니다", "니까?", f"`{line}`")) for text in said), said


@pytest.mark.parametrize(
    "line", ["np.sqrt('x')", "np.max(TABLE @ ROW)", "np.concatenate([TABLE, ROW])"]
)
def test_a_line_that_looks_alike_gets_no_reason_of_another(line):
    found = explained(line)
    assert found is None or "takes one array" not in found.likely
