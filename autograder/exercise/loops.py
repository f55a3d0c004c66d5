"""Read a student's source text: find loops where an exercise forbids them."""

from __future__ import annotations

import ast
import warnings

from answer_checks.loops import LOOPS
from autograder.syntax import parse_python

UNREAD = "its definition is not found in the cells above its test"
# Python loops by another name.
CALLS = frozenset(
    "map filter exec eval vectorize apply_along_axis apply_over_axes "
    "fromiter frompyfunc fromfunction nditer ndenumerate "
    "reduce functools.reduce".split()
)

# What gives a function another body than the one that its text shows.
DETOURS = frozenset("exec eval run_cell ex push FunctionType".split())
SPACES = frozenset("globals locals vars user_ns __dict__".split())


def parse(source: str) -> ast.Module | None:
    r"""Parse a student's code, or return None; a "\d" in a text warns nobody."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return parse_python(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def find_loop(source: str, name: str) -> str:
    r"""Say where the function `name` loops, itself or through functions beside it.

    Parameters
    ----------
    source : str
        The text that defines `name` and the functions it may call.
    name : str
        The function to look at.

    Returns
    -------
    str
        For example ``"there is a for loop"``; empty where there is none. Where
        the definition cannot be read, that is said.

    Examples
    --------
    >>> find_loop("def f(x):\n    return [v for v in x]", "f")
    'there is a list comprehension'
    >>> find_loop("def f(x):\n    return x.sum()", "f")
    ''
    """
    tree = parse(source)
    if tree is None:
        return UNREAD
    functions = _functions(tree)
    return _search(name, functions, {name}) if name in functions else UNREAD


def find_detour(source: str) -> str:
    r"""Say why the text of a function may not be what runs.

    Parameters
    ----------
    source : str
        As for :func:`find_loop`, which has read it.

    Returns
    -------
    str
        For example ``"exec stands in the notebook, ..."``; empty where nothing does.

    Examples
    --------
    >>> find_detour("def f(x):\n    return x\n\nf.__code__ = other.__code__")
    '__code__ stands in the notebook, so the text may not be what runs'
    >>> find_detour("def f(x):\n    return x")
    ''
    """
    tree = parse(source)
    if tree is None:
        return UNREAD
    for node in ast.walk(tree):
        used = ""
        if isinstance(node, ast.Call):
            used = _name(node.func) if _name(node.func) in DETOURS else ""
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            used = node.attr if node.attr == "__code__" else ""
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            held = node.value.func if isinstance(node.value, ast.Call) else node.value
            used = _name(held) if _name(held) in SPACES else ""
        if used:
            return f"{used} stands in the notebook, so the text may not be what runs"
    return ""


def _name(node: ast.AST) -> str:
    return str(getattr(node, "id", "") or getattr(node, "attr", ""))


def _functions(tree: ast.Module) -> dict[str, ast.AST]:
    """Return what each name is last defined as."""
    found: list[tuple[int, str, ast.AST]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append((node.lineno, node.name, node))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            found += _bound(node)
    for node in tree.body:
        # Another name for a function, or one made by partial or vectorize.
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name | ast.Call):
            found += _bound(node)
    return {name: node for _, name, node in sorted(found, key=lambda item: item[0])}


def _bound(node: ast.Assign) -> list[tuple[int, str, ast.AST]]:
    names = [target.id for target in node.targets if isinstance(target, ast.Name)]
    return [(node.lineno, name, node.value) for name in names]


def _search(name: str, functions: dict[str, ast.AST], seen: set[str]) -> str:
    for node in ast.walk(functions[name]):
        for kind, words in LOOPS.items():
            if isinstance(node, kind):
                return f"there is {words}"
        if isinstance(node, ast.Name | ast.Attribute):
            used = node.id if isinstance(node, ast.Name) else node.attr
            # np.add.reduce is no Python loop, functools.reduce is one.
            if used == "reduce" and isinstance(node, ast.Attribute):
                used = f"{getattr(node.value, 'id', '')}.reduce"
            if used in CALLS and isinstance(node.ctx, ast.Load):
                return f"there is a loop in disguise ({used})"
        if isinstance(node, ast.Name) and node.id in functions:
            if node.id not in seen:
                seen.add(node.id)
                found = _search(node.id, functions, seen)
                if found:
                    return f"{found} in {node.id}, which it calls"
            elif node.id == name and isinstance(node.ctx, ast.Load):
                return "it calls itself"
    return ""
