"""The loss of (ax + by) cz and its gradients: misconceptions."""

from autograder.exercise import misconception


@misconception(
    "the sign of the gradient of (t - f)**2 is wrong",
    "If f lies below t, must the loss rise or fall when f grows? "
    "Mind the minus inside the brackets.",
)
def sign_of_the_loss(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    df = 2 * (t - q * r)
    return (t - q * r) ** 2, (df * r * x, df * r * y, df * q * z)


@misconception(
    "the factor of the square is missing in the gradient",
    "What is the derivative of u squared with respect to u?",
)
def factor_of_the_square(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    df = q * r - t
    return (t - q * r) ** 2, (df * r * x, df * r * y, df * q * z)


@misconception(
    "t - f is returned, without the square",
    "How small can t - f become? A loss needs a lower bound.",
)
def without_the_square(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    return t - q * r, (-r * x, -r * y, -q * z)


@misconception(
    "the loss is squared, but the gradients are those of t - f",
    "Your backward pass starts at f. Which gate stands between f and the loss?",
)
def starts_after_the_square(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    return (t - q * r) ** 2, (-r * x, -r * y, -q * z)


@misconception(
    "the gradients of f are returned, without the loss behind it",
    "The gradients asked for are those of the loss. "
    "With what is each of yours still to be multiplied?",
)
def gradients_of_f(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    return (t - q * r) ** 2, (r * x, r * y, q * z)


@misconception(
    "the multiply gates are not switched, so the gradients are those of x, y and z",
    "At the gate a * x, what is the slope with respect to a? "
    "A multiply gate switches its inputs.",
)
def weights_not_switched(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    df = -2 * (t - q * r)
    return (t - q * r) ** 2, (df * r * a, df * r * b, df * q * c)


@misconception(
    "the gradient stops at the add gate: x and y are left out",
    "One gate is left between the sum and a. Which?",
)
def stops_at_the_sum(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    df = -2 * (t - q * r)
    return (t - q * r) ** 2, (df * r, df * r, df * q)


@misconception(
    "the factor cz is left out on the way to a and b",
    "Which gate does the gradient pass between f and the sum? "
    "It multiplies by its other input.",
)
def factor_cz_left_out(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    df = -2 * (t - q * r)
    return (t - q * r) ** 2, (df * x, df * y, df * q * z)


@misconception(
    "z is left out of the gradient of c",
    "c reaches f through two gates. What does the first of them multiply by?",
)
def z_left_out(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    df = -2 * (t - q * r)
    return (t - q * r) ** 2, (df * r * x, df * r * y, df * q)


@misconception(
    "c is left out of the value",
    "Write down f for a, b, c, x, y, z: how many factors stand behind the brackets?",
)
def c_left_out(a, b, c, x, y, z, t):
    q = a * x + b * y
    df = -2 * (t - q * z)
    return (t - q * z) ** 2, (df * z * x, df * z * y, df * q * z)


@misconception(
    "half of the squared difference is taken as the loss",
    "Some texts use a half to cancel the factor of the square. "
    "Which loss does the exercise name?",
)
def half_square(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    df = q * r - t
    return 0.5 * (t - q * r) ** 2, (df * r * x, df * r * y, df * q * z)


@misconception(
    "only the multiplication by x and y is in the brackets, not the sum",
    "Is b * y multiplied by cz as well? Look at the brackets.",
)
def sum_taken_last(a, b, c, x, y, z, t):
    f = a * x + b * y * c * z
    df = -2 * (t - f)
    return (t - f) ** 2, (df * x, df * y * c * z, df * b * y * z)


@misconception(
    "the gradients are measured with small steps, not computed by the chain rule",
    "Start at the loss with a gradient of one. What does each gate send back to its "
    "inputs?",
)
def differences_for_gradients(a, b, c, x, y, z, t):
    h = 1e-5

    def loss(a, b, c):
        return (t - (a * x + b * y) * c * z) ** 2

    da = (loss(a + h, b, c) - loss(a - h, b, c)) / (2 * h)
    db = (loss(a, b + h, c) - loss(a, b - h, c)) / (2 * h)
    dc = (loss(a, b, c + h) - loss(a, b, c - h)) / (2 * h)
    return loss(a, b, c), (da, db, dc)


@misconception(
    "the gradient of b uses x, which a multiplies",
    "Which input does b multiply? Compare your lines for da and db.",
)
def x_for_both(a, b, c, x, y, z, t):
    e = t - (a * x + b * y) * c * z
    da = -2 * e * c * z * x
    return e**2, (da, da, -2 * e * (a * x + b * y) * z)
