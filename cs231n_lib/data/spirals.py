"""Spiral arms in the plane, made from a seed: no straight line tells them apart."""

from __future__ import annotations

from typing import Any

import numpy as np

from cs231n_lib.data.dataset import PARTS, Dataset

TURN = 4.0  # radians that an arm winds from the centre to its end


def make_spirals(
    seed: int = 0, per_class: int = 100, num_classes: int = 3, noise: float = 0.2
) -> Dataset:
    r"""Draw points along the arms of a spiral, one arm a class.

    Point k of ``per_class`` lies at the radius ``r = k / (per_class - 1)``, and the
    angle t goes evenly from ``4 * label`` to ``4 * (label + 1)``, with normal noise:

    .. math:: x = (r \sin t,\; r \cos t)

    Source: CS231n notes, neural-networks-case-study.

    Parameters
    ----------
    seed : int
        At least 0. The same seed gives the same points.
    per_class : int
        Points of each class in each part, at least 1.
    num_classes : int
        Number of arms, at least 1.
    noise : float
        Standard deviation of the angle, radians, at least 0.

    Returns
    -------
    Dataset
        Rows of 2 float64 in the unit disk, the classes one after the other; labels 0
        to ``num_classes - 1`` int64. The three parts have the same radii and angles
        with noise of their own.

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Examples
    --------
    >>> spirals = make_spirals(seed=1, per_class=50)
    >>> spirals.X_train.shape, spirals.num_classes
    ((150, 2), 3)
    """
    least = {"seed": 0, "per_class": 1, "num_classes": 1, "noise": 0}
    given = {
        "seed": seed,
        "per_class": per_class,
        "num_classes": num_classes,
        "noise": noise,
    }
    for name, bound in least.items():
        if given[name] < bound:
            raise ValueError(f"{name} must be at least {bound}, got {given[name]}")
    labels = np.repeat(np.arange(num_classes), per_class)  # (N,)
    radius = np.tile(np.linspace(0, 1, per_class), num_classes)  # (N,)
    along = np.tile(np.linspace(0, TURN, per_class), num_classes)  # (N,)
    rows: dict[str, Any] = {}
    for index, part in enumerate(PARTS):
        rng = np.random.default_rng((seed, index))
        angle = TURN * labels + along + noise * rng.standard_normal(len(labels))
        rows[f"X_{part}"] = radius[:, None] * np.stack(
            [np.sin(angle), np.cos(angle)], axis=1
        )  # (N, 2)
        rows[f"y_{part}"] = labels.astype(np.int64)
    return Dataset(
        name="spirals",
        class_names=tuple(f"arm {k}" for k in range(num_classes)),
        **rows,
    )
