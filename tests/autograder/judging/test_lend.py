"""A right answer is lent, and answers from a process of its own."""

import numpy as np
import pytest

from autograder.course.settings import Settings
from autograder.exercise.record import Exercise
from autograder.judging.budget import Budget
from autograder.judging.judge import judge
from autograder.judging.lend import Lender, functions_of, source_of
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
        pass

    return exercise


@pytest.fixture
def lender(sandbox):
    made = Lender(sandbox, [draws_record()], Limits(), Budget(60.0, ["ask e"]), "ask e")
    yield made
    made.close()


def call(lender, *args, name="draw", **kwargs):
    return lender.answer({"lent": name, "args": list(args), "kwargs": kwargs})


def test_functions_are_lent_and_classes_are_not(small):
    double, _, _ = small.exercises
    assert functions_of(draws_record()) == ["draw"]
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
        ({"lent": "Box", "args": [], "kwargs": {}}, "NameError"),
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
