import dataclasses
import re

import numpy as np
import pytest

from autograder.course.exercises import get
from autograder.exercise.backend import LocalBackend
from autograder.exercise.record import Exercise
from autograder.judging.decide import decide
from autograder.judging.explain import explain, lines
from autograder.verdict import CheckResult, Verdict

LOSS = "l3_svm_loss_vectorized"


@pytest.fixture
def exercise():
    made = Exercise(
        "l0_line",
        "lecture0/01_x",
        3,
        ("line",),
        returns={"line": ("value", "slope")},
    )

    @made.reference
    def line(a, x):
        return a * x + 1, a

    @made.check("the value", 1)
    def _value(student, rng):
        student.agrees("line", rng.standard_normal(3), 2.0, only="value")

    @made.check("the slope", 1)
    def _slope(student, rng):
        student.agrees("line", rng.standard_normal(3), 2.0, only="slope")

    @made.check("zero", 1)
    def _zero(student, rng):
        student.agrees("line", np.zeros(2), 2.0)

    @made.misconception("the one is left out", "Where does the line cross?")
    def without_one(a, x):
        return a * x, a

    @made.misconception("the slope has the wrong sign", "Does it rise?")
    def falling(a, x):
        return a * x + 1, -a

    @made.misconception("everything is doubled", "How often?")
    def doubled(a, x):
        return 2 * (a * x + 1), 2 * a

    return made


def explained(exercise, secret=b"s", **names):
    verdict, transcript = decide(exercise, LocalBackend(names), secret)
    return explain(exercise, verdict, transcript, secret)


def test_a_known_mistake_is_named(exercise):
    verdict = explained(exercise, line=lambda a, x: [x * a, np.array(a)])
    assert verdict.misconceptions == ["without_one"]
    assert verdict.hint == "The one is left out. Where does the line cross?"


def test_mistakes_in_different_parts_are_both_named(exercise):
    verdict = explained(exercise, line=lambda a, x: (a * x, -a))
    assert sorted(verdict.misconceptions) == ["falling", "without_one"]
    assert "Where does the line cross?" in verdict.hint
    assert "Does it rise?" in verdict.hint


def test_an_unknown_mistake_is_not_named(exercise):
    verdict = explained(exercise, line=lambda a, x: (a * x + 5, a))
    assert not verdict.misconceptions
    assert not verdict.hint
    assert lines(verdict)[0].startswith(
        "2 of 3 checks fell short, the first: the value"
    )


def test_points_and_checks_stay_as_they_were(exercise):
    backend = LocalBackend({"line": lambda a, x: (a * x, a)})
    before, transcript = decide(exercise, backend, b"s")
    after = explain(exercise, before, transcript, b"s")
    assert dataclasses.replace(after, hint="", misconceptions=[]) == before


def test_code_that_passes_where_a_mistake_fails_does_not_have_it(exercise):
    # Here the answers of one check are those of "doubled", by another way.
    def line(a, x):
        return (a * x + 1, a) if a.size == 2 else (2 * (a * x + 1), a)

    assert explained(exercise, line=line).misconceptions == []


@pytest.mark.parametrize(
    "line",
    [
        None,
        lambda a, x: (a * x + 1, a),
        lambda a, x: [][0],
        lambda a, x: 10**400,
        lambda a, x: (10**400, float("nan")),
    ],
)
def test_where_there_is_nothing_to_compare_nothing_is_named(exercise, line):
    names = {"line": line} if line else {}
    assert explained(exercise, **names).misconceptions == []


def test_an_error_alone_names_no_mistake(exercise):
    @exercise.misconception("it stops with an IndexError", "Count the entries?")
    def stops(a, x):
        return a[99], a

    assert explained(exercise, line=lambda a, x: [][0]).misconceptions == []


def test_unanswered_and_crashed_exercises_are_not_compared(exercise, monkeypatch):
    def fail(*args, **kwargs):
        raise AssertionError("compared")

    monkeypatch.setattr("autograder.judging.bank.ask", fail)

    def stub(a, x):
        raise NotImplementedError

    assert explained(exercise, line=stub).status == "unanswered"
    backend = LocalBackend({"line": lambda a, x: 0})
    verdict, transcript = decide(exercise, backend, b"s")
    for status in ("timeout", "crashed", "missing", "unreadable"):
        lost = dataclasses.replace(verdict, status=status)
        assert explain(exercise, lost, transcript, b"s") == lost
    transcript.answers.pop()
    assert explain(exercise, verdict, transcript, b"s") == verdict


