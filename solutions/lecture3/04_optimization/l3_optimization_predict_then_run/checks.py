"""Predictions about searching, slopes and steps: reference and hidden checks."""

from autograder.exercise import Exercise, check_each_key

EXERCISE = Exercise(
    points=3,
    names=("optimization_answers",),
    title="Predictions about searching, slopes and steps",
    kind="value",
)

optimization_answers = {
    "slope_first_weight": -2.5,
    "slope_third_weight": 0,
    "slope_along": -1.4,
    "steepest_slope": -5,
    "evaluations": 30731,
    "smaller_h_is_always_better": False,
    "best_h": "1e-5",
    "small_enough_step_lowers_loss": True,
    "any_step_lowers_loss": False,
    "noise_factor": 0.5,
    "sgd_steps_by_the_full_gradient": False,
    "batch_size_must_be_power_of_two": False,
}

LABELS = {
    "slope_first_weight": "the slope of the first weight",
    "slope_third_weight": "the slope of the third weight",
    "slope_along": "the slope in a given direction",
    "steepest_slope": "the slope in the direction of steepest descent",
    "evaluations": "evaluations for one numeric gradient",
    "smaller_h_is_always_better": "whether a smaller h is always more accurate",
    "best_h": "which h is most accurate",
    "small_enough_step_lowers_loss": "whether a small enough step lowers the loss",
    "any_step_lowers_loss": "whether a step of any size lowers the loss",
    "noise_factor": "what four times the batch size does to the noise",
    "sgd_steps_by_the_full_gradient": "whether SGD steps by the full gradient",
    "batch_size_must_be_power_of_two": "whether a batch must be a power of two",
}

# The number of evaluations is wanted exactly.

CHECKS = check_each_key(
    "optimization_answers", optimization_answers, EXERCISE.points, LABELS, rtol=1e-6
)
