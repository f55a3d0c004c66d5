"""Random search: reference and hidden checks."""

from typing import Any

import numpy as np

from autograder.exercise import Exercise, Student, check, probe_argument, rng_argument

from ....probes import quadratic
from ..minibatches import draw_seed

EXERCISE = Exercise(
    points=2,
    names=("random_search",),
    title="Random search",
    returns={"random_search": ("best_W", "best_loss", "history")},
)


def random_search(loss_fn, shape, num_tries, scale, rng):
    """Keep the best of num_tries draws; history[i] is the best loss after try i."""
    draws = [scale * rng.standard_normal(shape) for _ in range(num_tries)]
    losses = [loss_fn(W) for W in draws]
    best = losses.index(min(losses))
    return draws[best], losses[best], [min(losses[: i + 1]) for i in range(num_tries)]


def _bowl(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    A = rng.uniform(0.5, 2, size=shape)
    return probe_argument(quadratic, A=A, b=2 * rng.standard_normal(shape))


def _search(
    student: Student,
    rng: np.random.Generator,
    shape: tuple[int, ...],
    tries: int,
    scale: float,
    only: str,
) -> None:
    student.agrees(
        "random_search",
        _bowl(rng, shape),
        shape,
        tries,
        scale,
        rng_argument(draw_seed(rng)),
        only=only,
    )


@check("the best weights", 0.5)
def best_weights(student: Student, rng: np.random.Generator) -> None:
    for tries in (12, 25, 40):
        _search(student, rng, (3, 2), tries, 1.0, "best_W")


@check("the best loss", 0.4)
def best_loss(student: Student, rng: np.random.Generator) -> None:
    for tries in (12, 25, 40):
        _search(student, rng, (3, 2), tries, 1.0, "best_loss")


@check("the history: the best loss after each try", 0.6)
def best_so_far(student: Student, rng: np.random.Generator) -> None:
    for tries in (12, 25, 40):
        _search(student, rng, (2, 3), tries, 1.0, "history")


@check("another scale and weights of other shapes", 0.3)
def other_scale(student: Student, rng: np.random.Generator) -> None:
    for shape, scale in (((4,), 0.01), ((2, 5), 7.5), ((2, 3, 2), 0.3)):
        _search(student, rng, shape, 15, scale, "best_W")


@check("a single try", 0.2)
def one_try(student: Student, rng: np.random.Generator) -> None:
    for part in ("best_W", "best_loss", "history"):
        _search(student, rng, (2, 3), 1, 0.7, part)
