"""The gradient check: what it accepts, what it refuses, and the reason it gives."""

from __future__ import annotations

import numpy as np
import pytest

from cs231n_lib.gradient_check import check_gradient, forward_gradient

# The point and the gradient of sum(x**3) by hand: 3 x**2.
POINT = np.array([[1.0, -2.0, 0.5], [3.0, 0.25, -1.0]])
GRADIENT = np.array([[3.0, 12.0, 0.75], [27.0, 0.1875, 3.0]])


def cubes(x: np.ndarray) -> float:
    return float((x**3).sum())


def hinge_loss(W: np.ndarray, X: np.ndarray, y: np.ndarray) -> float:
    loss = 0.0
    for row, label in zip(X, y, strict=True):
        s = row @ W
        loss += sum(
            max(0.0, s[j] - s[label] + 1.0) for j in range(len(s)) if j != label
        )
    return loss / len(X)


def hinge_gradient(
    W: np.ndarray, X: np.ndarray, y: np.ndarray, at_zero: float
) -> np.ndarray:
    dW = np.zeros_like(W)
    for row, label in zip(X, y, strict=True):
        s = row @ W
        for j in range(len(s)):
            margin = s[j] - s[label] + 1.0
            slope = at_zero if margin == 0 else float(margin > 0)
            if j != label:
                dW[:, j] += slope * row / len(X)
                dW[:, label] -= slope * row / len(X)
    return dW


def test_forward_gradient_of_cubes() -> None:
    before = POINT.copy()
    slopes = forward_gradient(cubes, POINT)
    np.testing.assert_allclose(slopes, GRADIENT, rtol=1e-6)
    np.testing.assert_array_equal(POINT, before)


def test_forward_gradient_takes_a_single_number() -> None:
    slope = forward_gradient(lambda x: float(x) ** 2, np.array(3.0))
    assert np.shape(slope) == ()
    np.testing.assert_allclose(slope, 6.0, rtol=1e-6)


def test_forward_gradient_moves_to_one_side() -> None:
    """It does not do the exercise on the centred difference."""
    slope = forward_gradient(lambda x: float(x[0]) ** 3, np.array([1.0]), h=0.1)
    np.testing.assert_allclose(slope, [3.31])


def test_the_right_gradient_is_accepted() -> None:
    before = POINT.copy()
    verdict = check_gradient(cubes, POINT, GRADIENT)
    assert verdict
    assert verdict.ok
    assert verdict.relative_error < 1e-7
    assert verdict.num_checked == 6
    assert verdict.num_kinks == 0
    np.testing.assert_array_equal(POINT, before)
    assert str(verdict) == (
        "gradient accepted: 6 entries agree, relative error below 1e-7"
    )


@pytest.mark.parametrize(
    ("analytic", "words"),
    [
        (None, "not answered yet"),
        (..., "not answered yet"),
        ("0.5", "got str"),
        (GRADIENT.T, "transposed"),
        (GRADIENT[:1], "shape (1, 3)"),
        (GRADIENT.astype(np.float32), "float64"),
        (GRADIENT * np.nan, "not finite"),
        (np.zeros((2, 3)), "zero everywhere: is it filled in?"),
        (-GRADIENT, "wrong sign"),
        (GRADIENT / 2, "0.5 times"),
        (2 * GRADIENT, "2 times"),
        (np.ones((2, 3)), "wrong at"),
        (GRADIENT * (1 + 1e-3 * np.eye(2, 3)), "probably wrong at [0, 0]"),
        (GRADIENT * (1 + 5e-5 * np.eye(2, 3)), "not quite the slope of f at [0, 0]"),
    ],
)
def test_a_wrong_gradient_is_refused_with_its_reason(analytic, words) -> None:
    verdict = check_gradient(cubes, POINT, analytic, name="dx")
    assert not verdict
    assert words in verdict.reason


def test_worst_place_and_both_slopes_are_told() -> None:
    wrong = GRADIENT.copy()
    wrong[1, 0] = 20.0
    verdict = check_gradient(cubes, POINT, wrong)
    assert verdict.worst == (1, 0)
    assert verdict.analytic == 20.0
    assert verdict.numeric == pytest.approx(27.0)
    assert verdict.relative_error == pytest.approx(7 / 27)


@pytest.mark.parametrize(
    ("f", "words"),
    [
        (lambda x: None, "returns nothing"),
        (lambda x: 4.0, "f does not change when x changes"),
        (lambda x: x, "f must return one number"),
        (lambda x: float("nan"), "f(x) is nan"),
        (lambda x: (x.astype(np.float32) ** 2).sum(), "float32"),
        (lambda x: x.__imul__(0.5).sum(), "changes its argument"),
    ],
)
def test_an_unfit_function_is_refused(f, words) -> None:
    for analytic in (np.zeros((2, 3)), GRADIENT):
        verdict = check_gradient(f, POINT, analytic)
        assert not verdict
        assert words in verdict.reason


