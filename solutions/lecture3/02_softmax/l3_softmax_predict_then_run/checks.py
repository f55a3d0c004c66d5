"""The questions of the lecture on softmax: reference and hidden checks."""

import math

import numpy as np

from autograder.exercise import Exercise, check_each_key

EXERCISE = Exercise(
    points=4,
    names=("softmax_answers",),
    title="The questions of the lecture on softmax",
    kind="value",
)

softmax_answers = {
    "smallest_loss": 0.0,
    "smallest_loss_is_reached": False,
    "largest_loss": np.inf,
    "loss_at_start": math.log(10),
    "slide_logarithm": "base 10",
    "halved_scores": "softer",
    "svm_prefers": "none",
    "softmax_prefers": "third",
    "svm_changes": False,
    "softmax_changes": True,
}

LABELS = {
    "smallest_loss": "the lower bound of the loss",
    "smallest_loss_is_reached": "whether finite scores reach that bound",
    "largest_loss": "the upper bound of the loss",
    "loss_at_start": "the loss when all scores are about zero",
    "slide_logarithm": "the logarithm behind a published slide",
    "halved_scores": "the probabilities when the scores are halved",
    "svm_prefers": "the vector that the SVM loss prefers",
    "softmax_prefers": "the vector that the softmax loss prefers",
    "svm_changes": "the SVM loss of a well classified point that moves",
    "softmax_changes": "the softmax loss of a well classified point that moves",
}

CHECKS = check_each_key("softmax_answers", softmax_answers, EXERCISE.points, LABELS)
