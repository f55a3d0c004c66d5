"""Jacobian of ReLU: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the slopes are returned as a vector, not on the diagonal of a matrix",
    "A Jacobian has a row for each output and a column for each input. How many "
    "entries are that?",
)
def jacobian_vector(x):
    return (x > 0).astype(float)


@misconception(
    "the diagonal is one everywhere, also where the input is below zero",
    "Move an input that is below zero a little. Does any output move?",
)
def jacobian_identity(x):
    return np.eye(len(x))


@misconception(
    "the outputs stand on the diagonal, not their slopes",
    "An input of two and one of five both lie on the straight branch. What is its "
    "slope?",
)
def jacobian_outputs(x):
    return np.diag(np.maximum(0, x))


@misconception(
    "every output is taken to depend on every input",
    "Does output i move when another input is changed?",
)
def jacobian_outer(x):
    mask = (x > 0).astype(float)
    return np.outer(mask, mask)


@misconception(
    "the slopes are repeated in every row",
    "Row i belongs to output i. Which inputs does this one output depend on?",
)
def jacobian_rows(x):
    return np.tile((x > 0).astype(float), (len(x), 1))


@misconception(
    "inputs below zero have slope minus one",
    "That is the absolute value. How does the output of a ReLU change below zero?",
)
def jacobian_sign(x):
    return np.diag(np.sign(x).astype(float))


@misconception(
    "the ones stand where the input is below zero",
    "Which branch of the maximum follows its input?",
)
def jacobian_turned(x):
    return np.diag((x < 0).astype(float))


@misconception(
    "the inputs themselves stand on the diagonal",
    "The Jacobian holds slopes of the outputs. What is the slope of a straight line "
    "through the origin at forty-five degrees?",
)
def jacobian_inputs(x):
    return np.diag(x)
