"""Parse Python, one text at a time.

While CPython 3.11 turns a text into a tree, other threads may run; where one of them
parses too, both may end in "SystemError: AST constructor recursion depth mismatch". A
worker of a cluster has several threads.
"""

from __future__ import annotations

import ast
import threading
import warnings

_ONE_AT_A_TIME = threading.RLock()


def parse_python(source: str | bytes) -> ast.Module:
    """Return the tree of a text.

    Raises
    ------
    SyntaxError, ValueError, RecursionError, MemoryError
        As :func:`ast.parse` does.
    """
    with _ONE_AT_A_TIME:
        return ast.parse(source)


def parse(source: str) -> ast.Module | None:
    r"""Parse a student's code, or return None; a "\d" in a text warns nobody."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return parse_python(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
