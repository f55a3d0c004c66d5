"""(x + y) z, forwards and backwards: misconceptions."""

from autograder.exercise import misconception


@misconception(
    "the brackets are missing: x + y * z is computed",
    "Which of the two operations is the first gate in the drawing? "
    "Compare your q with the number on its wire.",
)
def brackets_missing(x, y, z):
    f = x + y * z
    return f, (1.0, z, y)


@misconception(
    "the gradient that arrives at the add gate is left out",
    "What flows back into the add gate is not one. "
    "By how much does f move when q moves by a little?",
)
def upstream_left_out(x, y, z):
    q = x + y
    return q * z, (1.0, 1.0, q)


@misconception(
    "each input of the product gets itself as its gradient, not the other one",
    "Let z grow a little while q stays: by how much does the product grow?",
)
def product_not_switched(x, y, z):
    q = x + y
    return q * z, (q, q, z)


@misconception(
    "the add gate multiplies the gradient by the value of its input",
    "What is the slope of a sum with respect to one of its terms? "
    "Does it depend on that term?",
)
def add_scales(x, y, z):
    q = x + y
    return q * z, (z * x, z * y, q)


@misconception(
    "the gradients come in the order of the backward pass, not x, y, z",
    "Compare the order in your return line with the one in the docstring.",
)
def order_of_the_pass(x, y, z):
    q = x + y
    return q * z, (q, z, z)


@misconception(
    "the add gate divides the gradient between its inputs",
    "If x grows by a little, by how much does x + y grow? Half as much?",
)
def add_divides(x, y, z):
    q = x + y
    return q * z, (z / 2, z / 2, q)


@misconception(
    "the numbers of the example are returned, whatever goes in",
    "Call your function with other inputs: does anything change?",
)
def example_hard_coded(x, y, z):
    return -12.0, (-4.0, -4.0, 3.0)


@misconception(
    "four numbers are returned where a value and a tuple are asked for",
    "The gradients belong together in a tuple of their own. "
    "Look at the Returns part of the docstring.",
)
def flat_result(x, y, z):
    q = x + y
    return q * z, z, z, q


@misconception(
    "the gradients are changes of f for a step of one in each input, all at once",
    "Change one input at a time, and by very little. What do the others do meanwhile?",
)
def gradient_times_input(x, y, z):
    q = x + y
    return q * z, (x * z, y * z, z * q)


@misconception(
    "the gradients are measured with small steps, not computed by the chain rule",
    "Start at f with a gradient of one. What does each gate send back to its inputs?",
)
def differences_for_gradients(x, y, z):
    h = 1e-5

    def f(x, y, z):
        return (x + y) * z

    dx = (f(x + h, y, z) - f(x - h, y, z)) / (2 * h)
    dy = (f(x, y + h, z) - f(x, y - h, z)) / (2 * h)
    dz = (f(x, y, z + h) - f(x, y, z - h)) / (2 * h)
    return f(x, y, z), (dx, dy, dz)


@misconception(
    "the add gate is treated as a multiply gate on the way back",
    "Let x grow by a little and keep y: by how much does their sum grow?",
)
def sum_treated_as_product(x, y, z):
    return (x + y) * z, (y * z, x * z, x + y)
