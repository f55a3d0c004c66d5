"""The digits: shapes, range, a split without leaks, and how the file was made."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest

import cs231n_lib.data.digits as module
from cs231n_lib.data import load_digits

ROOT = Path(__file__).resolve().parents[3]
FILE = Path(module.__file__).with_name("digits.npz")


def make_digits():
    spec = importlib.util.spec_from_file_location(
        "make_digits", ROOT / "scripts" / "make_digits.py"
    )
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def test_shapes_types_and_range() -> None:
    digits = load_digits()
    assert digits.X_train.shape == (1000, 64)
    assert digits.X_val.shape == (297, 64)
    assert digits.X_test.shape == (500, 64)
    for part in ("train", "val", "test"):
        X, y = getattr(digits, f"X_{part}"), getattr(digits, f"y_{part}")
        assert X.dtype == np.float64
        assert y.dtype == np.int64
        assert len(X) == len(y)
        assert X.min() == 0
        assert X.max() == 1
    assert digits.images("val").shape == (297, 8, 8)
    assert digits.class_names == tuple("0123456789")


def test_every_part_holds_every_class_in_fair_number() -> None:
    digits = load_digits()
    for y in (digits.y_train, digits.y_val, digits.y_test):
        counts = np.bincount(y, minlength=10)
        assert counts.min() > 0.5 * len(y) / 10
        assert counts.max() < 1.5 * len(y) / 10


def test_no_image_is_in_two_parts() -> None:
    digits = load_digits()
    parts = [
        {row.tobytes() for row in X}
        for X in (digits.X_train, digits.X_val, digits.X_test)
    ]
    assert not parts[0] & parts[1]
    assert not parts[0] & parts[2]
    assert not parts[1] & parts[2]


def test_a_second_load_gives_the_same_and_its_own_arrays() -> None:
    one, two = load_digits(), load_digits()
    np.testing.assert_array_equal(one.X_test, two.X_test)
    one.X_test[0] = 9
    assert two.X_test.max() == 1


def test_labels_fit_the_pictures() -> None:
    """The nearest class mean, which needs no training, reads most of them."""
    digits = load_digits()
    means = np.array([digits.X_train[digits.y_train == k].mean(0) for k in range(10)])
    distance = ((digits.X_test[:, None] - means) ** 2).sum(axis=2)
    assert np.mean(distance.argmin(axis=1) == digits.y_test) > 0.85


def test_the_attribution_names_the_file_that_is_stored() -> None:
    text = FILE.with_name("DIGITS.md").read_text(encoding="utf-8")
    stated = re.search(r"`([0-9a-f]{64})`", text).group(1)
    assert stated == hashlib.sha256(FILE.read_bytes()).hexdigest()
    assert "10.24432/C50P49" in text
    assert "CC BY 4.0" in text


def test_the_script_sorts_and_keeps_every_pixel() -> None:
    lines = np.random.default_rng(0).integers(0, 17, size=(20, 65))
    packed = gzip.compress("\n".join(",".join(map(str, r)) for r in lines).encode())
    images, labels = make_digits().convert(packed)
    again, _ = make_digits().convert(packed)
    np.testing.assert_array_equal(images, again)
    table = np.hstack([images.reshape(20, 64), labels[:, None]])
    assert {tuple(row) for row in table} == {tuple(row) for row in lines}


def test_the_stored_file_is_in_the_order_that_the_script_makes() -> None:
    with np.load(FILE) as file:
        keys = [hashlib.sha256(image.tobytes()).digest() for image in file["images"]]
    assert keys == sorted(keys)


@pytest.mark.parametrize("kind", ["file", "wheel"])
def test_the_script_refuses_another_source(tmp_path, kind) -> None:
    path = tmp_path / ("digits.csv.gz" if kind == "file" else "other.whl")
    if kind == "file":
        path.write_bytes(b"other bytes")
    else:
        with zipfile.ZipFile(path, "w") as wheel:
            wheel.writestr("sklearn/datasets/data/digits.csv.gz", b"other bytes")
    with pytest.raises(ValueError, match=r"SHA-256 is .* expected"):
        make_digits().read_source(path)
