"""Printed gradients that were chained from rounded numbers."""

from autograder.exercise import Exercise, check_each_key

EXERCISE = Exercise(
    points=2,
    names=("sigmoid_slips",),
    title="Printed gradients that were chained from rounded numbers",
    kind="value",
)

sigmoid_slips = {
    "w0": -0.197,
    "x0": 0.393,
    "w1": -0.393,
    "x1": -0.590,
    "w2": 0.197,
    "slips": "x0, w1 and x1",
}

LABELS = {
    "w0": "the gradient of w0",
    "x0": "the gradient of x0",
    "w1": "the gradient of w1",
    "x1": "the gradient of x1",
    "w2": "the gradient of w2",
    "slips": "which printed values are slips",
}

CHECKS = check_each_key(
    "sigmoid_slips", sigmoid_slips, EXERCISE.points, LABELS, rtol=1e-9, atol=6e-4
)
