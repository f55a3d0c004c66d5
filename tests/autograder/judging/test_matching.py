"""A misconception is named where its values are the student's, and only there."""

import numpy as np
import pytest

from autograder.course.exercises import get
from autograder.exercise import rng_argument
from autograder.exercise.backend import LocalBackend
from autograder.exercise.record import Exercise
from autograder.judging.alike import distance
from autograder.judging.decide import decide
from autograder.judging.explain import explain
from autograder.judging.matching import CLOSE


@pytest.fixture
def exercise():
    """A mean and a spread, asked about apart and together."""
    made = Exercise("l0_stats", "lecture0/01_x", 5, names=("stats",))

    @made.reference
    def stats(x):
        return float(np.mean(x)), float(np.std(x))

    def ask(student, x, parts):
        got = student.call("stats", x)
        student.transcript[-1] = [got[i] for i in parts]
        for i in parts:
            student.expect(got[i], stats(x)[i], ("mean", "spread")[i])

    @made.check("the mean", 1)
    def _mean(student, rng):
        for _ in range(2):
            ask(student, rng.standard_normal(4), (0,))

    @made.check("the spread", 1)
    def _spread(student, rng):
        ask(student, rng.standard_normal(4), (1,))

    @made.check("both", 1)
    def _both(student, rng):
        ask(student, rng.standard_normal(4), (0, 1))

    @made.check("both, one number", 1)
    def _one(student, rng):
        ask(student, rng.standard_normal(1), (0, 1))

    @made.check("far from zero", 1)
    def _far(student, rng):
        ask(student, 1e3 + rng.standard_normal(3), (0, 1))

    @made.misconception("the sum is not divided", "How many are there?")
    def total(x):
        return float(np.sum(x)), float(np.std(x))

    @made.misconception("the square root is missing", "What unit has a spread?")
    def variance(x):
        return float(np.mean(x)), float(np.var(x))

    @made.misconception("the spread is that of a sample", "Divided by what?")
    def sample(x):
        if len(x) == 1:
            return float(np.mean(x)), 0.0
        return float(np.mean(x)), float(np.std(x, ddof=1))

    @made.misconception("the argument is sorted", "Does the caller want it sorted?")
    def sorts(x):
        x.sort()
        return float(np.mean(x)), float(np.std(x))

    return made


def named(exercise, seed=b"s", **names):
    verdict, transcript = decide(exercise, LocalBackend(names), seed)
    return sorted(explain(exercise, verdict, transcript, seed).misconceptions)


def test_each_is_named_however_it_is_written(exercise):
    def stats(x):
        mean = sum(x) / len(x)
        return mean, sum((v - mean) ** 2 for v in x) / len(x)

    assert named(exercise, stats=stats) == ["variance"]


def test_an_answer_in_single_precision_is_named(exercise):
    def stats(x):
        x = x.astype(np.float32)
        return x.sum(), x.std()

    # Far from zero the spread is lost: that check is no longer the misconception's.
    assert named(exercise, stats=lambda x: (np.float32(x.sum()), x.std())) == ["total"]
    assert named(exercise, stats=stats) == []


def test_two_in_different_parts_are_both_named(exercise):
    both = named(exercise, stats=lambda x: (float(np.sum(x)), float(np.var(x))))
    assert both == ["total", "variance"]


def test_two_are_named_where_the_one_hides_the_other(exercise):
    # The check of both stops at the mean: the wrong spread is seen elsewhere.
    def stats(x):
        return float(np.sum(x)), float(np.std(x, ddof=1)) if len(x) > 1 else 0.0

    assert named(exercise, stats=stats) == ["sample", "total"]


def test_the_same_failed_checks_do_not_make_a_match(exercise):
    # Fails where "variance" does, with other numbers.
    def stats(x):
        return float(np.mean(x)), float(np.mean(np.abs(x - np.mean(x))))

    assert named(exercise, stats=stats) == []


def test_one_other_value_denies_the_reason(exercise):
    # As "variance", but where the numbers are large.
    def stats(x):
        spread = float(np.var(x))
        return float(np.mean(x)), spread if np.mean(x) < 100 else spread / 2

    assert named(exercise, stats=stats) == []


