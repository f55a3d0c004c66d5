"""Regularization against the number of features or neurons: a person reads it."""

from autograder.exercise import Exercise

EXERCISE = Exercise(
    points=2,
    title="Regularization against the number of features or neurons",
    kind="manual",
    rubric=(
        "- 1 point: a smaller model loses functions for good, while a penalty only "
        "states a preference, so that data can bring them back (half a point for "
        "the claim without a reason).\n"
        "- 0.5 points: the strength is one continuous number, tuned on validation "
        "data, while the number of features is coarse and one must know which to "
        "drop.\n"
        "- 0.5 points: a case for the smaller model, such as cost, memory, features "
        "that are known to be useless, or readability."
    ),
)
