"""Run the hidden tests of an exercise in place, for the instructor in JupyterLab."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from autograder.course.exercises import get
from autograder.exercise.backend import LocalBackend
from autograder.judging.decide import decide

IN_PLACE = b"run in place by the instructor"


def hidden_tests(exercise_id: str, namespace: Mapping[str, Any]) -> None:
    """Run the hidden tests of an exercise on the names of a notebook.

    Under grading this call is cut from the notebook before it runs, and the same checks
    ask their questions from outside.

    Parameters
    ----------
    exercise_id : str
        For example ``"l3_svm_loss_i"``.
    namespace : mapping
        The names of the notebook: ``globals()``.

    Raises
    ------
    AssertionError
        A check fell short; the message lists each with its reason.
    KeyError
        There is no such exercise.
    """
    exercise = get(exercise_id)
    backend = LocalBackend(namespace, _sources(exercise.names, namespace))
    verdict, _ = decide(exercise, backend, IN_PLACE)
    failed = [r for r in verdict.checks if not r.passed]
    if failed:
        lines = [f"{exercise_id}: {verdict.score:g} of {verdict.max_score:g} points"]
        lines += [f"  {r.label}: {r.reason}" for r in failed]
        raise AssertionError("\n".join(lines))
    print(
        f"{exercise_id}: {len(verdict.checks)} hidden checks passed, "
        f"{verdict.score:g} of {verdict.max_score:g} points."
    )


def _sources(names: tuple[str, ...], namespace: Mapping[str, Any]) -> dict[str, str]:
    sources = {}
    for name in names:
        try:
            # The whole cell: a function may call others that stand beside it.
            sources[name] = "".join(inspect.findsource(namespace[name])[0])
        except (KeyError, TypeError, OSError):
            continue
    return sources
