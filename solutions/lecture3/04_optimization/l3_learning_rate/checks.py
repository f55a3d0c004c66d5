"""Step and cosine decay: reference and hidden checks."""

import numpy as np

from autograder.exercise import Exercise, Student, check

EXERCISE = Exercise(
    points=2,
    names=("step_decay", "cosine_decay"),
    title="Step and cosine decay",
    returns={"step_decay": ("lr",), "cosine_decay": ("lr",)},
)


def step_decay(lr0, step, drop, every):
    """Multiply lr0 by drop once for each full `every` steps."""
    lr = float(lr0)
    for t in range(1, int(step) + 1):
        if t % every == 0:
            lr *= drop
    return lr


def cosine_decay(lr0, step, total_steps):
    """Go from lr0 to 0 along half a period of the cosine, by the half-angle."""
    return lr0 * np.cos(0.5 * np.pi * step / total_steps) ** 2


@check("step decay inside a period and at its ends", 0.6)
def step_ends(student: Student, rng: np.random.Generator) -> None:
    every = int(rng.integers(7, 15))
    lr0, drop = float(rng.uniform(0.1, 2)), float(rng.uniform(0.2, 0.8))
    for step in (0, 1, every - 1, every, every + 1, 2 * every - 1, 2 * every):
        student.agrees("step_decay", lr0, step, drop, every)


@check("step decay after many periods, with other numbers", 0.4)
def step_late(student: Student, rng: np.random.Generator) -> None:
    for every in (1, 3, 10):
        step = int(rng.integers(4 * every, 9 * every))
        lr0, drop = float(rng.uniform(1e-4, 1e-2)), float(rng.uniform(0.5, 0.95))
        student.agrees("step_decay", lr0, step, drop, every, atol=1e-12)


@check("cosine decay at the start, in the middle and at the end", 0.5)
def cosine_ends(student: Student, rng: np.random.Generator) -> None:
    total = 2 * int(rng.integers(10, 60))
    lr0 = float(rng.uniform(0.1, 2))
    for step in (0, total // 2, total):
        student.agrees("cosine_decay", lr0, step, total)


@check("cosine decay in between", 0.5)
def cosine_between(student: Student, rng: np.random.Generator) -> None:
    total = int(rng.integers(30, 200))
    lr0 = float(rng.uniform(0.1, 2))
    for step in (1, total // 5, total // 3, (3 * total) // 4, total - 1):
        student.agrees("cosine_decay", lr0, step, total)
