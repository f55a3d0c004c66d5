"""Add, multiply and max gates with forward and backward."""

from typing import Any

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....value_and_gradients import expect_split
from ..numbers_apart import draw_numbers

EXERCISE = Exercise(
    points=6,
    names=("AddGate", "MultiplyGate", "MaxGate"),
    title="Add, multiply and max gates with forward and backward",
    size="loss",
)


class AddGate:
    """The slope of a sum with respect to each term is one."""

    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return 1 * dout, 1 * dout


class MultiplyGate:
    """The slope of a product with respect to one factor is the other."""

    def forward(self, x, y):
        self.inputs = x, y
        return x * y

    def backward(self, dout):
        x, y = self.inputs
        return y * dout, x * dout


class MaxGate:
    """The slope is one for the larger input and zero for the other."""

    def forward(self, x, y):
        self.first = x >= y
        return x if self.first else y

    def backward(self, dout):
        return (dout, 0 * dout) if self.first else (0 * dout, dout)


def _forward(student: Student, rng: np.random.Generator, name: str, rule: Any) -> None:
    for _ in range(3):
        x, y = draw_numbers(rng, 2)
        out = student.fetch(student.keep(name).method("forward", x, y))
        student.expect(out, rule(x, y), "forward")


def _backward(student: Student, rng: np.random.Generator, name: str, rule: Any) -> None:
    for _ in range(4):
        x, y, dout = draw_numbers(rng, 3)
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


@check("the add gate, forwards", 0.2)
def add_forward(student: Student, rng: np.random.Generator) -> None:
    _forward(student, rng, "AddGate", lambda x, y: x + y)


@check("the add gate, backwards", 1.4)
def add_backward(student: Student, rng: np.random.Generator) -> None:
    _backward(student, rng, "AddGate", _add)


@check("the multiply gate, forwards", 0.2)
def multiply_forward(student: Student, rng: np.random.Generator) -> None:
    _forward(student, rng, "MultiplyGate", lambda x, y: x * y)


@check("the multiply gate, backwards", 1.5)
def multiply_backward(student: Student, rng: np.random.Generator) -> None:
    _backward(student, rng, "MultiplyGate", _multiply)


@check("the max gate, forwards", 0.2)
def max_forward(student: Student, rng: np.random.Generator) -> None:
    _forward(student, rng, "MaxGate", max)
    # Below zero the larger number is the smaller one in size.
    near, apart = map(float, rng.uniform(0.5, 2, size=2))
    for x, y in ((-near, -near - apart), (-near - apart, -near)):
        out = student.fetch(student.keep("MaxGate").method("forward", x, y))
        student.expect(out, max(x, y), "forward")


@check("the max gate, backwards", 1.4)
def max_backward(student: Student, rng: np.random.Generator) -> None:
    for sign in (1, -1):
        x, dout = draw_numbers(rng, 2)
        y = x + sign * float(rng.uniform(0.5, 2))
        for up in (dout, 0.0):
            gate = student.keep("MaxGate")
            gate.method("forward", x, y)
            grads = student.fetch(gate.method("backward", up))
            student.expect(grads, _max(x, y, up), "backward", parts=("dx", "dy"))
    _backward(student, rng, "MaxGate", _max)


@check("a max gate whose inputs are equal", 0.2)
def max_tie(student: Student, rng: np.random.Generator) -> None:
    # Every split of the gradient between the two is a subgradient.
    for _ in range(3):
        x, dout = draw_numbers(rng, 2)
        gate = student.keep("MaxGate")
        out = gate.method("forward", x, x)
        out, grads = student.fetch(out, gate.method("backward", dout))
        student.expect(out, x, "forward at a tie")
        expect_split(student, grads, dout, ("dx", "dy"))


@check("two gates of one kind, each with its own cache", 0.5)
def own_cache(student: Student, rng: np.random.Generator) -> None:
    for name, rule in (("MultiplyGate", _multiply), ("MaxGate", _max)):
        a, b, c, d, up, down = draw_numbers(rng, 6)
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


@check("forward twice, then backward: the last inputs count", 0.4)
def latest(student: Student, rng: np.random.Generator) -> None:
    for name, rule in (("MultiplyGate", _multiply), ("MaxGate", _max)):
        a, b, c, d, up, _ = draw_numbers(rng, 6)
        if name == "MaxGate":
            (a, b), (c, d) = sorted((a, b)), sorted((c, d), reverse=True)
        gate = student.keep(name)
        gate.method("forward", a, b)
        gate.method("forward", c, d)
        grads = student.fetch(gate.method("backward", up))
        student.expect(grads, rule(c, d, up), "backward", parts=("dx", "dy"))
