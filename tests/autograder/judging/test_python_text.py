"""Cells with magics read as Python, each line once."""

import sys

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from autograder.judging.python_text import as_python, words_of
from autograder.syntax import parse

HONEST = [
    "%matplotlib inline\nimport numpy as np",
    "%load_ext autoreload\n%autoreload 2\nx = 1",
    "!pip install numpy\nx = 1",
    "files = !ls\nkept = [f for f in files]",
    "now = %time 1\nloss = 2",
    "np.dot?\nx = 1",
    "?np.dot\nx = 1",
    "if True:\n    %time x = 1\n    y = 2",
    "!ls \\\n  -l\nx = 1",
    ">>> x = 1\n>>> %time y = 2",
    "In [1]: x = 1\nIn [2]: %time y = 2",
    "    %time 1\n    x = 2",
    "%time 0\nloss = (data\n        / N)\nrest = (a\n    % b)",
    '%time 0\ntext = """\n% no magic\n!ls\n"""',
    "%time 0\nd = {  # ( \"\"\"\n    'a': '[',\n    'b': \"it's\",\n}",
    '%time 0\nf = "\\"("\n%time 1',
    "x = 1 + \\\n    2\n%time x",
]


@pytest.mark.parametrize("source", HONEST)
def test_honest_cells_have_the_names_that_ipython_finds(source):
    text = as_python(source)
    assert parse(text) is not None
    known = words_of(TransformerManager().transform_cell(source)) - {"get_ipython"}
    assert known <= words_of(text) | {"files", "now"}


def test_a_cell_magic_is_left_out_and_python_stays():
    assert as_python("%%time\nx = 1") == "x = 1"
    assert as_python("x = 7 % 3\n") == "x = 7 % 3\n"


def test_a_magic_that_no_transformer_reads_costs_no_other_cell():
    assert parse(as_python('a =%"""b')) is not None


def test_what_is_no_python_stays_none():
    assert parse(as_python("def f(:\n%time x")) is None


def calls(source: str) -> int:
    """Count what is called while a cell is read: work without a clock."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        as_python(source)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "part",
    ["%time x\n", "a = !ls\n", "x?\n", 'a =%"""b\n', "x = (\n", "'''\n", '"\\\n'],
)
def test_the_work_is_in_step_with_the_text(part):
    once = calls("%time 0\n" + part * 500)
    assert calls("%time 0\n" + part * 2000) < 6 * once


def test_counting_tells_a_square():
    def read(count):
        return TransformerManager().transform_cell("%time x\n" * count)

    assert read(3)
    seen = []
    for count in (10, 40):
        total = 0

        def counted(_frame, event, _argument):
            nonlocal total
            total += event in ("call", "c_call")

        sys.setprofile(counted)
        try:
            read(count)
        finally:
            sys.setprofile(None)
        seen.append(total)
    assert seen[1] > 8 * seen[0]
