from itertools import product

import numpy as np
import pytest

from autograder.course.exercises import all_exercises, get
from autograder.judging import bank
from autograder.judging.bank import (
    LOOSE,
    TIGHT,
    BankMemory,
    EntryRun,
    SubmissionQuestions,
    same,
)
from autograder.judging.decide import decide
from autograder.judging.explain import explain

EXERCISE = get("l3_svm_loss_i")


def explained(entry, seed, memory=None):
    verdict, transcript = decide(EXERCISE, EXERCISE.local(entry), seed)
    return explain(EXERCISE, verdict, transcript, seed, memory)


def every_verdict(memory=None):
    entries = [*EXERCISE.misconceptions, *EXERCISE.variants]
    return [explained(entry, b"s", memory) for entry in entries]


@pytest.fixture
def asked(monkeypatch):
    """The checks that the bank is asked, in order."""
    numbers, ask = [], bank.ask

    def counted(exercise, index, *args, **kwargs):
        numbers.append(index)
        return ask(exercise, index, *args, **kwargs)

    monkeypatch.setattr(bank, "ask", counted)
    return numbers


def test_what_was_seen_before_sets_the_order_and_nothing_else():
    expected = every_verdict()
    names = [entry.name for entry in EXERCISE.misconceptions]
    checks = range(len(EXERCISE.checks))
    rng = np.random.default_rng(4)
    for _ in range(3):
        seconds = {(EXERCISE.id, i): float(rng.random()) for i in checks}
        passed = {
            (EXERCISE.id, name, i): bool(rng.integers(2))
            for name, i in product(names, checks)
        }
        assert every_verdict(BankMemory(seconds, passed)) == expected


def test_one_check_rules_most_of_the_bank_out(asked):
    entry, *others = EXERCISE.misconceptions
    memory = BankMemory()
    explained(entry, b"a classmate", memory)
    asked.clear()
    assert explained(entry, b"s", memory).misconceptions == [entry.name]
    assert len(asked) <= len(EXERCISE.checks) + 1.5 * len(others)


def test_a_question_that_is_the_same_for_all_is_asked_once_in_a_class(asked):
    exercise = next(e for e in all_exercises() if e.kind == "value" and e.checks)
    assert not any(check.fresh for check in exercise.checks)
    memory = BankMemory()
    runs = [
        EntryRun(SubmissionQuestions(exercise, seed, memory), entry)
        for seed in (b"ada", b"bo")
        for entry in exercise.misconceptions[:1]
    ]
    assert runs[0].check(0) is runs[1].check(0)
    assert asked == [0]


def test_each_check_is_asked_once(asked):
    questions = SubmissionQuestions(EXERCISE, b"s")
    entry = EntryRun(questions, EXERCISE.known("counts_true_class"))
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
