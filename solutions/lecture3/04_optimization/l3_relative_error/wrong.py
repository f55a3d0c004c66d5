"""Relative error: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the sum of the two sizes stands below, instead of the larger one",
    "Take two numbers that differ only in sign: what should the formula of the text "
    "give?",
)
def sum_below(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    size = np.abs(a) + np.abs(b)
    size = np.where(size == 0, 1.0, size)
    return np.max(np.abs(a - b) / size)


@misconception(
    "the sum of the two sizes stands below, and never less than a small number",
    "This is the form of the course's starter code. Compare its denominator with the "
    "one in the text.",
)
def starter_code(x, y):
    return np.max(np.abs(x - y) / (np.maximum(1e-8, np.abs(x) + np.abs(y))))


@misconception(
    "the absolute error is returned",
    "Multiply both arrays by the same number: a relative error must not change.",
)
def absolute_error(a, b):
    return np.max(np.abs(np.asarray(a) - np.asarray(b)))


@misconception(
    "the mean over the entries is taken instead of the largest",
    "One wrong entry among a thousand right ones should show. Does it in yours?",
)
def mean_over_entries(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    size = np.maximum(np.abs(a), np.abs(b))
    size = np.where(size == 0, 1.0, size)
    return np.mean(np.abs(a - b) / size)


@misconception(
    "entries that are zero in both give zero divided by zero",
    "What is your result for two arrays of zeros? They agree, so the error should say "
    "so.",
)
def zero_by_zero(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    return np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))


@misconception(
    "the first argument alone stands below",
    "Exchange the two arguments: should the error change?",
)
def first_below(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    size = np.where(a == 0, 1.0, np.abs(a))
    return np.max(np.abs(a - b) / size)


@misconception(
    "the larger number stands below, not the larger size",
    "Try two negative numbers. Which of them has the larger absolute value?",
)
def signs_kept_below(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    size = np.maximum(a, b)
    size = np.where((a == 0) & (b == 0), 1.0, size)
    return np.max(np.abs(a - b) / size)


@misconception(
    "a small number in the denominator hides small entries",
    "Try two arrays whose entries are far below your safety term. "
    "What does the error become?",
    sizes=(1e-8, 1e-6),
)
def floor_below(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    return np.max(np.abs(a - b) / np.maximum(1e-8, np.maximum(np.abs(a), np.abs(b))))


@misconception(
    "a small number is added to the denominator, which hides small entries",
    "Try two arrays whose entries are far below your safety term. "
    "What does the error become?",
    sizes=(1e-8, 1e-6),
)
def added_below(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    return np.max(np.abs(a - b) / (np.maximum(np.abs(a), np.abs(b)) + 1e-8))


@misconception(
    "the error of the whole arrays' norms is taken instead of entry by entry",
    "A small entry that is quite wrong hides beside large ones. "
    "What is compared with what in the text?",
)
def ratio_of_norms(a, b):
    a, b = np.ravel(a), np.ravel(b)
    size = max(np.linalg.norm(a), np.linalg.norm(b))
    return np.linalg.norm(a - b) / size if size > 0 else 0.0


@misconception(
    "the errors of all entries are returned, not the largest",
    "The result is one number. What is the shape of what you return?",
)
def errors_returned(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    size = np.maximum(np.abs(a), np.abs(b))
    return np.abs(a - b) / np.where(size == 0, 1.0, size)


@misconception(
    "the largest error is divided by the largest entry, not entry by entry",
    "A small entry that is wrong by half, beside a large one that is right: does your "
    "result show it?",
)
def largest_over_largest(a, b):
    size = np.max(np.maximum(np.abs(a), np.abs(b)))
    return np.max(np.abs(a - b)) / size if size else 0.0
