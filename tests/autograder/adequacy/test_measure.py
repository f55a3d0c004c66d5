import pytest

from autograder.adequacy.measure import backend, changed, measure
from autograder.adequacy.operators import Mutant
from autograder.course.exercises import get
from autograder.exercise.failure import CheckFailed
from autograder.exercise.record import Exercise


@pytest.fixture
def exercise():
    return absolute(border=True)


def absolute(border):
    """Make a record whose checks see, or overlook, the numbers between 0 and 1."""
    made = Exercise("t_absolute", "test/01_x", 1, ("absolute",))

    @made.reference
    def absolute(x):
        return x if x > 0 else -x

    @made.check("some numbers", 1)
    def _some(student, rng):
        for x in (-5.0, 5.0, *([0.5, -0.5] if border else [])):
            student.agrees("absolute", x)

    @made.misconception("the sign stays", "What is the absolute value of -1?")
    def sign_stays(x):
        return x

    @made.variant("by max")
    def by_max(x):
        return max(x, -x)

    return made


@pytest.fixture
def reasons(exercise):
    return exercise.equivalent


BORDER = "return x if x > 0 else -x  =>  return x if x >= 0 else -x"


def test_an_equivalent_mutant_needs_a_reason(exercise, reasons):
    assert measure(exercise).survivors == [BORDER]
    reasons[BORDER] = "minus zero is zero"
    found = measure(exercise)
    assert not found.findings
    assert found.equivalent == {BORDER: "minus zero is zero"}
    assert found.mutants == found.refused + 1 > 8


def test_a_hole_in_the_checks_shows():
    found = measure(absolute(border=False))
    assert "return x if x > 0 else -x  =>  return x if x > 1 else -x" in found.survivors


def test_a_reason_without_its_mutant_is_found(exercise, reasons):
    reasons[BORDER] = "minus zero is zero"
    reasons["return x + 1  =>  return x - 1"] = "no such line"
    [finding] = measure(exercise).findings
    assert "no mutant" in finding
    assert "return x + 1" in finding


def test_what_the_bank_gets_wrongly_is_found(exercise, reasons):
    reasons[BORDER] = "minus zero is zero"

    @exercise.misconception("a right one by mistake", "Is it wrong?")
    def right(x):
        return abs(x)

    @exercise.variant("a wrong one by mistake")
    def wrong(x):
        return x + 1

    found = measure(exercise)
    assert found.false_accepts == ["right"]
    assert found.false_rejects == ["wrong"]


def test_a_loop_without_end_is_refused_without_waiting():
    exercise = Exercise("t_loop", "test/01_x", 1, ("count",))

    @exercise.reference
    def count(n):
        while n > 0:
            n -= 1
        return n

    @exercise.check("a number", 1)
    def _one(student, rng):
        student.agrees("count", 3)

    endless = exercise.reference_source().replace("n -= 1", "n += 1")
    made = backend(exercise, Mutant("", "", "", 1, endless), None)
    with pytest.raises(CheckFailed, match="RuntimeError"):
        exercise.student_of(made).call("count", 3)
    assert backend(exercise, Mutant("", "", "", 1, exercise.reference_source()), None)


def test_mutants_of_a_variant_are_judged_by_their_own_source():
    exercise = get("l3_svm_loss_vectorized")
    mutant, entry = next(pair for pair in changed(exercise) if pair[1])
    made = backend(exercise, mutant, entry)
    assert made.source("svm_loss_vectorized") == mutant.source
