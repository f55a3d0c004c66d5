"""(x + s(y)) / (s(x) + (x + y)**2), in stages: misconceptions."""

from autograder.exercise import misconception

from .sigmoid import sig


@misconception(
    "the path from x through its sigmoid is left out",
    "Count in the drawing by how many wires x leaves, and what comes back along each.",
)
def without_sigx(x, y):
    n, d = x + sig(y), sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    q = 2 * (x + y) * dd
    return n / d, (dn + q, dn * sig(y) * (1 - sig(y)) + q)


@misconception(
    "the path through the square is left out in both gradients",
    "x + y goes into the denominator as well. What comes back from there?",
)
def without_square(x, y):
    n, d = x + sig(y), sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    dx = dn + dd * sig(x) * (1 - sig(x))
    return n / d, (dx, dn * sig(y) * (1 - sig(y)))


@misconception(
    "the path from x through the numerator is left out",
    "Count in the drawing by how many wires x leaves, and what comes back along each.",
)
def without_numerator(x, y):
    n, d = x + sig(y), sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    q = 2 * (x + y) * dd
    dx = q + dd * sig(x) * (1 - sig(x))
    return n / d, (dx, dn * sig(y) * (1 - sig(y)) + q)


@misconception(
    "each further path replaces the gradient in place of adding to it",
    "x and y are used more than once. What becomes of their first gradient when the "
    "next one is assigned?",
)
def replaced(x, y):
    n, d = x + sig(y), sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    dx = dy = 2 * (x + y) * dd
    dx = dd * sig(x) * (1 - sig(x))
    dx = dn
    dy = dn * sig(y) * (1 - sig(y))
    return n / d, (dx, dy)


@misconception(
    "the sigmoid of y passes its gradient on unchanged",
    "Between y and the numerator stands one gate. What is its local gradient?",
)
def sigy_without_slope(x, y):
    n, d = x + sig(y), sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    q = 2 * (x + y) * dd
    return n / d, (dn + q + dd * sig(x) * (1 - sig(x)), dn + q)


@misconception(
    "the minus in the slope of one over the denominator is missing",
    "If the denominator grows, does f grow or fall?",
)
def denominator_sign(x, y):
    n, d = x + sig(y), sig(x) + (x + y) ** 2
    dn, dd = 1 / d, n / d**2
    q = 2 * (x + y) * dd
    dx = dn + q + dd * sig(x) * (1 - sig(x))
    return n / d, (dx, dn * sig(y) * (1 - sig(y)) + q)


@misconception(
    "the slope of one over the denominator lacks its square",
    "Look up the derivative of one over d: to which power does d stand there?",
)
def denominator_power(x, y):
    n, d = x + sig(y), sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d
    q = 2 * (x + y) * dd
    dx = dn + q + dd * sig(x) * (1 - sig(x))
    return n / d, (dx, dn * sig(y) * (1 - sig(y)) + q)


@misconception(
    "the factor of the square of x + y is missing",
    "What is the derivative of u squared with respect to u?",
)
def square_factor(x, y):
    n, d = x + sig(y), sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    q = (x + y) * dd
    dx = dn + q + dd * sig(x) * (1 - sig(x))
    return n / d, (dx, dn * sig(y) * (1 - sig(y)) + q)


@misconception(
    "the numerator is left out of the gradient of the denominator",
    "f is a product of the numerator and one over the denominator. "
    "A multiply gate switches.",
)
def not_times_numerator(x, y):
    n, d = x + sig(y), sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -1 / d**2
    q = 2 * (x + y) * dd
    dx = dn + q + dd * sig(x) * (1 - sig(x))
    return n / d, (dx, dn * sig(y) * (1 - sig(y)) + q)


@misconception(
    "the slope of the sigmoid is taken at x and y without the sigmoid",
    "In (1 - s) s, s is the output of the gate. What do you put in?",
)
def slope_of_inputs(x, y):
    n, d = x + sig(y), sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    q = 2 * (x + y) * dd
    return n / d, (dn + q + dd * x * (1 - x), dn * y * (1 - y) + q)


@misconception(
    "only the sigmoid stands under the fraction, the square is added behind it",
    "Which brackets close the denominator? Compare with the formula.",
)
def brackets(x, y):
    n, d = x + sig(y), sig(x)
    f = n / d + (x + y) ** 2
    q = 2 * (x + y)
    dx = 1 / d - n / d**2 * d * (1 - d) + q
    return f, (dx, sig(y) * (1 - sig(y)) / d + q)


@misconception(
    "the gradients are measured with small steps, not computed by the chain rule",
    "Give every stage a line of its own on the way back. What does each one send on?",
)
def differences_for_gradients(x, y):
    h = 1e-5

    def f(x, y):
        return (x + sig(y)) / (sig(x) + (x + y) ** 2)

    dx = (f(x + h, y) - f(x - h, y)) / (2 * h)
    dy = (f(x, y + h) - f(x, y - h)) / (2 * h)
    return f(x, y), (dx, dy)


@misconception(
    "the path through the square is left out in the gradient of y",
    "At how many places does y enter f? Count the terms of your dy.",
)
def dy_without_square(x, y):
    n, d = x + sig(y), sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    dx = dn + dd * (2 * (x + y) + sig(x) * (1 - sig(x)))
    return n / d, (dx, dn * sig(y) * (1 - sig(y)))


@misconception(
    "the slope of the sigmoid of x is added without the gradient that arrives there",
    "Each path is a product of all the slopes on it. What lies between the sigmoid of "
    "x and f?",
)
def sigx_without_upstream(x, y):
    n, d = x + sig(y), sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    q = 2 * (x + y) * dd
    return n / d, (dn + q + sig(x) * (1 - sig(x)), q + dn * sig(y) * (1 - sig(y)))
