"""Minibatch with replacement: reference and hidden checks."""

from typing import Any

import numpy as np

from autograder.exercise import CheckFailed, Exercise, Student, check, rng_argument

from ..minibatches import draw_seed, draw_tagged, keep_facts, rows_of

EXERCISE = Exercise(
    points=2,
    names=("sample_minibatch",),
    title="Minibatch with replacement",
)


def sample_minibatch(X, y, batch_size, rng):
    """Draw batch_size row numbers, each from all N; the rows and their labels."""
    rows = [int(rng.integers(len(X))) for _ in range(batch_size)]
    return np.array([X[i] for i in rows]), np.array([y[i] for i in rows])


def _batch(
    student: Student, X: Any, y: Any, batch_size: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Ask for one batch and judge its form; any way of drawing is right."""
    got = student.call("sample_minibatch", X, y, batch_size, rng_argument(seed))
    if not isinstance(got, tuple | list) or len(got) != 2:
        raise CheckFailed("expected (X_batch, y_batch)", "type")
    X_batch = student.array(got[0], (batch_size, X.shape[1]), "X_batch")
    return X_batch, student.array(got[1], (batch_size,), "y_batch")


@check("rows of X, each with its own label", 0.6)
def pairs(student: Student, rng: np.random.Generator) -> None:
    for N, D, B in ((20, 3, 8), (9, 1, 5), (50, 4, 1)):
        X, y = draw_tagged(rng, N, D)
        X_batch, y_batch = _batch(student, X, y, B, draw_seed(rng))
        rows = rows_of(X_batch, X)
        student.require(bool((rows >= 0).all()), "X_batch holds rows that X does not")
        right = bool((y[rows] == y_batch).all())
        student.require(right, "the labels are not those of the rows in X_batch")


@check("with replacement: a row may come twice", 0.5)
def replaced(student: Student, rng: np.random.Generator) -> None:
    repeats, in_order = 0, True
    for _ in range(12):
        X, y = draw_tagged(rng, 6, 2)
        rows = rows_of(_batch(student, X, y, 6, draw_seed(rng))[0], X)
        repeats += len(np.unique(rows)) < len(rows)
        in_order &= bool((np.diff(rows) % 6 == 1).all())
    X, y = draw_tagged(rng, 3, 2)
    try:
        _batch(student, X, y, 10, draw_seed(rng))
        larger = None
    except CheckFailed as failed:
        larger = failed
    kind = str(larger.kind) if larger else ""
    keep_facts(student, repeats > 0, in_order, kind)
    student.require(repeats > 0, "no row comes twice in a batch, in any of many draws")
    if larger:
        raise larger


@check("every row is as likely as any other", 0.4)
def uniform(student: Student, rng: np.random.Generator) -> None:
    N, B = 5, 4000
    X, y = draw_tagged(rng, N, 2)
    rows = rows_of(_batch(student, X, y, B, draw_seed(rng))[0], X)
    share = np.bincount(rows[rows >= 0], minlength=N) / B
    # 8 standard deviations: no right draw of a million fails here.
    fair = np.abs(share - 1 / N) < 8 * np.sqrt((1 / N) * (1 - 1 / N) / B)
    keep_facts(student, *(fair.tolist()), *(share > 0).tolist())
    student.require(bool((share > 0).all()), "some rows of X are never drawn")
    student.require(bool(fair.all()), "some rows of X are drawn more often than others")


@check("the draw comes from rng", 0.3)
def from_rng(student: Student, rng: np.random.Generator) -> None:
    X, y = draw_tagged(rng, 1000, 2)
    seed = draw_seed(rng)
    batches = [
        rows_of(_batch(student, X, y, 20, s)[0], X) for s in (seed, seed, seed + 1)
    ]
    same = bool((batches[0] == batches[1]).all())
    other = bool((batches[0] != batches[2]).any())
    keep_facts(student, same, other)
    student.require(same, "the same rng gives two different batches")
    student.require(other, "two different rng give the same batch")


@check("X and y are left as they were", 0.2, inputs=True)
def inputs(student: Student, rng: np.random.Generator) -> None:
    X, y = draw_tagged(rng, 7, 3)
    X_batch, y_batch = _batch(student, X, y, 5, draw_seed(rng))
    rows = rows_of(X_batch, X)
    right = bool((rows >= 0).all()) and bool((y[rows] == y_batch).all())
    keep_facts(student, right)
    student.require(right, "the batch does not hold rows of X with their labels")
