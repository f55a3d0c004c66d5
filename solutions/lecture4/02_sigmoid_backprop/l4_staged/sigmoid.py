"""What the known answers share: the sigmoid, as students write it."""

import numpy as np


def sig(x):
    return 1.0 / (1 + np.exp(-x))
