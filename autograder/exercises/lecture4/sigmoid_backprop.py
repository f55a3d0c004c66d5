"""The records of notebook ``lecture4/02_sigmoid_backprop``: sigmoid, stages, Value."""

# Classes here are students' classes, or group functions that have no self:
# ruff: noqa: N801, N805

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.exercise.record import Exercise
from autograder.exercise.student import CheckFailed, Ref, Student, probe_argument
from autograder.exercises.lecture4.computational_graphs import (
    ask_gradients,
    ask_value,
    expect_split,
)

NOTEBOOK = "lecture4/02_sigmoid_backprop"
SINGLE = {"rtol": 1e-4, "atol": 1e-5}  # what float32 inputs allow

# The circuit, gate by gate ----------------------------------------------------------

circuit = Exercise(
    "l4_sigmoid_circuit",
    NOTEBOOK,
    4,
    ("sigmoid_circuit",),
    title="The sigmoid circuit, gate by gate",
    size="loss",
    returns={"sigmoid_circuit": ("f", "values", "grads")},
)
INPUTS = ("w0", "x0", "w1", "x1", "w2")
PRODUCTS = ("p0", "p1", "a", "s")
BEHIND = ("n", "e", "d", "f")


@circuit.reference
def sigmoid_circuit(w, x):
    """Use closed forms: t = exp(-s), f = 1 / (1 + t), df/ds = t / (1 + t)**2."""
    w0, w1, w2 = (float(v) for v in w)
    x0, x1 = (float(v) for v in x)
    s = w0 * x0 + w1 * x1 + w2
    t = math.exp(-s)
    values = {"w0": w0, "x0": x0, "w1": w1, "x1": x1, "w2": w2}
    values |= {"p0": w0 * x0, "p1": w1 * x1, "a": w0 * x0 + w1 * x1, "s": s}
    values |= {"n": -s, "e": t, "d": 1 + t, "f": 1 / (1 + t)}
    slope = t / (1 + t) ** 2
    inverse = -1 / (1 + t) ** 2
    grads = {"f": 1.0, "d": inverse, "e": inverse, "n": -slope, "s": slope}
    grads |= {"a": slope, "p0": slope, "p1": slope, "w2": slope}
    grads |= {"w0": slope * x0, "x0": slope * w0, "w1": slope * x1, "x1": slope * w1}
    return values["f"], values, grads


def _neuron(rng: np.random.Generator, most: float = 2.0) -> tuple[Any, Any]:
    """Draw w (3,) and x (2,) with a sum that is neither 0 nor far out."""
    while True:
        w = rng.uniform(0.4, 2, size=3) * rng.choice([-1, 1], size=3)
        x = rng.uniform(0.4, 2, size=2) * rng.choice([-1, 1], size=2)
        if 0.2 < abs(w[:2] @ x + w[2]) < most:
            return w, x


def _ask_nodes(
    student: Student, w: Any, x: Any, part: int, names: Sequence[str]
) -> None:
    want = sigmoid_circuit(w, x)
    got = student.call("sigmoid_circuit", w, x)
    if not isinstance(got, tuple | list) or len(got) != 3:
        student.expect(got, want, "result", parts=("f", "values", "grads"))
    chosen = got[part]
    if isinstance(chosen, dict):
        chosen = {name: chosen[name] for name in names if name in chosen}
    student.transcript[-1] = [chosen]
    label = ("f", "values", "grads")[part]
    student.expect(chosen, {name: want[part][name] for name in names}, label)


