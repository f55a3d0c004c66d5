"""The pace of the notebooks: something to do before there is too much to read.

A stretch is what a student reads between two cells that are for the student to write:
an answer, a text, or a question on the way. Code that is folded away is not read.
"""

import re
from pathlib import Path

import pytest

from autograder.authoring.cells import PRACTICE
from autograder.authoring.notebook_files import find_notebooks
from autograder.authoring.regions import HIDDEN, SOLUTION, find_regions, outside
from autograder.authoring.source import HIDE_INPUT, read_source

pytestmark = pytest.mark.slow

ROOT = next(p for p in Path(__file__).parents if (p / "pyproject.toml").exists())
NOTEBOOKS = {files.name: files for files in find_notebooks(ROOT)}
WORDS, LINES = 500, 60
# What the first cell of a notebook says of its length comes from these: minutes for a
# word, for a line of given code, for a question on the way, for a step without points,
# for an exercise and for each of its points.
WORD, LINE, QUESTION, STEP, EXERCISE, POINT = 1 / 200, 1 / 20, 1, 8, 3, 4
SAID = re.compile(r"About (\w+)(?: to (\w+))? hours")
HOURS = {"two": 2, "three": 3, "four": 4, "five": 5}


def to_do(cell):
    """Tell whether a cell is for the student to write."""
    if cell.nbgrader:
        return not cell.nbgrader["locked"]
    return cell.node.cell_type == "code"


def words(cell):
    """Count the words of a text, without rules and the bars of tables."""
    return sum(any(map(str.isalnum, word)) for word in cell.node.source.split())


def lines(cell):
    """Count the lines of given code that are there to be read."""
    if HIDE_INPUT in cell.tags:
        return 0
    regions = [
        region
        for kind in (SOLUTION, HIDDEN)
        for region in find_regions(cell.lines, kind)[0]
    ]
    return sum(bool(line.strip()) for _, line in outside(cell.lines, regions))


def stretches(files):
    """Yield each stretch: the line it ends at, its words, its lines of given code."""
    source, _ = read_source(files)
    read, scrolled = 0, 0
    for cell in source.cells:
        if cell.node.cell_type == "markdown":
            read += words(cell)
        if to_do(cell):
            yield cell.line, read, scrolled
            read, scrolled = 0, 0
        elif cell.node.cell_type == "code":
            scrolled += lines(cell)
    yield source.cells[-1].line, read, scrolled


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_there_is_something_to_do_before_there_is_too_much_to_read(name):
    long = [
        f"{name}.py:{line}: {read} words and {scrolled} lines of code before it"
        for line, read, scrolled in stretches(NOTEBOOKS[name])
        if read > WORDS or scrolled > LINES
    ]
    assert long == []


def minutes(files):
    """Estimate how long a notebook takes a student who solves all of it."""
    source, _ = read_source(files)
    total = 0.0
    for cell in source.cells:
        if cell.node.cell_type == "markdown":
            total += WORD * words(cell)
        elif not to_do(cell):
            total += LINE * lines(cell)
        elif not cell.nbgrader:
            total += QUESTION
        elif PRACTICE in cell.tags:
            total += STEP
        if cell.nbgrader and cell.nbgrader["grade"]:
            total += EXERCISE + POINT * cell.nbgrader["points"]
    return total


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_first_cell_says_how_long_it_takes(name):
    source, _ = read_source(NOTEBOOKS[name])
    low, high = SAID.search(" ".join(source.cells[0].node.source.split())).groups()
    hours = minutes(NOTEBOOKS[name]) / 60
    assert abs(hours - (HOURS[low] + HOURS[high or low]) / 2) <= 0.5, f"{hours:.2f}"
