"""Hold the sources of a course to its conventions and to the exercises' records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from autograder.authoring.cells import Known, check_cell
from autograder.authoring.problems import Problem
from autograder.authoring.source import Source
from autograder.course.cells import TEST_SUFFIX


class Registry(Protocol):
    """Where the exercises' records are found: ``Exercises``, or a stand-in."""

    def all_exercises(self) -> Iterable[Known]:
        """List every exercise of the course."""


def validate(sources: list[Source], registry: Registry) -> list[Problem]:
    """List what is wrong with the sources of a whole course.

    Parameters
    ----------
    sources : list of Source
        Every source of the course: ids are unique in all of them together.
    registry : Registry
        The exercises' records.
    """
    exercises = {exercise.id: exercise for exercise in registry.all_exercises()}
    problems = _duplicates(sources)
    for source in sources:
        for cell in source.cells:
            found = check_cell(cell, source.files.name, exercises)
            problems += [source.problem(line, text) for line, text in found]
        problems += _lacking(source, exercises)
    return problems


def _duplicates(sources: list[Source]) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for source in sources:
        for cell in source.cells:
            grade_id = cell.nbgrader.get("grade_id")
            if not isinstance(grade_id, str) or not grade_id:
                continue
            if grade_id in first:
                text = (
                    f"the id '{grade_id}' is taken by {first[grade_id]}: give this "
                    "cell another"
                )
                problems.append(source.problem(cell.line, text))
            else:
                first[grade_id] = f"{source.file}:{cell.line}"
    return problems


def _lacking(source: Source, exercises: dict[str, Known]) -> list[Problem]:
    """Say which cells of the notebook's exercises are not there, or out of order."""
    lines = {cell.nbgrader.get("grade_id"): cell.line for cell in source.cells}
    last = source.cells[-1].line if source.cells else 1
    problems = []
    for exercise in exercises.values():
        if exercise.notebook != source.files.name:
            continue
        answer, test = lines.get(exercise.id), lines.get(f"{exercise.id}{TEST_SUFFIX}")
        if answer is None:
            text = (
                f"the exercise '{exercise.id}' has a folder beside this notebook and "
                "no cell: add its solution cell, or take the folder away"
            )
            problems.append(source.problem(last, text))
        elif exercise.kind != "manual" and test is None:
            text = (
                f"the exercise '{exercise.id}' has no test cell '{exercise.id}_test': "
                "add one after this cell"
            )
            problems.append(source.problem(answer, text))
        elif test is not None and test < answer:
            text = f"the test of '{exercise.id}' stands before the cell it tests"
            problems.append(source.problem(test, text))
    return problems
