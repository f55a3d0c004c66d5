"""Which questions a course asks: those that no known wrong answer passes."""

import numpy as np
import pytest

from autograder.course.exercises import get
from autograder.exercise.record import Exercise
from autograder.judging.decide import decide
from autograder.judging.draw import (
    FEW,
    MANY,
    MOST,
    Bank,
    choose_draw,
    faults_at,
    seed_of,
)


class Recorded:
    """A check that asks for the size of a number and notes the numbers."""

    def __init__(self, draw):
        self.draw = draw
        self.asked = []

    def __call__(self, student, rng):
        x = self.draw(rng)
        self.asked.append(x)
        student.agrees("size", x)


def size_exercise(draw):
    """An exercise in which a misconception errs for negative numbers alone."""
    made = Exercise("l0_size", "lecture0/01_x", 2, ("size",))

    @made.reference
    def size(x):
        return abs(x)

    asks = Recorded(draw)
    made.check("a number", 1)(asks)

    @made.check("three", 1)
    def _three(student, rng):
        student.agrees("size", 3.0)

    @made.misconception("the sign stays", "What is the size of a debt?")
    def same(x):
        return x

    @made.misconception("it is squared", "What is the size of three?")
    def squared(x):
        return x * x

    @made.variant("by a root")
    def root(x):
        return float(np.sqrt(x * x))

    return made, asks


def coin(rng):
    return float(rng.choice([-2.0, 2.0]))


def test_what_only_a_reason_needs_is_not_asked():
    made, asks = size_exercise(coin)
    reasons = []
    made.relation = lambda given, want: reasons.append(given)
    choose_draw(made, b"seed")
    assert asks.asked
    assert not reasons
    wrong = made.local(made.misconceptions[0])
    decide(made, wrong, seed_of(b"seed", made.id, choose_draw(made, b"seed").number))
    assert reasons  # whoever is graded is told


def test_a_seed_for_each_course_exercise_and_draw():
    seeds = [
        seed_of(course, exercise, draw)
        for course in (b"a", b"b")
        for exercise in ("l0_x", "l0_x1", "l0_y")
        for draw in (0, 1, 11)
    ]
    assert len(set(seeds)) == len(seeds)
    assert {len(seed) for seed in seeds} == {32}


def test_draws_that_let_a_misconception_through_are_passed_over():
    exercise, _ = size_exercise(coin)
    refused = []
    for number in range(20):
        seed = f"course {number}".encode()
        draw = choose_draw(exercise, seed)
        assert not draw.faults
        refused.append(draw.refused)
        for before in range(draw.number):
            assert faults_at(exercise, seed_of(seed, "l0_size", before))
        assert not faults_at(exercise, seed_of(seed, "l0_size", draw.number))
        for entry in exercise.misconceptions:
            own = seed_of(seed, "l0_size", draw.number)
            verdict, _ = decide(exercise, exercise.local(entry), own)
            assert verdict.score < exercise.points
    assert 0 in refused
    assert max(refused) > 0


def test_the_same_course_gets_the_same_draw():
    exercise, _ = size_exercise(coin)
    seeds = [f"course {number}".encode() for number in range(5)]
    assert [choose_draw(exercise, s) for s in seeds] == [
        choose_draw(exercise, s) for s in seeds
    ]


def test_where_the_bank_earns_the_same_few_draws_are_looked_at():
    exercise, asks = size_exercise(lambda rng: -2.0 - float(rng.random()))
    assert choose_draw(exercise, b"s").number == 0
    assert len(set(asks.asked)) == FEW


def test_of_several_draws_the_one_is_taken_at_which_the_bank_earns_least():
    # At 1 a square is a size: there "squared" earns a point.
    exercise, asks = size_exercise(lambda rng: float(rng.choice([-1.0, -2.0])))
    found = 0
    for number in range(20):
        asks.asked.clear()
        seed = f"course {number}".encode()
        draw = choose_draw(exercise, seed)
        if len(set(asks.asked)) == 1:
            continue  # the first ones look alike
        found += 1
        own = seed_of(seed, "l0_size", draw.number)
        verdict, _ = decide(exercise, exercise.local(exercise.known("squared")), own)
        assert verdict.score == 0
        assert draw.number < MANY
    assert found


