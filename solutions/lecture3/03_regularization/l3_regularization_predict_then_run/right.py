"""Predictions about the penalties: right in other ways."""

import numpy as np

from autograder.exercise import right_answer

RIGHT = [
    right_answer(
        "integers, NumPy scalars and a NumPy truth value",
        score_difference=0,
        l2_of_v2=float(np.float32(0.16)),
        l2_factor_of_double=4,
    ),
    right_answer(
        "fractions worked out in code, with rounding errors",
        l2_of_w2=4 * 0.25**2,
        l2_of_v2=4 * 0.2**2,
        score_difference=1e-16,
    ),
]
