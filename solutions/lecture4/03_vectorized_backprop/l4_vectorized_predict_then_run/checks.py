"""Shapes and sizes of Jacobians: reference and hidden checks."""

from autograder.exercise import Exercise, check_each_key

EXERCISE = Exercise(
    points=3,
    names=("vectorized_answers",),
    title="Shapes and sizes of Jacobians",
    kind="value",
)

vectorized_answers = {
    "rows_of_3_to_5": 5,
    "relu_entries": 4096**2,
    "relu_nonzero_at_most": 4096,
    "minibatch_rows": 409_600,
    "jacobian_is_formed": False,
    "affine_gigabytes": 256,
    "dq1_dW11": "x_1",
    "dq1_dW21": 0,
    "dW_shape": "(M, D)",
    "l2_norm_of_q": 0.340588,
    "misprinted": "x @ w",
    "first_entry": -1,
}

LABELS = {
    "rows_of_3_to_5": "the rows of a Jacobian in our layout",
    "relu_entries": "the entries of the Jacobian of ReLU",
    "relu_nonzero_at_most": "how many of them may differ from zero",
    "minibatch_rows": "the rows for a minibatch",
    "jacobian_is_formed": "whether the Jacobian is formed",
    "affine_gigabytes": "the memory of an affine layer's Jacobian",
    "dq1_dW11": "the slope of q1 against W11",
    "dq1_dW21": "the slope of q1 against W21",
    "dW_shape": "the shape of dW",
    "l2_norm_of_q": "the L2 norm of q",
    "misprinted": "the misprinted matrix",
    "first_entry": "the entry that is right in its place",
}

CHECKS = check_each_key(
    "vectorized_answers", vectorized_answers, EXERCISE.points, LABELS, atol=2e-3
)
