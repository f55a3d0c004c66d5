"""The records of notebook ``lecture4/01_computational_graphs``: gates and branches."""

# Classes here are students' classes, or group functions that have no self:
# ruff: noqa: D106, N801, N805

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.exercise.record import Exercise
from autograder.exercise.student import CheckFailed, Student

NOTEBOOK = "lecture4/01_computational_graphs"
APART = 0.2  # ordinary inputs of a max stay at least this far from a tie


def ask_value(student: Student, name: str, args: Sequence[Any], want: float) -> None:
    """Ask for ``(value, gradients)`` and judge the value alone."""
    student.expect(_pair(student, name, args, 0), want, "the value")


def ask_gradients(
    student: Student,
    name: str,
    args: Sequence[Any],
    want: Sequence[float],
    parts: Sequence[str],
) -> None:
    """Ask for ``(value, gradients)`` and judge the gradients alone."""
    student.expect(_pair(student, name, args, 1), want, "gradients", parts=parts)


def _pair(student: Student, name: str, args: Sequence[Any], part: int) -> Any:
    got = student.call(name, *args)
    if not isinstance(got, tuple | list) or len(got) != 2:
        raise CheckFailed(
            f"{name}: expected two things, a value and a tuple of gradients", "type"
        )
    # The other part is not this check's matter, nor its explanation's.
    student.transcript[-1] = [got[part]]
    return got[part]


def numbers(rng: np.random.Generator, count: int) -> list[float]:
    """Draw numbers of both signs, none near 0, 1 or each other's size."""
    while True:
        drawn = rng.uniform(1.3, 5, size=count) * rng.choice([-1, 1], size=count)
        sizes = np.sort(np.abs(drawn))
        if count == 1 or np.diff(sizes).min() > APART:
            return [float(v) for v in drawn]


# (x + y) z ------------------------------------------------------------------------

xyz = Exercise(
    "l4_xyz",
    NOTEBOOK,
    2,
    ("f_xyz",),
    title="(x + y) z, forwards and backwards",
    returns={"f_xyz": ("f", "gradients")},
)
XYZ = ("dx", "dy", "dz")


@xyz.reference
def f_xyz(x, y, z):
    """Expand the product: f = x z + y z, so that nothing is shared with q."""
    return x * z + y * z, (z, z, x + y)


