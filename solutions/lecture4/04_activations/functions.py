"""The checks that the activations and their slopes share."""

from collections.abc import Sequence

import numpy as np

from autograder.exercise import Check, Student, check

from ...tolerance import SINGLE

KINK = 1e-3  # ordinary inputs stay at least this far from zero

PLAIN = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu")
BENT = ("sigmoid", "tanh", "elu", "gelu")  # those with an exponential in them


def draw_inputs(
    rng: np.random.Generator, *shape: int, scale: float = 2.0
) -> np.ndarray:
    """Draw numbers of both signs, none of them near a kink."""
    x = scale * rng.standard_normal(shape)
    x = np.where(np.abs(x) < KINK, 1.0, x).reshape(-1)
    if x.size > 1:
        x[:2] = np.abs(x[0]), -np.abs(x[1])
    return rng.permutation(x).reshape(shape)


def function_checks(name: str, usual: float, forms: float) -> list[Check]:
    """Return what is asked of each function: ordinary inputs, then other forms.

    Parameters
    ----------
    name : str
        A function of one array.
    usual, forms : float
        What the two checks are worth.
    """

    @check(f"{name}, an array", usual)
    def an_array(student: Student, rng: np.random.Generator) -> None:
        for shape in ((8,), (3, 5)):
            student.agrees(name, draw_inputs(rng, *shape))
        student.agrees(name, draw_inputs(rng, 6, scale=0.2))

    @check(f"{name}, a number, other shapes, float32", forms)
    def other_forms(student: Student, rng: np.random.Generator) -> None:
        for value in draw_inputs(rng, 2).tolist():
            student.agrees(name, value)
        student.agrees(name, np.float64(draw_inputs(rng, 2)[0]))
        student.agrees(name, draw_inputs(rng, 2, 3, 4))
        student.agrees(name, draw_inputs(rng, 1))
        student.agrees(name, np.array(draw_inputs(rng, 2)[0]))
        student.agrees(name, draw_inputs(rng, 7).astype(np.float32), **SINGLE)

    return [an_array, other_forms]


def far_check(name: str, points: float) -> Check:
    """Return the check of a function with an exponential in it, far from zero."""

    @check(f"{name}, far from zero", points)
    def far_from_zero(student: Student, rng: np.random.Generator) -> None:
        far = float(rng.uniform(800, 4000))
        student.agrees(name, rng.permutation([far, -far, 30.0, -30.0, 720.0]))
        student.agrees(name, np.array([-far]))
        student.agrees(name, np.array([far]))

    return far_from_zero


def inputs_check(names: Sequence[str], points: float) -> Check:
    """Return the check that none of these functions changes its argument."""

    @check("x stays as it was", points, inputs=True)
    def untouched(student: Student, rng: np.random.Generator) -> None:
        for name in names:
            student.agrees(name, draw_inputs(rng, 5))

    return untouched
