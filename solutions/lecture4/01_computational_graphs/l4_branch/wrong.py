"""Gradients add at a branch: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the gradients of the wires are multiplied",
    "Along one path factors are multiplied. What happens where two paths meet?",
    of="branch_backward",
)
def wires_multiplied(upstream):
    total = 1.0
    for gradient in upstream:
        total *= gradient
    return total


@misconception(
    "the mean of the wires is taken",
    "Each wire moves the output by its own amount. "
    "Does a further wire make the others weaker?",
    of="branch_backward",
)
def wires_averaged(upstream):
    return np.mean(upstream)


@misconception(
    "the largest gradient is taken, as if the branch were a max gate",
    "All wires carry the same value forward. Does only one of them move the output?",
    of="branch_backward",
)
def largest_wire(upstream):
    return max(upstream)


@misconception(
    "the gradient of the last wire replaces the others",
    "Look for an = where the gradients should be gathered.",
    of="branch_backward",
)
def last_wire(upstream):
    for gradient in upstream:
        dx = gradient
    return dx


@misconception(
    "only the first two wires are counted",
    "How many wires can leave a branch? Try your function with three.",
    of="branch_backward",
)
def two_wires(upstream):
    return upstream[0] + (upstream[1] if len(upstream) > 1 else 0.0)


@misconception(
    "the product x*x sends back one of its two gradients only",
    "x enters that multiply gate twice, by two wires. What comes back along each?",
    of="f_branch",
)
def one_wire_of_the_square(x, y):
    return x * y + x * x, (y + x, x)


@misconception(
    "the second path replaces the first in the gradient of x",
    "x reaches f by more than one path. Is your dx gathered or overwritten?",
    of="f_branch",
)
def path_replaced(x, y):
    dx = y
    dx = 2 * x
    return x * y + x * x, (dx, x)


@misconception(
    "the path through x*x is left out",
    "By how many wires does x leave for other gates? Count them in the drawing.",
    of="f_branch",
)
def path_left_out(x, y):
    return x * y + x * x, (y, x)


@misconception(
    "the paths are multiplied instead of added",
    "Along a path factors are multiplied. What happens to the results of two paths?",
    of="f_branch",
)
def paths_multiplied(x, y):
    return x * y + x * x, (y * 2 * x, x)


@misconception(
    "the gradient of y is y itself",
    "A multiply gate switches its inputs. With what is y multiplied?",
    of="f_branch",
)
def dy_not_switched(x, y):
    return x * y + x * x, (y + 2 * x, y)


@misconception(
    "the gradients are measured with small steps, not computed by the chain rule",
    "Start at f with a gradient of one. What does each gate send back to its inputs?",
    of="f_branch",
)
def differences_for_gradients(x, y):
    h = 1e-5

    def f(x, y):
        return x * y + x * x

    dx = (f(x + h, y) - f(x - h, y)) / (2 * h)
    dy = (f(x, y + h) - f(x, y - h)) / (2 * h)
    return f(x, y), (dx, dy)


@misconception(
    "the gradient of y has a path through x*x, in which y does not occur",
    "Let y grow by a little: which of the two products grows?",
    of="f_branch",
)
def dy_through_the_square(x, y):
    return x * y + x * x, (y + 2 * x, x + 2 * x)
