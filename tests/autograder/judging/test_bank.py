"""The bank is asked what a class was asked, each question once."""

import pytest

from autograder.course.exercises import get
from autograder.judging import bank
from autograder.judging.bank import MOST_KEPT, BankAnswers, BankMemory
from autograder.judging.decide import decide
from autograder.judging.explain import explain

EXERCISE = get("l3_svm_loss_i")
ENTRY = EXERCISE.known("counts_true_class")


def explained(entry, seed, memory=None):
    verdict, transcript = decide(EXERCISE, EXERCISE.local(entry), seed)
    return explain(EXERCISE, verdict, transcript, seed, memory)


@pytest.fixture
def asked(monkeypatch):
    """The checks that the bank is asked, in order."""
    numbers, ask = [], bank.ask

    def counted(exercise, index, *args, **kwargs):
        numbers.append(index)
        return ask(exercise, index, *args, **kwargs)

    monkeypatch.setattr(bank, "ask", counted)
    return numbers


def test_each_check_is_asked_once(asked):
    answers = BankAnswers(EXERCISE, b"s")
    assert answers.of(ENTRY, 0) is answers.of(ENTRY, 0)
    assert answers.of(None, 0) is answers.of(None, 0)
    assert asked == [0, 0]


def test_a_class_asks_the_bank_once(asked):
    memory = BankMemory()
    first = explained(ENTRY, b"s", memory)
    count = len(asked)
    most = (len(EXERCISE.misconceptions) + 1) * len(EXERCISE.checks)
    assert 0 < count <= most
    assert explained(ENTRY, b"s", memory) == first
    for entry in EXERCISE.misconceptions:
        explained(entry, b"s", memory)
    assert len(asked) <= most


@pytest.mark.slow
def test_what_is_remembered_changes_nothing():
    memory = BankMemory()
    for entry in EXERCISE.misconceptions:
        assert explained(entry, b"s", memory) == explained(entry, b"s")


def test_other_questions_are_asked_anew():
    memory = BankMemory()
    one, other = (memory.answers(EXERCISE, seed) for seed in (b"s", b"t"))
    assert one is memory.answers(EXERCISE, b"s")
    assert one is not other
    assert one is not memory.answers(get("l3_softmax"), b"s")


def test_the_questions_of_long_ago_are_forgotten():
    memory = BankMemory()
    first = memory.answers(EXERCISE, b"first")
    for number in range(MOST_KEPT):
        assert memory.answers(EXERCISE, b"first") is first  # in use
        memory.answers(EXERCISE, b"%d" % number)
    assert len(memory.kept) == MOST_KEPT
    assert memory.answers(EXERCISE, b"first") is first
    assert (EXERCISE, b"0") not in memory.kept


def test_a_broken_entry_explains_nothing(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr(bank, "ask", broken)
    assert BankAnswers(EXERCISE, b"s").of(ENTRY, 0) == (True, [])
