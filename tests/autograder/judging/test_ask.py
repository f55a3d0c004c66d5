"""What comes back from the sandbox is reduced to what can be trusted."""

from types import SimpleNamespace

import pytest

from autograder.course.cells import CellRole
from autograder.course.settings import Settings
from autograder.judging.ask import RemoteBackend
from autograder.judging.budget import USED_UP, Budget
from autograder.judging.cell import Cell
from autograder.judging.run import Run
from autograder.sandbox.gone import BackendGone
from autograder.sandbox.patience import Account

CELLS = [
    Cell(CellRole.PLAIN, "code", "%matplotlib inline\nimport numpy as np\nhelper = 1"),
    Cell(CellRole.SOLUTION, "code", "def f(x):\n    return helpr", "e"),
    Cell(CellRole.TEST, "code", "print(f(1))", "e_test"),
    Cell(CellRole.PLAIN, "code", "def late(): pass"),
    Cell(CellRole.PLAIN, "code", "this does not parse ("),
    Cell(CellRole.PLAIN, "markdown", "def no_code(): pass"),
]
STUB = "def f(x):\n    raise NotImplementedError"
FETCH = [{"do": "fetch", "args": [1, 2]}]


class Replies:
    """A session that answers what the test says."""

    def __init__(self, reply, costs=0.0):
        self.reply = reply
        self.costs = costs
        self.asked = []
        self.account = Account()

    def request(self, seconds, do, **fields):
        self.asked.append((seconds, do, fields))
        self.account.spent += self.costs
        return self.reply


def backend(reply, late=False, costs=0.0, budget=None, outputs=None):
    session = Replies(reply, costs)
    runner = SimpleNamespace(
        session=lambda: session,
        settings=Settings(),
        names={"e": ["f"]},
        notebook=SimpleNamespace(cells=CELLS),
        budget=budget or Budget(100.0),
        result=Run(outputs=outputs or {}),
        handout=SimpleNamespace(cells={"e": SimpleNamespace(source=STUB)}),
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


def test_what_is_asked_for_is_told_where_no_cell_defines_it():
    assert error(type="NameError", name="f")["name"] == "f"


def test_a_missing_name_is_told_with_the_error_of_its_cell():
    stopped = {"output_type": "error", "ename": "ImportError", "evalue": "no jam\n..."}
    reply = {"error": {"type": "NameError", "name": "helper"}}
    found = backend(reply, outputs={0: [stopped]}).run(FETCH)["error"]
    assert found["cause"] == "ImportError: no jam"
    assert error(type="NameError", name="helper")["cause"] == ""


def test_an_attribute_is_told_where_it_stands_in_the_own_code():
    assert error(type="AttributeError", name="secret4711")["name"] == ""
    cells = [Cell(CellRole.SOLUTION, "code", "def f(x):\n    return np.float(x)", "e")]
    asked = backend({"error": {"type": "AttributeError", "name": "float"}})
    asked.runner.notebook = SimpleNamespace(cells=cells)
    assert asked.run(FETCH)["error"]["name"] == "float"


@pytest.mark.parametrize(
    ("source", "place", "untouched"),
    [
        (STUB, (0, 2), True),
        (STUB + "\n\n# half of it", (0, 2), True),
        ("def f(x):\n    y = x\n    raise NotImplementedError", (0, 3), False),
        ("raise NotImplementedError('later')", (0, 1), False),
        ("def f(x):\n    return g(x)", (1, 1), False),
    ],
)
def test_half_an_answer_is_told_from_an_untouched_one(source, place, untouched):
    cells = [
        Cell(CellRole.SOLUTION, "code", source, "e"),
        Cell(CellRole.PLAIN, "code", "def g(x): raise NotImplementedError"),
    ]
    fields = {"type": "NotImplementedError", "cell": place[0], "line": place[1]}
    asked = backend({"error": fields})
    asked.runner.notebook = SimpleNamespace(cells=cells)
    assert asked.run(FETCH)["error"]["untouched"] is untouched


def test_only_builtin_kinds_are_told():
    assert error(type="Secret4711")["type"] == "Exception"
    assert error(type=["x"])["type"] == "Exception"
    assert backend({"error": "text"}).run(FETCH)["error"]["type"] == "Exception"


def test_the_source_ends_at_the_test_cell_unless_asked_late():
    early = backend({}).source("f")
    assert "def f" in early
    assert early.startswith("pass\n")  # where a magic stood
    assert "late" not in early
    assert "no_code" not in early
    assert "def late" in backend({}, late=True).source("f")


def test_an_exercise_has_only_so_much_time():
    asked = backend({"value": [1, 2]})
    asked.left = -1.0
    with pytest.raises(BackendGone, match="timeout"):
        asked.run(FETCH)


def test_a_question_has_what_is_left_of_the_exercise_and_of_the_notebook():
    asked = backend({"value": [1, 2]}, costs=20.0, budget=Budget(70.0, ["ask f"]))
    limits = Settings().limits
    asked.run(FETCH)  # the half of it that is not set aside
    asked.run(FETCH)
    with pytest.raises(BackendGone) as gone:
        asked.run(FETCH)
    given = [seconds for seconds, _, _ in asked.session.asked]
    assert given == [limits.ask_seconds, 15.0]
    assert (gone.value.kind, gone.value.reason) == ("timeout", USED_UP)
    assert asked.left == limits.exercise_seconds - 40.0


def test_moved_believes_only_true():
    assert backend({"moved": True}).moved()
    assert not backend({"moved": "yes"}).moved()
