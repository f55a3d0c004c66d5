"""A slip of form costs its own share; finite differences cost what they skip."""

import numpy as np
import pytest

from autograder.course.exercises import get
from autograder.exercise.backend import LocalBackend
from autograder.judging.decide import decide

pytestmark = pytest.mark.slow


def judged(exercise_id, **names):
    exercise = get(exercise_id)
    right = {**exercise.given, **exercise.reference_names}
    verdict, _ = decide(exercise, LocalBackend({**right, **names}), b"slips")
    return verdict


def lost(verdict):
    return {check.label for check in verdict.checks if not check.passed}


def test_a_sigmoid_that_indexes_its_input_loses_what_asks_for_a_number():
    def sigmoid_forward(x):
        out = np.zeros(x.shape)
        right = x >= 0
        out[right] = 1 / (1 + np.exp(-x[right]))
        t = np.exp(x[~right])
        out[~right] = t / (1 + t)
        return out, out

    verdict = judged("l4_sigmoid_gate", sigmoid_forward=sigmoid_forward)
    assert lost(verdict) == {"a number, forward and backward"}
    assert verdict.score == pytest.approx(2.6)


def test_an_upstream_gradient_set_to_zero_in_place_loses_its_share():
    def relu_backward(dout, cache):
        dout[cache <= 0] = 0
        return dout

    verdict = judged("l4_relu", relu_backward=relu_backward)
    assert lost(verdict) == {"the inputs and dout stay as they were"}
    assert verdict.score == pytest.approx(1.8)


def test_scores_shifted_under_another_name_lose_the_share_of_a_changed_input():
    def softmax_loss(scores, y):
        logits = scores
        logits -= logits.max(axis=1, keepdims=True)
        log_sum = np.log(np.exp(logits).sum(axis=1))
        rows = np.arange(len(y))
        dscores = np.exp(logits - log_sum[:, None])
        dscores[rows, y] -= 1
        return np.mean(log_sum - logits[rows, y]), dscores / len(y)

    verdict = judged("l4_softmax_loss", softmax_loss=softmax_loss)
    assert lost(verdict) == {"scores and y stay as they were"}
    assert verdict.score == pytest.approx(3.8)


@pytest.mark.parametrize("cap", [1e-5, 1e-12, 1e-50])
@pytest.mark.parametrize("how", [np.add, np.maximum], ids=["added", "floor"])
def test_no_number_that_caps_the_loss_goes_unseen(cap, how):
    right = get("l4_softmax_loss").reference_names["softmax_loss"]

    def softmax_loss(scores, y):
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        true = (p / p.sum(axis=1, keepdims=True))[np.arange(len(y)), y]
        return -np.mean(np.log(how(true, cap))), right(scores, y)[1]

    verdict = judged("l4_softmax_loss", softmax_loss=softmax_loss)
    assert "the true class far ahead, and far behind" in lost(verdict)


@pytest.mark.parametrize(
    ("exercise_id", "gradients"),
    [
        ("l4_xyz", 0.6),
        ("l4_axbycz", 0.7),
        ("l4_branch", 1.1),
        ("l4_gate_circuit", 0.9),
        ("l4_sigmoid_neuron", 0.6),
        ("l4_staged", 0.8),
    ],
)
def test_finite_differences_keep_the_value_and_little_else(exercise_id, gradients):
    exercise = get(exercise_id)
    entry = exercise.known("differences_for_gradients")
    verdict, _ = decide(exercise, exercise.local(entry), b"slips")
    assert verdict.score == pytest.approx(gradients)
    reasons = [check.reason for check in verdict.checks if not check.passed]
    assert any("finite differences" in reason for reason in reasons), reasons


def test_an_add_gate_wrong_backwards_loses_more_than_a_max_gate_at_a_tie():
    exercise = get("l4_gates")
    scores = {
        name: decide(exercise, exercise.local(exercise.known(name)), b"slips")[0].score
        for name in ("add_halves", "max_both_at_tie")
    }
    assert scores == {"add_halves": 4.6, "max_both_at_tie": 5.8}


def test_gradients_that_replace_one_another_lose_a_third_of_value():
    exercise = get("l4_value")
    entry = exercise.known("grad_overwritten")
    verdict, _ = decide(exercise, exercise.local(entry), b"slips")
    assert verdict.score < 2 / 3 * exercise.points
    entry = exercise.known("earlier_gradients_cleared")
    verdict, _ = decide(exercise, exercise.local(entry), b"slips")
    assert lost(verdict) == {"gradients add up over two expressions"}
