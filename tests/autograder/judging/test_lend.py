"""A right answer is lent, and answers from a process of its own."""

import numpy as np
import pytest

from autograder.course.settings import Settings
from autograder.exercise.record import Exercise
from autograder.judging.budget import Budget
from autograder.judging.judge import judge
from autograder.judging.lend import OPERATORS, Lender, classes_of, lent_names, source_of
from autograder.sandbox.inside.wire import Special
from autograder.sandbox.limits import Limits

pytestmark = pytest.mark.slow

SEED = b"a seed"


def draws_record():
    exercise = Exercise("t_draw", "test/01_small", points=1, names=("draw", "Box"))

    @exercise.reference
    def draw(n, rng):
        return rng.random(n)

    @exercise.reference
    class Box:
        """Keeps numbers, and a generator to shake them with."""

        def __init__(self, data, rng=None):
            self.data = data
            self.rng = rng
            self.parts = {"first": np.array(data, float)}

        def __add__(self, other):
            more = other.data if isinstance(other, Box) else other
            return Box(self.data + more)

        def shaken(self):
            return self.data + self.rng.random(len(self.data))

        def total(self):
            return float(self.parts["first"].sum())

        def itself(self):
            return self

    return exercise


@pytest.fixture
def lender(sandbox):
    made = Lender(sandbox, [draws_record()], Limits(), Budget(60.0, ["ask e"]), "ask e")
    yield made
    made.close()


def call(lender, *args, name="draw", **kwargs):
    return lender.answer({"lent": name, "args": list(args), "kwargs": kwargs})


def test_functions_and_classes_are_lent_and_values_are_not(small):
    double, _, _ = small.exercises
    assert lent_names(draws_record()) == ["draw", "Box"]
    assert classes_of(draws_record()) == {"Box": ["__add__"]}
    value = Exercise("t_value", "test/01_small", points=1, names=("answers",))
    value.reference_names["answers"] = {"a": 1}
    assert lent_names(value) == []
    assert source_of(double).count("def double(x):") == 2  # the usual form counts


def test_a_generator_moves_on_as_if_it_had_been_used_at_home(lender):
    rng, twin = np.random.default_rng(3), np.random.default_rng(3)
    for n in (2, 3):
        state = Special("generator", state=rng.bit_generator.state)
        answer = call(lender, n, rng=state)
        (rng.bit_generator.state,) = answer["states"]
        assert answer["value"].tolist() == twin.random(n).tolist()
    assert rng.bit_generator.state == twin.bit_generator.state


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({}, "NameError"),
        ({"lent": ["draw"], "args": [], "kwargs": {}}, "NameError"),
        ({"lent": "Box", "args": [], "kwargs": {}}, "TypeError"),
        ({"lent": "_made", "args": ["Box"], "kwargs": {}}, "NameError"),
        ({"lent": "", "args": [0, "data"], "kwargs": {}}, "AttributeError"),
        (
            {"lent": "", "do": "exec", "args": [0, "data"], "kwargs": {}},
            "AttributeError",
        ),
        (
            {"lent": "", "do": "attribute", "args": [0, "__class__"], "kwargs": {}},
            "AttributeError",
        ),
        (
            {"lent": "", "do": "use", "args": [0, "total", {"_a": 1}], "kwargs": {}},
            "AttributeError",
        ),
        ({"lent": "", "do": "copy", "args": [], "kwargs": {}}, "AttributeError"),
        ({"lent": "", "do": "copy", "args": [[0]], "kwargs": {}}, "AttributeError"),
        ({"lent": "", "do": "copy", "args": [7], "kwargs": {}}, "IndexError"),
        ({"lent": "np", "args": [], "kwargs": {}}, "NameError"),
        ({"lent": "draw", "args": 3, "kwargs": {}}, "TypeError"),
        ({"lent": "draw", "args": [], "kwargs": {1: 2}}, "TypeError"),
        ({"lent": "draw", "args": [], "kwargs": {}}, "TypeError"),
        (
            {"lent": "draw", "args": [1, Special("name", name="np")], "kwargs": {}},
            "TypeError",
        ),
    ],
)
def test_what_is_asked_for_is_not_trusted(lender, said, kind):
    assert lender.answer(said) == {"error": kind}


USES = """
import copy
box = Box(np.arange(3.0), np.random.default_rng(3))
said = [box.data.tolist(), isinstance(box, Box), box.itself() is box]
said.append(box.shaken().tolist() == (np.arange(3.0) + twin).tolist())
box.parts["first"] += 1.0          # what is read and changed is changed there
said.append(box.total())
other = copy.deepcopy(box)
box.data = np.zeros(3)
said += [other.data.tolist(), (other + box).data.tolist(), (box + 2.0).data.tolist()]


class Twice(Box):
    def __init__(self, data):
        super().__init__(2 * data)
        self.label = "twice"


said += [Twice(np.ones(2)).data.tolist(), Twice(np.ones(2)).label]
for name in ("__dict__", "__class__", "_number", "missing"):
    try:
        told = repr(getattr(box, name))
    except AttributeError:
        told = "AttributeError"
    said.append("random" not in told)
"""


