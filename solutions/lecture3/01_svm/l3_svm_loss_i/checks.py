"""SVM loss of one example: reference and hidden checks."""

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE

EXERCISE = Exercise(
    points=2,
    names=("svm_loss_i",),
    title="SVM loss of one example",
    size="loss",
    returns={"svm_loss_i": ("loss",)},
)


def svm_loss_i(scores, y, delta=1.0):
    """Sum over j != y of max(0, scores[j] - scores[y] + delta)."""
    loss = 0.0
    for j in range(len(scores)):
        if j != y:
            loss += max(0.0, float(scores[j]) - float(scores[y]) + delta)
    return loss


def _scores(rng: np.random.Generator, C: int, scale: float = 3.0) -> np.ndarray:
    return scale * rng.standard_normal(C)


@check("random scores, the usual delta", 0.5)
def usual(student: Student, rng: np.random.Generator) -> None:
    for C in (3, 5, 8, 10):
        student.agrees("svm_loss_i", _scores(rng, C), int(rng.integers(C)))


@check("the first and the last class as the true one", 0.3)
def edge_classes(student: Student, rng: np.random.Generator) -> None:
    for y in (0, 5):
        student.agrees("svm_loss_i", _scores(rng, 6), y)


@check("another delta", 0.3)
def other_delta(student: Student, rng: np.random.Generator) -> None:
    for delta in (0.5, 10.0, float(rng.uniform(2, 5))):
        student.agrees("svm_loss_i", _scores(rng, 4), int(rng.integers(4)), delta)
    student.agrees("svm_loss_i", _scores(rng, 4), int(rng.integers(4)), delta=2.5)


@check("two classes, equal scores, margins of exactly zero", 0.3)
def ties(student: Student, rng: np.random.Generator) -> None:
    student.agrees("svm_loss_i", _scores(rng, 2), int(rng.integers(2)))
    C = int(rng.integers(3, 9))
    same = np.full(C, float(rng.integers(-5, 5)))
    student.agrees("svm_loss_i", same, int(rng.integers(C)))
    y = int(rng.integers(C))
    exact = same - 1.0
    exact[y] += 1.0
    student.agrees("svm_loss_i", exact, y)
    exact[(y + 1) % C] += 2.0
    student.agrees("svm_loss_i", exact, y)


@check("large scores, and a true class far ahead", 0.2)
def large(student: Student, rng: np.random.Generator) -> None:
    C = int(rng.integers(4, 9))
    student.agrees("svm_loss_i", _scores(rng, C, 1e6), int(rng.integers(C)))
    student.agrees("svm_loss_i", -1e3 - np.abs(_scores(rng, C, 1e3)), C - 1)
    ahead = _scores(rng, C)
    y = int(rng.integers(C))
    ahead[y] = ahead.max() + 40.0
    student.agrees("svm_loss_i", ahead, y)


@check("float32 scores", 0.2)
def single(student: Student, rng: np.random.Generator) -> None:
    scores = _scores(rng, 7).astype(np.float32)
    student.agrees("svm_loss_i", scores, int(rng.integers(7)), **SINGLE)


@check("the scores are left as they were", 0.2, inputs=True)
def inputs(student: Student, rng: np.random.Generator) -> None:
    for C in (4, 6):
        student.agrees("svm_loss_i", _scores(rng, C), int(rng.integers(C)))
