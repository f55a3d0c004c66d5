"""Make ``cs231n_lib/data/digits_svm.npz``: a linear SVM trained on the digits.

Usage::

    PYTHONPATH=. python scripts/make_digits_svm.py

Notebook ``lecture3/02_softmax`` compares its classifier with these weights, so that a
student needs no answer of notebook ``lecture3/01_svm`` there. Start, step size, penalty
and number of steps are those of that notebook.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from autograder.course.exercises import find_exercises
from cs231n_lib.data import load_digits

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "cs231n_lib" / "data" / "digits_svm.npz"
LEARNING_RATE, REG, NUM_ITERS = 0.1, 1e-3, 300


def train() -> np.ndarray:
    """Return the weights after the last step, (65, 10) float64."""
    exercise = find_exercises(ROOT)["l3_svm_loss_vectorized"]
    svm_loss = exercise.usual.names["svm_loss_vectorized"]
    digits = load_digits().centered().with_bias()
    rng = np.random.default_rng(0)
    W = 1e-4 * rng.normal(size=(digits.X_train.shape[1], digits.num_classes))
    for _ in range(NUM_ITERS):
        _, dW = svm_loss(W, digits.X_train, digits.y_train, REG)
        W = W - LEARNING_RATE * dW
    return W


def main() -> None:
    """Train and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args()
    W = train()
    np.savez(options.out, W=W.round(4))
    print(f"{options.out.name}: weights of shape {W.shape}")


if __name__ == "__main__":
    main()