def test_an_object_of_a_lent_class_behaves_as_one_at_home(sandbox, lender):
    """The same lines, with the class itself and with its stand-in."""
    twin = np.random.default_rng(3).random(3)
    home = {"Box": draws_record().reference_names["Box"], "np": np, "twin": twin}
    exec(USES, home)  # noqa: S102 - the test's own text
    with sandbox.session(Limits()) as session:
        session.lender = lender.answer
        names = {"names": ["Box"], "classes": {"Box": ["__add__"]}}
        session.request(9.0, "lend", **names)
        session.cell(f"import numpy as np\ntwin = np.array({twin.tolist()})", 0, 9.0)
        outputs, fine = session.cell(USES + "\nprint(said)", 1, 9.0)
    assert fine, outputs
    assert outputs[0]["text"].strip() == str(home["said"])


def test_only_so_many_objects_are_kept(sandbox):
    part = Budget(60.0, ["ask e"]), "ask e"
    lender = Lender(sandbox, [draws_record()], Limits(), *part, objects=2)
    for number in range(2):
        assert call(lender, number, name="Box")["value"] == ("object", number, "Box")
    assert call(lender, 0, name="Box") == {"error": "MemoryError"}
    lender.close()


def test_every_operator_is_one_of_python():
    assert all(name.startswith("__") and name.endswith("__") for name in OPERATORS)


def test_a_call_that_does_not_end_ends_the_lending(sandbox):
    exercise = Exercise("t_draw", "test/01_small", points=1, names=("draw",))

    @exercise.reference
    def draw(n):
        while n:
            pass
        return n

    lender = Lender(sandbox, [exercise], Limits(ask_seconds=1.0), Budget(60.0), "")
    assert call(lender, 0)["value"] == 0
    assert call(lender, 1) == {"error": "TimeoutError"}
    assert call(lender, 0) == {"error": "TimeoutError"}
    lender.close()


@pytest.fixture
def leaning(small):
    """The small notebook, whose ``triple`` is meant to call ``double``."""
    small.exercises[1].leans_on = ("t_double",)
    yield small
    small.exercises[1].leans_on = ()


WITH_DOUBLE = "def triple(x):\n    return x + double(x)"
LATE = "\ndef double(x):\n    return 2 * x"


@pytest.mark.parametrize(
    ("double", "triple", "scores"),
    [
        ("def double(x):\n    return x * x", WITH_DOUBLE, [0, 1]),
        ("def double(x):\n    while True: pass", WITH_DOUBLE, [0, 1]),
        ("def double(x):\n    while True: pass", WITH_DOUBLE + "\ntriple(1.0)", [0, 1]),
        ("def double(x):\n    import os; os._exit(1)", WITH_DOUBLE, [0, 1]),
        ("def double(x):\n    return x * x", "def triple(x):\n    return x", [0, 0]),
        ("def double(x):\n    return x * x", "triple = double", [0, 0]),
        # Two mistakes that undo each other are read as they stand.
        (
            "def double(x):\n    return 4 * x",
            "def triple(x):\n    return double(x) - x",
            [0, 1],
        ),
    ],
)
def test_a_mistake_costs_once(leaning, sandbox, limits, fill, double, triple, scores):
    data = fill(t_double=double, t_triple=triple)
    verdicts = judge(leaning, data, SEED, sandbox, Settings(limits)).judgement.verdicts
    assert [v.score for v in verdicts][:2] == scores


def test_nothing_is_lent_where_the_exercise_does_not_lean(small, sandbox, limits, fill):
    data = fill(t_double="def double(x):\n    return x * x", t_triple=WITH_DOUBLE)
    verdicts = judge(small, data, SEED, sandbox, Settings(limits)).judgement.verdicts
    assert [v.score for v in verdicts][:2] == [0, 0]


def test_what_is_lent_has_no_code_in_the_students_process(
    leaning, sandbox, limits, fill
):
    """Whatever it is looked at, it is a stand-in: no line of the right answer."""
    triple = (
        "def triple(x):\n"
        "    import inspect\n"
        "    told = inspect.getsource(double) + str(double.__code__.co_consts)\n"
        "    found = '2.0' in told or 'x + x' in told or '2.0 * x' in told\n"
        "    return 0.0 if found else x + double(x)"
    )
    data = fill(t_double="def double(x):\n    return x * x", t_triple=triple)
    judgement = judge(leaning, data, SEED, sandbox, Settings(limits)).judgement
    assert judgement.verdicts[1].score == 1
    assert "with a right double" in judgement.verdicts[1].note
