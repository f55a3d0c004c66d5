"""The questions of the lecture on softmax: right in other ways."""

from autograder.exercise import right_answer

RIGHT = [
    right_answer(
        "fewer digits",
        loss_at_start=2.3,
        largest_loss=float("inf"),
    ),
    right_answer("whole numbers where they fit", smallest_loss=0),
]
