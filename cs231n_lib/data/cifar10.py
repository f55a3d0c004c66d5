"""CIFAR-10, read from the official archive and split as in the course."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from cs231n_lib.data.cifar10_files import DamagedDataError, read_files
from cs231n_lib.data.dataset import Dataset

BATCH_SIZE = 10_000  # images in each of the six files
NUM_TRAIN, NUM_VAL, NUM_TEST = 49_000, 1_000, 10_000
NUM_VALUES = 32 * 32 * 3


def load_cifar10(
    root: str | Path | None = None,
    download: bool = False,
    *,
    num_train: int | None = None,
    num_val: int | None = None,
    num_test: int | None = None,
    dtype: type = np.float64,
) -> Dataset:
    """Load CIFAR-10 from ``cifar-10-python.tar.gz`` or its unpacked folder.

    The sums of the files are checked before anything is unpickled.

    Parameters
    ----------
    root : path, optional
        The archive, the unpacked folder ``cifar-10-batches-py``, or a folder that holds
        one of the two. By default the folder that the environment variable
        ``CS231N_DATA`` names, else the cache folder ``cs231n`` of the user.
    download : bool
        Whether to fetch the archive (163 MB) into that folder if it is not there.
    num_train, num_val, num_test : int, optional
        How many images to take, from the start of each part; by default all: the
        first 49,000 of the 50,000 training images, the last 1,000 of them, and the
        10,000 test images.
    dtype : float64 or float32
        All images are 1.5 GB in float64 and 0.7 GB in float32, and as much again while
        they are centred.

    Returns
    -------
    Dataset
        Rows of 3,072 values in [0, 1], from pictures (32, 32, 3) with the colours red,
        green, blue last; labels 0 to 9 int64.

    Raises
    ------
    FileNotFoundError
        If it is not there.
    ValueError
        If a file is cut short or its sum differs, or if a number or `dtype` is wrong.
    OSError
        If a file cannot be read, fetched (no network) or stored (no room).

    References
    ----------
    A. Krizhevsky, Learning multiple layers of features from tiny images, 2009,
    https://www.cs.toronto.edu/~kriz/cifar.html. The data set states no licence.
    """
    if np.dtype(dtype) not in (np.float64, np.float32):
        raise ValueError(f"dtype must be float64 or float32, got {dtype!r}")
    numbers = {
        "train": _number("num_train", num_train, NUM_TRAIN),
        "val": _number("num_val", num_val, NUM_VAL),
        "test": _number("num_test", num_test, NUM_TEST),
    }
    files = read_files(root, download)
    names = files.pop("batches.meta")[b"label_names"]
    test = [_batch("test_batch", files.pop("test_batch"))]
    train = [_batch(name, content) for name, content in files.items()]
    rows: dict[str, Any] = {}
    for part, batches, first in (
        ("train", train, 0),
        ("val", train, NUM_TRAIN),
        ("test", test, 0),
    ):
        X, y = _rows(batches, first, first + numbers[part], dtype)
        rows |= {f"X_{part}": X, f"y_{part}": y}
    return Dataset(
        name="CIFAR-10",
        class_names=tuple(name.decode("ascii") for name in names),
        image_shape=(32, 32, 3),
        **rows,
    )


def _number(name: str, asked: int | None, most: int) -> int:
    if asked is None:
        return most
    if not 1 <= asked <= most:
        raise ValueError(f"{name} must be 1 to {most}, got {asked}")
    return int(asked)


def _batch(name: str, content: dict[bytes, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Return the images (10000, 3072) uint8, colours as planes, and the labels."""
    X, y = np.asarray(content[b"data"]), np.asarray(content[b"labels"])
    if X.shape != (BATCH_SIZE, NUM_VALUES) or X.dtype != np.uint8:
        raise DamagedDataError(
            f"{name}: images {X.shape} {X.dtype} are none of CIFAR-10"
        )
    if y.shape != (BATCH_SIZE,) or not np.isin(y, np.arange(10)).all():
        raise DamagedDataError(f"{name}: the labels are not {BATCH_SIZE} of 0 to 9")
    return X, y.astype(np.int64)


def _rows(
    batches: list[tuple[np.ndarray, np.ndarray]], first: int, last: int, dtype: type
) -> tuple[np.ndarray, np.ndarray]:
    """Cut images `first` to `last` out of the batches, with values in [0, 1]."""
    X: np.ndarray = np.empty((last - first, NUM_VALUES), dtype)
    y = np.empty(last - first, np.int64)
    for number, (images, labels) in enumerate(batches):
        start = number * BATCH_SIZE  # of this batch among all images
        low, high = max(first, start), min(last, start + BATCH_SIZE)
        if low < high:
            planes = images[low - start : high - start].reshape(-1, 3, 32, 32)
            colours_last = planes.transpose(0, 2, 3, 1)  # (n, 32, 32, 3)
            X[low - first : high - first] = colours_last.reshape(-1, NUM_VALUES)
            y[low - first : high - first] = labels[low - start : high - start]
    X /= 255  # in place: no second copy of the whole
    return X, y
