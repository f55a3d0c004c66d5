"""SVM loss and gradient, vectorised: reference and hidden checks."""

import numpy as np

from autograder.exercise import Exercise, Student, check
from cs231n_lib.penalty import without_penalty

from ..l3_svm_loss_naive.checks import svm_loss_naive
from ..whole_loss import draw_problem, loss_checks

EXERCISE = Exercise(
    points=6,
    names=("svm_loss_vectorized",),
    title="SVM loss and gradient, vectorised",
    size="loss",
    returns={"svm_loss_vectorized": ("loss", "dW")},
    relation=without_penalty,
)

svm_loss_vectorized = svm_loss_naive  # the same oracle, with loops

CHECKS = loss_checks(
    "svm_loss_vectorized",
    {
        "loss": 0.7,
        "loss_reg": 0.5,
        "grad": 1.1,
        "grad_reg": 0.5,
        "small": 0.3,
        "kinks": 0.2,
        "types": 0.3,
        "inputs": 0.4,
    },
)


@check("the loss without a Python loop", 2.0)
def no_loop(student: Student, rng: np.random.Generator) -> None:
    # An empty function has no loop either, so the loss must be right as well.
    W, X, y = draw_problem(rng, 6, 5, 4)
    student.agrees("svm_loss_vectorized", W, X, y, 0.0, only="loss")
    _, more_X, more_y = draw_problem(rng, 50, 5, 4)
    more_W, _, _ = draw_problem(rng, 6, 5, 48)
    student.without_loops(
        "svm_loss_vectorized",
        (W, X, y, 0.0),
        examples=(W, more_X, more_y, 0.0),
        classes=(more_W, X, y, 0.0),
    )
