"""The pace of the notebooks: something to do before there is too much to read.

A stretch is what a student reads between two cells that are for the student to write:
an answer, a text, or a question on the way. Code that is folded away is not read.
"""

from pathlib import Path

import pytest

from autograder.authoring.notebook_files import find_notebooks
from autograder.authoring.regions import HIDDEN, SOLUTION, find_regions, outside
from autograder.authoring.source import HIDE_INPUT, read_source

pytestmark = pytest.mark.slow

ROOT = next(p for p in Path(__file__).parents if (p / "pyproject.toml").exists())
NOTEBOOKS = {files.name: files for files in find_notebooks(ROOT)}
WORDS, LINES = 500, 60
# Notebooks that are above: what they have today, which must not grow.
ABOVE = {
    "lecture4/02_sigmoid_backprop": (500, 68),  # one cell of visible checks
    "lecture4/05_two_layer_net": (500, 78),  # the same
}


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
    most_words, most_lines = ABOVE.get(name, (WORDS, LINES))
    long = [
        f"{name}.py:{line}: {read} words and {scrolled} lines of code before it"
        for line, read, scrolled in stretches(NOTEBOOKS[name])
        if read > most_words or scrolled > most_lines
    ]
    assert long == []
