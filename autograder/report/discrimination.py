"""How well an exercise separates strong from weak: the point-biserial correlation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

FEWEST = 10  # students


@dataclass(frozen=True)
class Discrimination:
    """The correlation between having all points here and the points in all the rest.

    Attributes
    ----------
    value : float or None
        From -1 to 1; None where it is not defined.
    why : str
        Why it is not defined; empty where it is.
    students : int
        How many it was counted over.
    """

    value: float | None
    why: str
    students: int


def chance(students: int) -> float:
    """Return how far from 0 a correlation may lie by chance, in 19 of 20 classes.

    Two standard errors of a correlation of 0.

    Examples
    --------
    >>> chance(100)
    0.2
    """
    return 2 / math.sqrt(students) if students else 1.0


def discrimination(full: Sequence[bool], rest: Sequence[float]) -> Discrimination:
    r"""Correlate full marks in an exercise with the points in all others.

    The point-biserial correlation is Pearson's, with one of the variables 0 or 1.

    Parameters
    ----------
    full : sequence of bool
        For each student, whether the exercise brought all its points.
    rest : sequence of float
        For each student, the points in the rest, this exercise not among it.

    Examples
    --------
    >>> discrimination([True, False] * 5, [4, 0] * 5).value
    1.0
    >>> discrimination([True] * 10, range(10)).why
    'everyone has all points'
    """
    count = len(full)
    if count < FEWEST:
        return Discrimination(None, f"fewer than {FEWEST} students", count)
    if all(full):
        return Discrimination(None, "everyone has all points", count)
    if not any(full):
        return Discrimination(None, "no one has all points", count)
    others = np.asarray(rest, dtype=float)
    if np.ptp(others) <= 1e-9 * max(1.0, float(np.abs(others).max())):
        return Discrimination(None, "all have the same rest", count)
    value = float(np.corrcoef(np.asarray(full, dtype=float), others)[0, 1])
    return Discrimination(round(min(max(value, -1.0), 1.0), 4), "", count)
