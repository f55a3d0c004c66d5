"""The references of the feature records against other libraries, and what they win."""

import cmath

import numpy as np
import pytest

from autograder.course.exercises import get
from autograder.exercise.backend import LocalBackend
from autograder.judging.decide import decide
from cs231n_lib.data import make_shapes

pytestmark = pytest.mark.slow

skimage_color = pytest.importorskip("skimage.color")
skimage_feature = pytest.importorskip("skimage.feature")

GRAY_WEIGHTS = np.array([0.299, 0.587, 0.114])


def reference(exercise_id):
    (function,) = get(exercise_id).reference_names.values()
    return function


def known(exercise_id, slug):
    exercise = get(exercise_id)
    entries = [*exercise.variants, *exercise.misconceptions]
    (function,) = next(e for e in entries if e.name == slug).names.values()
    return function


def graded(exercise_id, function, seed=0):
    exercise = get(exercise_id)
    backend = LocalBackend({exercise.names[0]: function})
    return decide(exercise, backend, f"seed {seed}".encode())[0]


def test_polar_agrees_with_complex_numbers():
    X = np.random.default_rng(0).standard_normal((50, 2))
    want = np.array([cmath.polar(complex(x, y)) for x, y in X])
    np.testing.assert_allclose(reference("l3_to_polar")(X), want, rtol=1e-12)


@pytest.mark.parametrize("num_bins", [1, 6, 10, 17])
def test_hue_histogram_agrees_with_scikit_image(num_bins):
    image = np.random.default_rng(num_bins).uniform(size=(20, 30, 3))
    image[:3] = image[:3, :, :1]  # some greys
    hue = skimage_color.rgb2hsv(image)[..., 0]
    counts, _ = np.histogram(hue, bins=num_bins, range=(0, 1))
    got = reference("l3_color_histogram")(image, num_bins)
    np.testing.assert_allclose(got, counts / hue.size, atol=1e-12)


def test_gradient_agrees_with_numpy():
    gray = np.random.default_rng(1).uniform(size=(13, 9))
    magnitude, orientation = reference("l3_image_gradient")(gray)
    dy, dx = np.gradient(gray)
    turn = np.radians(orientation)
    np.testing.assert_allclose(magnitude, np.hypot(dx, dy), rtol=1e-12)
    # Along its orientation lies all of the slope, across it nothing.
    along = dx * np.cos(turn) + dy * np.sin(turn)
    across = dy * np.cos(turn) - dx * np.sin(turn)
    np.testing.assert_allclose(np.abs(along), magnitude, rtol=1e-12)
    np.testing.assert_allclose(across, 0, atol=1e-12)
    assert orientation.min() >= 0
    assert orientation.max() < 180


@pytest.mark.parametrize(
    ("shape", "cell", "bins"), [((32, 32), 8, 9), ((32, 24), 8, 6), ((30, 35), 5, 12)]
)
def test_hog_agrees_with_scikit_image(shape, cell, bins):
    gray = np.random.default_rng(cell).uniform(size=shape)
    # scikit-image sets the slope at the rim of the picture to 0; here it is 0.
    gray[[0, 1, -2, -1]] = 0.5
    gray[:, [0, 1, -2, -1]] = 0.5
    want = skimage_feature.hog(
        gray,
        orientations=bins,
        pixels_per_cell=(cell, cell),
        cells_per_block=(1, 1),
        block_norm="L1",
        transform_sqrt=False,
    ).reshape(-1, bins)
    got = reference("l3_hog")(gray, cell, bins).reshape(-1, bins)
    # Its differences are not halved, its cells are means, and it divides by the sum.
    scaled = 2 * got / cell**2
    scaled /= scaled.sum(axis=1, keepdims=True) + 1e-5
    # It adds up in float32.
    np.testing.assert_allclose(scaled, want, rtol=1e-5, atol=1e-7)
    assert want.max() > 0.1


