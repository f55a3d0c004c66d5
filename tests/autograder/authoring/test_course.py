"""The course's own sources: valid, and their handouts hold no answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.authoring.make_handout import make_handout
from autograder.authoring.notebook_files import NotebookFiles, find_notebooks
from autograder.authoring.regions import HIDDEN, SOLUTION, find_regions, outside
from autograder.authoring.source import read_source, to_notebook
from autograder.authoring.validate import validate
from autograder.course import exercises

ROOT = next(p for p in Path(__file__).parents if (p / "pyproject.toml").exists())
NOTEBOOKS = find_notebooks(ROOT)
# A line as short as this says nothing alone: "else:", "return loss, dW", "dW /= N".
TRIVIAL = 16


@pytest.mark.slow
def test_sources_are_valid():
    read = [read_source(files) for files in NOTEBOOKS]
    problems = [str(problem) for _, found in read for problem in found]
    assert problems == []
    assert validate([source for source, _ in read], exercises) == []


@pytest.mark.parametrize("files", NOTEBOOKS, ids=lambda files: files.name)
def test_handout_holds_no_line_of_an_answer(files: NotebookFiles):
    source, _ = read_source(files)
    shown = {line.strip() for line in visible_lines(source)}
    answers = {
        line.strip()
        for cell in source.cells
        for region in find_regions(cell.lines, SOLUTION)[0]
        for line in region.body
        if len(line.strip()) > TRIVIAL
    }
    assert answers
    # What the notebook shows outside of every region may also stand in an answer.
    text = json.dumps(make_handout(to_notebook(source)), ensure_ascii=False)
    left = [
        line
        for line in sorted(answers - shown)
        if json.dumps(line, ensure_ascii=False)[1:-1] in text
        and not any(line in other for other in shown)
    ]
    assert left == []


def visible_lines(source) -> list[str]:
    lines = []
    for cell in source.cells:
        regions = [
            region
            for kind in (SOLUTION, HIDDEN)
            for region in find_regions(cell.lines, kind)[0]
        ]
        lines += [line for _, line in outside(cell.lines, regions)]
    return lines


@pytest.mark.parametrize("files", NOTEBOOKS, ids=lambda files: files.name)
def test_no_word_of_the_solution(files: NotebookFiles):
    source, _ = read_source(files)
    text = json.dumps(make_handout(to_notebook(source)))
    for word in ("autograder", "hidden_tests", "BEGIN", "solutions/", "sha256"):
        assert word not in text
