"""The oracles against the lecture's numbers and finite differences; the kink check."""

import numpy as np
import pytest

from autograder.course.exercises import course_exercises, get
from autograder.exercise.backend import LocalBackend
from autograder.judging.decide import decide
from autograder.judging.explain import explain

pytestmark = pytest.mark.slow

draw_problem = course_exercises().module("lecture3/01_svm/whole_loss").draw_problem
svm_loss_i = get("l3_svm_loss_i").reference_names["svm_loss_i"]
svm_loss_naive = get("l3_svm_loss_naive").reference_names["svm_loss_naive"]
KINKS = "equal scores and margins of exactly zero"


@pytest.mark.parametrize(
    ("scores", "y", "delta", "loss"),
    [
        ([3.2, 5.1, -1.7], 0, 1.0, 2.9),
        ([1.3, 4.9, 2.0], 1, 1.0, 0.0),
        ([2.2, 2.5, -3.1], 2, 1.0, 12.9),
        ([13, -7, 11], 0, 10.0, 8.0),
        ([-2.85, 0.86, 0.28], 2, 1.0, 1.58),
        ([10, -2, 3], 0, 1.0, 0.0),
        ([0.0] * 10, 4, 1.0, 9.0),
    ],
)
def test_the_oracle_gives_the_numbers_of_the_lecture(scores, y, delta, loss):
    assert svm_loss_i(np.array(scores), y, delta) == pytest.approx(loss)


def test_the_oracle_gives_the_mean_of_the_lecture():
    scores = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
    loss, _ = svm_loss_naive(np.eye(3), scores, np.array([0, 1, 2]), 0.0)
    assert loss == pytest.approx(15.8 / 3)
    loss, _ = svm_loss_naive(np.eye(3), scores, np.array([0, 1, 2]), 0.5)
    assert loss == pytest.approx(15.8 / 3 + 1.5)


@pytest.mark.parametrize("seed", range(5))
def test_the_gradient_of_the_oracle_by_finite_differences(seed):
    W, X, y = draw_problem(np.random.default_rng(seed), 5, 4, 3)
    _, dW = svm_loss_naive(W, X, y, 0.7)
    h = 1e-6
    for place in np.ndindex(W.shape):
        step = np.zeros(W.shape)
        step[place] = h
        up, _ = svm_loss_naive(W + step, X, y, 0.7)
        down, _ = svm_loss_naive(W - step, X, y, 0.7)
        assert dW[place] == pytest.approx((up - down) / (2 * h), abs=1e-6)


def loss_with_slope(at_zero, extra=0.0):
    """Make a right loss whose slope of the hinge at zero is `at_zero`."""

    def svm_loss_naive(W, X, y, reg):
        N = X.shape[0]
        scores = X @ W
        margins = scores - scores[np.arange(N), y][:, None] + 1
        slope = np.where(margins == 0, at_zero, margins > 0)
        if N == 1:
            slope[0, (y[0] + 1) % W.shape[1]] += extra
        margins[np.arange(N), y] = slope[np.arange(N), y] = 0
        slope[np.arange(N), y] = -slope.sum(axis=1)
        loss = np.maximum(0, margins).sum() / N + reg * np.sum(W * W)
        return loss, X.T @ slope / N + 2 * reg * W

    return svm_loss_naive


def at_kinks(function, seed):
    backend = LocalBackend({"svm_loss_naive": function})
    verdict, _ = decide(get("l3_svm_loss_naive"), backend, b"%d" % seed)
    (check,) = [c for c in verdict.checks if c.label == KINKS]
    return check.passed


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("slope", [0.0, 0.3, 0.5, 1.0])
def test_every_subgradient_at_a_kink_is_accepted(slope, seed):
    assert at_kinks(loss_with_slope(slope), seed)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("slope", [-0.1, 1.1, 2.0])
def test_what_is_no_subgradient_at_a_kink_is_refused(slope, seed):
    assert not at_kinks(loss_with_slope(slope), seed)


@pytest.mark.parametrize("seed", range(5))
def test_a_wrong_slope_beside_the_kink_is_refused(seed):
    assert not at_kinks(loss_with_slope(0.0, extra=1.5), seed)


def test_problems_keep_away_from_kinks():
    rng = np.random.default_rng(0)
    for _ in range(50):
        W, X, y = draw_problem(rng, 5, 4, 3)
        scores = X @ W
        margins = scores - scores[np.arange(5), y][:, None] + 1
        assert np.abs(margins).min() > 1e-3


def test_a_copy_of_the_loops_earns_the_loss_but_not_the_loop_free_points():
    exercise = get("l3_svm_loss_vectorized")
    entry = exercise.known("still_a_loop")
    verdict, _ = decide(exercise, exercise.local(entry), b"s")
    assert (verdict.score, verdict.status) == (4, "partial")


def test_no_loop_alone_earns_nothing():
    backend = LocalBackend(
        {"svm_loss_vectorized": lambda W, X, y, reg: (0.0, np.zeros_like(W))},
        {"svm_loss_vectorized": "svm_loss_vectorized = lambda W, X, y, reg: 0"},
    )
    verdict, _ = decide(get("l3_svm_loss_vectorized"), backend, b"s")
    assert verdict.score == 0


def test_the_published_slip_is_named_where_delta_is_left_out():
    exercise = get("l3_svm_loss_i")
    entry = exercise.known("delta_left_out")
    scores = np.array([2.2, 2.5, -3.1])
    assert entry.names["svm_loss_i"](scores, 2) == pytest.approx(10.9)
    verdict, transcript = decide(exercise, exercise.local(entry), b"s")
    assert explain(exercise, verdict, transcript, b"s").hint.startswith(
        "Delta is left out."
    )
