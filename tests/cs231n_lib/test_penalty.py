"""The loss without its penalty: for which calls it is known, and what it is."""

from __future__ import annotations

import numpy as np
import pytest

from cs231n_lib import checks
from cs231n_lib.penalty import without_penalty

W = np.array([[1.0, -2.0, 0.0], [0.5, 3.0, -1.0]])
SLOPES = np.array([[0.1, 0.7, -2.0], [1.5, 0.2, -0.4]])
REG = 0.3
WANT = (4.2 + REG * (W * W).sum(), SLOPES + 2 * REG * W)


def test_a_loss_with_one_matrix() -> None:
    found = without_penalty({"W": W, "X": 0, "reg": REG}, WANT)
    assert found.changes == {"reg": 0.0}
    assert found.want[0] == pytest.approx(4.2)
    np.testing.assert_allclose(found.want[1], SLOPES)


def test_a_loss_of_a_net_has_no_penalty_on_its_biases() -> None:
    params = {"W1": W, "b1": np.array([5.0, 6.0, 7.0]), "W2": W.T}
    grads = {"W1": WANT[1], "b1": np.ones(3), "W2": WANT[1].T}
    want = (4.2 + 2 * REG * (W * W).sum(), grads)
    found = without_penalty({"params": params, "X": 0, "reg": REG}, want)
    assert found.want[0] == pytest.approx(4.2)
    np.testing.assert_allclose(found.want[1]["W1"], SLOPES)
    np.testing.assert_allclose(found.want[1]["W2"], SLOPES.T)
    np.testing.assert_array_equal(found.want[1]["b1"], np.ones(3))
    assert grads["W1"] is WANT[1]


@pytest.mark.parametrize(
    ("arguments", "want"),
    [
        ({"W": W, "reg": 0.0}, WANT),
        ({"W": W, "reg": True}, WANT),
        ({"W": W}, WANT),
        ({"W": W.tolist(), "reg": REG}, WANT),
        ({"W": W, "reg": REG}, 1.0),
        ({"W": W, "reg": REG}, (W, [1.0, 2.0])),
        ({"reg": REG}, WANT),
    ],
)
def test_other_calls_have_none(arguments, want) -> None:
    assert without_penalty(arguments, want) is None


@pytest.mark.parametrize(
    ("penalty", "slope", "part"),
    [
        (lambda W, reg: 0, 2, "loss"),
        (lambda W, reg: reg * np.sum(W @ W.T), 2, "loss"),
        (lambda W, reg: reg * (W * W).sum(), 1, "dW"),
    ],
)
def test_the_visible_check_tells_it_from_other_faults(penalty, slope, part) -> None:
    def told(data):
        def loss(weights, reg):
            return data + penalty(weights, reg), SLOPES + slope * reg * weights

        # By the names that the notebook's stub gives its arguments.
        with pytest.raises(checks.CheckFailed) as caught:
            with checks.exercise("l3_x") as check:
                check.call(
                    lambda W, reg: loss(W, reg),
                    W,
                    reg=REG,
                    expect=WANT,
                    parts=("loss", "dW"),
                )
        return str(caught.value)

    said = told(4.2)
    assert f"{part}: is right but for the regularization term (got" in said
    assert "compare your answers for reg = 0 and for this reg" in said
    assert "loss: is right but" not in told(4.3)
