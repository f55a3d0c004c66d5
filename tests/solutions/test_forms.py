"""Every form of input that hidden tests use appears in a visible check.

A form is what an argument is, whatever its values: a plain number, an array of float32,
of another integer type, of one row. What fails for one of them is seen before it costs
points.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from autograder.course.exercises import for_notebook
from autograder.exercise.backend import LocalBackend
from autograder.exercise.kinds import ExerciseKind
from autograder.judging.decide import decide
from tests.test_visible_checks import NOTEBOOKS, cells, execute

pytestmark = pytest.mark.slow

SEEDS = (b"forms 1", b"forms 2")


def forms_of(key: str, value: Any) -> Iterator[str]:
    """Say what the argument `key` is, whatever its values."""
    if isinstance(value, bool | np.bool_):
        yield "truth value"
    elif isinstance(value, np.ndarray) and value.ndim:
        name = value.dtype.name
        other = value.dtype.kind in "iu" and name != "int64"
        yield "array of another integer type" if other else f"array of {name}"
        if value.ndim > 1 and len(value) == 1:
            yield "one row"
        if key in ("W", "scores") and value.ndim == 2 and value.shape[1] == 2:
            yield "two classes"
    elif isinstance(value, int | float | np.generic | np.ndarray):
        yield "number"


def recorded(name: str, function: Callable[..., Any], forms: set[Any]) -> Any:
    """Return the function, which notes the forms of its arguments by their names."""
    signature = inspect.signature(function)

    @functools.wraps(function)
    def noting(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        for key, value in bound.arguments.items():
            forms.update((name, key, one) for one in forms_of(key, value))
        return function(*args, **kwargs)

    return noting


def noting_answers(exercise: Any, right: dict[str, Any], forms: set[Any]) -> Any:
    """Return the functions among an exercise's right answers, each with its notes."""
    return {
        name: recorded(name, right[name], forms)
        for name in exercise.names
        if inspect.isfunction(right[name])
    }


@pytest.mark.filterwarnings("ignore")  # some inputs divide by zero on purpose
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_form_of_the_hidden_tests_is_in_a_visible_check(name, monkeypatch):
    monkeypatch.setattr("matplotlib.pyplot.show", lambda: None)
    exercises = {
        f"{e.id}_test": e for e in for_notebook(name) if e.kind is ExerciseKind.CODE
    }
    names: dict[str, Any] = {"__name__": "__main__"}
    missing, asked = [], 0
    for grade_id, source in cells(name):
        execute(source, names)
        exercise = exercises.get(grade_id)
        if exercise is None:
            continue
        visible: set[Any] = set()
        own = {**names, **noting_answers(exercise, names, visible)}
        execute(source, own)
        hidden: set[Any] = set()
        right = {**exercise.given, **exercise.reference_names}
        right |= noting_answers(exercise, right, hidden)
        for seed in SEEDS:
            verdict, _ = decide(exercise, LocalBackend(right), seed)
            assert verdict.score == exercise.points
        asked += len(hidden)
        missing += [(exercise.id, *one) for one in sorted(hidden - visible)]
    assert asked
    assert not missing, "\n".join(" ".join(one) for one in missing)
