"""Polar coordinates: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("complex numbers", usual=True)
def by_complex_numbers(X):
    z = X[:, 0] + 1j * X[:, 1]
    return np.column_stack([np.abs(z), np.angle(z)])


@variant("a norm, and an array that is filled")
def by_norm(X):
    polar_coordinates = np.zeros(X.shape)
    polar_coordinates[:, 0] = np.linalg.norm(X, axis=1)
    polar_coordinates[:, 1] = np.arctan2(X[:, 1], X[:, 0])
    return polar_coordinates


@variant("transposed twice")
def transposed_twice(X):
    x, y = X.T
    return np.array([np.hypot(x, y), np.arctan2(y, x)]).T


@variant("the arccosine with the sign of y")
def by_arccosine(X):
    r = np.sqrt(X[:, 0] ** 2 + X[:, 1] ** 2)
    ratio = np.clip(X[:, 0] / np.where(r > 0, r, 1), -1, 1)
    theta = np.where(X[:, 1] < 0, -1, 1) * np.arccos(ratio)
    return np.stack([r, theta], axis=-1)
