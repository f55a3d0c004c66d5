"""The drawn shapes: the same from the same seed, and as the docstring says."""

import colorsys

import numpy as np
import pytest

from cs231n_lib.data import make_shapes
from cs231n_lib.data.shapes import HUES, SHAPES


@pytest.fixture(scope="module")
def shapes():
    return make_shapes(seed=4, num_train=400, num_val=30, num_test=50)


def test_shapes_dtypes_and_range(shapes):
    assert shapes.X_train.shape == (400, 3072)
    assert shapes.X_val.shape == (30, 3072)
    assert shapes.X_test.shape == (50, 3072)
    assert shapes.images("test").shape == (50, 32, 32, 3)
    for part in ("train", "val", "test"):
        X, y = getattr(shapes, f"X_{part}"), getattr(shapes, f"y_{part}")
        assert X.dtype == np.float64
        assert y.dtype == np.int64
        assert X.min() >= 0
        assert X.max() <= 1
        assert y.shape == X.shape[:1]


def test_ten_classes_occur_about_equally_often(shapes):
    assert shapes.num_classes == 10
    assert len(set(shapes.class_names)) == 10
    counts = np.bincount(shapes.y_train, minlength=10)
    assert counts.min() >= 20  # of 40 expected, four standard deviations below
    assert counts.max() <= 64


def test_same_seed_same_pictures(shapes):
    again = make_shapes(seed=4, num_train=400, num_val=30, num_test=50)
    np.testing.assert_array_equal(again.X_train, shapes.X_train)
    np.testing.assert_array_equal(again.y_test, shapes.y_test)
    other = make_shapes(seed=5, num_train=400, num_val=30, num_test=50)
    assert not np.array_equal(other.y_train, shapes.y_train)


def test_a_part_does_not_depend_on_the_size_of_another(shapes):
    fewer = make_shapes(seed=4, num_train=7, num_val=30, num_test=3)
    np.testing.assert_array_equal(fewer.X_train, shapes.X_train[:7])
    np.testing.assert_array_equal(fewer.X_val, shapes.X_val)
    np.testing.assert_array_equal(fewer.y_test, shapes.y_test[:3])


def test_parts_differ(shapes):
    assert not np.array_equal(shapes.X_train[:30], shapes.X_val)
    assert not np.array_equal(shapes.X_val, shapes.X_test[:30])


def hues(image):
    return np.array([colorsys.rgb_to_hsv(*p)[0] for p in image.reshape(-1, 3)])


def test_the_hue_of_the_shape_tells_its_family(shapes):
    share = {family: [] for family in HUES}
    for image, label in zip(shapes.images("test"), shapes.y_test, strict=True):
        found = hues(image)
        own, other = list(HUES)[:: 1 if label < len(SHAPES) else -1]
        inside = {
            f: np.mean((found >= lo) & (found < hi)) for f, (lo, hi) in HUES.items()
        }
        share[own].append(inside[own] - inside[other])
    for family, excess in share.items():
        assert np.median(excess) > 0.05, family


def test_the_brightness_of_the_shape_does_not_tell_its_class(shapes):
    images = shapes.images("train")
    brightness = images.mean(axis=-1)
    middle = brightness[:, 13:19, 13:19].mean(axis=(1, 2))
    rim = (
        brightness.sum(axis=(1, 2)) - brightness[:, 4:28, 4:28].sum(axis=(1, 2))
    ) / 448
    disks = np.isin(shapes.y_train % len(SHAPES), [0, 1])  # they reach the middle
    lighter = np.mean(middle[disks] > rim[disks])
    assert 0.35 < lighter < 0.65


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"seed": -1}, "seed must be at least 0, got -1"),
        ({"num_train": 0}, "num_train must be at least 1, got 0"),
        ({"num_test": -2}, "num_test must be at least 1, got -2"),
    ],
)
def test_wrong_arguments_are_refused(options, message):
    sizes = {"num_train": 1, "num_val": 1, "num_test": 1}
    with pytest.raises(ValueError, match=message):
        make_shapes(**(sizes | options))
