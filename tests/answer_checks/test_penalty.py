"""What is right but for the regularization term, and what is not."""

from __future__ import annotations

import numpy as np
import pytest

from answer_checks.compare import difference
from answer_checks.penalty import off_by_penalty, penalty_of
from cs231n_lib import checks

W = np.array([[1.0, -2.0, 0.0], [0.5, 3.0, -1.0]])
REG = 0.3
DATA = np.array([[0.1, 0.7, -2.0], [1.5, 0.2, -0.4]])


def answer(factor: float, slope: float):
    """Return a loss and gradient whose penalty has another factor and slope."""
    return 4.2 + factor * REG * (W * W).sum(), DATA + slope * REG * W


RIGHT = answer(1, 2)


@pytest.mark.parametrize("factor", [0, 0.5, 2, -1, 1 / 3, 1.25])
def test_a_loss_with_another_penalty_is_told(factor):
    found = difference(answer(factor, 2)[0], RIGHT[0], "loss", penalty=(W, REG))
    assert found.reason == "loss: is right but for the regularization term"


@pytest.mark.parametrize("slope", [0, 1, 4, -2])
def test_a_gradient_with_another_penalty_is_told(slope):
    found = difference(answer(1, slope)[1], RIGHT[1], "dW", penalty=(W, REG))
    assert found.reason == "dW: is right but for the regularization term"


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (RIGHT[0] + 0.1, RIGHT[0]),
        (RIGHT[0] + 1, RIGHT[0]),
        (RIGHT[1] + 0.1, RIGHT[1]),
        (RIGHT[1] + 0.1 * W * W, RIGHT[1]),
        (RIGHT[1] + W.sum(), RIGHT[1]),
        (RIGHT[1][0] * 1.1, RIGHT[1][0]),
    ],
)
def test_other_differences_are_not(got, want):
    reason = difference(got, want, "x", penalty=(W, REG)).reason
    assert "regularization" not in reason
    assert reason == difference(got, want, "x").reason


def test_one_weight_tells_nothing():
    one = np.array([[2.0]])
    assert not off_by_penalty(one, one + 0.3, (one, REG))
    assert not off_by_penalty(DATA, RIGHT[1], (0 * W, REG))
    assert not off_by_penalty(np.array(1.0), np.array(2.0), (0 * W, REG))


def loss(W, X, y, reg):
    return 0.0


@pytest.mark.parametrize(
    ("function", "args", "kwargs"),
    [
        (loss, (W, DATA, 0, 0.0), {}),
        (loss, (W, DATA, 0, True), {}),
        (loss, (W.tolist(), DATA, 0, 0.1), {}),
        (loss, (W,), {}),
        (max, (W, 0.1), {}),
        (lambda params, reg: 0, (W, 0.1), {}),
    ],
)
def test_a_call_without_a_penalty_has_none(function, args, kwargs):
    assert penalty_of(function, args, kwargs) is None


def test_the_visible_check_tells_it():
    wanted = penalty_of(loss, (W, DATA), {"y": 0, "reg": REG})
    assert wanted is not None
    np.testing.assert_array_equal(wanted[0], W)
    with pytest.raises(checks.CheckFailed) as caught:
        with checks.exercise("l3_x") as check:
            check.call(
                lambda W, X, y, reg: answer(1, 0),
                W,
                DATA,
                0,
                REG,
                expect=RIGHT,
                parts=("loss", "dW"),
            )
    assert "dW: is right but for the regularization term (got" in str(caught.value)
