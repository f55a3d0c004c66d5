"""Minibatch gradient descent: reference and hidden checks."""

from collections.abc import Mapping, Sequence
from typing import Any

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

from ....probes import recorded_squares
from ..minibatches import draw_seed, draw_tagged, keep_facts, rows_of

EXERCISE = Exercise(
    points=4,
    names=("sgd",),
    title="Minibatch gradient descent",
    size="loss",
    leans_on=("l3_sample_minibatch",),
)


def sgd(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    """Take num_iters steps against the gradient of a minibatch drawn for each."""
    loss_history = []
    for _ in range(num_iters):
        rows = [int(rng.integers(len(X))) for _ in range(batch_size)]
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = np.array(
            [w - learning_rate * d for w, d in zip(W.ravel(), dW.ravel(), strict=True)]
        ).reshape(W.shape)
    return W, loss_history


class _Descent:
    """One run of the student's sgd, seen through a loss that remembers its calls.

    Nothing here depends on how the rows are drawn: the steps are judged by the
    gradients that the student was given.
    """

    def __init__(
        self,
        student: Student,
        rng: np.random.Generator,
        *,
        N: int = 12,
        batch_size: int = 5,
        num_iters: int = 8,
        dtype: Any = np.float64,
        seed: int | None = None,
        data: tuple[Any, Any] | None = None,
    ) -> None:
        C, D = 3, 4
        self.X, self.y = data or (rng.standard_normal((N, D)), rng.integers(C, size=N))
        self.X = self.X.astype(dtype)
        self.W = (0.5 * rng.standard_normal((D, C))).astype(dtype)
        self.learning_rate = float(rng.uniform(0.02, 0.06))
        self.reg = float(rng.uniform(0.1, 0.9))
        self.batch_size, self.num_iters = batch_size, num_iters
        seen = student.make(probe_argument(recorded_squares))
        result = student.keep(
            "sgd",
            seen,
            self.W,
            self.X,
            self.y,
            self.learning_rate,
            self.reg,
            num_iters,
            batch_size,
            rng_argument(draw_seed(rng) if seed is None else seed),
        )
        got, calls = student.fetch(result, seen.attr("calls"))
        if not isinstance(got, tuple | list) or len(got) != 2:
            raise CheckFailed("expected (W, loss_history)", "type")
        self.final = student.array(got[0], self.W.shape, "W")
        self.history = got[1]
        self.given = self._of_this_problem(calls)
        self.steps = self._steps()

    def _of_this_problem(self, calls: Sequence[Any]) -> list[dict[str, Any]]:
        """Keep the calls; loss and gradient are computed again, outside."""
        kept = []
        for call in calls:
            W, X, y = (np.asarray(call[k]) for k in ("W", "X", "y"))
            if W.shape != self.W.shape or X.ndim != 2 or len(X) != len(y):
                raise CheckFailed("loss_fn is called with arrays that do not fit")
            rest = X @ W - np.eye(W.shape[1])[y]
            reg = float(call["reg"])
            loss = np.sum(rest**2) / len(X) + reg * np.sum(W**2)
            dW = 2 * X.T @ rest / len(X) + 2 * reg * W
            kept.append({"W": W, "X": X, "y": y, "reg": reg, "loss": loss, "dW": dW})
        return kept

    def _steps(self) -> list[dict[str, Any]]:
        """Return the call before each step: at each new W the last one on a minibatch.

        Who looks at the loss of all examples beside it takes no step by that.
        """
        last: list[dict[str, Any]] = []
        for call in self.given:
            if not last or not np.array_equal(last[-1]["W"], call["W"]):
                last.append(call)
            elif self._is_batch(call) or not self._is_batch(last[-1]):
                last[-1] = call
        return last[: self.num_iters]

    def _is_batch(self, call: Mapping[str, Any]) -> bool:
        return len(call["X"]) == self.batch_size

    def ratios(self) -> list[float]:
        """Each step as a multiple of what was asked; NaN where it goes elsewhere."""
        places = [*(call["W"].astype(float) for call in self.steps), self.final]
        found = []
        for t, call in enumerate(self.steps):
            want = -self.learning_rate * call["dW"].astype(float)
            step = places[t + 1] - places[t]
            ratio = float(np.sum(step * want) / np.sum(want * want))
            off = np.abs(step - ratio * want).max() > 1e-4 * np.abs(want).max()
            found.append(float("nan") if off else round(ratio, 3))
        return found

    def losses(self) -> np.ndarray:
        """Return the loss of the minibatch before each step."""
        return np.array([call["loss"] for call in self.steps])

    def rows(self) -> list[np.ndarray]:
        """Return the row numbers of each batch; -1 for a row that X does not hold."""
        return [rows_of(call["X"], self.X) for call in self.steps]


def _loss_list(student: Student, history: Any, length: int) -> np.ndarray:
    if isinstance(history, np.ndarray) and history.ndim == 1:
        history = history.tolist()
    listed = isinstance(history, tuple | list) and all(map(is_number, history))
    student.require(listed, "loss_history is not a list of numbers", "type")
    right = len(history) == length
    student.require(right, "loss_history: it does not have one loss a step", "shape")
    return np.array(history, dtype=float)


@check("each step goes against the gradient, learning_rate times it", 1.2)
def steps_against(student: Student, rng: np.random.Generator) -> None:
    for N, B, num_iters in ((12, 5, 8), (30, 1, 10), (7, 4, 1)):
        run = _Descent(student, rng, N=N, batch_size=B, num_iters=num_iters)
        ratios = run.ratios()
        starts = bool(run.steps) and np.allclose(run.steps[0]["W"], run.W)
        keep_facts(student, starts, len(run.steps) - num_iters, ratios)
        student.require(starts, "the first step does not start at the W it was given")
        student.require(len(ratios) == num_iters, "there are not num_iters steps")
        student.require(
            bool(np.all(np.isfinite(ratios))),
            "a step is no multiple of the gradient that loss_fn returned",
        )
        student.expect(
            np.array(ratios), np.ones(num_iters), "step", rtol=2e-3, atol=0.0
        )


@check("a new minibatch for every step: rows with their labels", 0.7)
def new_batches(student: Student, rng: np.random.Generator) -> None:
    N, B = 15, 6
    X, y = draw_tagged(rng, N, 4)
    X[:, 0] /= N
    run = _Descent(student, rng, batch_size=B, num_iters=9, data=(X, y // 3 % 3))
    rows = run.rows()
    sizes = {len(r) for r in rows}
    known = all((r >= 0).all() for r in rows)
    belong = known and all(
        np.array_equal(run.y[r], call["y"])
        for r, call in zip(rows, run.steps, strict=True)
    )
    anew = len({r.tobytes() for r in rows}) > 1
    keep_facts(student, sorted(sizes), known, belong, anew)
    student.require(sizes == {B}, "loss_fn is not given batch_size examples")
    student.require(known, "loss_fn is given rows that X does not hold")
    student.require(belong, "the labels are not those of the rows")
    student.require(anew, "every step uses the same minibatch")


@check("the draw: with replacement, every row, from rng", 0.5)
def fair_draw(student: Student, rng: np.random.Generator) -> None:
    seed = draw_seed(rng)
    data = rng.standard_normal((5, 4)), rng.integers(3, size=5)
    runs = [
        np.concatenate(
            _Descent(student, rng, batch_size=5, num_iters=40, data=data, seed=s).rows()
        )
        for s in (seed, seed, seed + 1)
    ]
    whole = all(len(r) == 200 for r in runs)
    repeats = whole and any(len(set(b)) < 5 for b in runs[0].reshape(-1, 5).tolist())
    share = np.bincount(runs[0][runs[0] >= 0], minlength=5) / max(len(runs[0]), 1)
    fair = bool((np.abs(share - 0.2) < 0.2).all() and (share > 0).all())
    same = np.array_equal(runs[0], runs[1])
    other = not np.array_equal(runs[0], runs[2])
    keep_facts(student, whole, repeats, fair, same, other)
    student.require(whole, "there are not num_iters minibatches of batch_size rows")
    student.require(repeats, "no row comes twice in a batch, in any of many draws")
    student.require(fair, "some rows of X are drawn far more often than others")
    student.require(same, "the same rng gives two different runs")
    student.require(other, "two different rng give the same run")
    _Descent(student, rng, N=3, batch_size=8, num_iters=2)


@check("loss_history: the minibatch loss before each step", 0.7)
def history(student: Student, rng: np.random.Generator) -> None:
    for num_iters in (7, 1):
        run = _Descent(student, rng, num_iters=num_iters)
        want = run.losses()
        try:
            got = _loss_list(student, run.history, num_iters)
        except CheckFailed:
            size = len(run.history) if isinstance(run.history, list | tuple) else -1
            keep_facts(student, size - num_iters)
            raise
        before = len(want) == num_iters and np.allclose(got, want, rtol=1e-6)
        shifted = np.allclose(got[:-1], want[1:], rtol=1e-6) if num_iters > 1 else False
        after = [
            _squares(w, call["X"], call["y"], call["reg"])
            for w, call in zip(
                [*(c["W"] for c in run.steps[1:]), run.final], run.steps, strict=True
            )
        ]
        late = len(after) == num_iters and np.allclose(got, after, rtol=1e-6)
        size = "B" if np.allclose(got * run.batch_size, want) else ""
        full = [_squares(c["W"], run.X, run.y, c["reg"]) for c in run.steps]
        whole = len(full) == num_iters and np.allclose(got, full, rtol=1e-6)
        keep_facts(student, before, shifted, late, size, whole)
        student.require(
            before, "loss_history: it is not the loss of each minibatch before its step"
        )


def _squares(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> float:
    rest = X @ W - np.eye(W.shape[1])[y]
    return float(np.sum(rest**2) / len(X) + reg * np.sum(W**2))


@check("reg is handed on", 0.3)
def reg_passed(student: Student, rng: np.random.Generator) -> None:
    run = _Descent(student, rng)
    ratios = [round(call["reg"] / run.reg, 6) for call in run.steps]
    keep_facts(student, ratios)
    student.require(bool(ratios), "loss_fn is never called")
    student.require(
        all(r == 1 for r in ratios), "loss_fn is not given the reg that sgd was given"
    )


@check("the W that was handed in is left alone", 0.4, inputs=True)
def left_alone(student: Student, rng: np.random.Generator) -> None:
    W, X = rng.standard_normal((4, 3)), rng.standard_normal((9, 4))
    y = rng.integers(3, size=9)
    seed = rng_argument(draw_seed(rng))
    got = student.call(
        "sgd", probe_argument(recorded_squares), W, X, y, 0.05, 0.1, 6, 4, seed
    )
    moved = (
        isinstance(got, tuple | list)
        and len(got) == 2
        and not np.allclose(student.array(got[0], W.shape, "W"), W)
    )
    keep_facts(student, moved)
    student.require(moved, "the W that is returned is the one it started with")


@check("float32 and other integer types", 0.2)
def sgd_types(student: Student, rng: np.random.Generator) -> None:
    for dtype, labels in ((np.float32, np.int32), (np.float64, np.uint8)):
        data = rng.standard_normal((10, 4)), rng.integers(3, size=10).astype(labels)
        run = _Descent(student, rng, dtype=dtype, data=data, num_iters=4)
        ratios = run.ratios()
        keep_facts(student, len(run.steps), ratios)
        student.require(
            len(ratios) == 4 and bool(np.allclose(ratios, 1, atol=2e-3)),
            "the steps are not those of gradient descent for these number types",
        )
