"""What comes back from the sandbox is reduced to what can be trusted."""

from types import SimpleNamespace

import pytest

from autograder.course.cells import CellRole
from autograder.course.settings import Settings
from autograder.judging.ask import RemoteBackend
from autograder.judging.sanitize import Cell
from autograder.sandbox.gone import BackendGone

CELLS = [
    Cell(CellRole.PLAIN, "code", "%matplotlib inline\nimport numpy as np\nhelper = 1"),
    Cell(CellRole.SOLUTION, "code", "def f(x):\n    return helpr", "e"),
    Cell(CellRole.TEST, "code", "print(f(1))", "e_test"),
    Cell(CellRole.PLAIN, "code", "def late(): pass"),
    Cell(CellRole.PLAIN, "code", "this does not parse ("),
    Cell(CellRole.PLAIN, "markdown", "def no_code(): pass"),
]
FETCH = [{"do": "fetch", "args": [1, 2]}]


class Replies:
    """A session that answers what the test says."""

    def __init__(self, reply):
        self.reply = reply
        self.asked = []

    def request(self, seconds, do, **fields):
        self.asked.append((seconds, do, fields))
        return self.reply


def backend(reply, late=False):
    session = Replies(reply)
    runner = SimpleNamespace(
        session=lambda: session,
        settings=Settings(),
        names={"e": ["f"]},
        notebook=SimpleNamespace(cells=CELLS),
    )
    return RemoteBackend(runner, "e", late)


def test_values_and_arguments_come_through():
    reply = backend({"value": [1, 2], "after": []}).run(FETCH)
    assert reply == {"value": [1, 2], "after": []}


@pytest.mark.parametrize(
    "reply", [{}, {"value": 3}, {"value": [1]}, {"value": [1, 2, 3]}, {"value": None}]
)
def test_a_reply_of_another_form_is_a_type_error(reply):
    assert backend(reply).run(FETCH)["error"]["type"] == "TypeError"


def test_an_answer_that_was_refused_is_an_error():
    assert (
        backend({"refused": "too large"}).run(FETCH)["error"]["type"] == "OverflowError"
    )


def error(**fields):
    return backend({"error": fields}).run(FETCH)["error"]


def test_a_line_of_the_own_cell_is_kept():
    assert error(type="KeyError", cell=1, line=2)["line"] == 2


@pytest.mark.parametrize(
    "place", [(0, 1), (1, 99), (1, -1), (1, "2"), (99, 1), ("1", 1), (-1, 1), (None, 1)]
)
def test_another_place_is_dropped(place):
    assert error(type="KeyError", cell=place[0], line=place[1])["line"] == 0


def test_only_names_of_the_students_own_code_are_told():
    assert error(type="NameError", name="helpr")["name"] == "helpr"
    assert error(type="NameError", name="x_is_0_4711")["name"] == ""


def test_only_builtin_kinds_are_told():
    assert error(type="Secret4711")["type"] == "Exception"
    assert error(type=["x"])["type"] == "Exception"
    assert backend({"error": "text"}).run(FETCH)["error"]["type"] == "Exception"


def test_the_source_ends_at_the_test_cell_unless_asked_late():
    early = backend({}).source("f")
    assert "def f" in early
    assert "run_line_magic" in early
    assert "late" not in early
    assert "no_code" not in early
    assert "def late" in backend({}, late=True).source("f")


def test_an_exercise_has_only_so_much_time():
    asked = backend({"value": [1, 2]})
    asked.left = -1.0
    with pytest.raises(BackendGone, match="timeout"):
        asked.run(FETCH)


def test_moved_believes_only_true():
    assert backend({"moved": True}).moved()
    assert not backend({"moved": "yes"}).moved()
