"""The one form in which every loader hands over its data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

PARTS = ("train", "val", "test")


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples as rows, split into training, validation and test set.

    Attributes
    ----------
    name : str
        What the data are, for titles.
    X_train, X_val, X_test : (N, D) float64
        One example a row; float32 where a loader was asked for it, to save memory.
    y_train, y_val, y_test : (N,) int64
        Labels, 0 to C - 1.
    class_names : tuple of str
        The name of each label.
    image_shape : tuple of int, optional
        Shape of the picture in a row, ``(8, 8)`` or ``(32, 32, 3)``; None if the rows
        are no pictures.
    mean : (D,) float64, optional
        What :meth:`centered` took off; None before.
    has_bias : bool
        Whether the last column is the constant 1 of :meth:`with_bias`.
    """

    name: str
    X_train: np.ndarray
    y_train: np.ndarray
    X_val: np.ndarray
    y_val: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray
    class_names: tuple[str, ...]
    image_shape: tuple[int, ...] | None = None
    mean: np.ndarray | None = None
    has_bias: bool = False

    @property
    def num_classes(self) -> int:
        """Number of classes C."""
        return len(self.class_names)

    def centered(self) -> Dataset:
        """Take the mean of the training rows off all three parts.

        Source: notes neural-networks-2, "Data preprocessing": the mean comes from the
        training set alone.
        """
        if self.mean is not None or self.has_bias:
            raise ValueError("centre once, and before with_bias()")
        mean = self.X_train.mean(axis=0, dtype=np.float64)  # (D,)
        mean = mean.astype(np.result_type(self.X_train, np.float32), copy=False)
        rows: dict[str, Any] = {
            f"X_{part}": getattr(self, f"X_{part}") - mean for part in PARTS
        }
        return replace(self, mean=mean, **rows)

    def with_bias(self) -> Dataset:
        """Append the constant 1 to every row, so that W holds the biases too.

        Source: notes linear-classify, "Bias trick".
        """
        if self.has_bias:
            raise ValueError("the bias column is there already")
        rows: dict[str, Any] = {
            f"X_{part}": add_bias(getattr(self, f"X_{part}")) for part in PARTS
        }
        return replace(self, has_bias=True, **rows)

    def images(self, part: str = "train") -> np.ndarray:
        """Give the rows of one part back as pictures.

        Parameters
        ----------
        part : {"train", "val", "test"}

        Returns
        -------
        (N, *image_shape) float64
            Without the bias column, with the mean put back.
        """
        if part not in PARTS:
            raise ValueError(f"part must be one of {PARTS}, got {part!r}")
        if self.image_shape is None:
            raise ValueError(f"the rows of {self.name!r} are no pictures")
        X: np.ndarray = getattr(self, f"X_{part}")
        X = X[:, :-1] if self.has_bias else X
        X = X if self.mean is None else X + self.mean
        return X.reshape(-1, *self.image_shape)

    def mistakes(
        self, W: np.ndarray, part: str = "val"
    ) -> tuple[np.ndarray, np.ndarray]:
        """Find the examples of one part that a linear classifier gets wrong.

        Parameters
        ----------
        W : (D, C) float64
            The class with the highest score ``X @ W`` is the answer.
        part : {"train", "val", "test"}

        Returns
        -------
        rows : (M,) int
            The examples, in the order of the part.
        answers : (M,) int
            What the classifier takes them for.
        """
        if part not in PARTS:
            raise ValueError(f"part must be one of {PARTS}, got {part!r}")
        X, y = getattr(self, f"X_{part}"), getattr(self, f"y_{part}")
        if W.shape != (X.shape[1], self.num_classes):
            raise ValueError(
                f"W must have shape (D, C) = {(X.shape[1], self.num_classes)}, "
                f"got {W.shape}"
            )
        answers = (X @ W).argmax(axis=1)
        rows = np.flatnonzero(answers != y)
        return rows, answers[rows]

    def accuracy(self, W: np.ndarray, part: str = "val") -> float:
        """Share of the examples of one part that a linear classifier gets right."""
        rows, _ = self.mistakes(W, part)
        return 1 - len(rows) / len(getattr(self, f"y_{part}"))


def add_bias(X: np.ndarray) -> np.ndarray:
    """Append a column of ones.

    Parameters
    ----------
    X : (N, D) float64

    Returns
    -------
    (N, D + 1) float64
        float32 if `X` is.

    Examples
    --------
    >>> add_bias(np.array([[2.0, 3.0]]))
    array([[2., 3., 1.]])
    """
    if X.ndim != 2:
        raise ValueError(f"X must have shape (N, D), got {X.shape}")
    return np.hstack([X, np.ones((len(X), 1), np.result_type(X, np.float32))])
