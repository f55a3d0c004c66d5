"""Weights of a linear SVM trained on the digits, to hold other classifiers against."""

from __future__ import annotations

from pathlib import Path

import numpy as np


def load_digits_svm() -> np.ndarray:
    """Load the weights that notebook ``lecture3/01_svm`` arrives at.

    They were trained on ``load_digits().centered().with_bias()`` with the multiclass
    SVM loss: 300 steps of gradient descent on all training images, learning rate 0.1,
    ``reg`` 1e-3. ``scripts/make_digits_svm.py`` makes the file.

    Returns
    -------
    W : (65, 10) float64
        One column a digit, rounded to four decimals; the last row holds the biases.

    Examples
    --------
    >>> load_digits_svm().shape
    (65, 10)
    """
    file = Path(__file__).with_name("digits_svm.npz")
    with np.load(file, allow_pickle=False) as stored:
        return np.asarray(stored["W"], dtype=np.float64)