def test_a_right_answer_costs_no_comparison(exercise, monkeypatch):
    monkeypatch.setattr("autograder.judging.bank.ask", None)
    assert explained(exercise, line=lambda a, x: (a * x + 1, a)).status == "correct"


def test_a_broken_entry_of_the_bank_stops_nothing(exercise):
    @exercise.check("always", 0.0)
    def _broken(student, rng):
        if student.backend.evaluator.namespace["line"].__name__ == "without_one":
            raise RuntimeError("broken")

    verdict = explained(exercise, line=lambda a, x: (a * x + 1, -a))
    assert verdict.misconceptions == ["falling"]


def test_float32_answers_are_matched(exercise):
    def line(a, x):
        return np.float32(a) * np.float32(x), a

    assert explained(exercise, line=line).misconceptions == ["without_one"]


def test_several_wrong_answers_of_a_dict_are_each_named():
    exercise = get("l3_svm_predict_then_run")
    right = exercise.reference_names["svm_answers"]
    wrong = {**right, "loss_at_start": 10, "frog_loss_under_2W": 12.9}
    verdict = explained(exercise, svm_answers=wrong)
    assert set(verdict.misconceptions) == {
        "the_true_class_is_counted_at_the_start",
        "2w_is_taken_to_leave_every_loss_unchanged",
    }
    assert len(lines(verdict)) == 5


def test_two_mistakes_of_a_loss_are_both_named():
    def svm_loss_vectorized(W, X, y, reg):
        N = X.shape[0]
        scores = X @ W
        margins = np.maximum(0, scores - scores[np.arange(N), y][:, None] + 1)
        mask = (margins > 0).astype(float)
        mask[np.arange(N), y] -= mask.sum(axis=1)
        # The true class is counted; the gradient forgets regularization.
        return margins.sum() / N + reg * np.sum(W * W), X.T @ mask / N

    verdict = explained(get(LOSS), svm_loss_vectorized=svm_loss_vectorized)
    assert set(verdict.misconceptions) == {
        "true_class_counted",
        "gradient_without_regularization",
    }


# Lines ----------------------------------------------------------------------------


def test_lines_say_what_differs_why_and_what_next():
    entry = get(LOSS).known("loss_without_regularization")
    verdict = explained(get(LOSS), **entry.names)
    what, why, step = lines(verdict)
    assert re.match(r"\d of \d checks fell short, the first: .*loss: ", what)
    assert why == f"Likely reason: {entry.says}."
    assert step == f"Next step: {entry.hint}"


def verdict_of(status, *checks, **more):
    return Verdict("l0_line", 0.0, 3.0, status, list(checks), **more)


FELL_SHORT = CheckResult("the value", 1.0, 0.0, "shape", "value: shape (2,)")


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (verdict_of("correct", CheckResult("the value", 1.0, 1.0)), []),
        (verdict_of("manual"), []),
        (verdict_of("missing"), []),
        (verdict_of("unanswered", FELL_SHORT), ["Not answered yet."]),
        (
            verdict_of("wrong", FELL_SHORT),
            [
                "the value: value: shape (2,).",
                "Next step: print the shape of each array in the line that makes it.",
            ],
        ),
        (
            verdict_of("wrong", FELL_SHORT, hint="It is so."),
            ["the value: value: shape (2,).", "Likely reason: It is so."],
        ),
        (
            verdict_of("timeout", CheckResult("a", 1.0, 0.0, "timeout", "too late")),
            ["a: too late."],
        ),
    ],
)
def test_lines_of_a_verdict(verdict, said):
    assert lines(verdict) == said


def test_a_reason_of_many_lines_is_one_line():
    check = CheckResult("a", 1.0, 0.0, "value", "one\ntwo\x0b" + "x" * 500)
    (first, *_) = lines(verdict_of("wrong", check))
    assert "\n" not in first
    assert len(first) <= 300
