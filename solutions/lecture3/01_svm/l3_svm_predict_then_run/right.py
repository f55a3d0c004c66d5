"""The lecture's questions on the SVM loss: right in other ways."""

import numpy as np

from autograder.exercise import right_answer

RIGHT = [
    right_answer(
        "whole numbers",
        loss_at_start=9,
        smallest_loss=0,
    ),
    right_answer("a NumPy infinity", largest_loss=np.inf),
    right_answer(
        "what floating point leaves over", frog_loss_under_2W=2 * 11.9 + 1e-12
    ),
]
