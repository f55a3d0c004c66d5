"""Random search: reference and hidden checks."""

import numpy as np

from answer_checks.compare import is_number
from autograder.exercise import (
    CheckFailed,
    Exercise,
    Student,
    check,
    probe_argument,
    rng_argument,
)

from ....probes import quadratic, recorded_quadratic
from ..minibatches import draw_seed, keep_facts

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


class _Search:
    """One run of the student's search, seen through a loss that remembers its calls.

    Only the check of the draws depends on how they are made: the others judge what was
    made of the weights that were tried.
    """

    def __init__(
        self,
        student: Student,
        rng: np.random.Generator,
        shape: tuple[int, ...],
        tries: int,
        scale: float,
        seed: int | None = None,
    ) -> None:
        A, b = rng.uniform(0.5, 2, size=shape), 2 * rng.standard_normal(shape)
        self.loss_fn = quadratic(A, b)
        seed = draw_seed(rng) if seed is None else seed
        seen = student.make(probe_argument(recorded_quadratic, A=A, b=b))
        result = student.keep(
            "random_search", seen, shape, tries, scale, rng_argument(seed)
        )
        got, calls = student.fetch(result, seen.attr("calls"))
        if not isinstance(got, tuple | list) or len(got) != 3:
            raise CheckFailed("expected (best_W, best_loss, history)", "type")
        self.best_W, self.best_loss, self.history = got
        self.tried: list[np.ndarray] = []
        for W in calls:
            if W.shape != shape:
                raise CheckFailed("loss_fn is called with weights of another shape")
            # Whoever asks for the loss of the same weights again tries nothing new.
            if not any(np.array_equal(W, other) for other in self.tried):
                self.tried.append(W)
        self.losses = [self.loss_fn(W) for W in self.tried]
        self.shape, self.missing = shape, tries - len(self.tried)
        generator = np.random.default_rng(seed)
        self.normal = [generator.standard_normal(shape) for _ in range(tries)]
        student.transcript.clear()

    def weights(self, student: Student) -> np.ndarray:
        """Return the weights that were returned as the best."""
        return student.array(self.best_W, self.shape, "best_W")

    def enough(self, student: Student) -> None:
        """Require one try for each of num_tries."""
        student.require(
            not self.missing, "loss_fn is not asked for num_tries different weights"
        )


def _place(losses: list[float], loss: float) -> list[bool]:
    """Say which of the tries this loss belongs to: the best, the last, the worst."""
    if not losses:
        return []
    return [
        bool(np.isclose(loss, one)) for one in (min(losses), losses[-1], max(losses))
    ]


def _ask_best(student: Student, run: _Search) -> None:
    best = run.loss_fn(run.weights(student))
    student.transcript.append([run.missing, _place(run.losses, best)])
    run.enough(student)
    student.require(
        bool(np.isclose(best, min(run.losses))),
        "best_W: other weights that were tried have a lower loss",
    )


def _ask_history(student: Student, run: _Search) -> None:
    history = run.history
    if isinstance(history, np.ndarray) and history.ndim == 1:
        history = history.tolist()
    listed = isinstance(history, tuple | list) and all(map(is_number, history))
    student.require(listed, "history is not a list of numbers", "type")
    wanted = len(run.losses) + run.missing
    fits = len(history) == wanted == len(run.losses)
    kinds = [
        fits and bool(np.allclose(history, form(run.losses)))
        for form in (np.minimum.accumulate, np.array, np.maximum.accumulate)
    ]
    student.transcript.append([run.missing, len(history) == wanted, *kinds])
    student.require(
        len(history) == wanted, "history: it does not have one loss per try", "shape"
    )
    run.enough(student)
    student.require(kinds[0], "history: it is not the best loss after each try")


@check("the best weights", 0.45)
def best_weights(student: Student, rng: np.random.Generator) -> None:
    for tries in (12, 25, 40):
        _ask_best(student, _Search(student, rng, (3, 2), tries, 1.0))


@check("the best loss", 0.3)
def best_loss(student: Student, rng: np.random.Generator) -> None:
    for tries in (12, 25, 40):
        run = _Search(student, rng, (3, 2), tries, 1.0)
        loss = student.number(run.best_loss, "best_loss")
        student.transcript.append([run.missing, _place(run.losses, loss)])
        run.enough(student)
        student.expect(loss, min(run.losses), "best_loss")


@check("the history: the best loss after each try", 0.5)
def best_so_far(student: Student, rng: np.random.Generator) -> None:
    for tries in (12, 25, 40):
        _ask_history(student, _Search(student, rng, (2, 3), tries, 1.0))


@check("the draws: scale times standard normal numbers, from rng", 0.5)
def draws(student: Student, rng: np.random.Generator) -> None:
    facts = []
    for shape, scale in (((4,), 0.01), ((2, 5), 7.5), ((2, 3, 2), 0.3)):
        run = _Search(student, rng, shape, 15, scale)
        tried, normal = np.array(run.tried), np.array(run.normal)
        whole = tried.shape == normal.shape
        known = [whole and bool(np.allclose(tried, k * normal)) for k in (scale, 1.0)]
        negative = bool((tried < 0).any())
        first = bool(len(tried)) and np.allclose(tried[0], scale * normal[0])
        facts += [known, negative, bool(first)]
    seed = draw_seed(rng)
    runs = [
        _Search(student, rng, (3, 2), 5, 1.0, seed=s) for s in (seed, seed, seed + 1)
    ]
    same = np.array_equal(runs[0].tried, runs[1].tried)
    other = not np.array_equal(runs[0].tried, runs[2].tried)
    keep_facts(student, *facts, same, other)
    student.require(same, "two searches with the same rng try different weights")
    student.require(other, "two different rng try the same weights")
    student.require(
        all(right for right, _ in facts[::3]),
        "the weights that are tried are not scale * rng.standard_normal(shape)",
    )


@check("a single try", 0.25)
def one_try(student: Student, rng: np.random.Generator) -> None:
    run = _Search(student, rng, (2, 3), 1, 0.7)
    _ask_best(student, run)
    _ask_history(student, run)
    loss = student.number(run.best_loss, "best_loss")
    student.expect(loss, run.losses[0], "best_loss")
