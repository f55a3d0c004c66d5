"""Say why a name is missing, or an answer not written: from the cells as they ran.

All of it was there before the first question, so nothing hidden can be in it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

from autograder.judging.cell import Cell
from autograder.syntax import parse

MOST = 160
# IPython names the file that it made of a cell.
IN_FILE = re.compile(r"\s*\((?:[^()\n]{0,80}, )?line ([0-9]{1,6})\)\s*$")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def why_missing(name: str, cells: list[Cell], outputs: Mapping[int, list[Any]]) -> str:
    r"""Return the error of the cell that should have defined a name; may be empty.

    Parameters
    ----------
    name : str
        The name that is not defined.
    cells : list of Cell
        Those of the notebook.
    outputs : mapping
        For the index of a cell, what its run put out.

    Examples
    --------
    >>> from autograder.course.cells import CellRole
    >>> cells = [Cell(CellRole.PLAIN, "code", "import jam\nf = 1")]
    >>> error = {"output_type": "error", "ename": "ImportError", "evalue": "no jam"}
    >>> why_missing("f", cells, {0: [error]})
    'ImportError: no jam'
    """
    word = re.compile(rf"\b{re.escape(name)}\b")
    for index, cell in enumerate(cells):
        for output in outputs.get(index, []):
            error = _error(output)
            if error and word.search(cell.source):
                return error
    return ""


def _error(output: Any) -> str:
    if not isinstance(output, dict) or output.get("output_type") != "error":
        return ""
    kind, message = (str(output.get(k, ""))[:1000] for k in ("ename", "evalue"))
    if kind == "NotImplementedError":  # a stub that was called; another story
        return ""
    first = message.strip().split("\n")[0]
    first = IN_FILE.sub(r" in line \1", first)
    text = f"{kind}: {first}" if first else kind
    text = "".join(c if c.isprintable() else " " for c in text)
    return text if len(text) <= MOST else f"{text[:MOST]}..."


def is_untouched(source: str, line: int, handout: str) -> bool:
    r"""Tell whether what raised in a cell is as it was handed out.

    Parameters
    ----------
    source : str
        The cell as it was handed in.
    line : int
        Where it raised; 0 where that is not known.
    handout : str
        The cell as it was handed out.

    Examples
    --------
    >>> stub = "def f(x):\n    raise NotImplementedError"
    >>> is_untouched(stub + "\n\ng = 2", 2, stub)
    True
    >>> is_untouched("def f(x):\n    y = x\n    raise NotImplementedError", 3, stub)
    False
    """
    if source.split() == handout.split():
        return True
    ours, theirs = parse(source), parse(handout)
    if not line or ours is None or theirs is None:
        return False
    found = [
        (name, node)
        for name, node in _functions(ours)
        if node.lineno <= line <= (node.end_lineno or line)
    ]
    if not found:
        return False
    name, node = found[-1]
    return any(
        name == other and _flat(node) == _flat(stub)
        for other, stub in _functions(theirs)
    )


def _flat(tree: ast.AST) -> list[Any]:
    """List what a tree holds, level by level.

    ``ast.dump`` gives up on a tree that is deep, and on a number that is long.
    """
    return [
        (type(node), name, [(type(v), None if _is_tree(v) else v) for v in values])
        for node in ast.walk(tree)
        for name, value in ast.iter_fields(node)
        for values in [value if isinstance(value, list) else [value]]
    ]


def _is_tree(value: Any) -> bool:
    return isinstance(value, ast.AST)


def _functions(
    tree: ast.AST, above: str = ""
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield the functions of a tree with their full names, outer ones first."""
    for node in getattr(tree, "body", []):
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            name = f"{above}.{node.name}"
            if isinstance(node, _FUNCTIONS):
                yield name, node
            yield from _functions(node, name)
