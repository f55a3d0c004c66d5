"""The loss of (ax + by) cz and its gradients: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("gate by gate", usual=True)
def gate_by_gate(a, b, c, x, y, z, t):
    ax = a * x
    by = b * y
    q = ax + by
    cz = c * z
    f = q * cz
    d = t - f
    L = d**2
    dd = 2 * d
    df = -1 * dd
    dq = cz * df
    dcz = q * df
    dax = dq
    dby = dq
    return L, (x * dax, y * dby, z * dcz)


@variant("f - t in place of t - f")
def other_way_round(a, b, c, x, y, z, t):
    difference = (a * x + b * y) * (c * z) - t
    da = 2 * difference * c * z * x
    db = 2 * difference * c * z * y
    dc = 2 * difference * (a * x + b * y) * z
    return difference * difference, [da, db, dc]


@variant("the square as a multiply gate with one input twice")
def square_as_product(a, b, c, x, y, z, t):
    q = a * x + b * y
    d = t - q * c * z
    dd = d + d
    return d * d, (-dd * c * z * x, -dd * c * z * y, -dd * q * z)


@variant("dot products and an array of gradients")
def with_arrays(a, b, c, x, y, z, t):
    w, v = np.array([a, b], dtype=float), np.array([x, y], dtype=float)
    q = w @ v
    df = -2 * (t - q * c * z)
    return float((t - q * c * z) ** 2), np.array([*(df * c * z * v), df * q * z])


@variant("np.square and 0-d arrays")
def zero_d(a, b, c, x, y, z, t):
    f = np.asarray((a * x + b * y) * c * z)
    up = 2 * (f - t)
    return np.square(t - f), (up * x * c * z, up * y * c * z, up * z * (a * x + b * y))
