"""Predictions about the penalties: reference and hidden checks."""

from autograder.exercise import Exercise, check_each_key

EXERCISE = Exercise(
    points=3,
    names=("regularization_answers",),
    title="Predictions about the penalties",
    kind="value",
)

regularization_answers = {
    "score_difference": 0.0,
    "l2_of_w2": 0.25,
    "l2_prefers": "w2",
    "l1_prefers": "tie",
    "elastic_prefers": "w2",
    "l2_of_v2": 0.16,
    "l2_prefers_of_v": "v2",
    "l1_prefers_of_v": "v1",
    "l2_factor_of_double": 4.0,
    "leaves_hypothesis_class": False,
}

LABELS = {
    "score_difference": "the difference of the two scores",
    "l2_of_w2": "the L2 penalty of w2",
    "l2_prefers": "which of w1 and w2 L2 prefers",
    "l1_prefers": "which of w1 and w2 L1 prefers",
    "elastic_prefers": "which of w1 and w2 the elastic net prefers",
    "l2_of_v2": "the L2 penalty of v2",
    "l2_prefers_of_v": "which of v1 and v2 L2 prefers",
    "l1_prefers_of_v": "which of v1 and v2 L1 prefers",
    "l2_factor_of_double": "the L2 penalty of twice the weights",
    "leaves_hypothesis_class": "whether a penalty takes functions out of the class",
}

CHECKS = check_each_key(
    "regularization_answers",
    regularization_answers,
    EXERCISE.points,
    LABELS,
    rtol=1e-3,
    atol=2e-3,
)