def test_a_random_function_is_refused() -> None:
    rng = np.random.default_rng(0)
    verdict = check_gradient(lambda x: x.sum() + rng.normal(), POINT, np.ones((2, 3)))
    assert not verdict
    assert "two calls" in verdict.reason


@pytest.mark.parametrize("x", [POINT.astype(np.float32), POINT.astype(int), [1.0, 2.0]])
def test_only_float64_points_are_taken(x) -> None:
    verdict = check_gradient(cubes, x, np.ones((2, 3)))
    assert not verdict
    assert "float64" in verdict.reason


def test_a_function_that_ends_beside_the_point_is_refused() -> None:
    def root(x: np.ndarray) -> float:
        return float(np.sqrt(x).sum()) if (x >= 0).all() else float("nan")

    verdict = check_gradient(root, np.array([0.0, 1.0]), np.array([0.0, 0.5]))
    assert not verdict
    assert "not finite beside x" in verdict.reason


def test_both_zero_is_agreement_and_not_a_division() -> None:
    x = np.array([1.0, 2.0])
    verdict = check_gradient(lambda x: x[0] ** 2, x, np.array([2.0, 0.0]))
    assert verdict
    assert verdict.relative_error < 1e-7


@pytest.mark.parametrize("slope", [-1.0, -0.3, 0.0, 0.5, 1.0])
def test_every_subgradient_at_a_kink_is_accepted(slope) -> None:
    x = np.array([0.0, 2.0])
    verdict = check_gradient(lambda x: np.abs(x).sum(), x, np.array([slope, 1.0]))
    assert verdict
    assert verdict.num_kinks == 1
    assert "kink" in verdict.reason


@pytest.mark.parametrize("slope", [-1.1, 1.01, 7.0])
def test_what_is_no_subgradient_is_refused_at_a_kink(slope) -> None:
    x = np.array([0.0, 2.0])
    verdict = check_gradient(lambda x: np.abs(x).sum(), x, np.array([slope, 1.0]))
    assert not verdict
    assert "kink" in verdict.reason


@pytest.mark.parametrize("beside", [1e-6, 3e-6, 8e-6, -4e-6])
def test_a_kink_beside_the_point_does_not_deceive(beside) -> None:
    x = np.array([0.0, 2.0])

    def f(x: np.ndarray) -> float:
        return float(np.abs(x - beside).sum())

    right = np.array([-np.sign(beside), 1.0])
    assert check_gradient(f, x, right)
    assert not check_gradient(f, x, right * [-1, 1])


def test_strong_curvature_is_no_kink() -> None:
    x = np.array([0.0, 1e-7])
    verdict = check_gradient(lambda x: 1e3 * (x**2).sum(), x, 2e3 * x)
    assert verdict
    assert verdict.num_kinks == 0


@pytest.mark.parametrize("at_zero", [0.0, 0.5, 1.0])
def test_the_hinge_passes_on_many_seeds_with_and_without_ties(at_zero) -> None:
    for seed in range(40):
        rng = np.random.default_rng(seed)
        W, X = rng.normal(size=(4, 3)), rng.normal(size=(5, 4))
        if seed % 2:
            W, X = np.round(W), np.round(X)  # margins of exactly 0 abound
        y = rng.integers(3, size=5)
        dW = hinge_gradient(W, X, y, at_zero)

        def f(W: np.ndarray, X: np.ndarray = X, y: np.ndarray = y) -> float:
            return hinge_loss(W, X, y)

        verdict = check_gradient(f, W, dW, name="dW")
        assert verdict, f"seed {seed}: {verdict}"
        assert not check_gradient(f, W, -2 * dW, name="dW"), f"seed {seed}"


def test_a_large_gradient_is_sampled_and_the_sample_is_fixed() -> None:
    x = np.random.default_rng(0).normal(size=(50, 40))
    calls = []

    def f(x: np.ndarray) -> float:
        calls.append(1)
        return float((x**2).sum())

    first = check_gradient(f, x, 2 * x, max_entries=60)
    assert first.num_checked == 60
    assert len(calls) < 300
    assert first == check_gradient(f, x, 2 * x, max_entries=60)


def test_a_sample_finds_the_largest_wrong_entry() -> None:
    x = np.random.default_rng(0).normal(size=(50, 40))
    wrong = 2 * x
    wrong[17, 5] = 90.0
    verdict = check_gradient(lambda x: (x**2).sum(), x, wrong, max_entries=20)
    assert not verdict
    assert verdict.worst == (17, 5)


def test_a_missing_regularization_term_is_found() -> None:
    W = np.random.default_rng(1).normal(size=(4, 3))
    verdict = check_gradient(
        lambda W: np.sin(W).sum() + 1e-3 * (W * W).sum(), W, np.cos(W), name="dW"
    )
    assert not verdict
