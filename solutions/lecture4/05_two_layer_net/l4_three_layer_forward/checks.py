"""Three-layer forward pass: reference and hidden checks."""

import math

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE
from ..net_params import Params

EXERCISE = Exercise(
    points=2,
    names=("three_layer_forward",),
    title="Three-layer forward pass",
    returns={"three_layer_forward": ("scores",)},
)


def three_layer_forward(params, x):
    """Go from unit to unit: a weighted sum, cut at 0 but for the top layer."""
    columns = np.asarray(x, dtype=float).reshape(len(x), -1)
    results = []
    for column in columns.T.tolist():
        values = column
        for name in ("W1", "W2", "W3"):
            sums = [
                math.fsum(w * v for w, v in zip(row, values, strict=True))
                for row in params[name].astype(float).tolist()
            ]
            values = sums if name == "W3" else [max(0.0, z) for z in sums]
        results.append(values)
    return np.array(results).T.reshape(-1, *np.shape(x)[1:])


def _three_problem(
    rng: np.random.Generator, D: int, H1: int, H2: int, C: int
) -> tuple[Params, np.ndarray]:
    """Draw three layers and a column; units on and off in both hidden layers."""
    while True:
        W1, W2, W3 = (
            rng.standard_normal(shape) for shape in ((H1, D), (H2, H1), (C, H2))
        )
        x = rng.standard_normal((D, 1))
        z1 = W1 @ x
        z2 = W2 @ np.maximum(0, z1)
        mixed = all((z > 0).any() and (z < 0).any() for z in (z1, z2))
        # Some score is negative, so that a maximum at the top shows.
        if mixed and (W3 @ np.maximum(0, z2) < 0).any():
            return {"W1": W1, "W2": W2, "W3": W3}, x


@check("column vectors of shape (D, 1)", 1.1)
def column(student: Student, rng: np.random.Generator) -> None:
    for sizes in ((3, 4, 5, 2), (6, 5, 4, 3), (4, 4, 4, 4)):
        student.agrees("three_layer_forward", *_three_problem(rng, *sizes))


@check("vectors of shape (D,)", 0.4)
def flat(student: Student, rng: np.random.Generator) -> None:
    for sizes in ((3, 4, 5, 2), (5, 5, 5, 5)):
        params, x = _three_problem(rng, *sizes)
        student.agrees("three_layer_forward", params, x[:, 0])


@check("float32", 0.3)
def single_three(student: Student, rng: np.random.Generator) -> None:
    params, x = _three_problem(rng, 4, 6, 5, 3)
    params = {name: W.astype(np.float32) for name, W in params.items()}
    student.agrees("three_layer_forward", params, x.astype(np.float32), **SINGLE)


@check("params and x stay as they were", 0.2, inputs=True)
def untouched(student: Student, rng: np.random.Generator) -> None:
    student.agrees("three_layer_forward", *_three_problem(rng, 3, 4, 5, 2))
