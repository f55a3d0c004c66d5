"""Find two misconceptions that together give an answer that neither gives alone.

Two mistakes in one function meet in its result. Where they change different terms of a
sum, their differences from the right result add up; where they change factors, their
ratios to it multiply; a result that one of them leaves alone is as the other has it.
A pair explains a failed check when every number of the answer follows in one of these
ways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from answer_checks.compare import is_number

# The numbers of one check are few and the pairs many: what agrees by chance must not.
CLOSE = 1e-8
CLOSE_SINGLE = 3e-6  # where an answer is float32, and rounded as such
LEAST_NUMBERS = 3
MOST_NUMBERS = 5000


@dataclass(frozen=True)
class Pair:
    """Two misconceptions, by their indices in the bank, and what they explain.

    Attributes
    ----------
    first, second : int
        Their indices.
    explains : frozenset of int
        The failed checks that they explain together.
    """

    first: int
    second: int
    explains: frozenset[int]


def find_pairs(
    answers: Mapping[int, list[Any]],
    right: Mapping[int, list[Any]],
    wrong: Sequence[Mapping[int, list[Any]]],
) -> list[Pair]:
    """Find the pairs that explain failed checks.

    Parameters
    ----------
    answers : mapping of int to list
        What the student answered to each failed check.
    right : mapping of int to list
        What the reference answered to the same.
    wrong : sequence of mapping
        What each misconception answered to the same; an entry without a check cannot
        explain it.

    Returns
    -------
    list of Pair
        Those that explain a check which they both fail, each with all that it explains.
    """
    count = len(wrong)
    explains: dict[tuple[int, int], set[int]] = {}
    both: set[tuple[int, int]] = set()
    numbers = np.zeros((count, count), dtype=int)
    for check, given in answers.items():
        met = _meet(given, right[check], [w.get(check) for w in wrong])
        if met is None:
            continue
        fits, changes = met
        differing: Any = changes.any(axis=1)  # (count,) bool
        for i, j in np.argwhere(np.triu(fits, 1)):
            pair = (int(i), int(j))
            explains.setdefault(pair, set()).add(check)
            # Each must change some number; both in one check make it more than two
            # mistakes in two checks, which are found one by one.
            numbers[pair] += int((changes[i] | changes[j]).sum())
            if differing[i] and differing[j]:
                both.add(pair)
    return [
        Pair(i, j, frozenset(explains[i, j]))
        for i, j in sorted(both)
        if numbers[i, j] >= LEAST_NUMBERS
    ]


def _meet(
    given: list[Any], right: list[Any], wrong: Sequence[list[Any] | None]
) -> tuple[np.ndarray, np.ndarray] | None:
    """Return which pairs give the answer, and which numbers each entry changes.

    Returns
    -------
    fits : (count, count) bool
        Whether every number follows from the pair.
    changes : (count, n) bool
        Whether the entry differs from the reference in that number.
    """
    length = len(given)
    flat = _flat(right[:length])
    student = _flat(given, like=flat)
    if flat is None or student is None or not np.isfinite(student.values).all():
        return None
    known = np.full((len(wrong), flat.values.size), np.nan)
    for i, answer in enumerate(wrong):
        if answer is not None and len(answer) >= length:
            found = _flat(answer[:length], like=flat)
            if found is not None:
                known[i] = found.values
    if not np.isfinite(flat.values).all() or flat.values.size > MOST_NUMBERS:
        return None
    close = CLOSE_SINGLE if _holds_single(given) else CLOSE
    scale = close * _scales(student.values, flat.leaves)
    r, s, a, b = flat.values, student.values, known[:, None], known[None, :]
    usable = np.isfinite(known).all(axis=1)
    with np.errstate(all="ignore"):
        changes = np.abs(known - r) > scale
        added = np.abs(a + b - r - s) <= scale  # (count, count, n)
        product = np.where(r == 0, np.where(a == 0, b, a), a * b / r)
        multiplied = (np.abs(product - s) <= scale) & ((r != 0) | (a == 0) | (b == 0))
    numeric = ~flat.words
    fits = usable[:, None] & usable[None, :]
    for leaf in np.unique(flat.leaves):
        inside = (flat.leaves == leaf) & numeric
        if inside.any():
            fits &= added[..., inside].all(-1) | multiplied[..., inside].all(-1)
    # What is no number follows from the entry that changes it.
    word = flat.words
    if word.any():
        plain = np.where(a[..., word] == r[word], b[..., word], a[..., word])
        fits &= (plain == s[word]).all(-1)
    return fits, changes & usable[:, None]


def _holds_single(answer: Any) -> bool:
    """Tell whether a number in an answer is float32."""
    if isinstance(answer, Mapping):
        return any(map(_holds_single, answer.values()))
    if isinstance(answer, tuple | list):
        return any(map(_holds_single, answer))
    return isinstance(answer, np.ndarray | np.float32) and answer.dtype == np.float32


@dataclass
class _Flat:
    """Answers as one row of numbers.

    Attributes
    ----------
    values : (n,) float64
        The numbers; what is no number is a code.
    leaves : (n,) int
        Which array or number each belongs to.
    words : (n,) bool
        What is no number.
    shapes : list
        The shape of each leaf, or its kind; the names in a dict.
    """

    values: np.ndarray
    leaves: np.ndarray
    words: np.ndarray
    shapes: list[Any]


def _flat(answer: Any, like: _Flat | None = None) -> _Flat | None:
    """Flatten an answer; None where it is not built as `like` is.

    An array that is the transpose of what is expected is turned round, and a code says
    so.
    """
    rows: list[np.ndarray] = []
    words: list[bool] = []
    shapes: list[Any] = []

    def add(value: Any) -> bool:
        index = len(shapes)
        want = like.shapes[index] if like and index < len(like.shapes) else ...
        if isinstance(value, tuple | list):
            return all(add(item) for item in value)
        if isinstance(value, Mapping):
            names = sorted(value, key=str)
            if want is not ... and want != names:
                return False
            shapes.append(names)
            rows.append(np.zeros(0))
            return all(add(value[name]) for name in names)
        turned = 0.0
        if is_number(value):
            try:
                numbers = np.array([float(value)])
            except OverflowError:  # an integer beyond any float
                return False
            shape: Any = ()
        elif isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
            if value.ndim == 2 and want == value.shape[::-1] != value.shape:
                value, turned = value.T, 1.0
            numbers, shape = value.astype(float).ravel(), value.shape
        else:
            numbers, shape = np.array([_code(value)]), "word"
        if want is not ... and want != shape:
            return False
        shapes.append(shape)
        # A last code in each array says whether it was turned round.
        extra = [turned] if shape not in ((), "word") else []
        rows.append(np.concatenate([numbers, extra]))
        words.extend([shape == "word"] * numbers.size + [True] * len(extra))
        return True

    if not add(answer) or (like and len(shapes) != len(like.shapes)):
        return None
    values = np.concatenate(rows) if rows else np.zeros(0)
    leaves = np.repeat(np.arange(len(rows)), [row.size for row in rows])
    return _Flat(values, leaves, np.array(words, dtype=bool), shapes)


def _code(value: Any) -> float:
    """Give equal words equal numbers, for as long as this process lives."""
    return float(hash((type(value).__name__, str(value))) % 2**40)


def _scales(values: np.ndarray, leaves: np.ndarray) -> np.ndarray:
    """Return for each number the largest one of its array."""
    largest = np.zeros(leaves.max() + 1 if leaves.size else 0)
    np.maximum.at(largest, leaves, np.abs(values))
    scales: np.ndarray = np.where(largest > 0, largest, 1.0)[leaves]
    return scales


__all__ = ["Pair", "find_pairs"]
