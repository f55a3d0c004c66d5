"""Predictions and accuracy of a linear classifier: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the highest score is sought down the columns, over the examples",
    "One label for each example: along which axis of the scores do the classes lie?",
    of="predict",
)
def over_the_examples(W, X):
    return np.argmax(X @ W, axis=0)


@misconception(
    "the highest score is returned, not its class",
    "A label is a class number. What does np.max give, and what its relative?",
    of="predict",
)
def score_returned(W, X):
    return np.max(X @ W, axis=1)


@misconception(
    "the class of the lowest score is taken",
    "Which score should the predicted class have, the highest or the lowest?",
    of="predict",
)
def lowest_score(W, X):
    return np.argmin(X @ W, axis=1)


@misconception(
    "the sign of the scores is dropped before they are compared",
    "Is a score far below zero a vote for a class or against it?",
    of="predict",
)
def size_of_scores(W, X):
    return np.argmax(np.abs(X @ W), axis=1)


@misconception(
    "the scores go through an exponential that overflows",
    "What is the exponential of a large score in floating point? Ask whether labels "
    "need it at all.",
    of="predict",
)
def overflowing_softmax(W, X):
    scores = np.exp(X @ W)
    return np.argmax(scores / scores.sum(axis=1, keepdims=True), axis=1)


@misconception(
    "the accuracy is in percent",
    "Between which two numbers does a share lie?",
    of="accuracy",
)
def in_percent(W, X, y):
    return 100 * np.mean(np.argmax(X @ W, axis=1) == y)


@misconception(
    "the right predictions are counted, not divided by their number",
    "The accuracy of twice the data should be the same. Is it in yours?",
    of="accuracy",
)
def count_returned(W, X, y):
    return int(np.sum(np.argmax(X @ W, axis=1) == y))


@misconception(
    "the share of wrong predictions is returned",
    "What should the accuracy be when every prediction is right?",
    of="accuracy",
)
def error_rate(W, X, y):
    return np.mean(np.argmax(X @ W, axis=1) != y)


@misconception(
    "the comparison of all the examples is returned, not their mean",
    "Accuracy is one number. What is the shape of what you return?",
    of="accuracy",
)
def comparison_returned(W, X, y):
    return np.argmax(X @ W, axis=1) == y


@misconception(
    "the highest score of the whole table is sought, not that of each example",
    "How many labels should come back for five examples? How many do?",
    of="predict",
)
def of_the_whole_table(W, X):
    return np.argmax(X @ W)
