"""The slip in a published frog loss: reference and hidden checks."""

from autograder.exercise import Exercise, check_each_key

EXERCISE = Exercise(
    points=2,
    names=("frog_loss_slip",),
    title="The slip in a published frog loss",
    kind="value",
)

frog_loss_slip = {"wrong_loss": 10.9, "right_loss": 12.9, "forgotten_term": "delta"}

LABELS = {
    "wrong_loss": "the published loss that is wrong",
    "right_loss": "the right value",
    "forgotten_term": "what was forgotten",
}

CHECKS = check_each_key("frog_loss_slip", frog_loss_slip, EXERCISE.points, LABELS)
