"""Hold one cell of a source to the conventions."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Protocol

from jsonschema import ValidationError
from nbconvert.exporters.exporter import ResourcesDict
from nbgrader.nbgraderformat import MetadataValidator

from answer_checks.parsing import parse_python
from autograder.authoring.regions import HIDDEN, SOLUTION, find_regions, outside
from autograder.authoring.source import Cell
from autograder.authoring.stubs import StubSolutions, gives_values, stub_faults
from autograder.course.cells import TEST_SUFFIX

Fault = tuple[int, str]
"""A line of the file and what is wrong there."""

FORBIDDEN = ("autograder", "hidden_tests", *(f"BEGIN {w}" for w in (SOLUTION, HIDDEN)))
"""Words that the handout does not hold."""

PRACTICE = "practice"
"""The tag of a solution cell without points: written for the cells below it."""


class Known(Protocol):
    """What the build reads from an exercise's record."""

    id: str
    points: float
    names: tuple[str, ...]
    notebook: str

    @property
    def kind(self) -> str:
        """``"code"``, ``"value"`` or ``"manual"``."""


def check_cell(
    cell: Cell, notebook: str, exercises: Mapping[str, Known]
) -> list[Fault]:
    """List what is wrong with one cell.

    Parameters
    ----------
    cell : Cell
        The cell.
    notebook : str
        The notebook's name, for example ``"lecture3/01_svm"``.
    exercises : mapping of str to Known
        Every exercise of the course by id.
    """
    faults = _words(cell)
    meta = cell.nbgrader
    if not meta:
        if "demo" in cell.tags:
            faults.append((cell.line, "a demo cell needs nbgrader metadata: lock it"))
        return faults + _no_regions(cell, SOLUTION, HIDDEN)
    wrong = _metadata(cell)
    if wrong:
        return [*faults, *wrong]
    grade, solution = meta["grade"], meta["solution"]
    if grade and solution:
        faults += _manual(cell, notebook, exercises)
    elif grade:
        faults += _test(cell, notebook, exercises)
    elif solution:
        faults += _solution(cell, notebook, exercises)
    else:
        faults += _given(cell, exercises)
    return faults


def _metadata(cell: Cell) -> list[Fault]:
    meta = cell.nbgrader
    version = meta.get("schema_version")
    if version != 3 or isinstance(version, bool):
        text = f'schema_version is {version!r}: write "schema_version": 3'
        return [(cell.line, f"the nbgrader metadata's {text}")]
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", str(meta.get("grade_id", ""))):
        text = "the grade_id must be 1 to 64 letters, digits, '_' or '-'"
        return [(cell.line, text)]
    try:
        MetadataValidator().validate_cell(cell.node)
    except (ValidationError, KeyError) as error:
        reason = str(getattr(error, "message", error)).split("\n", maxsplit=1)[0]
        return [(cell.line, f"nbgrader refuses the metadata: {reason}")]
    if meta.get("task"):
        return [(cell.line, "task cells are not used in this course: make it manual")]
    return []


def _no_regions(cell: Cell, *kinds: str) -> list[Fault]:
    return [
        (cell.line_of(index), f"'{line.strip()}' does not belong in this kind of cell")
        for index, line in enumerate(cell.lines)
        if any(f"{edge} {kind}" in line for edge in ("BEGIN", "END") for kind in kinds)
    ]


def _words(cell: Cell) -> list[Fault]:
    """Find, outside of every region, words that must not reach the students."""
    regions = (
        find_regions(cell.lines, SOLUTION)[0] + find_regions(cell.lines, HIDDEN)[0]
    )
    return [
        (
            cell.line_of(index),
            f"the word '{word}' would reach the handout: say it otherwise",
        )
        for index, line in outside(cell.lines, regions)
        for word in FORBIDDEN[:2]
        if word in line
    ]


def _record(
    cell: Cell, exercise_id: str, notebook: str, exercises: Mapping[str, Known]
) -> tuple[Known | None, list[Fault]]:
    """Find the record of a cell's exercise and compare points and notebook."""
    exercise = exercises.get(exercise_id)
    if exercise is None:
        text = (
            f"unknown exercise '{exercise_id}': add the folder "
            f"solutions/{notebook}/{exercise_id}, or correct the grade_id"
        )
        return None, [(cell.line, text)]
    faults = []
    if exercise.notebook != notebook:
        text = f"the exercise '{exercise_id}' belongs to {exercise.notebook}"
        faults.append((cell.line, f"{text}: move the cell or the folder"))
    if cell.nbgrader["grade"] and cell.nbgrader["points"] != exercise.points:
        text = (
            f"'{exercise_id}' has {cell.nbgrader['points']:g} points here and "
            f"{exercise.points:g} in its checks.py: make them equal"
        )
        faults.append((cell.line, text))
    return exercise, faults


def _manual(cell: Cell, notebook: str, exercises: Mapping[str, Known]) -> list[Fault]:
    if cell.node.cell_type != "markdown":
        text = "a code cell is either a solution or a test: clear one of the two"
        return [(cell.line, text)]
    grade_id = cell.nbgrader["grade_id"]
    exercise, faults = _record(cell, grade_id, notebook, exercises)
    if exercise is not None and exercise.kind != "manual":
        text = f"'{grade_id}' is not graded by a person according to its checks.py"
        faults.append((cell.line, f"{text}: give it a solution cell and a test cell"))
    if cell.nbgrader["locked"]:
        faults.append((cell.line, "an answer must not be locked"))
    return faults + _delimited(cell) + _no_regions(cell, HIDDEN)


