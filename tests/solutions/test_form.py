"""A slip of form costs its own share of an exercise, never the whole."""

from copy import deepcopy
from functools import wraps

import numpy as np
import pytest

from autograder.course.exercises import all_exercises
from autograder.exercise.backend import LocalBackend
from autograder.judging.decide import decide

pytestmark = pytest.mark.slow

GUARDED = [e for e in all_exercises() if any(check.inputs for check in e.checks)]


def overwrites(function):
    """Return the function, made to write into its arguments once it is done.

    Of a class that trains, the method ``train``.
    """
    if isinstance(function, type):
        return type(
            function.__name__, (function,), {"train": overwrites(function.train)}
        )

    @wraps(function)
    def careless(*args, **kwargs):
        result = deepcopy(function(*args, **kwargs))
        for value in (*args, *kwargs.values()):
            if isinstance(value, np.ndarray) and value.dtype.kind == "f":
                value += 1
        return result

    return careless


@pytest.mark.parametrize("exercise", GUARDED, ids=lambda e: e.id)
def test_changed_arguments_cost_something_and_at_most_a_quarter(exercise):
    right = {**exercise.given, **exercise.reference_names}
    names = {n: overwrites(right[n]) for n in exercise.names if callable(right[n])}
    verdict, _ = decide(exercise, LocalBackend({**right, **names}), b"form")
    lost = exercise.points - verdict.score
    assert 0 < lost <= exercise.points / 4 + 1e-9, verdict.checks
    assert {c.kind for c in verdict.checks if not c.passed} == {"inputs"}


@pytest.mark.parametrize("exercise", GUARDED, ids=lambda e: e.id)
def test_one_check_alone_looks_at_the_arguments(exercise):
    assert sum(check.inputs for check in exercise.checks) == 1
