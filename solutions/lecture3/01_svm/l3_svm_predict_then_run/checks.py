"""The lecture's questions on the SVM loss: reference and hidden checks."""

from autograder.exercise import Exercise, check_each_key

EXERCISE = Exercise(
    points=4,
    names=("svm_answers",),
    title="The lecture's questions on the SVM loss",
    kind="value",
)

svm_answers = {
    "true_score_frog": -3.1,
    "delta_only_sets_a_scale": True,
    "car_loss_after_drop": 0.0,
    "smallest_loss": 0.0,
    "largest_loss": float("inf"),
    "loss_at_start": 9.0,
    "rise_with_true_class": 1.0,
    "mean_keeps_best_W": True,
    "squaring_keeps_best_W": False,
    "zero_loss_W_is_unique": False,
    "car_loss_under_2W": 0.0,
    "frog_loss_under_2W": 23.8,
}

LABELS = {
    "true_score_frog": "the score of the true class, frog image",
    "delta_only_sets_a_scale": "what the choice of delta changes",
    "car_loss_after_drop": "the car loss after its score drops",
    "smallest_loss": "the smallest possible loss",
    "largest_loss": "the largest possible loss",
    "loss_at_start": "the loss where all scores are about zero",
    "rise_with_true_class": "the loss with the true class counted",
    "mean_keeps_best_W": "the mean over the classes instead of the sum",
    "squaring_keeps_best_W": "the squared hinge",
    "zero_loss_W_is_unique": "whether a W with zero loss is the only one",
    "car_loss_under_2W": "the car loss under 2W",
    "frog_loss_under_2W": "the frog loss under 2W",
}

CHECKS = check_each_key("svm_answers", svm_answers, EXERCISE.points, LABELS)
