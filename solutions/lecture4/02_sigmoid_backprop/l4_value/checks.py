"""Value, a small autograd: reference and hidden checks."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Ref, Student, check, probe_argument

from ....probes import long_chain
from ....value_and_gradients import expect_split

EXERCISE = Exercise(
    points=8,
    names=("Value",),
    title="Value, a small autograd",
    size="loss",
    leans_on=("l4_sigmoid_gate",),
)


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


@check("the data of + - * / and **", 0.5)
def data_arithmetic(student: Student, rng: np.random.Generator) -> None:
    for name, formula in {**ARITHMETIC, **QUOTIENTS}.items():
        _ask_graph(student, formula, _two(rng), name, data=True)


@check("the data of the functions", 0.5)
def data_functions(student: Student, rng: np.random.Generator) -> None:
    for name, number in FUNCTIONS.items():
        for args in _signed(rng, name):
            _ask_graph(student, _method(name), args, name, number, data=True)
    for a, b in (_two(rng), [-v for v in _two(rng)], _two(rng)):
        formula = _maximum
        _ask_graph(student, formula, [a, b], "maximum", max, data=True)


def _maximum(a: Ref, b: Any) -> Ref:
    return a.method("maximum", b)


@check("gradients of + - and *", 0.8)
def grad_arithmetic(student: Student, rng: np.random.Generator) -> None:
    for name, formula in ARITHMETIC.items():
        if name != "-a":
            _ask_graph(student, formula, _two(rng), name)
    for name, formula in (
        ("-a", lambda a: -a),
        ("a * b - c", lambda a, b, c: a * b - c),
    ):
        args = (_two(rng) + _two(rng))[: 1 if name == "-a" else 3]
        _ask_graph(student, formula, args, name)


@check("gradients of / and **", 0.7)
def grad_quotients(student: Student, rng: np.random.Generator) -> None:
    _ask_graph(student, QUOTIENTS["a / b"], _two(rng), "a / b")
    for power in (3, -2, 0.5, 2):
        _ask_graph(student, lambda a, p=power: a**p, _two(rng)[:1], f"a ** {power}")


@check("gradients of exp, log, tanh and sigmoid", 0.7)
def grad_functions(student: Student, rng: np.random.Generator) -> None:
    for name in ("exp", "log", "tanh", "sigmoid"):
        for args in _signed(rng, name):
            _ask_graph(student, _method(name), args, name, FUNCTIONS[name])


@check("gradients of relu and maximum", 0.5)
def grad_kinked(student: Student, rng: np.random.Generator) -> None:
    near = float(rng.uniform(0.1, 0.9))
    for args in (*_signed(rng, "relu"), [near], [-near]):
        _ask_graph(student, _method("relu"), args, "relu", FUNCTIONS["relu"])
    a, b = sorted(_two(rng))
    for args in ([a, b], [b, a], [-b, a], [-a, -b]):
        _ask_graph(student, _maximum, args, "maximum", max)
    _ask_graph(student, lambda x: x.method("maximum", 0.1), [b], "maximum(0.1)", float)


@check("numbers on either side", 0.5)
def grad_numbers(student: Student, rng: np.random.Generator) -> None:
    for name, formula in NUMBERS.items():
        args = _two(rng)[:1]
        one = lambda a, f=formula: f(a, None)  # noqa: E731 - short and used twice
        _ask_graph(student, one, args, name, data=True)
        _ask_graph(student, one, args, name)


@check("a value that is used more than once", 1.8)
def used_twice(student: Student, rng: np.random.Generator) -> None:
    a = student.keep("Value", _two(rng)[0])
    (a + a).method("backward")
    grad = student.number(student.fetch(a.attr("grad")), "grad of a in a + a")
    student.require(
        not math.isclose(grad, 1.0),
        "grad of a in a + a: the gradients of its two uses do not add up",
    )
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


@check("gradients add up over two expressions", 0.5)
def over_calls(student: Student, rng: np.random.Generator) -> None:
    x, y = _two(rng)
    a, b = student.keep("Value", x), student.keep("Value", y)
    (a * b).method("backward")
    (a * a + b).method("backward")
    got = student.fetch(a.attr("grad"), b.attr("grad"))
    parts = ("grad of a", "grad of b")
    student.expect(got, (y + 2 * x, x + 1), "a second expression", parts=parts)


@check("random expressions against finite differences", 0.8)
def random_expressions(student: Student, rng: np.random.Generator) -> None:
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


@check("ties: relu at zero, maximum of equals", 0.2)
def ties(student: Student, rng: np.random.Generator) -> None:
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


@check("a chain of 10,000 nodes", 0.5)
def deep(student: Student, rng: np.random.Generator) -> None:
    scale, shift = float(rng.uniform(0.9997, 0.9999)), float(rng.uniform(1e-4, 1e-3))
    chain = student.make(
        probe_argument(long_chain, length=5000, scale=scale, shift=shift)
    )
    a = student.keep("Value", 2.0)
    end = chain.method("__call__", a)
    got = student.fetch(end.attr("data"))
    want = 2.0 * scale**5000 + shift * (1 - scale**5000) / (1 - scale)
    student.expect(got, want, "data at the end of the chain")
    end.method("backward")
    got = student.fetch(a.attr("grad"))
    student.expect(got, scale**5000, "grad at the start of the chain")
