"""The embedded handwritten digits, 8 x 8 pixels. Source and licence: DIGITS.md."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from cs231n_lib.data.dataset import Dataset

NUM_TRAIN, NUM_VAL = 1000, 297  # the other 500 are the test set


def load_digits() -> Dataset:
    """Load 1,797 handwritten digits, always split the same way.

    Returns
    -------
    Dataset
        ``X_train`` (1000, 64), ``X_val`` (297, 64), ``X_test`` (500, 64) float64, one
        picture of 8 x 8 pixels a row, ink from 0 (none) to 1 (full); labels 0 to 9
        int64.

    References
    ----------
    E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine
    Learning Repository, 1998, doi 10.24432/C50P49, CC BY 4.0.

    Examples
    --------
    >>> digits = load_digits()
    >>> digits.X_train.shape, digits.y_test.shape
    ((1000, 64), (500,))
    """
    with np.load(Path(__file__).with_name("digits.npz"), allow_pickle=False) as file:
        X = file["images"].reshape(-1, 64) / 16.0  # (1797, 64)
        y = file["labels"].astype(np.int64)
    first, second = NUM_TRAIN, NUM_TRAIN + NUM_VAL
    return Dataset(
        name="digits",
        X_train=X[:first],
        y_train=y[:first],
        X_val=X[first:second],
        y_val=y[first:second],
        X_test=X[second:],
        y_test=y[second:],
        class_names=tuple("0123456789"),
        image_shape=(8, 8),
    )
