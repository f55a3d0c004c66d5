"""The bank is asked what a class was asked, each question once."""

import numpy as np
import pytest

from autograder.course.exercises import get
from autograder.judging import bank
from autograder.judging.bank import FEW, MOST_KEPT, BankAnswers, BankMemory
from autograder.judging.decide import decide
from autograder.judging.explain import explain

EXERCISE = get("l3_svm_loss_i")
ENTRY = EXERCISE.known("counts_true_class")


def explained(entry, seed, memory=None):
    verdict, transcript = decide(EXERCISE, EXERCISE.local(entry), seed)
    return explain(EXERCISE, verdict, transcript, seed, memory)


def of_a_class(exercise, seed):
    """Return what is known of an exercise after the first students of a class."""
    answers = BankAnswers(exercise, seed)
    for _ in range(FEW):
        answers.memory_of_a_student()
    return answers


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


def test_the_reference_is_asked_once_for_a_class():
    answers = of_a_class(EXERCISE, b"s")
    count = len(answers.memory_of_a_student())
    assert count > 0
    for entry in (None, ENTRY, *EXERCISE.variants):
        memory = answers.memory_of_a_student()
        decide(EXERCISE, EXERCISE.local(entry), b"s", memory=memory)
        assert memory.maps[0] == {}  # nothing had to be worked out
    assert len(answers.memory_of_a_student()) == count


def test_the_first_students_cost_no_question_to_the_reference(asked):
    answers = BankAnswers(EXERCISE, b"s")
    for _ in range(FEW):
        assert answers.memory_of_a_student() == {}
    assert asked == []
    for _ in range(2):
        assert answers.memory_of_a_student()
    assert asked == list(range(len(EXERCISE.checks)))


def test_the_class_does_not_keep_what_one_student_leads_to():
    answers = of_a_class(EXERCISE, b"s")
    memory = answers.memory_of_a_student()
    count = len(memory)
    student = EXERCISE.student_of(EXERCISE.local(), memory=memory)
    scores, own = np.array([3.2, 5.1, -1.7]), np.array([1.3, 4.9, 2.0])
    assert student.wanted(EXERCISE.names[0], scores, 0) == pytest.approx(2.9)
    assert student.wanted(EXERCISE.names[0], own, 0) == pytest.approx(6.3)
    assert len(memory) == count + 2
    assert len(answers.memory_of_a_student()) == count


@pytest.mark.parametrize("entry", [None, ENTRY], ids=["right", "wrong"])
def test_a_verdict_is_the_same_with_what_is_known(entry):
    known = of_a_class(EXERCISE, b"s").memory_of_a_student()
    assert known
    local = EXERCISE.local
    first, transcript = decide(EXERCISE, local(entry), b"s")
    again, answered = decide(EXERCISE, local(entry), b"s", memory=known)
    assert (again, repr(answered)) == (first, repr(transcript))