@circuit.check("the output f", 0.5)
def _output(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        student.agrees("sigmoid_circuit", *_neuron(rng), only="f")


@circuit.check("the values of the nodes", 0.9)
def _node_values(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        _ask_nodes(student, *_neuron(rng), 1, (*INPUTS, *PRODUCTS, *BEHIND))


@circuit.check("the gradients from f back to the sum s", 1.2)
def _behind_the_sum(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        _ask_nodes(student, *_neuron(rng), 2, (*BEHIND, "s"))


@circuit.check("the gradients of the inputs and of their products", 1.0)
def _before_the_sum(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        _ask_nodes(student, *_neuron(rng), 2, (*INPUTS, "p0", "p1", "a"))


@circuit.check("zeros and whole numbers", 0.4)
def _zeros(student: Student, rng: np.random.Generator) -> None:
    whole = rng.integers(-3, 4, size=3)
    every = (*INPUTS, *PRODUCTS, *BEHIND)
    for w, x in (
        (whole, rng.integers(-2, 3, size=2)),
        (np.zeros(3), np.array([1.0, -2.0])),
        (whole + 0.0, np.zeros(2)),
    ):
        _ask_nodes(student, w, x, 1, every)
        _ask_nodes(student, w, x, 2, every)


def _forward_values(w, x):
    v = {"w0": w[0], "x0": x[0], "w1": w[1], "x1": x[1], "w2": w[2]}
    v["p0"] = v["w0"] * v["x0"]
    v["p1"] = v["w1"] * v["x1"]
    v["a"] = v["p0"] + v["p1"]
    v["s"] = v["a"] + v["w2"]
    v["n"] = -v["s"]
    v["e"] = np.exp(v["n"])
    v["d"] = 1 + v["e"]
    v["f"] = 1 / v["d"]
    return v


def _inputs_from_sum(v, g):
    g["a"] = g["s"]
    g["w2"] = g["s"]
    g["p0"] = g["a"]
    g["p1"] = g["a"]
    g["w0"] = v["x0"] * g["p0"]
    g["x0"] = v["w0"] * g["p0"]
    g["w1"] = v["x1"] * g["p1"]
    g["x1"] = v["w1"] * g["p1"]
    return g


@circuit.misconception(
    "the minus of the gate that negates is lost on the way back",
    "What is the slope of minus s with respect to s? It belongs in the backward pass.",
)
def minus_lost(w, x):
    v = _forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = -1 / v["d"] ** 2
    g["e"] = g["d"]
    g["n"] = g["e"] * v["e"]
    g["s"] = g["n"]
    return v["f"], v, _inputs_from_sum(v, g)


@circuit.misconception(
    "the minus in the slope of one over d is missing",
    "If d grows, does one over d grow or fall?",
)
def inverse_sign(w, x):
    v = _forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = 1 / v["d"] ** 2
    g["e"] = g["d"]
    g["n"] = g["e"] * v["e"]
    g["s"] = -g["n"]
    return v["f"], v, _inputs_from_sum(v, g)


@circuit.misconception(
    "the square in the slope of one over d is missing",
    "Look up the derivative of one over d: to which power does d stand there?",
)
def inverse_without_square(w, x):
    v = _forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = -1 / v["d"]
    g["e"] = g["d"]
    g["n"] = g["e"] * v["e"]
    g["s"] = -g["n"]
    return v["f"], v, _inputs_from_sum(v, g)


@circuit.misconception(
    "the exponential gate multiplies by its input, not by its output",
    "The exponential is its own derivative. "
    "Which of the two numbers at the gate is that?",
)
def exp_by_input(w, x):
    v = _forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = -1 / v["d"] ** 2
    g["e"] = g["d"]
    g["n"] = g["e"] * v["n"]
    g["s"] = -g["n"]
    return v["f"], v, _inputs_from_sum(v, g)


@circuit.misconception(
    "the exponential gate takes the exponential of its output once more",
    "Is the local gradient the exponential of n, or of e? Check it at the example.",
)
def exp_of_output(w, x):
    v = _forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = -1 / v["d"] ** 2
    g["e"] = g["d"]
    g["n"] = g["e"] * np.exp(v["e"])
    g["s"] = -g["n"]
    return v["f"], v, _inputs_from_sum(v, g)


@circuit.misconception(
    "the exponential gate leaves out what flows in from above",
    "Every gate multiplies two factors. Which one is missing at the exponential?",
)
def exp_without_upstream(w, x):
    v = _forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = -1 / v["d"] ** 2
    g["e"] = g["d"]
    g["n"] = v["e"]
    g["s"] = -g["n"]
    return v["f"], v, _inputs_from_sum(v, g)


@circuit.misconception(
    "the multiply gates are not switched: w gets w and x gets x",
    "Let w grow by a little: by how much does w * x grow?",
)
def not_switched(w, x):
    v = _forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = g["e"] = -1 / v["d"] ** 2
    g["n"] = g["e"] * v["e"]
    g["s"] = g["a"] = g["w2"] = g["p0"] = g["p1"] = -g["n"]
    g["w0"], g["x0"] = g["p0"] * v["w0"], g["p0"] * v["x0"]
    g["w1"], g["x1"] = g["p1"] * v["w1"], g["p1"] * v["x1"]
    return v["f"], v, g


@circuit.misconception(
    "the gradient of the bias is multiplied by the bias",
    "w2 enters an add gate. What does such a gate do to a gradient?",
)
def bias_scaled(w, x):
    v = _forward_values(w, x)
    g = {"f": 1.0}
    g["d"] = g["e"] = -1 / v["d"] ** 2
    g["n"] = g["e"] * v["e"]
    g["s"] = -g["n"]
    g = _inputs_from_sum(v, g)
    g["w2"] = g["s"] * v["w2"]
    return v["f"], v, g


@circuit.misconception(
    "the minus in front of the sum is missing, in both directions",
    "Is f near one or near zero where the sum is large? Compare with the formula.",
)
def no_minus(w, x):
    v = _forward_values(w, x)
    v["n"] = v["s"]
    v["e"] = np.exp(v["n"])
    v["d"] = 1 + v["e"]
    v["f"] = 1 / v["d"]
    g = {"f": 1.0}
    g["d"] = g["e"] = -1 / v["d"] ** 2
    g["n"] = g["s"] = g["e"] * v["e"]
    return v["f"], v, _inputs_from_sum(v, g)


@circuit.misconception(
    "the gradients are local ones, not multiplied along the way",
    "Each number under a wire is the gradient of f. "
    "Where does the one from above come in?",
)
def local_only(w, x):
    v = _forward_values(w, x)
    g = {"f": 1.0, "d": -1 / v["d"] ** 2, "e": 1.0, "n": v["e"], "s": -1.0}
    g |= {"a": 1.0, "w2": 1.0, "p0": 1.0, "p1": 1.0}
    g |= {"w0": v["x0"], "x0": v["w0"], "w1": v["x1"], "x1": v["w1"]}
    return v["f"], v, g


@circuit.misconception(
    "every value is rounded to two digits before it is used again",
    "Round what you print, not what you go on computing with.",
)
def rounded_on_the_way(w, x):
    v = {}
    for name, value in _forward_values(w, x).items():
        v[name] = round(float(value), 2)
    g = {"f": 1.0}
    g["d"] = g["e"] = round(-1 / v["d"] ** 2, 2)
    g["n"] = round(g["e"] * v["e"], 2)
    g["s"] = -g["n"]
    return v["f"], v, _inputs_from_sum(v, g)


@circuit.misconception(
    "the bias is left out of the sum",
    "How many inputs has the sum s, and what is its value in the example?",
)
def bias_left_out(w, x):
    v = _forward_values([w[0], w[1], 0.0], x)
    v["w2"] = w[2]
    g = {"f": 1.0}
    g["d"] = g["e"] = -1 / v["d"] ** 2
    g["n"] = g["e"] * v["e"]
    g["s"] = -g["n"]
    return v["f"], v, _inputs_from_sum(v, g)


@circuit.variant("gate by gate, with names")
def gate_by_gate(w, x):
    w0, w1, w2 = w
    x0, x1 = x
    p0 = w0 * x0
    p1 = w1 * x1
    a = p0 + p1
    s = a + w2
    n = -1 * s
    e = np.exp(n)
    d = 1 + e
    f = 1 / d
    df = 1.0
    dd = -1 / d**2 * df
    de = 1.0 * dd
    dn = e * de
    ds = -1 * dn
    da, dw2 = ds, ds
    dp0, dp1 = da, da
    dw0, dx0 = x0 * dp0, w0 * dp0
    dw1, dx1 = x1 * dp1, w1 * dp1
    values = dict(
        w0=w0, x0=x0, w1=w1, x1=x1, w2=w2, p0=p0, p1=p1, a=a, s=s, n=n, e=e, d=d, f=f
    )
    grads = dict(
        w0=dw0, x0=dx0, w1=dw1, x1=dx1, w2=dw2, p0=dp0, p1=dp1, a=da, s=ds, n=dn
    )
    grads.update(e=de, d=dd, f=df)
    return f, values, grads


@circuit.variant("the values by one helper, the slope by f (1 - f)")
def by_output(w, x):
    v = _forward_values(w, x)
    f = v["f"]
    g = {"f": 1.0, "d": -(f**2), "e": -(f**2), "n": -f * (1 - f), "s": f * (1 - f)}
    return f, v, _inputs_from_sum(v, g)


@circuit.variant("a loop backwards over a table of gates")
def table_of_gates(w, x):
    v = _forward_values(w, x)
    slopes = [
        ("f", "d", -1 / v["d"] ** 2),
        ("d", "e", 1.0),
        ("e", "n", v["e"]),
        ("n", "s", -1.0),
        ("s", "a", 1.0),
        ("s", "w2", 1.0),
        ("a", "p0", 1.0),
        ("a", "p1", 1.0),
        ("p0", "w0", v["x0"]),
        ("p0", "x0", v["w0"]),
        ("p1", "w1", v["x1"]),
        ("p1", "x1", v["w1"]),
    ]
    g = dict.fromkeys(v, 0.0)
    g["f"] = 1.0
    for out, into, slope in slopes:
        g[into] += slope * g[out]
    return v["f"], v, g


@circuit.variant("0-d arrays and a further name")
def zero_d(w, x):
    v = {name: np.asarray(value) for name, value in _forward_values(w, x).items()}
    slope = v["e"] * v["f"] ** 2
    g = {"f": 1, "d": -(v["f"] ** 2), "e": -(v["f"] ** 2), "n": -slope, "s": slope}
    v["output"] = v["f"]
    return v["f"], v, _inputs_from_sum(v, g)


@circuit.variant("a list, and Python floats")
def as_list(w, x):
    w, x = [float(v) for v in w], [float(v) for v in x]
    v = _forward_values(w, x)
    v = {name: float(value) for name, value in v.items()}
    g = {"f": 1.0, "d": -(v["d"] ** -2), "e": -(v["d"] ** -2)}
    g["n"] = v["e"] * g["e"]
    g["s"] = -g["n"]
    return [v["f"], v, _inputs_from_sum(v, g)]


# Which printed values come from chained rounding --------------------------------------

slips = Exercise(
    "l4_sigmoid_find_the_slip",
    NOTEBOOK,
    2,
    ("sigmoid_slips",),
    title="Printed gradients that were chained from rounded numbers",
    kind="value",
)
slips.answers(
    {
        "w0": -0.197,
        "x0": 0.393,
        "w1": -0.393,
        "x1": -0.590,
        "w2": 0.197,
        "slips": "x0, w1 and x1",
    },
    labels={
        "w0": "the gradient of w0",
        "x0": "the gradient of x0",
        "w1": "the gradient of w1",
        "x1": "the gradient of x1",
        "w2": "the gradient of w2",
        "slips": "which printed values are slips",
    },
    rtol=1e-9,
    atol=6e-4,
)
slips.wrong_answer(
    "the printed values are taken over",
    "The printed values were chained from rounded numbers. "
    "Keep all digits to the end, then round.",
    w0=-0.2,
    x0=0.4,
    w1=-0.4,
    x1=-0.6,
    w2=0.2,
    slips="none",
)
slips.wrong_answer(
    "only the value that the lecture mentions is found",
    "More than one printed value is a multiple of the rounded slope.",
    slips="x0",
)
slips.wrong_answer(
    "one of the printed values is overlooked",
    "Multiply the exact slope by each of the factors and round at the end.",
    slips="x0 and w1",
)
slips.wrong_answer(
    "values that round correctly are taken for slips",
    "A printed value is right if the exact one rounds to it.",
    slips="all five",
)
slips.wrong_answer(
    "the signs of the gradients of the weights are lost",
    "The gradient of a weight is the slope times its input. Which sign has the input?",
    w0=0.197,
    w1=0.393,
)
slips.wrong_answer(
    "weights and inputs are exchanged",
    "A multiply gate hands each input the value of the other one.",
    w0=0.393,
    x0=-0.197,
    w1=-0.590,
    x1=-0.393,
)
slips.right_answer(
    "more digits", w0=-0.196612, x0=0.393224, w1=-0.393224, x1=-0.589836, w2=0.196612
)

# One sigmoid gate ---------------------------------------------------------------------

gate = Exercise(
    "l4_sigmoid_gate",
    NOTEBOOK,
    3,
    ("sigmoid_forward", "sigmoid_backward"),
    title="The sigmoid as one gate",
    size="loss",
)


@gate.reference
def sigmoid_forward(x):
    """Use the hyperbolic tangent: s(x) = (1 + tanh(x / 2)) / 2; the cache is s."""
    out = 0.5 * (1 + np.tanh(0.5 * np.asarray(x, dtype=float)))
    return out, out


@gate.reference
def sigmoid_backward(dout, cache):
    """Use ds/dx = s (1 - s)."""
    return np.asarray(dout, dtype=float) * (cache - cache**2)


def _slope(x: Any) -> Any:
    """Slope of the sigmoid by its symmetric form, 1 / (e^(x/2) + e^(-x/2))**2."""
    half = np.minimum(np.abs(np.asarray(x, dtype=float)) / 2, 350.0)
    return 1 / (np.exp(half) + np.exp(-half)) ** 2


def _ask_out(student: Student, x: Any) -> None:
    out = student.fetch(student.keep("sigmoid_forward", x)[0])
    want = 0.5 + 0.5 * np.tanh(np.asarray(x, dtype=float) / 2)
    student.expect(out, want if np.ndim(x) else float(want), "out")


def _ask_dx(student: Student, x: Any, dout: Any) -> None:
    cache = student.keep("sigmoid_forward", x)[1]
    dx = student.fetch(student.keep("sigmoid_backward", dout, cache))
    want = dout * _slope(x)
    student.expect(dx, want if np.ndim(x) else float(want), "dx")


@gate.check("forward, a number", 0.4)
def _forward_number(student: Student, rng: np.random.Generator) -> None:
    for x in (*rng.uniform(-4, 4, size=4).tolist(), 0.0, 2):
        _ask_out(student, x)


@gate.check("forward, arrays", 0.4)
def _forward_arrays(student: Student, rng: np.random.Generator) -> None:
    for shape in ((6,), (3, 4), (2, 3, 2)):
        _ask_out(student, 2 * rng.standard_normal(shape))


@gate.check("backward, a number", 0.8)
def _backward_number(student: Student, rng: np.random.Generator) -> None:
    for x in (*rng.uniform(-4, 4, size=4).tolist(), 0.0):
        _ask_dx(student, x, float(rng.uniform(0.5, 3)) * float(rng.choice([-1, 1])))


@gate.check("backward, arrays", 0.5)
def _backward_arrays(student: Student, rng: np.random.Generator) -> None:
    for shape in ((6,), (3, 4)):
        x, dout = 2 * rng.standard_normal(shape), rng.standard_normal(shape)
        _ask_dx(student, x, dout)


LARGE = (1000.0, -1000.0, 745.5, -745.5, 1e308, -1e308, 36.0, -36.0)


@gate.check("forward, very large and very small inputs", 0.4)
def _forward_large(student: Student, rng: np.random.Generator) -> None:
    _ask_out(student, float(rng.uniform(15, 25)))
    for x in LARGE:
        _ask_out(student, x)


@gate.check("backward, very large and very small inputs", 0.3)
def _backward_large(student: Student, rng: np.random.Generator) -> None:
    _ask_dx(student, float(rng.uniform(-9, -7)), 100.0)
    for x in LARGE:
        _ask_dx(student, x, 3.0)


@gate.check("two forwards, then each backward with its own cache", 0.2)
def _own_cache(student: Student, rng: np.random.Generator) -> None:
    x, y = (float(v) for v in rng.uniform(-3, 3, size=2))
    one = student.keep("sigmoid_forward", x)[1]
    two = student.keep("sigmoid_forward", y + 4)[1]
    first = student.keep("sigmoid_backward", 2.0, one)
    second = student.keep("sigmoid_backward", -1.0, two)
    got = student.fetch(first, second)
    want = (2 * float(_slope(x)), -float(_slope(y + 4)))
    student.expect(got, want, "dx", parts=("dx of the first", "dx of the second"))


@gate.misconception(
    "the slope is taken to be s",
    "Where is the sigmoid flat? Your slope should be zero on both sides.",
    of="sigmoid_backward",
)
def slope_is_s(dout, cache):
    return dout * cache


@gate.misconception(
    "the slope is taken to be one minus s",
    "Where is the sigmoid flat? Your slope should be zero on both sides.",
    of="sigmoid_backward",
)
def slope_is_one_minus_s(dout, cache):
    return dout * (1 - cache)


@gate.misconception(
    "the gradient from above is left out",
    "A gate returns upstream times local gradient. Where do you use dout?",
    of="sigmoid_backward",
)
def upstream_left_out(dout, cache):
    return (1 - cache) * cache


@gate.misconception(
    "the slope is that of the hyperbolic tangent",
    "At the origin the sigmoid is much flatter than tanh. What is its slope there?",
    of="sigmoid_backward",
)
def slope_of_tanh(dout, cache):
    return dout * (1 - cache**2)


@gate.misconception(
    "the slope has the wrong sign",
    "Does the sigmoid rise or fall?",
    of="sigmoid_backward",
)
def slope_falls(dout, cache):
    return -dout * (1 - cache) * cache


@gate.misconception(
    "the formula (1 - s) s is used with x in place of s",
    "What did forward put into the cache: x, or the output?",
)
class x_for_s:
    def sigmoid_forward(x):
        return 1 / (1 + np.exp(-x)), x

    def sigmoid_backward(dout, cache):
        return dout * (1 - cache) * cache


@gate.misconception(
    "the minus in the exponent is missing",
    "Is your output near one or near zero for a large x? Look at the formula.",
)
class exponent_sign:
    def sigmoid_forward(x):
        s = 1 / (1 + np.exp(x))
        return s, s

    def sigmoid_backward(dout, cache):
        return dout * (1 - cache) * cache


@gate.misconception(
    "the output lies between minus one and one, as that of tanh",
    "What does the formula give for a large negative x: minus one or zero?",
)
class tanh_for_sigmoid:
    def sigmoid_forward(x):
        s = np.tanh(x)
        return s, s

    def sigmoid_backward(dout, cache):
        return dout * (1 - cache**2)


@gate.misconception(
    "exp(x) is divided by one plus exp(x), which is not a number for large x",
    "What is the exponential of a thousand as a float? "
    "For which sign of the exponent is it harmless?",
)
class overflow_above:
    def sigmoid_forward(x):
        s = np.exp(x) / (1 + np.exp(x))
        return s, s

    def sigmoid_backward(dout, cache):
        return dout * (1 - cache) * cache


@gate.misconception(
    "backward computes the exponential anew and overflows",
    "The output is at hand when backward runs. Can you write the slope with it alone?",
)
class overflow_in_backward:
    def sigmoid_forward(x):
        return 1 / (1 + np.exp(-x)), x

    def sigmoid_backward(dout, cache):
        return dout * np.exp(-cache) / (1 + np.exp(-cache)) ** 2


@gate.misconception(
    "the square under the fraction is missing in the slope",
    "Differentiate one over one plus exp(-x) by the chain rule: "
    "what is the slope of one over d?",
)
class square_missing:
    def sigmoid_forward(x):
        s = 1 / (1 + np.exp(-x))
        return s, (s, np.exp(-np.minimum(np.maximum(x, -700), 700)))

    def sigmoid_backward(dout, cache):
        s, e = cache
        return dout * e * s


@gate.misconception(
    "the input is clipped so tightly that ordinary results change",
    "Clipping may only touch inputs whose result is as good as zero or one anyway.",
)
class clipped:
    def sigmoid_forward(x):
        s = 1 / (1 + np.exp(-np.clip(x, -2, 2)))
        return s, s

    def sigmoid_backward(dout, cache):
        return dout * (1 - cache) * cache


@gate.misconception(
    "the cache is one place for all calls",
    "Run forward for two inputs, then backward for the first. "
    "Whose output does it use?",
)
class shared_cache:
    def sigmoid_forward(x, last=[0.0]):  # noqa: B006 - the mistake itself
        last[0] = 1 / (1 + np.exp(-x))
        return last[0], last

    def sigmoid_backward(dout, cache):
        return dout * (1 - cache[0]) * cache[0]


@gate.variant("the textbook form; it overflows to the right result")
class textbook:
    def sigmoid_forward(x):
        s = 1 / (1 + np.exp(-x))
        return s, s

    def sigmoid_backward(dout, cache):
        return (1 - cache) * cache * dout


@gate.variant("two branches by np.where")
class two_branches:
    def sigmoid_forward(x):
        small = np.exp(-np.abs(x))
        out = np.where(np.asarray(x) >= 0, 1 / (1 + small), small / (1 + small))
        return out, (x, out)

    def sigmoid_backward(dout, cache):
        _, s = cache
        return dout * s * (1 - s)


@gate.variant("two branches by masks, the cache a dict")
class masks:
    def sigmoid_forward(x):
        z = np.asarray(x, dtype=float)
        out = np.empty_like(z)
        right = z >= 0
        out[right] = 1 / (1 + np.exp(-z[right]))
        t = np.exp(z[~right])
        out[~right] = t / (1 + t)
        return out, {"s": out}

    def sigmoid_backward(dout, cache):
        s = cache["s"]
        return s * dout - s * s * dout


@gate.variant("a wide clip that changes nothing visible")
class wide_clip:
    def sigmoid_forward(x):
        s = 1.0 / (1.0 + np.exp(-np.clip(x, -500, 500)))
        return s, s

    def sigmoid_backward(dout, cache):
        return dout * cache * (1.0 - cache)


@gate.variant("the cache is x; backward calls forward")
class cache_is_x:
    def sigmoid_forward(x):
        return np.exp(-np.logaddexp(0, -np.asarray(x, dtype=float))), x

    def sigmoid_backward(dout, cache):
        s = np.exp(-np.logaddexp(0, -np.asarray(cache, dtype=float)))
        return dout * s * (1 - s)


# The neuron with the one gate ---------------------------------------------------------

neuron = Exercise(
    "l4_sigmoid_neuron",
    NOTEBOOK,
    2,
    ("sigmoid_neuron",),
    title="A sigmoid neuron with the one gate",
    returns={"sigmoid_neuron": ("f", "dw", "dx")},
)


@neuron.reference
def sigmoid_neuron(w, x):
    """Write every product out; the slope in its symmetric form."""
    s = float(w[0]) * float(x[0]) + float(w[1]) * float(x[1]) + float(w[2])
    f = 0.5 + 0.5 * math.tanh(s / 2)
    slope = float(_slope(s))
    dw = np.array([slope * float(x[0]), slope * float(x[1]), slope])
    dx = np.array([slope * float(w[0]), slope * float(w[1])])
    return f, dw, dx


@neuron.check("the output f", 0.4)
def _neuron_output(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        student.agrees("sigmoid_neuron", *_neuron(rng), only="f")


@neuron.check("the gradient of w", 0.8)
def _neuron_dw(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        student.agrees("sigmoid_neuron", *_neuron(rng), only="dw")


@neuron.check("the gradient of x", 0.6)
def _neuron_dx(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        student.agrees("sigmoid_neuron", *_neuron(rng), only="dx")


@neuron.check("a saturated neuron, zeros, float32", 0.2)
def _neuron_edges(student: Student, rng: np.random.Generator) -> None:
    w, x = _neuron(rng)
    student.agrees("sigmoid_neuron", np.zeros(3), x)
    student.agrees("sigmoid_neuron", w, np.zeros(2))
    w32, x32 = w.astype(np.float32), x.astype(np.float32)
    student.agrees("sigmoid_neuron", w32, x32, **SINGLE)
    student.agrees("sigmoid_neuron", 1000 * w, x)
    student.agrees("sigmoid_neuron", -1000 * w, x)


@neuron.misconception(
    "the gradient of the bias is missing",
    "How many entries has w, and how many has your dw? The bias has a gradient too.",
)
def bias_gradient_missing(w, x):
    f = 1 / (1 + np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    slope = (1 - f) * f
    return f, slope * x, slope * w[:2]


@neuron.misconception(
    "the gradients of w and x are not switched",
    "A multiply gate hands each input the value of the other one.",
)
def neuron_not_switched(w, x):
    f = 1 / (1 + np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    slope = (1 - f) * f
    return f, np.array([w[0], w[1], 1]) * slope, slope * x


@neuron.misconception(
    "the slope of the sigmoid is left out",
    "Between the sum and f stands one gate. What does it do to the gradient?",
)
def slope_left_out(w, x):
    f = 1 / (1 + np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    return f, np.array([x[0], x[1], 1.0]), np.array(w[:2])


@neuron.misconception(
    "the slope is computed from the sum, not from the output",
    "In (1 - s) s, is s the input of the sigmoid gate or its output?",
)
def slope_of_the_sum(w, x):
    s = w[0] * x[0] + w[1] * x[1] + w[2]
    slope = (1 - s) * s
    f = 1 / (1 + np.exp(-s))
    return f, slope * np.array([x[0], x[1], 1.0]), slope * w[:2]


@neuron.misconception(
    "the bias is left out of the sum",
    "Which entry of w is the bias, and where does it enter?",
)
def neuron_without_bias(w, x):
    f = 1 / (1 + np.exp(-(w[0] * x[0] + w[1] * x[1])))
    slope = (1 - f) * f
    return f, slope * np.array([x[0], x[1], 1.0]), slope * w[:2]


@neuron.misconception(
    "the bias is taken for the first entry of w",
    "Conventions differ; here the bias comes last. Compare with the figure.",
)
def bias_first(w, x):
    f = 1 / (1 + np.exp(-(w[0] + w[1] * x[0] + w[2] * x[1])))
    slope = (1 - f) * f
    return f, slope * np.array([1.0, x[0], x[1]]), slope * w[1:]


@neuron.misconception(
    "the gradient of the bias is the bias times the slope",
    "w2 enters an add gate. What does such a gate do to a gradient?",
)
def neuron_bias_scaled(w, x):
    f = 1 / (1 + np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    slope = (1 - f) * f
    return f, slope * np.array([x[0], x[1], w[2]]), slope * w[:2]


@neuron.variant("dot product and np.append")
def dot_product(w, x):
    f = 1 / (1 + np.exp(-(w[:2] @ x + w[2])))
    ds = f * (1 - f)
    return f, ds * np.append(x, 1.0), ds * w[:-1]


@neuron.variant("lists of numbers")
def with_lists(w, x):
    s = sum(a * b for a, b in zip(w[:2], x, strict=True)) + w[2]
    f = 0.5 * (1 + np.tanh(s / 2))
    ds = f - f * f
    return f, np.array([ds * x[0], ds * x[1], ds]), np.array([ds * w[0], ds * w[1]])


@neuron.variant("the bias trick")
def bias_trick(w, x):
    x1 = np.concatenate([x, [1.0]])
    f = np.float64(1) / (1 + np.exp(-np.sum(w * x1)))
    ds = f * (1 - f)
    return np.array(f), ds * x1, (ds * w)[:2]


# The staged example -------------------------------------------------------------------

staged_record = Exercise(
    "l4_staged",
    NOTEBOOK,
    4,
    ("staged",),
    title="(x + s(y)) / (s(x) + (x + y)**2), in stages",
    size="loss",
    returns={"staged": ("f", "gradients")},
)
XY = ("dx", "dy")


@staged_record.reference
def staged(x, y):
    """Quotient rule on the whole: f' = (n' d - n d') / d**2."""
    sx, sy = 0.5 + 0.5 * math.tanh(x / 2), 0.5 + 0.5 * math.tanh(y / 2)
    n, d = x + sy, sx + (x + y) ** 2
    n_x, n_y = 1.0, float(_slope(y))
    d_x, d_y = float(_slope(x)) + 2 * (x + y), 2 * (x + y)
    return n / d, ((n_x * d - n * d_x) / d**2, (n_y * d - n * d_y) / d**2)


def _point(rng: np.random.Generator) -> tuple[float, float]:
    while True:
        x, y = (float(v) for v in rng.uniform(-4, 4, size=2))
        if 0.4 < abs(x + y) < 3 and abs(x) > 0.5 and abs(y) > 0.5:
            return x, y


@staged_record.check("the value of f", 0.8)
def _staged_value(student: Student, rng: np.random.Generator) -> None:
    for _ in range(4):
        args = _point(rng)
        ask_value(student, "staged", args, staged(*args)[0])


def _ask_one(student: Student, args: Sequence[float], which: int) -> None:
    got = student.call("staged", *args)
    fits = isinstance(got, tuple | list) and len(got) == 2
    pair = got[1] if fits else None
    if not isinstance(pair, tuple | list | np.ndarray) or len(pair) != 2:
        raise CheckFailed("staged: expected f and a tuple (dx, dy)", "type")
    student.transcript[-1] = [pair[which]]
    student.expect(pair[which], staged(*args)[1][which], XY[which])


@staged_record.check("the gradient of x", 1.4)
def _staged_dx(student: Student, rng: np.random.Generator) -> None:
    for _ in range(4):
        _ask_one(student, _point(rng), 0)


@staged_record.check("the gradient of y", 1.2)
def _staged_dy(student: Student, rng: np.random.Generator) -> None:
    for _ in range(4):
        _ask_one(student, _point(rng), 1)


@staged_record.check("x = -y, zeros and whole numbers", 0.6)
def _staged_edges(student: Student, rng: np.random.Generator) -> None:
    x = float(rng.uniform(0.5, 3))
    for args in ((x, -x), (-x, x), (0.0, 0.0), (2, -1), (0, 3)):
        value, grads = staged(*args)
        ask_value(student, "staged", args, value)
        ask_gradients(student, "staged", args, grads, XY)


def _sig(x):
    return 1.0 / (1 + np.exp(-x))


@staged_record.misconception(
    "the path from x through its sigmoid is left out",
    "Count in the drawing by how many wires x leaves, and what comes back along each.",
)
def without_sigx(x, y):
    n, d = x + _sig(y), _sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    q = 2 * (x + y) * dd
    return n / d, (dn + q, dn * _sig(y) * (1 - _sig(y)) + q)


@staged_record.misconception(
    "the path through the square is left out in both gradients",
    "x + y goes into the denominator as well. What comes back from there?",
)
def without_square(x, y):
    n, d = x + _sig(y), _sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    dx = dn + dd * _sig(x) * (1 - _sig(x))
    return n / d, (dx, dn * _sig(y) * (1 - _sig(y)))


@staged_record.misconception(
    "the path from x through the numerator is left out",
    "Count in the drawing by how many wires x leaves, and what comes back along each.",
)
def without_numerator(x, y):
    n, d = x + _sig(y), _sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    q = 2 * (x + y) * dd
    dx = q + dd * _sig(x) * (1 - _sig(x))
    return n / d, (dx, dn * _sig(y) * (1 - _sig(y)) + q)


@staged_record.misconception(
    "each further path replaces the gradient in place of adding to it",
    "x and y are used more than once. What becomes of their first gradient when the "
    "next one is assigned?",
)
def replaced(x, y):
    n, d = x + _sig(y), _sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    dx = dy = 2 * (x + y) * dd
    dx = dd * _sig(x) * (1 - _sig(x))
    dx = dn
    dy = dn * _sig(y) * (1 - _sig(y))
    return n / d, (dx, dy)


@staged_record.misconception(
    "the sigmoid of y passes its gradient on unchanged",
    "Between y and the numerator stands one gate. What is its local gradient?",
)
def sigy_without_slope(x, y):
    n, d = x + _sig(y), _sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    q = 2 * (x + y) * dd
    return n / d, (dn + q + dd * _sig(x) * (1 - _sig(x)), dn + q)


@staged_record.misconception(
    "the minus in the slope of one over the denominator is missing",
    "If the denominator grows, does f grow or fall?",
)
def denominator_sign(x, y):
    n, d = x + _sig(y), _sig(x) + (x + y) ** 2
    dn, dd = 1 / d, n / d**2
    q = 2 * (x + y) * dd
    dx = dn + q + dd * _sig(x) * (1 - _sig(x))
    return n / d, (dx, dn * _sig(y) * (1 - _sig(y)) + q)


@staged_record.misconception(
    "the slope of one over the denominator lacks its square",
    "Look up the derivative of one over d: to which power does d stand there?",
)
def denominator_power(x, y):
    n, d = x + _sig(y), _sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d
    q = 2 * (x + y) * dd
    dx = dn + q + dd * _sig(x) * (1 - _sig(x))
    return n / d, (dx, dn * _sig(y) * (1 - _sig(y)) + q)


@staged_record.misconception(
    "the factor of the square of x + y is missing",
    "What is the derivative of u squared with respect to u?",
)
def square_factor(x, y):
    n, d = x + _sig(y), _sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    q = (x + y) * dd
    dx = dn + q + dd * _sig(x) * (1 - _sig(x))
    return n / d, (dx, dn * _sig(y) * (1 - _sig(y)) + q)


@staged_record.misconception(
    "the numerator is left out of the gradient of the denominator",
    "f is a product of the numerator and one over the denominator. "
    "A multiply gate switches.",
)
def not_times_numerator(x, y):
    n, d = x + _sig(y), _sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -1 / d**2
    q = 2 * (x + y) * dd
    dx = dn + q + dd * _sig(x) * (1 - _sig(x))
    return n / d, (dx, dn * _sig(y) * (1 - _sig(y)) + q)


@staged_record.misconception(
    "the slope of the sigmoid is taken at x and y without the sigmoid",
    "In (1 - s) s, s is the output of the gate. What do you put in?",
)
def slope_of_inputs(x, y):
    n, d = x + _sig(y), _sig(x) + (x + y) ** 2
    dn, dd = 1 / d, -n / d**2
    q = 2 * (x + y) * dd
    return n / d, (dn + q + dd * x * (1 - x), dn * y * (1 - y) + q)


@staged_record.misconception(
    "only the sigmoid stands under the fraction, the square is added behind it",
    "Which brackets close the denominator? Compare with the formula.",
)
def brackets(x, y):
    n, d = x + _sig(y), _sig(x)
    f = n / d + (x + y) ** 2
    q = 2 * (x + y)
    dx = 1 / d - n / d**2 * d * (1 - d) + q
    return f, (dx, _sig(y) * (1 - _sig(y)) / d + q)


@staged_record.variant("the stages of the notes")
def notes(x, y):
    sigy = _sig(y)
    num = x + sigy
    sigx = _sig(x)
    xpy = x + y
    xpysqr = xpy**2
    den = sigx + xpysqr
    invden = 1.0 / den
    f = num * invden
    dnum = invden
    dinvden = num
    dden = (-1.0 / den**2) * dinvden
    dsigx = dden
    dxpysqr = dden
    dxpy = 2 * xpy * dxpysqr
    dx = dxpy
    dy = dxpy
    dx += (1 - sigx) * sigx * dsigx
    dx += dnum
    dsigy = dnum
    dy += (1 - sigy) * sigy * dsigy
    return f, (dx, dy)


@staged_record.variant("the quotient rule at once")
def quotient_rule(x, y):
    sx, sy, u = _sig(x), _sig(y), x + y
    n, d = x + sy, sx + u * u
    dx = (d - n * (sx * (1 - sx) + 2 * u)) / d**2
    dy = (sy * (1 - sy) * d - n * 2 * u) / d**2
    return n / d, [dx, dy]


@staged_record.variant("f in place of the numerator over the denominator")
def by_f(x, y):
    sx, sy, u = _sig(x), _sig(y), x + y
    d = sx + u**2
    f = (x + sy) / d
    dx = (1 - f * (sx - sx**2 + 2 * u)) / d
    dy = (sy - sy**2 - f * 2 * u) / d
    return f, np.array([dx, dy])


@staged_record.variant("tanh for the sigmoid")
def by_tanh(x, y):
    s = lambda v: 0.5 * (1 + np.tanh(0.5 * v))  # noqa: E731 - students write it
    n, d = x + s(y), s(x) + (x + y) ** 2
    dd = -n / (d * d)
    both = dd * 2 * (x + y)
    return n / d, (1 / d + both + dd * s(x) * s(-x), both + s(y) * s(-y) / d)


@staged_record.variant("a dict of gradients, added up path by path")
def dict_of_gradients(x, y):
    g = {"x": 0.0, "y": 0.0}
    n, d = x + _sig(y), _sig(x) + np.square(x + y)
    for name, path in (
        ("x", 1 / d),
        ("y", _sig(y) * _sig(-y) / d),
        ("x", -n / d**2 * _sig(x) * _sig(-x)),
        ("x", -n / d**2 * 2 * (x + y)),
        ("y", -n / d**2 * 2 * (x + y)),
    ):
        g[name] += path
    return np.asarray(n / d), (g["x"], g["y"])


# Value: a small autograd --------------------------------------------------------------

value = Exercise(
    "l4_value",
    NOTEBOOK,
    8,
    ("Value",),
    title="Value, a small autograd",
    size="loss",
)


@value.reference
class Value:
    """Keep the slopes towards the parents; backward sorts, then adds up."""

    def __init__(self, data, parents=()):
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents  # pairs (parent, slope)

    def _of(self, other):
        return other if isinstance(other, Value) else Value(other)

    def __add__(self, other):
        other = self._of(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __neg__(self):
        return Value(-self.data, ((self, -1.0),))

    def __mul__(self, other):
        other = self._of(other)
        out = self.data * other.data
        return Value(out, ((self, other.data), (other, self.data)))

    def __truediv__(self, other):
        other = self._of(other)
        out = self.data / other.data
        return Value(out, ((self, 1 / other.data), (other, -out / other.data)))

    def __pow__(self, power):
        out = self.data**power
        return Value(out, ((self, power * self.data ** (power - 1)),))

    def __sub__(self, other):
        return self + (-self._of(other))

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return self._of(other) - self

    def __rtruediv__(self, other):
        return self._of(other) / self

    def exp(self):
        out = math.exp(self.data)
        return Value(out, ((self, out),))

    def log(self):
        return Value(math.log(self.data), ((self, 1 / self.data),))

    def tanh(self):
        out = math.tanh(self.data)
        return Value(out, ((self, 1 - out * out),))

    def sigmoid(self):
        out = 0.5 + 0.5 * math.tanh(self.data / 2)
        return Value(out, ((self, out * (1 - out)),))

    def relu(self):
        return Value(max(self.data, 0.0), ((self, float(self.data > 0)),))

    def maximum(self, other):
        other = self._of(other)
        first = self.data >= other.data
        out = self.data if first else other.data
        return Value(out, ((self, float(first)), (other, float(not first))))

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack += [(parent, False) for parent, _ in node.parents]
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in node.parents:
                parent.grad += slope * node.grad


Formula = Callable[..., Any]

# Formulas for numbers and for Values alike, with a point away from kinks and poles.
ARITHMETIC: dict[str, Formula] = {
    "a + b": lambda a, b: a + b,
    "a - b": lambda a, b: a - b,
    "a * b": lambda a, b: a * b,
    "-a": lambda a, b: -a,
}
QUOTIENTS: dict[str, Formula] = {
    "a / b": lambda a, b: a / b,
    "a ** 3": lambda a, b: a**3,
    "a ** -2": lambda a, b: a**-2,
    "a ** 0.5": lambda a, b: a**0.5,
}
NUMBERS: dict[str, Formula] = {
    "a + 2": lambda a, b: a + 2,
    "2.5 + a": lambda a, b: 2.5 + a,
    "a - 3": lambda a, b: a - 3,
    "3 - a": lambda a, b: 3 - a,
    "a * 4": lambda a, b: a * 4,
    "1.5 * a": lambda a, b: 1.5 * a,
    "a / 4": lambda a, b: a / 4,
    "2 / a": lambda a, b: 2 / a,
}
FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "tanh": math.tanh,
    "sigmoid": lambda a: 1 / (1 + math.exp(-a)),
    "relu": lambda a: max(a, 0.0),
}


def _slopes(f: Callable[..., float], args: Sequence[float]) -> list[float]:
    """Differentiate numerically: two centred differences, extrapolated to h = 0."""
    found = []
    for i in range(len(args)):

        def centred(h: float, i: int = i) -> float:
            up, down = list(args), list(args)
            up[i] += h
            down[i] -= h
            return (f(*up) - f(*down)) / (2 * h)

        found.append((4 * centred(5e-4) - centred(1e-3)) / 3)
    return found


def _ask_graph(
    student: Student,
    formula: Formula,
    args: Sequence[float],
    name: str,
    numeric: Callable[..., float] | None = None,
    data: bool = False,
) -> None:
    """Build `formula` from Values, ask for its data or for the gradients of `args`."""
    leaves = [student.keep("Value", a) for a in args]
    out = formula(*leaves)
    number = numeric or formula
    if data:
        got = student.fetch(out.attr("data"))
        student.expect(got, float(number(*args)), f"data of {name}")
        return
    out.method("backward")
    got = student.fetch(*(leaf.attr("grad") for leaf in leaves))
    got = got if len(leaves) > 1 else (got,)
    used = _slopes(number, args)
    parts = [f"grad of {letter} in {name}" for letter in "abcd"[: len(args)]]
    student.expect(got, used, name, parts=parts, rtol=1e-6, atol=1e-7)


def _two(rng: np.random.Generator) -> list[float]:
    while True:
        a, b = (float(v) for v in rng.uniform(0.6, 2.5, size=2))
        if abs(a - b) > 0.3 and min(abs(a - 1), abs(b - 1)) > 0.1:
            return [a, b]


def _method(name: str) -> Formula:
    return lambda a: a.method(name)


def _signed(rng: np.random.Generator, name: str) -> list[list[float]]:
    a = _two(rng)
    return [[a[0]], [a[1]]] if name == "log" else [[a[0]], [-a[1]]]


@value.check("the data of + - * / and **", 0.7)
def _data_arithmetic(student: Student, rng: np.random.Generator) -> None:
    for name, formula in {**ARITHMETIC, **QUOTIENTS}.items():
        _ask_graph(student, formula, _two(rng), name, data=True)


@value.check("the data of the functions", 0.7)
def _data_functions(student: Student, rng: np.random.Generator) -> None:
    for name, number in FUNCTIONS.items():
        for args in _signed(rng, name):
            _ask_graph(student, _method(name), args, name, number, data=True)
    for a, b in (_two(rng), [-v for v in _two(rng)], _two(rng)):
        formula = _maximum
        _ask_graph(student, formula, [a, b], "maximum", max, data=True)


def _maximum(a: Ref, b: Any) -> Ref:
    return a.method("maximum", b)


@value.check("gradients of + - and *", 1.0)
def _grad_arithmetic(student: Student, rng: np.random.Generator) -> None:
    for name, formula in ARITHMETIC.items():
        if name != "-a":
            _ask_graph(student, formula, _two(rng), name)
    for name, formula in (
        ("-a", lambda a: -a),
        ("a * b - c", lambda a, b, c: a * b - c),
    ):
        args = (_two(rng) + _two(rng))[: 1 if name == "-a" else 3]
        _ask_graph(student, formula, args, name)


@value.check("gradients of / and **", 0.8)
def _grad_quotients(student: Student, rng: np.random.Generator) -> None:
    _ask_graph(student, QUOTIENTS["a / b"], _two(rng), "a / b")
    for power in (3, -2, 0.5, 2):
        _ask_graph(student, lambda a, p=power: a**p, _two(rng)[:1], f"a ** {power}")


@value.check("gradients of exp, log, tanh and sigmoid", 0.8)
def _grad_functions(student: Student, rng: np.random.Generator) -> None:
    for name in ("exp", "log", "tanh", "sigmoid"):
        for args in _signed(rng, name):
            _ask_graph(student, _method(name), args, name, FUNCTIONS[name])


@value.check("gradients of relu and maximum", 0.6)
def _grad_kinked(student: Student, rng: np.random.Generator) -> None:
    near = float(rng.uniform(0.1, 0.9))
    for args in (*_signed(rng, "relu"), [near], [-near]):
        _ask_graph(student, _method("relu"), args, "relu", FUNCTIONS["relu"])
    a, b = sorted(_two(rng))
    for args in ([a, b], [b, a], [-b, a], [-a, -b]):
        _ask_graph(student, _maximum, args, "maximum", max)
    _ask_graph(student, lambda x: x.method("maximum", 0.1), [b], "maximum(0.1)", float)


@value.check("numbers on either side", 0.6)
def _grad_numbers(student: Student, rng: np.random.Generator) -> None:
    for name, formula in NUMBERS.items():
        args = _two(rng)[:1]
        one = lambda a, f=formula: f(a, None)  # noqa: E731 - short and used twice
        _ask_graph(student, one, args, name, data=True)
        _ask_graph(student, one, args, name)


@value.check("a value that is used more than once", 1.2)
def _used_twice(student: Student, rng: np.random.Generator) -> None:
    for name, formula in (
        ("a + a", lambda a: a + a),
        ("a * a + a", lambda a: a * a + a),
        ("a * a * a", lambda a: a * a * a),
    ):
        _ask_graph(student, formula, _two(rng)[:1], name)

    def diamond(a: Any, b: Any) -> Any:
        u = a * b
        v = u + a
        return u * v + v * v * b

    def ladder(a: Any) -> Any:
        u = a * 2
        v = u + u * a
        return u + v * (u + v)

    _ask_graph(student, diamond, _two(rng), "a graph with branches")
    _ask_graph(student, ladder, _two(rng)[:1], "a graph with branches in branches")


@value.check("random expressions against finite differences", 0.8)
def _random_expressions(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        steps = _random_steps(rng)
        args = _two(rng) + _two(rng)[:1]

        def of_refs(*leaves: Ref, steps: Any = steps) -> Any:
            return _carry_out(steps, leaves, lambda name, a: a.method(name))

        def of_numbers(*leaves: float, steps: Any = steps) -> float:
            return _carry_out(steps, leaves, lambda name, a: FUNCTIONS[name](a))

        _ask_graph(student, of_refs, args, "a random expression", of_numbers)


def _random_steps(rng: np.random.Generator) -> list[tuple[str, int, int]]:
    """Draw steps (what, operand, operand) that keep values small and positive logs."""
    kinds = ["add", "mul", "sub", "div", "tanh", "sigmoid", "square", "log"]
    steps, count = [], 3
    for kind in [*rng.permutation(kinds), *rng.choice(kinds, size=4)]:
        i, j = (int(v) for v in rng.integers(count, size=2))
        steps.append((str(kind), i, j))
        count += 1
    return steps


def _carry_out(steps: Any, leaves: Sequence[Any], call: Callable[..., Any]) -> Any:
    found = list(leaves)
    for kind, i, j in steps:
        a, b = found[i], found[j]
        if kind == "add":
            made = a + b
        elif kind == "sub":
            made = a - 0.5 * b
        elif kind == "mul":
            made = call("tanh", a) * b
        elif kind == "div":
            made = a / (b * b + 1)
        elif kind == "square":
            made = call("sigmoid", a) ** 2
        elif kind == "log":
            made = call("log", a * a + 1.5)
        else:
            made = call(kind, a)
        found.append(made)
    total = found[3]
    for made in found[4:]:
        total = total + made
    return total


@value.check("ties: relu at zero, maximum of equals", 0.3)
def _ties(student: Student, rng: np.random.Generator) -> None:
    up = float(rng.uniform(1.5, 3))
    a = student.keep("Value", 0.0)
    (a.method("relu") * up).method("backward")
    grad = student.number(student.fetch(a.attr("grad")), "grad of relu at zero")
    student.require(
        -1e-9 <= grad / up <= 1 + 1e-9,
        "grad of relu at zero: it must lie between the slopes on both sides",
    )
    number = float(rng.uniform(0.5, 2))
    a, b = student.keep("Value", number), student.keep("Value", number)
    (_maximum(a, b) * up).method("backward")
    got = student.fetch(a.attr("grad"), b.attr("grad"))
    expect_split(student, got, up, ("grad of a", "grad of b"))


@value.check("a chain of 10,000 nodes", 0.5)
def _deep(student: Student, rng: np.random.Generator) -> None:
    scale, shift = float(rng.uniform(0.9997, 0.9999)), float(rng.uniform(1e-4, 1e-3))
    chain = student.make(
        probe_argument("long_chain", length=5000, scale=scale, shift=shift)
    )
    a = student.keep("Value", 2.0)
    end = chain.method("__call__", a)
    got = student.fetch(end.attr("data"))
    want = 2.0 * scale**5000 + shift * (1 - scale**5000) / (1 - scale)
    student.expect(got, want, "data at the end of the chain")
    end.method("backward")
    got = student.fetch(a.attr("grad"))
    student.expect(got, scale**5000, "grad at the start of the chain")


# What most of the classes below share; each then goes wrong in one place.


def _init(self, data, parents=(), local_grads=(), op=""):
    self.data = float(data)
    self.grad = 0.0
    self.parents = tuple(parents)
    self.local_grads = tuple(local_grads)
    self.op = op


def _lift(self, other):
    return other if isinstance(other, type(self)) else type(self)(other)


def _plus(self, other):
    other = _lift(self, other)
    return type(self)(self.data + other.data, (self, other), (1.0, 1.0), "+")


def _times(self, other):
    other = _lift(self, other)
    local = (other.data, self.data)
    return type(self)(self.data * other.data, (self, other), local, "*")


def _power(self, n):
    slope = n * self.data ** (n - 1)
    return type(self)(self.data**n, (self,), (slope,), f"**{n}")


def _negative(self):
    return self * -1.0


def _minus(self, other):
    return self + _lift(self, other) * -1.0


def _rminus(self, other):
    return _lift(self, other) + self * -1.0


def _over(self, other):
    return self * _lift(self, other) ** -1.0


def _rover(self, other):
    return _lift(self, other) * self**-1.0


def _exp(self):
    out = np.exp(self.data)
    return type(self)(out, (self,), (out,), "exp")


def _log(self):
    return type(self)(np.log(self.data), (self,), (1 / self.data,), "log")


def _tanh(self):
    out = np.tanh(self.data)
    return type(self)(out, (self,), (1 - out**2,), "tanh")


def _sigmoid(self):
    out = 1 / (1 + np.exp(-self.data))
    return type(self)(out, (self,), (out * (1 - out),), "sigmoid")


def _relu(self):
    return type(self)(max(0.0, self.data), (self,), (float(self.data > 0),), "relu")


def _larger(self, other):
    other = _lift(self, other)
    first = self.data >= other.data
    local = (float(first), float(not first))
    return type(self)(max(self.data, other.data), (self, other), local, "max")


def _sorted_nodes(root):
    order, seen, stack = [], set(), [root]
    while stack:
        node = stack[-1]
        ahead = [p for p in node.parents if id(p) not in seen]
        if id(node) in seen:
            stack.pop()
        elif ahead:
            stack.extend(ahead)
        else:
            seen.add(id(node))
            order.append(stack.pop())
    return order


def _backward(self):
    self.grad = 1.0
    for node in reversed(_sorted_nodes(self)):
        for parent, local in zip(node.parents, node.local_grads, strict=True):
            parent.grad += local * node.grad


@value.misconception(
    "gradients are assigned, not added up",
    "A value that is used twice gets a gradient from each use. "
    "Look for an = in backward.",
)
class grad_overwritten:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger

    def backward(self):
        self.grad = 1.0
        for node in reversed(_sorted_nodes(self)):
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad = local * node.grad


@value.misconception(
    "a node passes its gradient on before all of it has arrived",
    "A node may go on only after every node that uses it. "
    "In which order do you visit them?",
)
class first_come_first_served:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger

    def backward(self):
        self.grad = 1.0
        queue, seen = [self], {id(self)}
        for node in queue:
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += local * node.grad
                if id(parent) not in seen:
                    seen.add(id(parent))
                    queue.append(parent)


@value.misconception(
    "the nodes are visited by a function that calls itself, which fails on deep graphs",
    "Python ends a recursion after about a thousand calls. "
    "Keep a list of nodes to visit instead.",
)
class recursive:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += local * node.grad


@value.misconception(
    "the gradient of the output is not set to one",
    "By how much does the output move when the output moves? "
    "Backward starts from that number.",
)
class output_without_gradient:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger

    def backward(self):
        for node in reversed(_sorted_nodes(self)):
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += local * node.grad


@value.misconception(
    "the local gradients are added up without the gradient of the node",
    "Each step back multiplies two factors. Which one does yours leave out?",
)
class upstream_forgotten:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger

    def backward(self):
        self.grad = 1.0
        for node in reversed(_sorted_nodes(self)):
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += local


@value.misconception(
    "backward reaches the parents of the output and stops there",
    "What about the parents of the parents? Walk the whole graph.",
)
class one_step_only:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger

    def backward(self):
        self.grad = 1.0
        for parent, local in zip(self.parents, self.local_grads, strict=True):
            parent.grad += local * self.grad


@value.misconception(
    "the product gives each factor its own value as local gradient",
    "Let a grow by a little: by how much does a * b grow?",
)
class product_not_switched:
    __init__ = _init
    __add__ = __radd__ = _plus
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger
    backward = _backward

    def __mul__(self, other):
        other = _lift(self, other)
        local = (self.data, other.data)
        return type(self)(self.data * other.data, (self, other), local, "*")

    __rmul__ = __mul__


@value.misconception(
    "the exponent is missing as a factor in the slope of a power",
    "What is the derivative of a cubed? Its exponent comes down as a factor.",
)
class power_without_factor:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger
    backward = _backward

    def __pow__(self, n):
        slope = self.data ** (n - 1)
        return type(self)(self.data**n, (self,), (slope,), f"**{n}")


@value.misconception(
    "the exponent is not lowered by one in the slope of a power",
    "What is the derivative of a squared: a multiple of a, or of its square?",
)
class power_not_lowered:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger
    backward = _backward

    def __pow__(self, n):
        return type(self)(self.data**n, (self,), (n * self.data**n,), f"**{n}")


@value.misconception(
    "both terms of a difference get a gradient of the same sign",
    "If b grows, does a - b grow or fall?",
)
class difference_like_sum:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger
    backward = _backward

    def __sub__(self, other):
        other = _lift(self, other)
        return type(self)(self.data - other.data, (self, other), (1.0, 1.0), "-")

    def __rsub__(self, other):
        return _lift(self, other) - self


@value.misconception(
    "a number minus a value is computed the other way round",
    "Python calls __rsub__ for a number on the left. "
    "Which of the two is taken off there?",
)
class reversed_difference:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger
    backward = _backward

    def __sub__(self, other):
        return self + _lift(self, other) * -1.0

    __rsub__ = __sub__


@value.misconception(
    "a number divided by a value is computed the other way round",
    "Python calls __rtruediv__ for a number on the left. "
    "Which of the two is the divisor there?",
)
class reversed_quotient:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger
    backward = _backward

    def __truediv__(self, other):
        return self * _lift(self, other) ** -1.0

    __rtruediv__ = __truediv__


@value.misconception(
    "a number may stand on the right of a value, but not on its left",
    "For a number on the left Python looks for the methods whose names begin with "
    "__r. Do you have them?",
)
class no_number_on_the_left:
    __init__ = _init
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __truediv__ = _over
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger
    backward = _backward

    __add__ = _plus
    __mul__ = _times


@value.misconception(
    "the divisor gets a gradient of the wrong sign",
    "If the divisor grows, does the quotient grow or fall?",
)
class quotient_sign:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger
    backward = _backward

    def __truediv__(self, other):
        other = _lift(self, other)
        local = (1 / other.data, self.data / other.data**2)
        return type(self)(self.data / other.data, (self, other), local, "/")

    def __rtruediv__(self, other):
        return _lift(self, other) / self


@value.misconception(
    "the exponential is differentiated by the rule for powers",
    "In exp(a) the variable is the exponent, not the base. What is its derivative?",
)
class exp_by_power_rule:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger
    backward = _backward

    def exp(self):
        slope = self.data * np.exp(self.data - 1)
        return type(self)(np.exp(self.data), (self,), (slope,), "exp")


@value.misconception(
    "the slope of the logarithm is taken as one over its output",
    "Is the derivative of log(a) one over a, or one over log(a)?",
)
class log_by_output:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger
    backward = _backward

    def log(self):
        out = np.log(self.data)
        return type(self)(out, (self,), (1 / out,), "log")


@value.misconception(
    "the logarithm has base ten",
    "This course takes natural logarithms. Which function gives them?",
)
class log_base_ten:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger
    backward = _backward

    def log(self):
        slope = 1 / (self.data * np.log(10))
        return type(self)(np.log10(self.data), (self,), (slope,), "log")


@value.misconception(
    "the square is missing in the slope of tanh",
    "Test the slope at a negative input: can it be larger than one?",
)
class tanh_without_square:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger
    backward = _backward

    def tanh(self):
        out = np.tanh(self.data)
        return type(self)(out, (self,), (1 - out,), "tanh")


@value.misconception(
    "the slope of the sigmoid is computed from its input",
    "In (1 - s) s, is s the input or the output of the gate?",
)
class sigmoid_slope_of_input:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    relu = _relu
    maximum = _larger
    backward = _backward

    def sigmoid(self):
        a = self.data
        return type(self)(1 / (1 + np.exp(-a)), (self,), ((1 - a) * a,), "sigmoid")


@value.misconception(
    "relu passes the gradient back for negative inputs too",
    "Where relu is flat its slope is zero. "
    "Does your backward know the sign of the input?",
)
class relu_lets_all_back:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    maximum = _larger
    backward = _backward

    def relu(self):
        return type(self)(max(0.0, self.data), (self,), (1.0,), "relu")


@value.misconception(
    "maximum passes the gradient to both of its operands",
    "Let the smaller operand move by a little: does the maximum move?",
)
class maximum_to_both:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    backward = _backward

    def maximum(self, other):
        other = _lift(self, other)
        out = max(self.data, other.data)
        return type(self)(out, (self, other), (1.0, 1.0), "max")


@value.variant("local gradients kept on the node, a list in place of recursion")
class local_gradients:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger
    backward = _backward


@value.variant("ties divided, relu at zero half")
class tie_divided:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    backward = _backward

    def maximum(self, other):
        other = _lift(self, other)
        first = 0.5 * ((self.data > other.data) + (self.data >= other.data))
        out = max(self.data, other.data)
        return type(self)(out, (self, other), (first, 1 - first), "max")

    def relu(self):
        slope = 1.0 if self.data > 0 else 0.5 if self.data == 0 else 0.0
        return type(self)(max(0.0, self.data), (self,), (slope,), "relu")


@value.variant("tanh, sigmoid, relu and division built from the other operations")
class derived_functions:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    maximum = _larger
    backward = _backward

    def tanh(self):
        return (self * 2).sigmoid() * 2 - 1

    def sigmoid(self):
        return ((self * -1).exp() + 1) ** -1

    def relu(self):
        return self.maximum(0)

    def __truediv__(self, other):
        other = _lift(self, other)
        local = (1 / other.data, -self.data / other.data**2)
        return type(self)(self.data / other.data, (self, other), local, "/")


@value.variant("each node waits until all its uses have reported")
class counted_uses:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger

    def backward(self):
        uses, stack = {id(self): 0}, [self]
        while stack:
            for parent in stack.pop().parents:
                if id(parent) not in uses:
                    uses[id(parent)] = 0
                    stack.append(parent)
                uses[id(parent)] += 1
        self.grad = 1.0
        ready = [self]
        while ready:
            node = ready.pop()
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += local * node.grad
                uses[id(parent)] -= 1
                if not uses[id(parent)]:
                    ready.append(parent)


@value.variant("a recursion with a raised limit")
class raised_limit:
    __init__ = _init
    __add__ = __radd__ = _plus
    __mul__ = __rmul__ = _times
    __pow__ = _power
    __neg__ = _negative
    __sub__ = _minus
    __rsub__ = _rminus
    __truediv__ = _over
    __rtruediv__ = _rover
    exp = _exp
    log = _log
    tanh = _tanh
    sigmoid = _sigmoid
    relu = _relu
    maximum = _larger

    def backward(self):
        import sys

        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        before = sys.getrecursionlimit()
        sys.setrecursionlimit(100_000)
        try:
            visit(self)
        finally:
            sys.setrecursionlimit(before)
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += local * node.grad


@value.variant("each node keeps a function that passes its gradient back")
class closures:
    count = 0

    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0
        self.parents = parents
        self.pass_back = lambda: None
        closures.count += 1
        self.born = closures.count

    def __add__(self, other):
        other = other if isinstance(other, closures) else closures(other)
        out = closures(self.data + other.data, (self, other))

        def pass_back():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_back = pass_back
        return out

    def __mul__(self, other):
        other = other if isinstance(other, closures) else closures(other)
        out = closures(self.data * other.data, (self, other))

        def pass_back():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_back = pass_back
        return out

    def apply(self, data, slope):
        out = closures(data, (self,))

        def pass_back():
            self.grad += slope * out.grad

        out.pass_back = pass_back
        return out

    def __pow__(self, n):
        return self.apply(self.data**n, n * self.data ** (n - 1))

    def exp(self):
        return self.apply(np.exp(self.data), np.exp(self.data))

    def log(self):
        return self.apply(np.log(self.data), 1 / self.data)

    def tanh(self):
        return self.apply(np.tanh(self.data), 1 / np.cosh(self.data) ** 2)

    def sigmoid(self):
        s = 1 / (1 + np.exp(-self.data))
        return self.apply(s, s * (1 - s))

    def relu(self):
        return self.apply(np.maximum(self.data, 0), self.data >= 0)

    def maximum(self, other):
        other = other if isinstance(other, closures) else closures(other)
        return self * (self.data > other.data) + other * (self.data <= other.data)

    def backward(self):
        found, stack = {id(self): self}, [self]
        while stack:
            for parent in stack.pop().parents:
                if id(parent) not in found:
                    found[id(parent)] = parent
                    stack.append(parent)
        self.grad = 1
        for node in sorted(found.values(), key=lambda n: n.born, reverse=True):
            node.pass_back()

    def __neg__(self):
        return self * -1

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return other + (-self)

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return other * self**-1
