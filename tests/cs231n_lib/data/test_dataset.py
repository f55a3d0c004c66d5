"""The common form of the data: centring, the bias trick, rows back to pictures."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from cs231n_lib.data import Dataset, add_bias


@pytest.fixture
def small() -> Dataset:
    X = np.arange(24.0).reshape(6, 4)
    y = np.array([0, 1, 0, 1, 0, 1])
    return Dataset(
        "small", X[:3], y[:3], X[3:4], y[3:4], X[4:], y[4:], ("a", "b"), (2, 2)
    )


def test_the_mean_comes_from_the_training_rows_alone(small) -> None:
    centred = small.centered()
    np.testing.assert_allclose(centred.mean, [4, 5, 6, 7])
    np.testing.assert_allclose(centred.X_train.mean(axis=0), 0)
    np.testing.assert_allclose(centred.X_test, small.X_test - [4, 5, 6, 7])
    assert small.mean is None


def test_the_bias_column_is_one_and_the_last(small) -> None:
    ready = small.with_bias()
    for part in ("X_train", "X_val", "X_test"):
        np.testing.assert_array_equal(getattr(ready, part)[:, -1], 1)
        np.testing.assert_array_equal(
            getattr(ready, part)[:, :-1], getattr(small, part)
        )
    assert small.X_train.shape == (3, 4)


def test_bias_trick_equals_weights_plus_bias() -> None:
    rng = np.random.default_rng(0)
    X, W, b = rng.normal(size=(5, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
    np.testing.assert_allclose(add_bias(X) @ np.vstack([W, b]), X @ W + b)


def test_pictures_come_back_whatever_was_done_to_the_rows(small) -> None:
    expected = small.X_test.reshape(2, 2, 2)
    for data in (
        small,
        small.centered(),
        small.with_bias(),
        small.centered().with_bias(),
    ):
        np.testing.assert_allclose(data.images("test"), expected)


def test_the_mistakes_of_a_linear_classifier_are_found(small) -> None:
    W = np.zeros((4, 2))
    W[0] = [1.0, -1.0]  # every row has a first entry of 0 or more: always class 0
    rows, answers = small.mistakes(W, "train")  # classes 0, 1, 0
    np.testing.assert_array_equal(rows, [1])
    np.testing.assert_array_equal(answers, [0])
    assert small.accuracy(W, "train") == pytest.approx(2 / 3)
    assert small.accuracy(W) == 0.0  # the one validation row is of class 1
    assert small.accuracy(-W) == 1.0


def test_steps_out_of_order_are_refused(small) -> None:
    with pytest.raises(ValueError, match="centre once"):
        small.centered().centered()
    with pytest.raises(ValueError, match="before with_bias"):
        small.with_bias().centered()
    with pytest.raises(ValueError, match="there already"):
        small.with_bias().with_bias()


def test_wrong_use_is_told(small) -> None:
    with pytest.raises(ValueError, match="part must be one of"):
        small.images("dev")
    with pytest.raises(ValueError, match="part must be one of"):
        small.mistakes(np.ones((4, 2)), "dev")
    with pytest.raises(
        ValueError, match=r"W must have shape .* = \(4, 2\), got \(2, 4\)"
    ):
        small.accuracy(np.ones((2, 4)))
    with pytest.raises(ValueError, match="no pictures"):
        dataclasses.replace(small, image_shape=None).images()
    with pytest.raises(ValueError, match=r"X must have shape \(N, D\), got \(3,\)"):
        add_bias(np.ones(3))


def test_fields_cannot_be_replaced_by_accident(small) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        small.X_train = None


def test_the_number_of_classes_is_that_of_their_names(small) -> None:
    assert small.num_classes == 2
