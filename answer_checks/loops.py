"""Find Python loops in a source text."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Mapping

from answer_checks.parsing import parse_python, source_of

# What a source text may hold in place of whole arrays, and its name.
LOOPS: Mapping[type[ast.AST], str] = {
    ast.For: "a for loop",
    ast.AsyncFor: "a for loop",
    ast.While: "a while loop",
    ast.ListComp: "a list comprehension",
    ast.SetComp: "a set comprehension",
    ast.DictComp: "a dict comprehension",
    ast.GeneratorExp: "a generator expression",
}


def first_loop(source: str) -> tuple[str, int] | None:
    r"""Find a loop or a comprehension in a source text.

    Returns
    -------
    tuple of str and int, or None
        Its name and its line, counted from 1; None where there is no loop.

    Raises
    ------
    SyntaxError
        The text is no Python.

    Examples
    --------
    >>> first_loop("total = 0\nfor x in xs:\n    total += x")
    ('a for loop', 2)
    """
    for node in ast.walk(parse_python(source)):
        if isinstance(node, ast.stmt | ast.expr) and type(node) in LOOPS:
            return LOOPS[type(node)], node.lineno
    return None


def loop_line(function: object) -> str:
    """Quote the line where a function loops, if its own source shows one."""
    try:
        source = textwrap.dedent(source_of(function))
        loop = first_loop(source)
    except (OSError, TypeError, SyntaxError):
        return ""
    return f": `{source.splitlines()[loop[1] - 1].strip()}`" if loop else ""
