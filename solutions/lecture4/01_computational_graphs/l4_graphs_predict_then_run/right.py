"""The questions of the lecture on computational graphs: right in other ways."""

from autograder.exercise import right_answer

RIGHT = [
    right_answer(
        "floats",
        gradient_at_f=1.0,
        f_if_x_is_minus_1=-16.0,
        copy_gate=6.0,
    ),
]
