"""Printed gradients that were chained from rounded numbers: right in other ways."""

from autograder.exercise import right_answer

RIGHT = [
    right_answer(
        "more digits",
        w0=-0.196612,
        x0=0.393224,
        w1=-0.393224,
        x1=-0.589836,
        w2=0.196612,
    ),
]