def test_a_value_of_a_passed_check_denies_the_reason():
    made = Exercise("l0_draw", "lecture0/01_x", 2, names=("draw",))

    @made.reference
    def draw(n, rng):
        return rng.permutation(n)[:2]

    @made.check("in range", 1)
    def _range(student, rng):
        got = student.call("draw", 9, rng_argument(5))
        student.require(max(got) < 9, "out of range")

    @made.check("two", 1)
    def _two(student, rng):
        got = student.call("draw", 9, rng_argument(7))
        student.require(len(got) == 2, "not two")

    @made.misconception("the first three are taken", "How many are asked for?")
    def three(n, rng):
        return rng.permutation(n)[:3] if rng.integers(2) else np.arange(3)

    seed = b"s"
    assert named(made, seed, draw=three) == ["three"]
    first = three(9, np.random.default_rng(5))

    def other(n, rng):
        # To the second question the same answer, to the first another one that passes.
        got = three(n, rng)
        return np.arange(2) if np.array_equal(got, first) else got

    assert named(made, seed, draw=other) == []


def test_a_mistake_is_named_beside_a_slip_that_gives_no_value(exercise):
    def stats(x):
        if len(x) == 1:
            raise ValueError("too few")
        return float(np.sum(x)), float(np.std(x))

    assert named(exercise, stats=stats) == ["total"]


def test_changed_arguments_are_a_mistake_of_their_own(exercise):
    assert named(exercise, stats=sorts) == ["sorts"]
    assert named(exercise, stats=lambda x: (0.0, 0.0)) == []


def sorts(x):
    x.sort()
    return float(np.mean(x)), float(np.std(x))


def test_an_unknown_part_names_nothing(exercise):
    assert named(exercise, stats=lambda x: (float(np.sum(x)), 7.0)) == []


def test_what_is_nearly_right_is_not_taken_for_what_is_nearly_right_otherwise():
    made = Exercise("l0_slope", "lecture0/01_x", 1, names=("slope",))

    @made.reference
    def slope(x):
        return 2 * x

    @made.check("a slope", 1)
    def _slope(student, rng):
        student.agrees("slope", rng.standard_normal(4), rtol=1e-9, atol=1e-12)

    @made.misconception("from one side", "What cancels on two sides?")
    def one_sided(x):
        return 2 * x + 1e-6

    assert named(made, slope=lambda x: 2 * x + 1e-6) == ["one_sided"]
    # Within rounding of the misconception, as the rounding of single precision is.
    assert named(made, slope=lambda x: 2 * x + 2e-6) == []


# Answers of lecture 3 and 4 that were once told what is not so ----------------------


def first_rows(X, y, batch_size, rng):
    rows = rng.permutation(len(X))[:batch_size]
    return X[rows], y[rows]


def replaced_where_needed(X, y, batch_size, rng):
    rows = rng.choice(len(X), batch_size, replace=batch_size > len(X))
    return X[rows], y[rows]


def largest_of_the_best(train, X_train, y_train, X_val, y_val, regs):
    found = [float(np.mean(train(X_train, y_train, r)(X_val) == y_val)) for r in regs]
    return max(zip(found, regs, strict=True))[1], found


def neuron_with_the_slope_of_tanh(w, x):
    f = 1 / (1 + np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    slope = 1 - f * f
    return f, slope * np.array([x[0], x[1], 1.0]), slope * np.array(w[:2])


def staged_without_a_path(x, y):
    sig_x, sig_y = 1 / (1 + np.exp(-x)), 1 / (1 + np.exp(-y))
    above, below = x + sig_y, sig_x + (x + y) ** 2
    d_above, d_below = 1 / below, -above / below**2
    d_sum = 2 * (x + y) * d_below
    return above / below, (d_above + d_sum, d_sum + d_above * sig_y * (1 - sig_y))


@pytest.mark.parametrize(
    ("exercise_id", "answer", "untrue"),
    [
        ("l3_sample_minibatch", first_rows, "block"),
        ("l3_sample_minibatch", replaced_where_needed, "block"),
        ("l3_select_reg", largest_of_the_best, "select_last_of_equals"),
        ("l4_sigmoid_neuron", neuron_with_the_slope_of_tanh, "slope"),
        ("l4_staged", staged_without_a_path, ""),
    ],
)
def test_no_reason_is_given_that_is_not_so(exercise_id, answer, untrue):
    exercise = get(exercise_id)
    for seed in (b"one", b"two", b"three"):
        names = {exercise.names[0]: answer}
        verdict, transcript = decide(exercise, LocalBackend(names), seed)
        verdict = explain(exercise, verdict, transcript, seed)
        assert verdict.score < exercise.points
        for slug in verdict.misconceptions:
            # What is named must behave so, at these questions and at others.
            entry = exercise.known(slug)
            for other in (seed, b"four", b"five"):
                theirs = decide(exercise, LocalBackend(names), other)[1]
                own = decide(exercise, exercise.local(entry), other)[1]
                assert distance(theirs.answers, own.answers) < CLOSE, slug
