"""What IPython makes of the course's cells is made once, and is what it always was."""

import ast

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from autograder.sandbox.inside.course_cells import Compiler, Transformer

CELL = "%matplotlib inline\nx = !ls\n\ndef f(x):\n    return x + 1\n"
CELLS = [CELL, "", "    x = 1\n    y", "%%time\nx = 1", "f?", "x = 'open", "a = 1\n"]


class Counting(Transformer):
    """Counts how often a cell is read token by token."""

    count = 0

    def do_token_transforms(self, lines):
        self.count += 1
        return super().do_token_transforms(lines)


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_becomes_what_ipython_makes_of_it(cell):
    transformer = Transformer()
    usual = TransformerManager().transform_cell(cell)
    assert transformer.transform_cell(cell) == usual
    assert transformer.remember(cell) == usual
    assert transformer.transform_cell(cell) == usual


def test_a_cell_of_the_course_is_read_once():
    transformer = Counting()
    transformer.remember(CELL)
    for _ in range(3):
        transformer.transform_cell(CELL)
    assert transformer.count == 1
    transformer.transform_cell(CELL + "# mine")
    assert transformer.count == 2


def test_a_step_of_ones_own_is_taken_for_every_cell():
    transformer = Transformer()
    transformer.remember(CELL)
    transformer.line_transforms.append(lambda lines: ["mine\n"])
    assert transformer.transform_cell(CELL) == "mine\n"
    transformer.line_transforms.pop()
    assert transformer.transform_cell(CELL) == TransformerManager().transform_cell(CELL)


def test_a_tree_is_made_once_and_serves_once():
    compiler = Compiler()
    kept = compiler.remember("a = 1\n")
    assert compiler.ast_parse("a = 1\n") is kept
    other = compiler.ast_parse("a = 1\n")
    assert other is not kept
    assert ast.dump(other) == ast.dump(kept)


def test_a_tree_is_made_anew_where_the_language_has_changed():
    compiler = Compiler()
    kept = compiler.remember("a = 1\n")
    compiler("from __future__ import annotations", "one", "exec")
    assert compiler.ast_parse("a = 1\n") is not kept


def test_a_cell_that_does_not_parse_fails_where_it_runs():
    compiler = Compiler()
    assert compiler.remember("def f(:\n") is None
    with pytest.raises(SyntaxError):
        compiler.ast_parse("def f(:\n")


def test_the_first_name_is_that_of_the_cell_that_runs():
    compiler = Compiler()
    names = [compiler.cache(text, 1) for text in ("a = 1\n", "b = 2\n")]
    assert compiler.first == names[0] != names[1]
