"""A sigmoid neuron with the one gate: reference and hidden checks."""

import math

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE
from ....value_and_gradients import require_chain_rule
from ..sigmoids import draw_neuron, sigmoid_slope

EXERCISE = Exercise(
    points=2,
    names=("sigmoid_neuron",),
    title="A sigmoid neuron with the one gate",
    returns={"sigmoid_neuron": ("f", "dw", "dx")},
    leans_on=("l4_sigmoid_gate",),
)


def sigmoid_neuron(w, x):
    """Write every product out; the slope in its symmetric form."""
    s = float(w[0]) * float(x[0]) + float(w[1]) * float(x[1]) + float(w[2])
    f = 0.5 + 0.5 * math.tanh(s / 2)
    slope = float(sigmoid_slope(s))
    dw = np.array([slope * float(x[0]), slope * float(x[1]), slope])
    dx = np.array([slope * float(w[0]), slope * float(w[1])])
    return f, dw, dx


@check("the output f", 0.3)
def neuron_output(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        student.agrees("sigmoid_neuron", *draw_neuron(rng), only="f")


@check("the gradient of w", 0.8)
def neuron_dw(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        w, x = draw_neuron(rng)
        _, dw, _ = student.agrees("sigmoid_neuron", w, x, only="dw")
        require_chain_rule(dw, sigmoid_neuron(w, x)[1], "dw")


@check("the gradient of x", 0.6)
def neuron_dx(student: Student, rng: np.random.Generator) -> None:
    for _ in range(3):
        w, x = draw_neuron(rng)
        _, _, dx = student.agrees("sigmoid_neuron", w, x, only="dx")
        require_chain_rule(dx, sigmoid_neuron(w, x)[2], "dx")


@check("a saturated neuron, zeros, float32", 0.2)
def neuron_edges(student: Student, rng: np.random.Generator) -> None:
    w, x = draw_neuron(rng)
    student.agrees("sigmoid_neuron", np.zeros(3), x)
    student.agrees("sigmoid_neuron", w, np.zeros(2))
    w32, x32 = w.astype(np.float32), x.astype(np.float32)
    student.agrees("sigmoid_neuron", w32, x32, **SINGLE)
    student.agrees("sigmoid_neuron", 1000 * w, x)
    student.agrees("sigmoid_neuron", -1000 * w, x)


@check("w and x stay as they were", 0.1, inputs=True)
def untouched(student: Student, rng: np.random.Generator) -> None:
    student.agrees("sigmoid_neuron", *draw_neuron(rng))
