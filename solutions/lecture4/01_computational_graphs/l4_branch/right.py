"""Gradients add at a branch: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("NumPy's sum and the derivative written down", usual=True)
class with_numpy_sum:
    def branch_backward(upstream):
        return np.sum(upstream)

    def f_branch(x, y):
        return x * y + x**2, (y + 2 * x, x)


@variant("a loop, and one line for each wire")
class wire_by_wire:
    def branch_backward(upstream):
        dx = 0
        for gradient in upstream:
            dx += gradient
        return dx

    def f_branch(x, y):
        p = x * y
        s = x * x
        dp, ds = 1.0, 1.0
        dx = y * dp
        dy = x * dp
        dx += x * ds
        dx += x * ds
        return p + s, (dx, dy)


@variant("the built-in sum, factored")
class factored:
    def branch_backward(upstream):
        return sum(upstream)

    def f_branch(x, y):
        s = x + y
        return x * s, [s + x, x]