def test_bag_of_words_agrees_with_scipy():
    vq = pytest.importorskip("scipy.cluster.vq").vq
    rng = np.random.default_rng(2)
    patches, centroids = rng.standard_normal((200, 16)), rng.standard_normal((9, 16))
    words, _ = vq(patches, centroids)
    want = np.bincount(words, minlength=9) / 200
    np.testing.assert_allclose(reference("l3_bag_of_words")(patches, centroids), want)


def test_an_orientation_of_180_counts_as_0():
    def half_turn_for_zero(gray):
        magnitude, orientation = reference("l3_image_gradient")(gray)
        return magnitude, np.where(orientation == 0, 180.0, orientation)

    assert graded("l3_image_gradient", half_turn_for_zero).status == "correct"


def test_an_orientation_outside_the_half_turn_is_refused():
    def a_turn_more(gray):
        magnitude, orientation = reference("l3_image_gradient")(gray)
        return magnitude, orientation + 180

    verdict = graded("l3_image_gradient", a_turn_more)
    reasons = [check.reason for check in verdict.checks if not check.passed]
    assert "orientation: has values outside [0, 180) degrees" in reasons


def test_a_ramp_may_fall_into_the_last_bin():
    def rounded_down(gray, cell=8, bins=9):
        dy, dx = np.gradient(gray)
        degrees = np.degrees(np.arctan2(dy, dx)) % 180
        degrees[(degrees == 0) & (dx < 0)] = np.nextafter(180, 0)
        index = np.minimum(degrees * bins // 180, bins - 1).astype(int)
        rows, columns = gray.shape[0] // cell, gray.shape[1] // cell
        found = np.zeros((rows, columns, bins))
        for i in range(rows * cell):
            for j in range(columns * cell):
                slope = np.hypot(dx[i, j], dy[i, j])
                found[i // cell, j // cell, index[i, j]] += slope
        return found.ravel()

    assert graded("l3_hog", rounded_down).status == "correct"


def test_the_starter_code_counts_half_of_the_magnitude():
    shapes = make_shapes(seed=0, num_train=60, num_val=1, num_test=1)
    starter, fast = known("l3_hog", "starter_code"), known("l3_hog", "by_bincount")
    magnitude = counted = whole = 0.0
    for gray in shapes.images("train") @ GRAY_WEIGHTS:
        magnitude += reference("l3_image_gradient")(gray)[0].sum()
        counted += starter(gray).sum()
        whole += fast(gray).sum()
    assert whole == pytest.approx(magnitude, rel=1e-9)
    assert 0.45 < counted / magnitude < 0.55


def accuracy(data, describe):
    """Train as the notebook does; the share of test pictures that come out right."""
    train, val, test = (
        describe(data.images(part)) for part in ("train", "val", "test")
    )
    mean, scale = train.mean(axis=0), train.std(axis=0) + 1e-8
    train, val, test = ((X - mean) / scale for X in (train, val, test))
    Y = np.eye(10)[data.y_train]
    prior = Y.mean(axis=0)
    products = train @ train.T
    scored = []
    for reg in (0.1, 1.0, 10.0):
        ridge = reg * len(train) * np.eye(len(train))
        W = train.T @ np.linalg.solve(products + ridge, Y - prior)
        right = np.mean((val @ W + prior).argmax(axis=1) == data.y_val)
        scored.append((right, -reg, W))
    W = max(scored, key=lambda entry: entry[:2])[2]
    return np.mean((test @ W + prior).argmax(axis=1) == data.y_test)


def raw_pixels(images):
    return images.reshape(len(images), -1)


def color_and_hog(images):
    color = known("l3_color_histogram", "by_histogram")
    hog = known("l3_hog", "by_bincount")
    return np.array([np.r_[color(im, 10), hog(im @ GRAY_WEIGHTS)] for im in images])


def test_features_beat_raw_pixels_by_twenty_points_on_ten_seeds():
    for seed in range(10):
        data = make_shapes(seed, num_train=500, num_val=100, num_test=300)
        raw, features = (accuracy(data, f) for f in (raw_pixels, color_and_hog))
        assert raw < 0.35, seed
        assert features > 0.5, seed
        assert features - raw > 0.2, (seed, raw, features)
