from itertools import product

import numpy as np
import pytest

from autograder.exercises import get
from autograder.judging import bank
from autograder.judging.bank import LOOSE, TIGHT, Known, same
from autograder.judging.decide import decide
from autograder.judging.explain import explain

EXERCISE = get("l3_svm_loss_i")


def explained(entry, secret):
    verdict, transcript = decide(EXERCISE, EXERCISE.local(entry), secret)
    return explain(EXERCISE, verdict, transcript, secret)


def every_verdict():
    entries = [*EXERCISE.misconceptions, *EXERCISE.variants]
    return [explained(entry, b"s") for entry in entries]


@pytest.fixture
def asked(monkeypatch):
    """The checks that the bank is asked, in order."""
    numbers, ask = [], bank.ask

    def counted(exercise, index, *args, **kwargs):
        numbers.append(index)
        return ask(exercise, index, *args, **kwargs)

    monkeypatch.setattr(bank, "ask", counted)
    return numbers


def test_what_was_seen_before_sets_the_order_and_nothing_else(monkeypatch):
    expected = every_verdict()
    names = ["", *(entry.name for entry in EXERCISE.misconceptions)]
    places = range(len(EXERCISE.checks))
    rng = np.random.default_rng(4)
    for _ in range(3):
        cost = {(EXERCISE.id, i): float(rng.random()) for i in places}
        passed = {
            (EXERCISE.id, name, i): bool(rng.integers(2))
            for name, i in product(names, places)
        }
        monkeypatch.setattr(bank, "_COST", cost)
        monkeypatch.setattr(bank, "_PASSED", passed)
        assert every_verdict() == expected


def test_one_check_rules_most_of_the_bank_out(asked):
    entry, *others = EXERCISE.misconceptions
    explained(entry, b"a classmate")
    asked.clear()
    assert explained(entry, b"s").misconceptions == [entry.name]
    assert len(asked) <= len(EXERCISE.checks) + 1.5 * len(others)


def test_each_check_is_asked_once(asked):
    entry = Known(EXERCISE, EXERCISE.misconceptions[0], b"s", {})
    assert entry.check(0) is entry.check(0)
    assert asked == [0]


@pytest.mark.parametrize(
    ("got", "want", "alike"),
    [
        (1.0, np.float32(1), True),
        (10**400, 1.0, False),
        (1.0, True, False),
        (True, np.True_, True),
        ((1.0, "a"), [1.0, "a"], True),
        ((1.0,), (1.0, 2.0), False),
        ({"a": 1.0}, {"b": 1.0}, False),
        (np.ones(2), np.ones((2, 1)), False),
        (np.array(["a"]), np.array(["a"]), False),
        (np.array([np.nan, np.inf, 1]), np.array([np.nan, np.inf, 1]), True),
        (np.array([np.nan, 1]), np.array([1, np.nan]), False),
        (np.array([np.inf, 1]), np.array([-np.inf, 1]), False),
        # The largest entry sets what is close; next to infinity nothing is.
        (np.array([1e-5, 1.0]), np.array([0.0, 1.0]), True),
        (np.array([1e-5, np.inf]), np.array([0.0, np.inf]), True),
        (np.array([1.0, 1.0]), np.array([np.inf, 1.0]), False),
        (np.array([1e-3, 1.0]), np.array([0.0, 1.0]), False),
    ],
)
def test_answers_are_alike_but_for_rounding(got, want, alike):
    assert same(got, want, LOOSE) is alike


def test_near_relations_are_told_apart():
    assert same(1.00005, 1.0, LOOSE)
    assert not same(1.00005, 1.0, TIGHT)
