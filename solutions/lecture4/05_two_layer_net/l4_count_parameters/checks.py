"""Number of parameters: reference and hidden checks."""

import numpy as np

from autograder.exercise import Exercise, Student, check

EXERCISE = Exercise(
    points=1,
    names=("count_parameters",),
    title="Number of parameters",
    returns={"count_parameters": ("count",)},
)


def count_parameters(layer_sizes):
    """Each unit above the input has a weight for each unit below, and a bias."""
    total = 0
    for place in range(1, len(layer_sizes)):
        for _ in range(layer_sizes[place]):
            total += layer_sizes[place - 1] + 1
    return total


@check("one hidden layer", 0.4)
def one_hidden(student: Student, rng: np.random.Generator) -> None:
    for sizes in ([3, 4, 2], rng.integers(2, 60, size=3).tolist(), [7, 7, 7]):
        student.agrees("count_parameters", sizes)


@check("two hidden layers and more", 0.3)
def more_hidden(student: Student, rng: np.random.Generator) -> None:
    for number in (4, 5, 7):
        student.agrees("count_parameters", rng.integers(2, 40, size=number).tolist())


@check("no hidden layer; large layers; a tuple", 0.3)
def no_hidden(student: Student, rng: np.random.Generator) -> None:
    student.agrees("count_parameters", rng.integers(2, 60, size=2).tolist())
    student.agrees("count_parameters", [3072, int(rng.integers(100, 5000)), 10])
    student.agrees("count_parameters", tuple(rng.integers(2, 9, size=4).tolist()))
