"""Predictions about searching, slopes and steps: right in other ways."""

from autograder.exercise import right_answer

RIGHT = [
    right_answer(
        "whole numbers as floats",
        slope_third_weight=0.0,
        steepest_slope=-5.0,
        evaluations=30731.0,
    ),
    right_answer(
        "a slope with the rounding of the machine", slope_first_weight=-2.4999999
    ),
]
