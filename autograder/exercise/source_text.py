"""Write known code as a student would have written it.

The course names a misconception after what is wrong with it, and calls helpers that
stand in other files of the course. A student has one cell: the same code, under the
name that the exercise asks for, with its helpers above it.
"""

from __future__ import annotations

import ast
import copy
import pprint
import sys
import textwrap
from collections.abc import Iterator, Sequence
from functools import cache
from types import FunctionType
from typing import Any

import numpy as np

from answer_checks.parsing import parse_python, source_of


def assignment(name: str, value: Any) -> str:
    """Write ``name = value``, with NumPy as ``np``."""
    text = pprint.pformat(_literal(value), width=80, sort_dicts=False)
    return f"{name} = {text}\n"


def value_source(name: str, value: Any, maker: Any) -> str:
    """Write what gives `name` its value: the value, else the function that makes it."""
    if isinstance(value, dict | list | tuple | np.ndarray | float | int | str | None):
        return assignment(name, value)
    made = renamed_source(maker, f"make_{name}")
    return f"{made}\n\n{name} = make_{name}()\n"


def renamed_source(implementation: Any, target: str) -> str:
    """Write a function or class under the name `target`, below its helpers."""
    node = _definition(implementation)
    helpers = _helper_sources(node, implementation, {node.name, target})
    old, node.name = node.name, target
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and inner.id == old:
            inner.id = target
    return "\n\n\n".join([*helpers, ast.unparse(node)]) + "\n"


def with_constant(function: FunctionType, old: float, new: float) -> FunctionType:
    """Return a function like another but for one constant of its code."""
    code = function.__code__
    constants = tuple(
        new if type(value) is float and value == old else value
        for value in code.co_consts
    )
    return FunctionType(
        code.replace(co_consts=constants),
        function.__globals__,
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )


def group_source(group: type, names: Sequence[str]) -> str:
    """Write the functions of a class that groups them, below their helpers."""
    seen = {group.__name__, *names}
    tree = _definition(group)
    members = _helper_sources(tree, group, seen)
    for node in tree.body:
        if getattr(node, "name", None) in names:
            node.decorator_list = []
            members.append(ast.unparse(node))
    return "\n\n\n".join(members) + "\n"


def namespace_of(implementation: Any) -> dict[str, Any]:
    """Return the names that the written source of `implementation` may use.

    They are those of its module and of the modules of its helpers.
    """
    node = _definition(implementation)
    found: dict[str, Any] = {}
    for helper in _helpers(node, implementation, {node.name}):
        found.update(vars(sys.modules[helper.__module__]))
    return found | vars(sys.modules[implementation.__module__])


def _helper_sources(node: ast.AST, owner: Any, seen: set[str]) -> list[str]:
    return [ast.unparse(_definition(h)) for h in _helpers(node, owner, seen)]


def _helpers(node: ast.AST, owner: Any, seen: set[str]) -> Iterator[FunctionType]:
    """Yield the course's functions that the code of `owner` uses, each below its own.

    Those of libraries are imported by the student's notebook, and not among them.
    """
    space = vars(sys.modules[owner.__module__])
    for inner in ast.walk(node):
        if not isinstance(inner, ast.Name) or inner.id in seen:
            continue
        value = space.get(inner.id)
        if not isinstance(value, FunctionType):
            continue
        if _package(value) == _package(owner):
            seen.add(inner.id)
            yield from _helpers(_definition(value), value, seen)
            yield value


def _package(value: Any) -> str:
    return str(value.__module__).partition(".")[0]


def _definition(implementation: Any) -> Any:
    """Return the tree of a function or class, its own copy, without decorators."""
    found = _top_level(implementation.__module__).get(implementation.__qualname__)
    if found is None:  # defined inside a function
        tree = parse_python(textwrap.dedent(source_of(implementation)))
        found = tree.body[0]
    node: Any = copy.deepcopy(found)
    node.decorator_list = []
    return node


@cache
def _top_level(module: str) -> dict[str, ast.stmt]:
    """Parse a module once: ``inspect`` would do it anew for every class."""
    tree = parse_python(source_of(sys.modules[module]))
    kinds = ast.FunctionDef | ast.ClassDef
    return {node.name: node for node in tree.body if isinstance(node, kinds)}


class _Raw:
    """Prints as the text that it holds."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def _literal(value: Any) -> Any:
    """Return what prints as an expression for `value`, with NumPy as ``np``."""
    if isinstance(value, np.ndarray):
        return _Raw(f"np.array({value.tolist()!r})")
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return _Raw(f"float({str(value)!r})")
    if isinstance(value, dict):
        return {key: _literal(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_literal(item) for item in value)
    return value


__all__ = [
    "assignment",
    "group_source",
    "namespace_of",
    "renamed_source",
    "value_source",
]
