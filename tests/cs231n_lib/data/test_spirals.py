"""Spirals: where the points lie, what a seed fixes, what is refused."""

import math

import numpy as np
import pytest

from cs231n_lib.data import make_spirals


def test_without_noise_each_point_lies_where_the_formula_says():
    spirals = make_spirals(seed=5, per_class=4, num_classes=3, noise=0.0)
    assert spirals.X_train.shape == (12, 2)
    for row, label in enumerate(spirals.y_train):
        k = row % 4
        assert label == row // 4
        t = 4 * label + 4 * k / 3
        expected = [k / 3 * math.sin(t), k / 3 * math.cos(t)]
        np.testing.assert_allclose(spirals.X_train[row], expected, atol=1e-12)


def test_noise_turns_the_points_and_keeps_their_radius():
    still, moved = make_spirals(noise=0.0), make_spirals(noise=0.2)
    radii = [np.hypot(*s.X_train.T) for s in (still, moved)]
    np.testing.assert_allclose(radii[0], radii[1], atol=1e-12)
    far = radii[0] > 0.1
    angles = [np.arctan2(*s.X_train[far].T) for s in (still, moved)]
    turned = (angles[1] - angles[0] + np.pi) % (2 * np.pi) - np.pi
    assert np.std(turned) == pytest.approx(0.2, rel=0.15)


def test_a_seed_fixes_the_points_and_the_parts_differ():
    one, again, other = make_spirals(3), make_spirals(3), make_spirals(4)
    np.testing.assert_array_equal(one.X_val, again.X_val)
    assert not np.allclose(one.X_train, other.X_train)
    assert not np.allclose(one.X_train, one.X_val)
    assert not np.allclose(one.X_val, one.X_test)
    assert one.y_test.dtype == np.int64
    assert one.class_names == ("arm 0", "arm 1", "arm 2")


def test_a_straight_line_cannot_tell_the_arms_apart():
    spirals = make_spirals()
    X = np.hstack([spirals.X_train, np.ones((300, 1))])
    targets = np.eye(3)[spirals.y_train]
    W = np.linalg.lstsq(X, targets, rcond=None)[0]
    assert 0.4 < np.mean((X @ W).argmax(axis=1) == spirals.y_train) < 0.6


@pytest.mark.parametrize(
    ("name", "value"),
    [("seed", -1), ("per_class", 0), ("num_classes", 0), ("noise", -0.1)],
)
def test_an_argument_out_of_range_is_named(name, value):
    with pytest.raises(ValueError, match=f"{name} must be at least"):
        make_spirals(**{name: value})
