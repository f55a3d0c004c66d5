"""Shapes and sizes of Jacobians: right in other ways."""

import numpy as np

from autograder.exercise import right_answer

RIGHT = [
    right_answer(
        "decimal numbers",
        relu_entries=16_777_216.0,
        first_entry=-1.0,
    ),
    right_answer("a rounded norm", l2_norm_of_q=0.3406),
    right_answer("the root left to NumPy", l2_norm_of_q=np.sqrt(0.116)),
]
