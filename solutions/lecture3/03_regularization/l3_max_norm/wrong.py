"""Max-norm, column by column: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "rows are limited instead of columns",
    "Which way does the weight vector of one class run through W? Print the shape of "
    "your norms.",
)
def limit_rows(W, c):
    norms = np.linalg.norm(W, axis=1, keepdims=True)
    return W * np.minimum(1, c / np.where(norms > 0, norms, 1))


@misconception(
    "the norm of the whole matrix is limited instead of that of each column",
    "How many norms does a matrix with several columns have here? How many does your "
    "code compute?",
)
def limit_matrix(W, c):
    norm = np.linalg.norm(W)
    return W * (c / norm) if norm > c else W.copy()


@misconception(
    "every column is scaled to the limit, short ones too",
    "What should happen to a column that is within the limit? Follow one through your "
    "code.",
)
def limit_all_scaled(W, c):
    norms = np.linalg.norm(W, axis=0)
    return W * c / np.where(norms > 0, norms, 1)


@misconception(
    "a column of zeros is divided by its norm",
    "What does your division give for a column of zeros? Such a column is within every "
    "limit.",
)
def limit_all_scaled_nan(W, c):
    norms = np.linalg.norm(W, axis=0)
    factors = c / norms
    factors[factors > 1] = 1
    factors[norms == 0] = np.nan
    return W * factors


@misconception(
    "each weight is limited by itself",
    "Does a column keep its direction when only its largest entries are cut? Which "
    "length does the text limit?",
)
def limit_entries(W, c):
    return np.clip(W, -c, c)


@misconception(
    "the squared norm is compared and divided by, without the root",
    "Work out the length of the column with entries three and four. Which step is "
    "missing in your code?",
)
def limit_squared(W, c):
    squares = np.sum(W**2, axis=0)
    return W * np.where(squares > c, c / np.where(squares > 0, squares, 1), 1)


@misconception(
    "the sum of absolute values is limited instead of the Euclidean norm",
    "Work out the length of the column with entries three and four. Which norm does "
    "the text define?",
)
def limit_l1(W, c):
    sizes = np.abs(W).sum(axis=0)
    return W * np.where(sizes > c, c / np.where(sizes > 0, sizes, 1), 1)


@misconception(
    "columns that are too long are scaled to norm one",
    "What is the norm of a long column after your step? Compare it with the argument "
    "c.",
)
def limit_to_one(W, c):
    norms = np.linalg.norm(W, axis=0)
    return W / np.where(norms > c, norms, 1)


@misconception(
    "one factor, that of the longest column, is used for all",
    "Should a short column change because another one is long? Look at the shape of "
    "your factor.",
)
def limit_by_longest(W, c):
    longest = np.linalg.norm(W, axis=0).max()
    return W * (c / longest) if longest > c else W.copy()


@misconception(
    "the direction of long columns is turned around or lost",
    "Compare the signs of a long column before and after your step.",
)
def limit_signs_lost(W, c):
    norms = np.linalg.norm(W, axis=0)
    long = norms > c
    out = W.copy()
    out[:, long] = np.abs(W[:, long]) * c / norms[long]
    return out


@misconception(
    "the weights of the caller are changed",
    "An assignment to a column of W works on the caller's array. Where does yours do "
    "that?",
)
def limit_in_place(W, c):
    norms = np.sqrt(np.sum(W**2, axis=0))
    for j in range(W.shape[1]):
        if norms[j] > c:
            W[:, j] *= c / norms[j]
    return W


@misconception(
    "the short columns are scaled and the long ones are left",
    "Which columns does your comparison pick? Try it on a column that is far too long.",
)
def limit_comparison_turned(W, c):
    norms = np.linalg.norm(W, axis=0)
    return W * np.where((norms < c) & (norms > 0), c / np.where(norms > 0, norms, 1), 1)


@misconception(
    "the norms are returned instead of the weights",
    "The docstring asks for an array of the shape of W. What does yours have?",
)
def limit_norms_returned(W, c):
    return np.minimum(np.linalg.norm(W, axis=0), c)


@misconception(
    "each column is multiplied by a norm and never divided by one",
    "A column of twice the norm that is allowed should be halved: by what must it be "
    "multiplied? By what do you multiply it?",
)
def limit_multiplied(W, c):
    return W * np.minimum(np.linalg.norm(W, axis=0), c)