def wide_exercise():
    """An exercise of six checks; "squared" earns one of them at some draws alone."""
    made, asks = size_exercise(lambda rng: float(rng.choice([-1.0, -2.0])))
    asked = []

    def check_of(index):
        def run(student, rng):
            asked.append(index)
            student.agrees("size", -3.0 - index)

        return run

    for index in range(4):
        made.check(f"a number below {-index}", 1)(check_of(index))
    return made, asks, asked


def test_further_draws_are_asked_only_what_the_first_two_did_not_agree_on():
    exercise, asks, asked = wide_exercise()
    costs = {}
    for number in range(12):
        asks.asked.clear()
        asked.clear()
        choose_draw(exercise, f"course {number}".encode())
        costs[len(set(asks.asked))] = len(asked)
    assert set(costs) == {1, 2}
    # Both misconceptions at each of the first two draws, and who is right at the last.
    assert costs[1] == (FEW * 2 + 2) * 4
    # Elsewhere a misconception is asked until it falls short: at once, of these.
    assert costs[2] <= costs[1] + (MANY - FEW) * 2


@pytest.mark.parametrize("name", ["l3_l1_penalty", "l3_svm_loss_i", "l4_xyz"])
def test_what_the_bank_earns_at_a_draw_is_what_it_is_judged_by(name):
    exercise = get(name)
    own = seed_of(b"a course", name, 3)
    trial = Bank(exercise).trial(own)
    for entry in (None, *exercise.variants, *exercise.misconceptions):
        verdict, _ = decide(exercise, exercise.local(entry), own)
        shares = [trial.share(entry, i) for i in range(len(exercise.checks))]
        assert [r.earned / r.points for r in verdict.checks] == pytest.approx(shares)
        assert [r.passed for r in verdict.checks] == [share == 1 for share in shares]


def test_a_draw_that_refuses_a_right_variant_is_passed_over():
    # The variant squares first: it overflows at the far numbers.
    far = -1e200
    exercise, _ = size_exercise(lambda rng: float(rng.choice([far, -2.0])))
    draws = [choose_draw(exercise, f"course {n}".encode()) for n in range(10)]
    assert not any(draw.faults for draw in draws)
    assert any(draw.refused for draw in draws)


def test_where_no_draw_is_right_the_best_is_taken_and_its_faults_are_said():
    exercise, asks = size_exercise(lambda rng: 2.0)
    draw = choose_draw(exercise, b"s")
    assert draw.faults == ("l0_size: accepts the misconception same",)
    assert (draw.number, draw.refused) == (0, MOST)
    assert len(asks.asked) >= MOST


def test_a_draw_that_has_been_graded_by_stays_while_it_is_right():
    exercise, _ = size_exercise(coin)
    seed = b"course"
    fine = [
        n for n in range(12) if not faults_at(exercise, seed_of(seed, "l0_size", n))
    ]
    assert len(fine) > 1
    for number in range(12):
        kept = choose_draw(exercise, seed, kept=number)
        assert kept.number == (number if number in fine else fine[0])


def test_a_broken_check_passes_nobody():
    exercise, _ = size_exercise(coin)

    @exercise.check("broken", 1)
    def _broken(student, rng):
        raise RuntimeError("broken")

    draw = choose_draw(exercise, b"s")
    assert "l0_size: refuses the reference" in draw.faults


def test_questions_that_are_fixed_are_drawn_once():
    exercise = get("l3_svm_predict_then_run")
    assert not any(check.fresh for check in exercise.checks)
    assert choose_draw(exercise, b"s") == choose_draw(exercise, b"t")
    assert choose_draw(exercise, b"s").number == 0


def test_an_exercise_without_checks_needs_no_draw():
    assert choose_draw(get("l3_svm_scale_question"), b"s").number == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["l3_svm_loss_i", "l3_max_norm", "l4_dead_relu"])
def test_each_misconception_has_one_score_in_a_course(name):
    exercise = get(name)
    own = seed_of(b"a course", name, choose_draw(exercise, b"a course").number)
    for entry in exercise.misconceptions:
        first, again = (
            decide(exercise, exercise.local(entry), own)[0] for _ in range(2)
        )
        assert first == again
        assert first.score < exercise.points
