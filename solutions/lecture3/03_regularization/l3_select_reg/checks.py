"""The strength chosen by validation: reference and hidden checks."""

from typing import Any

import numpy as np

from autograder.exercise import Exercise, Student, check, probe_argument, searched

from ....probes import neighbors_training

EXERCISE = Exercise(
    points=4,
    names=("select_reg",),
    title="The strength chosen by validation",
    returns={"select_reg": ("best_reg", "val_accuracies")},
)


def select_reg(train, X_train, y_train, X_val, y_val, regs):
    """Train for each candidate, count the hits on the validation set, keep the best.

    A later candidate replaces an earlier one only if it has more hits.
    """
    best_reg, best_hits, accuracies = None, -1, []
    for reg in regs:
        labels = train(X_train, y_train, reg)(X_val)
        hits = 0
        for guess, true in zip(labels, y_val, strict=True):
            hits += int(guess) == int(true)
        accuracies.append(hits / len(y_val))
        if hits > best_hits:
            best_reg, best_hits = float(reg), hits
    return best_reg, accuracies


Split = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
NEIGHBORS = probe_argument(neighbors_training)


def _noisy_split(rng: np.random.Generator, N: int = 40, M: int = 50) -> Split:
    """Draw two classes whose labels are wrong for about every fourth example."""
    parts: list[np.ndarray] = []
    for count in (N, M):
        X = rng.standard_normal((count, 2))
        y = (X[:, 0] > 0) ^ (rng.random(count) < 0.25)
        parts += [X, y.astype(np.int64)]
    X_train, y_train, X_val, y_val = parts
    return X_train, y_train, X_val, y_val


@searched
def _telling_split(rng: np.random.Generator, regs: list[float]) -> Split:
    """Draw until validation, and nothing else, leads to the right candidate.

    Choosing on the training set, training on the validation set or on both, and the
    first, last, smallest or largest candidate all lead to another one.
    """
    train = _neighbors()
    while True:
        X, y, X_val, y_val = split = _noisy_split(rng)
        best, accuracies = select_reg(train, *split, regs)
        lowest = regs[int(np.argmin(accuracies))]
        if best in (regs[0], regs[-1], min(regs), max(regs), lowest):
            continue
        if len(set(accuracies)) < len(regs):
            continue
        both = np.vstack([X, X_val]), np.concatenate([y, y_val])
        others = ((X, y, X, y), (X_val, y_val, X_val, y_val), (*both, X_val, y_val))
        if all(select_reg(train, *other, regs)[0] != best for other in others):
            return split


@searched
def _tied_split(rng: np.random.Generator, regs: list[float]) -> Split:
    """Draw until the second candidate is the best."""
    while True:
        split = _noisy_split(rng)
        if select_reg(_neighbors(), *split, regs)[0] == regs[1]:
            return split


def _neighbors() -> Any:
    return neighbors_training()


CANDIDATES = [20.0, 1.0, 7.0, 3.0, 40.0]


@check("the validation accuracies, in the order of regs", 1.3)
def select_accuracies(student: Student, rng: np.random.Generator) -> None:
    split = _telling_split(rng, CANDIDATES)
    student.agrees(
        "select_reg", NEIGHBORS, *split, list(CANDIDATES), only="val_accuracies"
    )


@check("the chosen strength", 1.3)
def select_best(student: Student, rng: np.random.Generator) -> None:
    split = _telling_split(rng, CANDIDATES)
    student.agrees("select_reg", NEIGHBORS, *split, list(CANDIDATES), only="best_reg")


@check("equal accuracies: the first candidate wins", 0.6)
def select_ties(student: Student, rng: np.random.Generator) -> None:
    # int(reg) neighbours vote, so that 7.25 and 7.75 give the same accuracy.
    for pair in ((7.25, 7.75), (7.75, 7.25)):
        regs = [1.0, pair[0], 40.0, pair[1], 20.0]
        split = _tied_split(rng, regs)
        student.agrees("select_reg", NEIGHBORS, *split, regs, only="best_reg")


@check("one candidate, one validation example", 0.2)
def select_small(student: Student, rng: np.random.Generator) -> None:
    student.agrees("select_reg", NEIGHBORS, *_noisy_split(rng), [3.0])
    student.agrees("select_reg", NEIGHBORS, *_noisy_split(rng, M=1), [5.0, 3.0, 9.0])


@check("candidates that get nothing right", 0.2)
def select_hopeless(student: Student, rng: np.random.Generator) -> None:
    X, y, X_val, y_val = _noisy_split(rng, M=8)
    student.agrees("select_reg", NEIGHBORS, X, y, X_val, y_val + 5, [5.0, 1.0, 9.0])


@check("other label types, candidates as a tuple or an array", 0.2)
def select_types(student: Student, rng: np.random.Generator) -> None:
    X, y, X_val, y_val = _noisy_split(rng)
    labels = y.astype(np.uint8), y_val.astype(np.uint8)
    args = (X, labels[0], X_val, labels[1])
    student.agrees("select_reg", NEIGHBORS, *args, tuple(CANDIDATES))
    args = (X.astype(np.float32), y.astype(np.int32), X_val, y_val)
    student.agrees("select_reg", NEIGHBORS, *args, np.array(CANDIDATES))


@check("the examples and the candidates are left as they were", 0.2, inputs=True)
def select_inputs(student: Student, rng: np.random.Generator) -> None:
    student.agrees("select_reg", NEIGHBORS, *_noisy_split(rng), np.array(CANDIDATES))
