"""Minibatch with replacement: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the rows are drawn without replacement",
    "Ask for more rows than X has. With replacement, that is possible.",
)
def without_replacement(X, y, batch_size, rng):
    rows = rng.choice(len(X), batch_size, replace=False)
    return X[rows], y[rows]


@misconception(
    "rows and labels are drawn separately",
    "Does each label in your batch still belong to the row beside it?",
)
def drawn_separately(X, y, batch_size, rng):
    return rng.choice(X, batch_size), rng.choice(y, batch_size)


@misconception(
    "the first row can never be drawn",
    "Which row numbers are possible in your draw? Python counts from zero.",
)
def first_row_never(X, y, batch_size, rng):
    rows = rng.integers(1, len(X), batch_size)
    return X[rows], y[rows]


@misconception(
    "the last row can never be drawn",
    "Look up whether the upper end of rng.integers is itself among the draws.",
)
def last_row_never(X, y, batch_size, rng):
    rows = rng.integers(0, len(X) - 1, batch_size)
    return X[rows], y[rows]


@misconception(
    "the first rows are taken, without a draw",
    "Call your function twice with different seeds: do you see different rows?",
)
def first_rows(X, y, batch_size, rng):
    return X[:batch_size], y[:batch_size]


@misconception(
    "a generator of its own is made inside the function",
    "Where does the randomness come from when rng is not used? Two different rng "
    "should give two different batches.",
)
def own_generator(X, y, batch_size, rng):
    rng = np.random.default_rng(0)
    rows = rng.integers(len(X), size=batch_size)
    return X[rows], y[rows]


@misconception(
    "NumPy's global generator is used instead of rng",
    "Start twice from the same seed: a result that cannot be repeated cannot be "
    "debugged.",
)
def global_generator(X, y, batch_size, rng):
    rows = np.random.choice(len(X), batch_size)  # noqa: NPY002
    return X[rows], y[rows]


@misconception(
    "the row numbers are returned, not the rows",
    "What are the two things that the caller wants to compute a loss with?",
)
def numbers_returned(X, y, batch_size, rng):
    rows = rng.integers(len(X), size=batch_size)
    return rows, y[rows]


@misconception(
    "one random start and the rows that follow it",
    "Do your rows come in the order of X? Each of them should be drawn by itself.",
)
def rows_in_sequence(X, y, batch_size, rng):
    start = rng.integers(len(X))
    rows = (start + np.arange(batch_size)) % len(X)
    return X[rows], y[rows]


@misconception(
    "a permutation is drawn and cut off, which is without replacement",
    "How often does a row stand in a permutation? Ask for more rows than X has.",
)
def permutation_cut_off(X, y, batch_size, rng):
    rows = rng.permutation(len(X))[:batch_size]
    return X[rows], y[rows]


@misconception(
    "rows are replaced only where the batch is larger than X",
    "Ask for as many rows as X has, several times. Does one of them ever come twice?",
)
def replaced_where_needed(X, y, batch_size, rng):
    rows = rng.choice(len(X), batch_size, replace=batch_size > len(X))
    return X[rows], y[rows]


@misconception(
    "the row numbers run over the features, not over the examples",
    "Which entry of the shape of X counts the examples?",
)
def rows_up_to_features(X, y, batch_size, rng):
    rows = rng.integers(min(X.shape[1], len(X)), size=batch_size)
    return X[rows], y[rows]
