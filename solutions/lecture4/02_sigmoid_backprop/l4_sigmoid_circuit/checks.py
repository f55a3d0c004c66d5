"""The sigmoid circuit, gate by gate: reference and hidden checks."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Student, check

from ..sigmoids import draw_neuron

EXERCISE = Exercise(
    points=4,
    names=("sigmoid_circuit",),
    title="The sigmoid circuit, gate by gate",
    size="loss",
    returns={"sigmoid_circuit": ("f", "values", "grads")},
)
INPUTS = ("w0", "x0", "w1", "x1", "w2")
PRODUCTS = ("p0", "p1", "a", "s")
BEHIND = ("n", "e", "d", "f")


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


@check("the output f", 0.4)
def output(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        student.agrees("sigmoid_circuit", *draw_neuron(rng), only="f")


@check("the values of the nodes", 0.8)
def node_values(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        _ask_nodes(student, *draw_neuron(rng), 1, (*INPUTS, *PRODUCTS, *BEHIND))


@check("the gradients from f back to the sum s", 1.2)
def behind_the_sum(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        _ask_nodes(student, *draw_neuron(rng), 2, (*BEHIND, "s"))


@check("the gradients of the inputs and of their products", 1.0)
def before_the_sum(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        _ask_nodes(student, *draw_neuron(rng), 2, (*INPUTS, "p0", "p1", "a"))


@check("zeros and whole numbers", 0.4)
def zeros(student: Student, rng: np.random.Generator) -> None:
    whole = rng.integers(-3, 4, size=3)
    every = (*INPUTS, *PRODUCTS, *BEHIND)
    for w, x in (
        (whole, rng.integers(-2, 3, size=2)),
        (np.zeros(3), np.array([1.0, -2.0])),
        (whole + 0.0, np.zeros(2)),
    ):
        _ask_nodes(student, w, x, 1, every)
        _ask_nodes(student, w, x, 2, every)


@check("w and x stay as they were", 0.2, inputs=True)
def untouched(student: Student, rng: np.random.Generator) -> None:
    student.agrees("sigmoid_circuit", *draw_neuron(rng))
