"""Minibatch with replacement: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("rng.choice over the row numbers", usual=True)
def by_choice(X, y, batch_size, rng):
    rows = rng.choice(X.shape[0], batch_size, replace=True)
    return X[rows], y[rows]


@variant("rng.integers, np.take")
def by_integers(X, y, batch_size, rng):
    rows = rng.integers(0, len(y), size=batch_size)
    return np.take(X, rows, axis=0), np.take(y, rows)


@variant("uniform numbers, scaled and cut to integers")
def by_uniform(X, y, batch_size, rng):
    rows = (rng.random(batch_size) * len(X)).astype(int)
    return [X[rows], y[rows]]


@variant("rng.choice with equal probabilities, sorted")
def by_probabilities(X, y, batch_size, rng):
    rows = rng.choice(np.arange(len(X)), size=batch_size, p=np.ones(len(X)) / len(X))
    rows.sort()
    return X[rows, :], y[rows]