def _solution(cell: Cell, notebook: str, exercises: Mapping[str, Known]) -> list[Fault]:
    grade_id = cell.nbgrader["grade_id"]
    exercise: Known | None = None
    faults: list[Fault] = []
    if PRACTICE not in cell.tags:
        exercise, faults = _record(cell, grade_id, notebook, exercises)
    elif grade_id in exercises:
        text = f"'{grade_id}' is an exercise: remove the tag '{PRACTICE}'"
        faults.append((cell.line, text))
    if exercise is not None and exercise.kind == "manual":
        text = f"'{grade_id}' is graded by a person according to its checks.py"
        faults.append((cell.line, f"{text}: make it a manually graded text cell"))
    if cell.nbgrader["locked"]:
        faults.append((cell.line, "a solution cell must not be locked"))
    faults += _no_regions(cell, HIDDEN)
    wrong = _delimited(cell)
    if wrong or (exercise is None and PRACTICE not in cell.tags):
        return faults + wrong
    regions, _ = find_regions(cell.lines, SOLUTION)
    kinds = {gives_values(cell.lines, region, regions) for region in regions}
    if len(kinds) == 2:
        text = "one cell holds both a value and a function to write: make it two"
        return [*faults, (cell.line, text)]
    cleared, _ = StubSolutions().preprocess_cell(
        deepcopy(cell.node), ResourcesDict(language="python"), 0
    )
    at = cell.line_of(regions[0].begin)
    if exercise is None:
        found = _practice_faults(cleared.source, grade_id)
    else:
        found = stub_faults(cleared.source, grade_id, tuple(exercise.names))
    return faults + [(at, text) for text in found]


def _practice_faults(source: str, grade_id: str) -> list[str]:
    """Say what is wrong with a cleared cell that is no exercise.

    Nobody has to write it, so a run of all cells must not stop at it.
    """
    try:
        body = parse_python(source).body
    except SyntaxError:
        return stub_faults(source, grade_id, ())
    if any(isinstance(statement, ast.Raise) for statement in body):
        return [
            "a run of all cells would stop at this practice: let the region stand in "
            "the body of a function, or give a first value before it"
        ]
    written = tuple(
        one.name
        for one in body
        if isinstance(one, ast.FunctionDef | ast.ClassDef)
        and "YOUR CODE HERE" in (ast.get_source_segment(source, one) or "")
    )
    return stub_faults(source, grade_id, written)


def _delimited(cell: Cell) -> list[Fault]:
    """Say where the answer's delimiters are missing, malformed, or hold nothing."""
    regions, wrong = find_regions(cell.lines, SOLUTION)
    faults = [(cell.line_of(index), text) for index, text in wrong]
    if not regions and not wrong:
        text = (
            "a solution cell without '### BEGIN SOLUTION' and '### END SOLUTION': put "
            "the answer between them"
        )
        faults.append((cell.line, text))
    for region in regions:
        if not "".join(region.body).strip():
            text = "the solution is empty: write the answer between the delimiters"
            faults.append((cell.line_of(region.begin), text))
    return faults


def _given(cell: Cell, exercises: Mapping[str, Known]) -> list[Fault]:
    faults = _no_regions(cell, SOLUTION, HIDDEN)
    grade_id = cell.nbgrader["grade_id"]
    exercise_id = grade_id.removesuffix(TEST_SUFFIX)
    if exercise_id in exercises:
        text = (
            f"'{grade_id}' names an exercise and is neither its solution nor its test: "
            "correct grade and solution, or the grade_id"
        )
        faults.append((cell.line, text))
    if not cell.nbgrader["locked"]:
        text = (
            "neither graded, nor a solution, nor locked: lock it or drop the metadata"
        )
        faults.append((cell.line, text))
    return faults


def _test(cell: Cell, notebook: str, exercises: Mapping[str, Known]) -> list[Fault]:
    grade_id = cell.nbgrader["grade_id"]
    if not grade_id.endswith(TEST_SUFFIX):
        text = f"the test cell '{grade_id}' must be named after its exercise"
        return [(cell.line, f"{text}: '<exercise>_test'")]
    exercise_id = grade_id.removesuffix(TEST_SUFFIX)
    exercise, faults = _record(cell, exercise_id, notebook, exercises)
    if exercise is not None and exercise.kind == "manual":
        text = f"'{exercise_id}' is graded by a person and has no test cell: remove it"
        faults.append((cell.line, text))
    if not cell.nbgrader["locked"]:
        faults.append((cell.line, "a test cell must be locked"))
    if "demo" in cell.tags:
        faults.append((cell.line, "a demo cell cannot be graded: clear grade or tag"))
    return faults + _no_regions(cell, SOLUTION) + _hidden(cell, exercise_id)


def _hidden(cell: Cell, exercise_id: str) -> list[Fault]:
    """Hold the hidden region to the one call."""
    regions, wrong = find_regions(cell.lines, HIDDEN)
    faults = [(cell.line_of(index), text) for index, text in wrong]
    call = f'hidden_tests("{exercise_id}", globals())'
    ought = f"'from autograder import hidden_tests' and '{call}'"
    if not regions and not wrong:
        text = f"the test cell has no hidden region: add one with {ought}"
        return [*faults, (cell.line, text)]
    for number, region in enumerate(regions):
        at = cell.line_of(region.begin)
        if number:
            faults.append((at, "a second hidden region: keep one"))
        elif region.indent or not _is_the_call(region.body, exercise_id):
            text = f"the hidden region must hold exactly {ought}, not indented"
            faults.append((at, text))
    return faults


def _is_the_call(body: tuple[str, ...], exercise_id: str) -> bool:
    wanted = (
        "from autograder import hidden_tests\n"
        f"hidden_tests({exercise_id!r}, globals())\n"
    )
    try:
        tree = parse_python("\n".join(body))
    except SyntaxError:
        return False
    comments = any("#" in line for line in body)
    return not comments and ast.dump(tree) == ast.dump(parse_python(wanted))
