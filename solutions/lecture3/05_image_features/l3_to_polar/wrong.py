"""Polar coordinates: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the angle is the arctangent of a quotient, which forgets the quadrant",
    "Try the points (1, 1) and (-1, -1). Should they have the same angle?",
)
def quadrant_forgotten(X):
    with np.errstate(divide="ignore", invalid="ignore"):
        theta = np.arctan(X[:, 1] / X[:, 0])
    return np.stack([np.hypot(X[:, 0], X[:, 1]), theta], axis=1)


@misconception(
    "the two arguments of arctan2 are exchanged",
    "Which angle does your function give to a point on the positive x axis? "
    "Look up which coordinate arctan2 takes first.",
)
def arguments_exchanged(X):
    r = np.sqrt(np.sum(X**2, axis=1))
    return np.stack([r, np.arctan2(X[:, 0], X[:, 1])], axis=1)


@misconception(
    "the angle is in degrees",
    "How large is a quarter turn in the unit that the text names?",
)
def in_degrees(X):
    r = np.sqrt(np.sum(X**2, axis=1))
    return np.stack([r, np.degrees(np.arctan2(X[:, 1], X[:, 0]))], axis=1)


@misconception(
    "the angle runs from zero to a full turn",
    "Points below the x axis: which sign should their angle have?",
)
def full_turn(X):
    r = np.sqrt(np.sum(X**2, axis=1))
    theta = np.arctan2(X[:, 1], X[:, 0]) % (2 * np.pi)
    return np.stack([r, theta], axis=1)


@misconception(
    "the half turn has the wrong sign",
    "Which end of the interval of angles is open? Try a point on the negative x axis.",
)
def half_turn_negative(X):
    r = np.sqrt(np.sum(X**2, axis=1))
    theta = (np.arctan2(X[:, 1], X[:, 0]) + np.pi) % (2 * np.pi) - np.pi
    return np.stack([r, theta], axis=1)


@misconception(
    "the squared distance is returned",
    "How far is the point (3, 4) from the origin?",
)
def squared_distance(X):
    theta = np.arctan2(X[:, 1], X[:, 0])
    return np.stack([np.sum(X**2, axis=1), theta], axis=1)


@misconception(
    "the distance is the sum of the absolute coordinates",
    "How far is the point (3, 4) from the origin, as the crow flies?",
)
def city_blocks(X):
    theta = np.arctan2(X[:, 1], X[:, 0])
    return np.stack([np.abs(X).sum(axis=1), theta], axis=1)


@misconception(
    "the two columns are exchanged",
    "Which of the two numbers does the text put first?",
)
def columns_exchanged(X):
    r = np.sqrt(np.sum(X**2, axis=1))
    return np.stack([np.arctan2(X[:, 1], X[:, 0]), r], axis=1)


@misconception(
    "the coordinates stand in rows, not in columns",
    "What is the shape of what you return? Each point should be one row.",
)
def in_rows(X):
    r = np.sqrt(np.sum(X**2, axis=1))
    return np.stack([r, np.arctan2(X[:, 1], X[:, 0])])


@misconception(
    "two arrays are returned instead of one",
    "The classifier wants one array with a row for each point. How do you put two "
    "columns side by side?",
)
def two_arrays(X):
    r = np.sqrt(np.sum(X**2, axis=1))
    return r, np.arctan2(X[:, 1], X[:, 0])


@misconception(
    "the angle is folded into half a turn",
    "Take a point and the one opposite to it. Do their angles differ in your result?",
)
def half_turn_only(X):
    x, y = X[:, 0], X[:, 1]
    return np.stack([np.hypot(x, y), np.arctan2(y, x) % np.pi], axis=1)