@xyz.check("the value of f", 0.6)
def _xyz_value(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        args = numbers(rng, 3)
        ask_value(student, "f_xyz", args, f_xyz(*args)[0])


@xyz.check("the gradients", 1.0)
def _xyz_gradients(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        args = numbers(rng, 3)
        ask_gradients(student, "f_xyz", args, f_xyz(*args)[1], XYZ)


@xyz.check("whole numbers and zeros", 0.4)
def _xyz_zeros(student: Student, rng: np.random.Generator) -> None:
    a, b = (int(v) for v in rng.integers(2, 9, size=2))
    for args in ((0, 0, a), (a, b, 0), (a, -a, b), (0, a, b)):
        ask_value(student, "f_xyz", args, f_xyz(*args)[0])
        ask_gradients(student, "f_xyz", args, f_xyz(*args)[1], XYZ)


@xyz.misconception(
    "the brackets are missing: x + y * z is computed",
    "Which of the two operations is the first gate in the drawing? "
    "Compare your q with the number on its wire.",
)
def brackets_missing(x, y, z):
    f = x + y * z
    return f, (1.0, z, y)


@xyz.misconception(
    "the gradient that arrives at the add gate is left out",
    "What flows back into the add gate is not one. "
    "By how much does f move when q moves by a little?",
)
def upstream_left_out(x, y, z):
    q = x + y
    return q * z, (1.0, 1.0, q)


@xyz.misconception(
    "each input of the product gets itself as its gradient, not the other one",
    "Let z grow a little while q stays: by how much does the product grow?",
)
def product_not_switched(x, y, z):
    q = x + y
    return q * z, (q, q, z)


@xyz.misconception(
    "the add gate multiplies the gradient by the value of its input",
    "What is the slope of a sum with respect to one of its terms? "
    "Does it depend on that term?",
)
def add_scales(x, y, z):
    q = x + y
    return q * z, (z * x, z * y, q)


@xyz.misconception(
    "the gradients come in the order of the backward pass, not x, y, z",
    "Compare the order in your return line with the one in the docstring.",
)
def order_of_the_pass(x, y, z):
    q = x + y
    return q * z, (q, z, z)


@xyz.misconception(
    "the add gate divides the gradient between its inputs",
    "If x grows by a little, by how much does x + y grow? Half as much?",
)
def add_divides(x, y, z):
    q = x + y
    return q * z, (z / 2, z / 2, q)


@xyz.misconception(
    "the numbers of the example are returned, whatever goes in",
    "Call your function with other inputs: does anything change?",
)
def example_hard_coded(x, y, z):
    return -12.0, (-4.0, -4.0, 3.0)


@xyz.misconception(
    "four numbers are returned where a value and a tuple are asked for",
    "The gradients belong together in a tuple of their own. "
    "Look at the Returns part of the docstring.",
)
def flat_result(x, y, z):
    q = x + y
    return q * z, z, z, q


@xyz.misconception(
    "the gradients are changes of f for a step of one in each input, all at once",
    "Change one input at a time, and by very little. What do the others do meanwhile?",
)
def gradient_times_input(x, y, z):
    q = x + y
    return q * z, (x * z, y * z, z * q)


@xyz.variant("every step with its name")
def staged_xyz(x, y, z):
    q = x + y
    f = q * z
    df = 1.0
    dq = z * df
    dz = q * df
    dx = 1.0 * dq
    dy = 1.0 * dq
    return f, (dx, dy, dz)


@xyz.variant("NumPy scalars and an array of gradients")
def with_numpy(x, y, z):
    q = np.add(x, y)
    return np.multiply(q, z), np.array([z, z, q])


@xyz.variant("a list of gradients and a 0-d array")
def with_list(x, y, z):
    return np.array((x + y) * z), [z, z, x + y]


# (ax + by) cz with a squared loss -------------------------------------------------

axbycz = Exercise(
    "l4_axbycz",
    NOTEBOOK,
    3,
    ("loss_axbycz",),
    title="The loss of (ax + by) cz and its gradients",
    size="loss",
    returns={"loss_axbycz": ("L", "gradients")},
)
ABC = ("da", "db", "dc")


@axbycz.reference
def loss_axbycz(a, b, c, x, y, z, t):
    """Expand f = a c x z + b c y z, then differentiate (t - f)**2 term by term."""
    f = a * c * x * z + b * c * y * z
    slope = 2 * f - 2 * t
    return (
        t * t - 2 * t * f + f * f,
        (slope * c * x * z, slope * c * y * z, slope * (a * x * z + b * y * z)),
    )


def _problem(rng: np.random.Generator) -> list[float]:
    while True:
        drawn = numbers(rng, 7)
        a, b, c, x, y, z, t = drawn
        f = (a * x + b * y) * c * z
        if abs(a * x + b * y) > 0.5 and abs(t - f) > 0.5:
            return drawn


@axbycz.check("the loss", 0.7)
def _axbycz_loss(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        args = _problem(rng)
        ask_value(student, "loss_axbycz", args, loss_axbycz(*args)[0])


@axbycz.check("the gradients of a and b", 0.9)
def _axbycz_ab(student: Student, rng: np.random.Generator) -> None:
    _ask_some(student, rng, slice(0, 2))


@axbycz.check("the gradient of c", 0.7)
def _axbycz_c(student: Student, rng: np.random.Generator) -> None:
    _ask_some(student, rng, slice(2, 3))


@axbycz.check("a target that is met exactly, and inputs of zero", 0.7)
def _axbycz_edges(student: Student, rng: np.random.Generator) -> None:
    a, b, x, y, z = (int(v) for v in rng.integers(1, 6, size=5))
    for args in (
        (a, b, 2, x, y, z, (a * x + b * y) * 2 * z),
        (a, b, 1, 0, 0, z, 3),
        (a, b, 0, x, y, z, 4),
        (a, b, 1, x, y, z, 0),
    ):
        loss, grads = loss_axbycz(*args)
        ask_value(student, "loss_axbycz", args, loss)
        ask_gradients(student, "loss_axbycz", args, grads, ABC)


def _ask_some(student: Student, rng: np.random.Generator, which: slice) -> None:
    for _ in range(3):
        args = _problem(rng)
        got = _pair(student, "loss_axbycz", args, 1)
        if not isinstance(got, tuple | list | np.ndarray) or len(got) != 3:
            student.expect(got, loss_axbycz(*args)[1], "gradients", parts=ABC)
        got, want = list(got)[which], loss_axbycz(*args)[1][which]
        student.transcript[-1] = [got]
        student.expect(got, want, "gradients", parts=ABC[which])


@axbycz.misconception(
    "the sign of the gradient of (t - f)**2 is wrong",
    "If f lies below t, must the loss rise or fall when f grows? "
    "Mind the minus inside the brackets.",
)
def sign_of_the_loss(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    df = 2 * (t - q * r)
    return (t - q * r) ** 2, (df * r * x, df * r * y, df * q * z)


@axbycz.misconception(
    "the factor of the square is missing in the gradient",
    "What is the derivative of u squared with respect to u?",
)
def factor_of_the_square(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    df = q * r - t
    return (t - q * r) ** 2, (df * r * x, df * r * y, df * q * z)


@axbycz.misconception(
    "t - f is returned, without the square",
    "How small can t - f become? A loss needs a lower bound.",
)
def without_the_square(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    return t - q * r, (-r * x, -r * y, -q * z)


@axbycz.misconception(
    "the loss is squared, but the gradients are those of t - f",
    "Your backward pass starts at f. Which gate stands between f and the loss?",
)
def starts_after_the_square(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    return (t - q * r) ** 2, (-r * x, -r * y, -q * z)


@axbycz.misconception(
    "the gradients of f are returned, without the loss behind it",
    "The gradients asked for are those of the loss. "
    "With what is each of yours still to be multiplied?",
)
def gradients_of_f(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    return (t - q * r) ** 2, (r * x, r * y, q * z)


@axbycz.misconception(
    "the last multiply gates give each weight its own value, not the other input",
    "At the gate a * x, what is the slope with respect to a? "
    "A multiply gate switches its inputs.",
)
def weights_not_switched(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    df = -2 * (t - q * r)
    return (t - q * r) ** 2, (df * r * a, df * r * b, df * q * c)


@axbycz.misconception(
    "the gradient stops at the add gate: x and y are left out",
    "One gate is left between the sum and a. Which?",
)
def stops_at_the_sum(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    df = -2 * (t - q * r)
    return (t - q * r) ** 2, (df * r, df * r, df * q)


@axbycz.misconception(
    "the factor cz is left out on the way to a and b",
    "Which gate does the gradient pass between f and the sum? "
    "It multiplies by its other input.",
)
def factor_cz_left_out(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    df = -2 * (t - q * r)
    return (t - q * r) ** 2, (df * x, df * y, df * q * z)


@axbycz.misconception(
    "z is left out of the gradient of c",
    "c reaches f through two gates. What does the first of them multiply by?",
)
def z_left_out(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    df = -2 * (t - q * r)
    return (t - q * r) ** 2, (df * r * x, df * r * y, df * q)


@axbycz.misconception(
    "c is left out of the value",
    "Write down f for a, b, c, x, y, z: how many factors stand behind the brackets?",
)
def c_left_out(a, b, c, x, y, z, t):
    q = a * x + b * y
    df = -2 * (t - q * z)
    return (t - q * z) ** 2, (df * z * x, df * z * y, df * q * z)


@axbycz.misconception(
    "half of the squared difference is taken as the loss",
    "Some texts use a half to cancel the factor of the square. "
    "Which loss does the exercise name?",
)
def half_square(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    df = q * r - t
    return 0.5 * (t - q * r) ** 2, (df * r * x, df * r * y, df * q * z)


@axbycz.misconception(
    "the gradients are those of x, y and z, not of a, b and c",
    "Training changes the weights and leaves the data alone. "
    "Which of the inputs are the weights?",
)
def gradients_of_the_data(a, b, c, x, y, z, t):
    q, r = a * x + b * y, c * z
    df = -2 * (t - q * r)
    return (t - q * r) ** 2, (df * r * a, df * r * b, df * q * c)


@axbycz.misconception(
    "only the multiplication by x and y is in the brackets, not the sum",
    "Is b * y multiplied by cz as well? Look at the brackets.",
)
def sum_taken_last(a, b, c, x, y, z, t):
    f = a * x + b * y * c * z
    df = -2 * (t - f)
    return (t - f) ** 2, (df * x, df * y * c * z, df * b * y * z)


@axbycz.variant("gate by gate")
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


@axbycz.variant("f - t in place of t - f")
def other_way_round(a, b, c, x, y, z, t):
    difference = (a * x + b * y) * (c * z) - t
    da = 2 * difference * c * z * x
    db = 2 * difference * c * z * y
    dc = 2 * difference * (a * x + b * y) * z
    return difference * difference, [da, db, dc]


@axbycz.variant("the square as a multiply gate with one input twice")
def square_as_product(a, b, c, x, y, z, t):
    q = a * x + b * y
    d = t - q * c * z
    dd = d + d
    return d * d, (-dd * c * z * x, -dd * c * z * y, -dd * q * z)


@axbycz.variant("dot products and an array of gradients")
def with_arrays(a, b, c, x, y, z, t):
    w, v = np.array([a, b], dtype=float), np.array([x, y], dtype=float)
    q = w @ v
    df = -2 * (t - q * c * z)
    return float((t - q * c * z) ** 2), np.array([*(df * c * z * v), df * q * z])


@axbycz.variant("np.square and 0-d arrays")
def zero_d(a, b, c, x, y, z, t):
    f = np.asarray((a * x + b * y) * c * z)
    up = 2 * (f - t)
    return np.square(t - f), (up * x * c * z, up * y * c * z, up * z * (a * x + b * y))


# Gates as classes -----------------------------------------------------------------

gates = Exercise(
    "l4_gates",
    NOTEBOOK,
    6,
    ("AddGate", "MultiplyGate", "MaxGate"),
    title="Add, multiply and max gates with forward and backward",
    size="loss",
)


@gates.reference
class AddGate:
    """The slope of a sum with respect to each term is one."""

    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return 1 * dout, 1 * dout


@gates.reference
class MultiplyGate:
    """The slope of a product with respect to one factor is the other."""

    def forward(self, x, y):
        self.inputs = x, y
        return x * y

    def backward(self, dout):
        x, y = self.inputs
        return y * dout, x * dout


@gates.reference
class MaxGate:
    """The slope is one for the larger input and zero for the other."""

    def forward(self, x, y):
        self.first = x >= y
        return x if self.first else y

    def backward(self, dout):
        return (dout, 0 * dout) if self.first else (0 * dout, dout)


def _forward(student: Student, rng: np.random.Generator, name: str, rule: Any) -> None:
    for _ in range(3):
        x, y = numbers(rng, 2)
        out = student.fetch(student.keep(name).method("forward", x, y))
        student.expect(out, rule(x, y), "forward")


def _backward(student: Student, rng: np.random.Generator, name: str, rule: Any) -> None:
    for _ in range(4):
        x, y, dout = numbers(rng, 3)
        gate = student.keep(name)
        gate.method("forward", x, y)
        grads = student.fetch(gate.method("backward", dout))
        student.expect(grads, rule(x, y, dout), "backward", parts=("dx", "dy"))


def _add(x: float, y: float, dout: float) -> tuple[float, float]:
    return dout, dout


def _multiply(x: float, y: float, dout: float) -> tuple[float, float]:
    return dout * y, dout * x


def _max(x: float, y: float, dout: float) -> tuple[float, float]:
    return (dout, 0.0) if x > y else (0.0, dout)


@gates.check("the add gate, forwards", 0.4)
def _add_forward(student: Student, rng: np.random.Generator) -> None:
    _forward(student, rng, "AddGate", lambda x, y: x + y)


@gates.check("the add gate, backwards", 0.6)
def _add_backward(student: Student, rng: np.random.Generator) -> None:
    _backward(student, rng, "AddGate", _add)


@gates.check("the multiply gate, forwards", 0.4)
def _multiply_forward(student: Student, rng: np.random.Generator) -> None:
    _forward(student, rng, "MultiplyGate", lambda x, y: x * y)


@gates.check("the multiply gate, backwards", 1.1)
def _multiply_backward(student: Student, rng: np.random.Generator) -> None:
    _backward(student, rng, "MultiplyGate", _multiply)


@gates.check("the max gate, forwards", 0.4)
def _max_forward(student: Student, rng: np.random.Generator) -> None:
    _forward(student, rng, "MaxGate", max)


@gates.check("the max gate, backwards", 1.1)
def _max_backward(student: Student, rng: np.random.Generator) -> None:
    for sign in (1, -1):
        x, dout = numbers(rng, 2)
        y = x + sign * float(rng.uniform(0.5, 2))
        for up in (dout, 0.0):
            gate = student.keep("MaxGate")
            gate.method("forward", x, y)
            grads = student.fetch(gate.method("backward", up))
            student.expect(grads, _max(x, y, up), "backward", parts=("dx", "dy"))
    _backward(student, rng, "MaxGate", _max)


@gates.check("a max gate whose inputs are equal", 0.4)
def _max_tie(student: Student, rng: np.random.Generator) -> None:
    # Every split of the gradient between the two is a subgradient.
    for _ in range(3):
        x, dout = numbers(rng, 2)
        gate = student.keep("MaxGate")
        out = gate.method("forward", x, x)
        out, grads = student.fetch(out, gate.method("backward", dout))
        student.expect(out, x, "forward at a tie")
        expect_split(student, grads, dout, ("dx", "dy"))


def expect_split(
    student: Student, got: Any, whole: float, parts: tuple[str, str]
) -> None:
    """Require two numbers of one sign that add up to `whole`."""
    if not isinstance(got, tuple | list | np.ndarray) or len(got) != 2:
        student.expect(got, (whole, 0.0), "gradients at a tie", parts=parts)
    first, second = (student.number(g, p) for g, p in zip(got, parts, strict=True))
    share = first / whole
    student.require(
        -1e-9 <= share <= 1 + 1e-9,
        f"{parts[0]}: at a tie an input gets none, all or a part of the gradient",
    )
    student.expect(first + second, whole, f"{parts[0]} + {parts[1]} at a tie")


@gates.check("two gates of one kind, each with its own cache", 0.8)
def _own_cache(student: Student, rng: np.random.Generator) -> None:
    for name, rule in (("MultiplyGate", _multiply), ("MaxGate", _max)):
        a, b, c, d, up, down = numbers(rng, 6)
        if name == "MaxGate":
            (a, b), (c, d) = sorted((a, b)), sorted((c, d), reverse=True)
        one, two = student.keep(name), student.keep(name)
        one.method("forward", a, b)
        two.method("forward", c, d)
        first, second = student.fetch(
            one.method("backward", up), two.method("backward", down)
        )
        student.expect(first, rule(a, b, up), "first gate", parts=("dx", "dy"))
        student.expect(second, rule(c, d, down), "second gate", parts=("dx", "dy"))


@gates.check("forward twice, then backward: the last inputs count", 0.8)
def _latest(student: Student, rng: np.random.Generator) -> None:
    for name, rule in (("MultiplyGate", _multiply), ("MaxGate", _max)):
        a, b, c, d, up, _ = numbers(rng, 6)
        if name == "MaxGate":
            (a, b), (c, d) = sorted((a, b)), sorted((c, d), reverse=True)
        gate = student.keep(name)
        gate.method("forward", a, b)
        gate.method("forward", c, d)
        grads = student.fetch(gate.method("backward", up))
        student.expect(grads, rule(c, d, up), "backward", parts=("dx", "dy"))


@gates.misconception(
    "the multiply gate gives each input its own value, not the other's",
    "Let x grow by a little and keep y: by how much does the product grow?",
    of="MultiplyGate",
)
class not_switched:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, dout):
        return self.x * dout, self.y * dout


@gates.misconception(
    "the multiply gate returns its local gradients, without what flows in from above",
    "The chain rule has two factors at each gate. Where do you use dout?",
    of="MultiplyGate",
)
class multiply_without_upstream:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, dout):
        return self.y, self.x


@gates.misconception(
    "the multiply gate passes the gradient on unchanged, like an add gate",
    "Is the slope of a product with respect to x always one?",
    of="MultiplyGate",
)
class multiply_distributes:
    def forward(self, x, y):
        return x * y

    def backward(self, dout):
        return dout, dout


@gates.misconception(
    "the cache of the multiply gate stands on the class, so that all gates share it",
    "Make two gates, run both forwards, then the first one backwards. "
    "Whose inputs does it use?",
    of="MultiplyGate",
)
class multiply_shares:
    x, y = 0.0, 0.0

    def forward(self, x, y):
        type(self).x, type(self).y = x, y
        return x * y

    def backward(self, dout):
        return type(self).y * dout, type(self).x * dout


@gates.misconception(
    "the multiply gate keeps the inputs of its first call for ever",
    "When forward runs a second time, what should the cache hold?",
    of="MultiplyGate",
)
class multiply_keeps_the_first:
    def forward(self, x, y):
        if not hasattr(self, "cache"):
            self.cache = (x, y)
        return x * y

    def backward(self, dout):
        x, y = self.cache
        return y * dout, x * dout


@gates.misconception(
    "the multiply gate multiplies by its output",
    "What did forward keep: its inputs or its result? "
    "Write down the slope of x * y with respect to x.",
    of="MultiplyGate",
)
class multiply_by_output:
    def forward(self, x, y):
        self.out = x * y
        return self.out

    def backward(self, dout):
        return self.out * dout, self.out * dout


@gates.misconception(
    "the add gate divides the gradient between its inputs",
    "If x grows by a little, by how much does x + y grow? Half as much?",
    of="AddGate",
)
class add_halves:
    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return dout / 2, dout / 2


@gates.misconception(
    "the add gate returns ones, without what flows in from above",
    "The chain rule has two factors at each gate. Where do you use dout?",
    of="AddGate",
)
class add_without_upstream:
    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return 1.0, 1.0


@gates.misconception(
    "the add gate multiplies the gradient by the values of its inputs",
    "What is the slope of x + y with respect to x? Does it depend on x?",
    of="AddGate",
)
class add_by_inputs:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x + y

    def backward(self, dout):
        return self.x * dout, self.y * dout


@gates.misconception(
    "the add gate returns one gradient instead of one for each input",
    "How many inputs has the gate, and how many gradients does backward owe?",
    of="AddGate",
)
class add_returns_one:
    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return dout


@gates.misconception(
    "the max gate sends the gradient to the smaller input",
    "Which of the two inputs decides the output? Only that one can move it.",
    of="MaxGate",
)
class max_to_the_smaller:
    def forward(self, x, y):
        self.x, self.y = x, y
        return max(x, y)

    def backward(self, dout):
        return (0.0, dout) if self.x > self.y else (dout, 0.0)


@gates.misconception(
    "the max gate sends the gradient to both inputs",
    "Let the smaller input move by a little: does the maximum move?",
    of="MaxGate",
)
class max_to_both:
    def forward(self, x, y):
        return max(x, y)

    def backward(self, dout):
        return dout, dout


@gates.misconception(
    "the max gate returns ones and zeros, without what flows in from above",
    "A router passes on what arrives. Where do you use dout?",
    of="MaxGate",
)
class max_without_upstream:
    def forward(self, x, y):
        self.x, self.y = x, y
        return max(x, y)

    def backward(self, dout):
        return (1.0, 0.0) if self.x >= self.y else (0.0, 1.0)


@gates.misconception(
    "the max gate multiplies the gradient by the larger value",
    "Let the larger input grow by a little: by how much does the maximum grow?",
    of="MaxGate",
)
class max_by_value:
    def forward(self, x, y):
        self.x, self.y = x, y
        return max(x, y)

    def backward(self, dout):
        if self.x >= self.y:
            return self.x * dout, 0.0
        return 0.0, self.y * dout


@gates.misconception(
    "the max gate always sends the gradient to its second input",
    "In the example the second input is the larger one. What if it is not?",
    of="MaxGate",
)
class max_to_the_second:
    def forward(self, x, y):
        return max(x, y)

    def backward(self, dout):
        return 0.0, dout


@gates.misconception(
    "the cache of the max gate stands on the class, so that all gates share it",
    "Make two gates, run both forwards, then the first one backwards. "
    "Whose inputs does it use?",
    of="MaxGate",
)
class max_shares:
    cache = []  # noqa: RUF012 - the mistake itself

    def forward(self, x, y):
        self.cache[:] = [x, y]
        return max(x, y)

    def backward(self, dout):
        x, y = self.cache
        return (dout, 0.0) if x >= y else (0.0, dout)


@gates.misconception(
    "the max gate returns the full gradient for both inputs at a tie",
    "At a tie the inputs have to share. What do your two gradients add up to?",
    of="MaxGate",
)
class max_both_at_tie:
    def forward(self, x, y):
        self.x, self.y = x, y
        return max(x, y)

    def backward(self, dout):
        return (self.x >= self.y) * dout, (self.y >= self.x) * dout


@gates.misconception(
    "the max gate compares sizes and forgets the signs",
    "Is minus five larger than two? Compare your forward with Python's own max.",
    of="MaxGate",
)
class max_of_sizes:
    def forward(self, x, y):
        self.first = abs(x) >= abs(y)
        return x if self.first else y

    def backward(self, dout):
        return (dout, 0.0) if self.first else (0.0, dout)


@gates.variant("the cache as a tuple")
class cache_as_tuple:
    class AddGate:
        def forward(self, x, y):
            self.cache = (x, y)
            return x + y

        def backward(self, dout):
            return dout, dout

    class MultiplyGate:
        def forward(self, x, y):
            self.cache = (x, y)
            return x * y

        def backward(self, dout):
            x, y = self.cache
            return dout * y, dout * x

    class MaxGate:
        def forward(self, x, y):
            self.cache = (x, y)
            return max(x, y)

        def backward(self, dout):
            x, y = self.cache
            if x > y:
                return dout, 0
            return 0, dout


@gates.variant("local gradients kept in place of inputs")
class local_gradients_kept:
    class AddGate:
        def forward(self, x, y):
            self.local = np.array([1.0, 1.0])
            return x + y

        def backward(self, dout):
            return dout * self.local

    class MultiplyGate:
        def forward(self, x, y):
            self.local = np.array([y, x])
            return np.multiply(x, y)

        def backward(self, dout):
            return dout * self.local

    class MaxGate:
        def forward(self, x, y):
            self.local = np.array([x >= y, x < y])
            return np.maximum(x, y)

        def backward(self, dout):
            return dout * self.local


@gates.variant("the gradient divided at a tie", of="MaxGate")
class tie_divided:
    def forward(self, x, y):
        self.x, self.y = x, y
        return max(x, y)

    def backward(self, dout):
        if self.x == self.y:
            return dout / 2, dout / 2
        return (dout, 0.0) if self.x > self.y else (0.0, dout)


@gates.variant("a comparison with the output that was kept", of="MaxGate")
class output_kept:
    def forward(self, x, y):
        self.x, self.out = x, max(x, y)
        return self.out

    def backward(self, dout):
        first = self.x == self.out
        return [dout * first, dout * (not first)]


@gates.variant("a dict as the cache, set up in __init__", of="MultiplyGate")
class cache_as_dict:
    def __init__(self):
        self.cache = {}

    def forward(self, x, y):
        self.cache["x"], self.cache["y"] = x, y
        return y * x

    def backward(self, dout):
        dx = dout * self.cache["y"]
        dy = dout * self.cache["x"]
        return dx, dy


# Branches -------------------------------------------------------------------------

branch = Exercise(
    "l4_branch",
    NOTEBOOK,
    2,
    ("branch_backward", "f_branch"),
    title="Gradients add at a branch",
    returns={"f_branch": ("f", "gradients")},
)


@branch.reference
def branch_backward(upstream):
    """Add what comes back along each wire, one after the other."""
    total = 0.0
    for gradient in upstream:
        total = total + float(gradient)
    return total


@branch.reference
def f_branch(x, y):
    """Factored: f = x (y + x)."""
    return x * (y + x), (y + 2 * x, x)


@branch.check("the gradients of two and three wires", 0.4)
def _some_wires(student: Student, rng: np.random.Generator) -> None:
    for count in (2, 3, 3):
        student.agrees("branch_backward", numbers(rng, count))


@branch.check("one wire, many wires, an array of them", 0.3)
def _other_wires(student: Student, rng: np.random.Generator) -> None:
    student.agrees("branch_backward", numbers(rng, 1))
    student.agrees("branch_backward", tuple(numbers(rng, 7)))
    student.agrees("branch_backward", rng.standard_normal(5))
    student.agrees("branch_backward", [3, -3, 0])


@branch.check("the value of x*y + x*x", 0.4)
def _branch_value(student: Student, rng: np.random.Generator) -> None:
    for args in (numbers(rng, 2), numbers(rng, 2), (0, 3), (2, -2)):
        ask_value(student, "f_branch", args, f_branch(*args)[0])


@branch.check("the gradients of x*y + x*x", 0.9)
def _branch_gradients(student: Student, rng: np.random.Generator) -> None:
    for args in (numbers(rng, 2), numbers(rng, 2), numbers(rng, 2), (0, 3), (2, -4)):
        ask_gradients(student, "f_branch", args, f_branch(*args)[1], ("dx", "dy"))


@branch.misconception(
    "the gradients of the wires are multiplied",
    "Along one path factors are multiplied. What happens where two paths meet?",
    of="branch_backward",
)
def wires_multiplied(upstream):
    total = 1.0
    for gradient in upstream:
        total *= gradient
    return total


@branch.misconception(
    "the mean of the wires is taken",
    "Each wire moves the output by its own amount. "
    "Does a further wire make the others weaker?",
    of="branch_backward",
)
def wires_averaged(upstream):
    return np.mean(upstream)


@branch.misconception(
    "the largest gradient is taken, as if the branch were a max gate",
    "All wires carry the same value forward. Does only one of them move the output?",
    of="branch_backward",
)
def largest_wire(upstream):
    return max(upstream)


@branch.misconception(
    "the gradient of the last wire replaces the others",
    "Look for an = where the gradients should be gathered.",
    of="branch_backward",
)
def last_wire(upstream):
    for gradient in upstream:
        dx = gradient
    return dx


@branch.misconception(
    "only the first two wires are counted",
    "How many wires can leave a branch? Try your function with three.",
    of="branch_backward",
)
def two_wires(upstream):
    return upstream[0] + (upstream[1] if len(upstream) > 1 else 0.0)


@branch.misconception(
    "the product x*x sends back one of its two gradients only",
    "x enters that multiply gate twice, by two wires. What comes back along each?",
    of="f_branch",
)
def one_wire_of_the_square(x, y):
    return x * y + x * x, (y + x, x)


@branch.misconception(
    "the second path replaces the first in the gradient of x",
    "x reaches f by more than one path. Is your dx gathered or overwritten?",
    of="f_branch",
)
def path_replaced(x, y):
    dx = y
    dx = 2 * x
    return x * y + x * x, (dx, x)


@branch.misconception(
    "the path through x*x is left out",
    "By how many wires does x leave for other gates? Count them in the drawing.",
    of="f_branch",
)
def path_left_out(x, y):
    return x * y + x * x, (y, x)


@branch.misconception(
    "the paths are multiplied instead of added",
    "Along a path factors are multiplied. What happens to the results of two paths?",
    of="f_branch",
)
def paths_multiplied(x, y):
    return x * y + x * x, (y * 2 * x, x)


@branch.misconception(
    "the gradient of y is y itself",
    "A multiply gate switches its inputs. With what is y multiplied?",
    of="f_branch",
)
def dy_not_switched(x, y):
    return x * y + x * x, (y + 2 * x, y)


@branch.variant("NumPy's sum and the derivative written down")
class with_numpy_sum:
    def branch_backward(upstream):
        return np.sum(upstream)

    def f_branch(x, y):
        return x * y + x**2, (y + 2 * x, x)


@branch.variant("a loop, and one line for each wire")
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


@branch.variant("the built-in sum, factored")
class factored:
    def branch_backward(upstream):
        return sum(upstream)

    def f_branch(x, y):
        s = x + y
        return x * s, [s + x, x]


# The gate circuit of the notes ----------------------------------------------------

circuit = Exercise(
    "l4_gate_circuit",
    NOTEBOOK,
    3,
    ("gate_circuit",),
    title="The circuit 2 (xy + max(z, w))",
    size="loss",
    returns={"gate_circuit": ("f", "gradients")},
)
XYZW = ("dx", "dy", "dz", "dw")


@circuit.reference
def gate_circuit(x, y, z, w):
    """Take the two terms apart: f = 2xy + 2 max(z, w)."""
    first = z > w
    return 2 * x * y + 2 * (z if first else w), (
        2 * y,
        2 * x,
        2 if first else 0,
        0 if first else 2,
    )


def _ordered(rng: np.random.Generator, z_first: bool) -> list[float]:
    x, y, z, w = numbers(rng, 4)
    low, high = sorted((z, w))
    return [x, y, high, low] if z_first else [x, y, low, high]


@circuit.check("the value of f", 0.6)
def _circuit_value(student: Student, rng: np.random.Generator) -> None:
    for z_first in (True, False, True, False):
        args = _ordered(rng, z_first)
        ask_value(student, "gate_circuit", args, gate_circuit(*args)[0])


@circuit.check("the gradients where z is the larger", 0.9)
def _z_larger(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        args = _ordered(rng, True)
        want = gate_circuit(*args)[1]
        ask_gradients(student, "gate_circuit", args, want, XYZW)


@circuit.check("the gradients where w is the larger", 0.9)
def _w_larger(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        args = _ordered(rng, False)
        want = gate_circuit(*args)[1]
        ask_gradients(student, "gate_circuit", args, want, XYZW)


@circuit.check("z equal to w", 0.3)
def _equal(student: Student, rng: np.random.Generator) -> None:
    x, y, z = numbers(rng, 3)
    want = (2 * y, 2 * x)
    got = _pair(student, "gate_circuit", (x, y, z, z), 1)
    if not isinstance(got, tuple | list | np.ndarray) or len(got) != 4:
        student.expect(got, (*want, 2, 0), "gradients", parts=XYZW)
    student.expect(list(got)[:2], want, "gradients", parts=XYZW[:2])
    expect_split(student, list(got)[2:], 2.0, ("dz", "dw"))


@circuit.check("whole numbers and zeros", 0.3)
def _circuit_zeros(student: Student, rng: np.random.Generator) -> None:
    a, b = (int(v) for v in rng.integers(1, 9, size=2))
    for args in ((0, a, b, 0), (a, 0, -b, 0), (a, b, 0, -3)):
        value, grads = gate_circuit(*args)
        ask_value(student, "gate_circuit", args, value)
        ask_gradients(student, "gate_circuit", args, grads, XYZW)


@circuit.misconception(
    "the gate that doubles is missing on the way back",
    "Which gate does the gradient meet first, coming from f? "
    "It multiplies what passes.",
)
def doubling_not_undone(x, y, z, w):
    return 2 * (x * y + max(z, w)), (y, x, float(z > w), float(w >= z))


@circuit.misconception(
    "only the product is doubled, not the sum",
    "What does the last gate double: one term, or the whole sum? Look at the brackets.",
)
def brackets_forgotten(x, y, z, w):
    return 2 * x * y + max(z, w), (2 * y, 2 * x, float(z > w), float(w >= z))


@circuit.misconception(
    "the max gate passes the gradient to both of its inputs",
    "Let the smaller of z and w move by a little: does f move?",
)
def both_through_max(x, y, z, w):
    return 2 * (x * y + max(z, w)), (2 * y, 2 * x, 2.0, 2.0)


@circuit.misconception(
    "the max gate passes the gradient to the smaller input",
    "Which of z and w decides the value of f? Only that one can move it.",
)
def smaller_through_max(x, y, z, w):
    return 2 * (x * y + max(z, w)), (2 * y, 2 * x, 2.0 * (z <= w), 2.0 * (w < z))


@circuit.misconception(
    "z is taken for the larger one, whatever the numbers are",
    "In the example z is the larger. Which of your lines depends on that?",
)
def always_z(x, y, z, w):
    return 2 * (x * y + max(z, w)), (2 * y, 2 * x, 2.0, 0.0)


@circuit.misconception(
    "the multiply gate is not switched: x gets x and y gets y",
    "Let x grow by a little: by how much does x * y grow?",
)
def circuit_not_switched(x, y, z, w):
    return 2 * (x * y + max(z, w)), (2 * x, 2 * y, 2.0 * (z > w), 2.0 * (w >= z))


@circuit.misconception(
    "the multiply gate passes the gradient on unchanged",
    "x and y meet in a product, not in a sum. What does that gate do to a gradient?",
)
def circuit_distributes(x, y, z, w):
    return 2 * (x * y + max(z, w)), (2.0, 2.0, 2.0 * (z > w), 2.0 * (w >= z))


@circuit.misconception(
    "the max gate multiplies the gradient by the larger value",
    "The max gate only routes. By how much does its output grow with its larger input?",
)
def max_multiplies(x, y, z, w):
    dz, dw = (2 * z, 0.0) if z > w else (0.0, 2 * w)
    return 2 * (x * y + max(z, w)), (2 * y, 2 * x, dz, dw)


@circuit.misconception(
    "the smaller of z and w is taken",
    "Compare the value on the wire behind the max gate with z and with w.",
)
def minimum_taken(x, y, z, w):
    return 2 * (x * y + min(z, w)), (2 * y, 2 * x, 2.0 * (z < w), 2.0 * (w <= z))


@circuit.misconception(
    "the gate that doubles is missing in the value",
    "Compare your f with the number at the right end of the drawing.",
)
def doubling_missing(x, y, z, w):
    return x * y + max(z, w), (2 * y, 2 * x, 2.0 * (z > w), 2.0 * (w >= z))


@circuit.misconception(
    "the numbers of the example are returned, whatever goes in",
    "Call your function with other inputs: does anything change?",
)
def circuit_hard_coded(x, y, z, w):
    return -20.0, (-8.0, 6.0, 2.0, 0.0)


@circuit.variant("gate by gate")
def circuit_gate_by_gate(x, y, z, w):
    p = x * y
    m = max(z, w)
    s = p + m
    f = 2 * s
    ds = 2.0
    dp = ds
    dm = ds
    if z > w:
        dz, dw = dm, 0.0
    else:
        dz, dw = 0.0, dm
    return f, (y * dp, x * dp, dz, dw)


@circuit.variant("the first operand wins a tie, with >=")
def first_wins(x, y, z, w):
    return 2 * (x * y + max(z, w)), (2 * y, 2 * x, 2 * (z >= w) + 0, 2 * (z < w) + 0)


@circuit.variant("the gradient divided at a tie")
def tie_shared(x, y, z, w):
    dz = 2.0 if z > w else 1.0 if z == w else 0.0
    return 2 * (x * y + max(z, w)), [2.0 * y, 2.0 * x, dz, 2.0 - dz]


@circuit.variant("NumPy and an array of gradients")
def circuit_numpy(x, y, z, w):
    f = 2 * (x * y + np.maximum(z, w))
    return f, np.array([2 * y, 2 * x, 2 * (z > w), 2 * (z <= w)])


@circuit.variant("gates as functions that return their backward pass")
def closures(x, y, z, w):
    def multiply(a, b):
        return a * b, lambda d: (d * b, d * a)

    def larger(a, b):
        return max(a, b), lambda d: (d, 0.0) if a >= b else (0.0, d)

    p, back_p = multiply(x, y)
    m, back_m = larger(z, w)
    return 2 * (p + m), (*back_p(2.0), *back_m(2.0))


# The questions --------------------------------------------------------------------

answers = Exercise(
    "l4_graphs_predict_then_run",
    NOTEBOOK,
    3,
    ("graph_answers",),
    title="The questions of the lecture on computational graphs",
    kind="value",
)
answers.answers(
    {
        "other_result_than_calculus": False,
        "minus_four_at_z": "value",
        "gradient_at_f": 1,
        "f_if_x_is_minus_1": -16,
        "add_gate_at_3": 2,
        "multiply_gate_at_2": 15,
        "copy_gate": 6,
        "max_gate_at_4": 0,
        "square_by_multiply_gate": 6,
        "backprop_multiplies_everything": False,
        "t_minus_f_is_a_loss": False,
        "cost_of_numeric_gradient": 1000001,
    },
    labels={
        "other_result_than_calculus": "whether the graph and calculus differ",
        "minus_four_at_z": "what the number at z is",
        "gradient_at_f": "the gradient at the output",
        "f_if_x_is_minus_1": "f after a step in x",
        "add_gate_at_3": "the gradient behind an add gate",
        "multiply_gate_at_2": "the gradient behind a multiply gate",
        "copy_gate": "the gradient behind a branch",
        "max_gate_at_4": "the gradient behind a max gate",
        "square_by_multiply_gate": "the gradient of a square",
        "backprop_multiplies_everything": "whether all local gradients are multiplied",
        "t_minus_f_is_a_loss": "whether t - f can be a loss",
        "cost_of_numeric_gradient": "the cost of a numeric gradient",
    },
    atol=5e-3,
    rtol=1e-9,
)
answers.wrong_answer(
    "the number above the wire at z is taken for a gradient",
    "Which numbers stand above a wire, which below?",
    minus_four_at_z="gradient",
)
answers.wrong_answer(
    "the add gate passes on its input instead of the gradient",
    "What is the slope of a sum with respect to one of its terms?",
    add_gate_at_3=6,
)
answers.wrong_answer(
    "the add gate divides the gradient",
    "Does each input of an add gate get the whole gradient or a part of it?",
    add_gate_at_3=1,
)
answers.wrong_answer(
    "the multiply gate is not switched",
    "With what is the input multiplied on the way forward?",
    multiply_gate_at_2=10,
)
answers.wrong_answer(
    "the multiply gate is taken without the gradient from above",
    "A local gradient is only one of the two factors. What is the other?",
    multiply_gate_at_2=3,
)
answers.wrong_answer(
    "the gradients of a branch are multiplied",
    "Along a path factors are multiplied. What happens where two paths meet?",
    copy_gate=8,
)
answers.wrong_answer(
    "the mean of the gradients of a branch",
    "Each wire moves the output by its own amount; does another weaken the first?",
    copy_gate=3,
)
answers.wrong_answer(
    "the smaller input of a max gate gets the gradient",
    "Which of the two inputs can move the maximum?",
    max_gate_at_4=9,
)
answers.wrong_answer(
    "one of the two wires of a square is left out",
    "The same input enters the gate by two wires. What comes back along each?",
    square_by_multiply_gate=3,
)
answers.wrong_answer(
    "all local gradients of the graph are multiplied",
    "Think of an input that reaches the output by two paths.",
    backprop_multiplies_everything=True,
)
answers.wrong_answer(
    "t minus f is taken for a loss",
    "How small can it become when f grows?",
    t_minus_f_is_a_loss=True,
)
answers.wrong_answer(
    "the gradient at the output is the output",
    "By how much does f move when f moves by a little?",
    gradient_at_f=-12,
)
answers.wrong_answer(
    "the step in x is taken with the wrong sign",
    "The gradient at x is negative. Does f rise or fall when x grows?",
    f_if_x_is_minus_1=-8,
)
answers.wrong_answer(
    "the loss at the point itself is not counted",
    "A forward difference needs the loss at each moved point. And where else?",
    cost_of_numeric_gradient=1000000,
)
answers.right_answer(
    "floats", gradient_at_f=1.0, f_if_x_is_minus_1=-16.0, copy_gate=6.0
)
