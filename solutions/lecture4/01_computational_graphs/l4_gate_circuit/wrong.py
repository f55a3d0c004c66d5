"""The circuit 2 (xy + max(z, w)): misconceptions."""

from autograder.exercise import misconception


@misconception(
    "the gate that doubles is missing on the way back",
    "Which gate does the gradient meet first, coming from f? "
    "It multiplies what passes.",
)
def doubling_not_undone(x, y, z, w):
    return 2 * (x * y + max(z, w)), (y, x, float(z > w), float(w >= z))


@misconception(
    "only the product is doubled, not the sum",
    "What does the last gate double: one term, or the whole sum? Look at the brackets.",
)
def brackets_forgotten(x, y, z, w):
    return 2 * x * y + max(z, w), (2 * y, 2 * x, float(z > w), float(w >= z))


@misconception(
    "the max gate passes the gradient to both of its inputs",
    "Let the smaller of z and w move by a little: does f move?",
)
def both_through_max(x, y, z, w):
    return 2 * (x * y + max(z, w)), (2 * y, 2 * x, 2.0, 2.0)


@misconception(
    "the max gate passes the gradient to the smaller input",
    "Which of z and w decides the value of f? Only that one can move it.",
)
def smaller_through_max(x, y, z, w):
    return 2 * (x * y + max(z, w)), (2 * y, 2 * x, 2.0 * (z <= w), 2.0 * (w < z))


@misconception(
    "z is taken for the larger one, whatever the numbers are",
    "In the example z is the larger. Which of your lines depends on that?",
)
def always_z(x, y, z, w):
    return 2 * (x * y + max(z, w)), (2 * y, 2 * x, 2.0, 0.0)


@misconception(
    "the multiply gate is not switched: x gets x and y gets y",
    "Let x grow by a little: by how much does x * y grow?",
)
def circuit_not_switched(x, y, z, w):
    return 2 * (x * y + max(z, w)), (2 * x, 2 * y, 2.0 * (z > w), 2.0 * (w >= z))


@misconception(
    "the multiply gate passes the gradient on unchanged",
    "x and y meet in a product, not in a sum. What does that gate do to a gradient?",
)
def circuit_distributes(x, y, z, w):
    return 2 * (x * y + max(z, w)), (2.0, 2.0, 2.0 * (z > w), 2.0 * (w >= z))


@misconception(
    "the max gate multiplies the gradient by the larger value",
    "The max gate only routes. By how much does its output grow with its larger input?",
)
def max_multiplies(x, y, z, w):
    dz, dw = (2 * z, 0.0) if z > w else (0.0, 2 * w)
    return 2 * (x * y + max(z, w)), (2 * y, 2 * x, dz, dw)


@misconception(
    "the smaller of z and w is taken",
    "Compare the value on the wire behind the max gate with z and with w.",
)
def minimum_taken(x, y, z, w):
    return 2 * (x * y + min(z, w)), (2 * y, 2 * x, 2.0 * (z < w), 2.0 * (w <= z))


@misconception(
    "the gate that doubles is missing in the value",
    "Compare your f with the number at the right end of the drawing.",
)
def doubling_missing(x, y, z, w):
    return x * y + max(z, w), (2 * y, 2 * x, 2.0 * (z > w), 2.0 * (w >= z))


@misconception(
    "the numbers of the example are returned, whatever goes in",
    "Call your function with other inputs: does anything change?",
)
def circuit_hard_coded(x, y, z, w):
    return -20.0, (-8.0, 6.0, 2.0, 0.0)


@misconception(
    "the gradients are measured with small steps, not computed by the chain rule",
    "Start at f with a gradient of one. What does each gate send back to its inputs?",
)
def differences_for_gradients(x, y, z, w):
    h = 1e-5

    def f(x, y, z, w):
        return 2 * (x * y + max(z, w))

    dx = (f(x + h, y, z, w) - f(x - h, y, z, w)) / (2 * h)
    dy = (f(x, y + h, z, w) - f(x, y - h, z, w)) / (2 * h)
    dz = (f(x, y, z + h, w) - f(x, y, z - h, w)) / (2 * h)
    dw = (f(x, y, z, w + h) - f(x, y, z, w - h)) / (2 * h)
    return f(x, y, z, w), (dx, dy, dz, dw)


@misconception(
    "at a tie the max gate passes the whole gradient to both inputs",
    "Where z and w are equal they have to share. What do your two gradients add up to?",
)
def both_at_a_tie(x, y, z, w):
    return 2 * (x * y + max(z, w)), (2 * y, 2 * x, 2.0 * (z >= w), 2.0 * (w >= z))


@misconception(
    "w gets the same gradient as z",
    "Only one input of the max gate gets the gradient. For z above w, what does w get?",
)
def w_like_z(x, y, z, w):
    dz = 2.0 * (z > w)
    return 2 * (x * y + max(z, w)), (2 * y, 2 * x, dz, dz)
