"""The course's own cells, read by IPython once, in the warm parent.

Every student of a class runs the same given cells, test cells and untouched stubs. What
IPython makes of a cell before it runs is the same text and the same tree each time: a
child inherits both from its parent, and works out only what the student has written.
"""

from __future__ import annotations

import ast
from contextlib import suppress
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.inputtransformer2 import TransformerManager


class Transformer(TransformerManager):
    """Makes Python of a cell's text, and remembers what it made of the course's.

    Whoever adds a step of their own, or takes one away, gets it for every cell.
    """

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, str] = {}
        self._steps = self._steps_now()

    def _steps_now(self) -> tuple[list[Any], ...]:
        kinds = (self.cleanup_transforms, self.line_transforms, self.token_transformers)
        return tuple(list(kind) for kind in kinds)

    def remember(self, cell: str) -> str:
        """Return the Python of a cell of the course, and keep it."""
        self._known[cell] = super().transform_cell(cell)
        return self._known[cell]

    def transform_cell(self, cell: str) -> str:
        """Return the Python of a cell."""
        known = self._known.get(cell)
        if known is not None and self._steps_now() == self._steps:
            return known
        made: str = super().transform_cell(cell)
        return made


class Compiler(CachingCompiler):
    """Compiles cells, and remembers the trees of the course's.

    Attributes
    ----------
    first : str
        The file name of the first cell that was compiled since this was made empty:
        that of the cell which runs, for others may be run by it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.first = ""
        self._trees: dict[str, ast.AST] = {}
        self._made_with = self.flags

    def remember(self, code: str) -> ast.AST | None:
        """Return the tree of a cell of the course, and keep it; None if it has none.

        Parameters
        ----------
        code : str
            Its Python.
        """
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            self._trees[code] = super().ast_parse(code)
        return self._trees.get(code)

    def cache(
        self, transformed_code: str, number: int = 0, raw_code: str | None = None
    ) -> str:
        """Name a cell, and note the first name."""
        name: str = super().cache(transformed_code, number, raw_code)
        self.first = self.first or name
        return name

    def ast_parse(
        self, source: str, filename: str = "<unknown>", symbol: str = "exec"
    ) -> ast.AST:
        """Return the tree of a cell; the one that is known serves once.

        Who runs a cell may change its tree, and a ``__future__`` import of an earlier
        cell what one is parsed to.
        """
        if symbol == "exec" and self.flags == self._made_with:
            known = self._trees.pop(source, None)
            if known is not None:
                return known
        tree: ast.AST = super().ast_parse(source, filename, symbol)
        return tree
