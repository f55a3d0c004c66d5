"""Read a student's source text: find loops where an exercise forbids them."""

from __future__ import annotations

import ast

LOOPS: tuple[tuple[type[ast.AST], str], ...] = (
    (ast.For, "a for loop"),
    (ast.AsyncFor, "a for loop"),
    (ast.While, "a while loop"),
    (ast.ListComp, "a list comprehension"),
    (ast.SetComp, "a set comprehension"),
    (ast.DictComp, "a dict comprehension"),
    (ast.GeneratorExp, "a generator expression"),
)
# Python loops by another name.
CALLS = frozenset(
    "map filter exec eval vectorize apply_along_axis apply_over_axes "
    "fromiter frompyfunc fromfunction nditer ndenumerate reduce".split()
)


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
        For example ``"there is a for loop"``; empty where there is none.

    Examples
    --------
    >>> find_loop("def f(x):\n    return [v for v in x]", "f")
    'there is a list comprehension'
    >>> find_loop("def f(x):\n    return x.sum()", "f")
    ''
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    functions: dict[str, ast.AST] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            functions[node.name] = node
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            _bind(functions, node)
    for node in tree.body:
        # Another name for a function, or one made by partial or vectorize.
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name | ast.Call):
            _bind(functions, node)
    return _search(name, functions, {name})


def _bind(functions: dict[str, ast.AST], node: ast.Assign) -> None:
    for target in node.targets:
        if isinstance(target, ast.Name):
            functions.setdefault(target.id, node.value)


def _search(name: str, functions: dict[str, ast.AST], seen: set[str]) -> str:
    if name not in functions:
        return ""
    for node in ast.walk(functions[name]):
        for kind, words in LOOPS:
            if isinstance(node, kind):
                return f"there is {words}"
        if isinstance(node, ast.Name | ast.Attribute):
            used = node.id if isinstance(node, ast.Name) else node.attr
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
