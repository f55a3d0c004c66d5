"""(x + y) z, forwards and backwards: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("every step with its name", usual=True)
def staged_xyz(x, y, z):
    q = x + y
    f = q * z
    df = 1.0
    dq = z * df
    dz = q * df
    dx = 1.0 * dq
    dy = 1.0 * dq
    return f, (dx, dy, dz)


@variant("NumPy scalars and an array of gradients")
def with_numpy(x, y, z):
    q = np.add(x, y)
    return np.multiply(q, z), np.array([z, z, q])


@variant("a list of gradients and a 0-d array")
def with_list(x, y, z):
    return np.array((x + y) * z), [z, z, x + y]
