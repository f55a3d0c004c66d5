"""Say why a name has no meaning: the cell that should give it one stopped at an import.

IPython keeps the text of each cell that was run, whether it ran to its end or not.
"""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator, Sequence

from answer_checks.advice import Advice
from answer_checks.parsing import parse_python


def explain_missing_name(name: str, cells: Sequence[str]) -> Advice | None:
    r"""Return the likely reason that a name is not defined; None where none is known.

    Parameters
    ----------
    name : str
        The name.
    cells : sequence of str
        The cells that have been run, as IPython's ``In``, oldest first.

    Examples
    --------
    >>> explain_missing_name("f", ["import nosuch.part as p\n\ndef f(): pass"]).likely
    'its cell stopped at `import nosuch.part`: no package `nosuch` is installed here'
    >>> explain_missing_name("f", ["def g(): pass"]) is None
    True
    """
    for source in reversed(cells):
        try:
            tree = parse_python(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        missing = ""
        for statement in tree.body:
            missing = missing or _missing_package(statement)
            if name not in _bound(statement):
                continue
            if missing:
                return Advice(
                    f"its cell stopped at `import {missing}`: no package "
                    f"`{missing.partition('.')[0]}` is installed here",
                    "use NumPy and what the notebook imports, then run the cell again",
                )
            return Advice(
                f"a cell that was run gives `{name}` its meaning, and stopped before "
                "it did, or another one took it away",
                f"run the cell with `{name}` again and read what stands under it",
            )
    return None


def _missing_package(statement: ast.stmt) -> str:
    """Return what a statement imports where nothing of that name is installed."""
    for module in _modules(statement):
        try:
            found = importlib.util.find_spec(module.partition(".")[0])
        except (ImportError, ValueError):
            continue
        if found is None:
            return module
    return ""


def _modules(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom) and statement.module:
        if not statement.level:
            yield statement.module


def _bound(statement: ast.stmt) -> set[str]:
    """Return the names that a statement of a cell gives a meaning."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {(a.asname or a.name).partition(".")[0] for a in statement.names}
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        return {
            node.id
            for node in ast.walk(statement)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
    return set()
