"""The mutation operators: one small change at a time in the syntax tree of an answer.

Tools such as mutmut and cosmic-ray change the files of a package and run its test suite
for each change. Here the code under test is an answer inside a record, and it is the
grader that judges it, in this process; what remains for a tool is the list below.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from answer_checks.parsing import parse_python

ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
}
# The border moved, and the other side taken.
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
FUNCTIONS = {
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "max": ("min",),
    "min": ("max",),
    "amax": ("amin",),
    "sum": ("mean",),
    "mean": ("sum",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "any": ("all",),
    "all": ("any",),
    "zeros": ("ones",),
    "zeros_like": ("ones_like",),
    "ones": ("zeros",),
    "ones_like": ("zeros_like",),
    "log": ("log10", "log1p"),
    "sin": ("cos",),
    "cos": ("sin",),
    "floor": ("ceil",),
}
# Dropped, these leave their argument or the object whose method they are.
DROPPED = frozenset("abs copy exp log sqrt square tanh reversed astype".split())
# Their first two arguments may be exchanged.
COMMUTATIVE = frozenset("max min maximum minimum hypot isclose".split())
SWAPPED = (ast.MatMult, ast.Sub, ast.Div, ast.Pow, ast.FloorDiv, ast.Mod)


@dataclass(frozen=True)
class Mutant:
    """An answer with one change.

    Attributes
    ----------
    operator : str
        What kind of change it is, for example ``"comparison"``.
    line, becomes : str
        The changed line before and after, as ``ast.unparse`` writes it.
    nth : int
        Which of several equal changes of equal lines it is, from 1.
    source : str
        The changed code.
    """

    operator: str
    line: str
    becomes: str
    nth: int
    source: str

    @property
    def key(self) -> str:
        """Name the mutant for as long as its line stays as it is."""
        again = f" ({self.nth})" if self.nth > 1 else ""
        return f"{self.line}  =>  {self.becomes}{again}"


def mutants(source: str) -> Iterator[Mutant]:
    r"""Yield every mutant of `source`, each different one once.

    Examples
    --------
    >>> for mutant in mutants("def f(x):\n    return -x"):
    ...     print(mutant.operator, "|", mutant.key)
    deletion | return -x  =>  pass
    minus | return -x  =>  return x
    """
    tree = parse_python(source)
    seen = {ast.unparse(tree)}
    count: Counter[str] = Counter()
    for around, node in list(_places(tree, [])):
        for operator, changed in _changes(node):
            statement = next(n for n in [node, *around] if isinstance(n, ast.stmt))
            line = _header(statement)
            ast.copy_location(changed, node)
            _put(around[0], node, changed)
            becomes = _header(changed if statement is node else statement)
            text = ast.unparse(tree)
            _put(around[0], changed, node)
            if text in seen:
                continue
            seen.add(text)
            key = f"{line}  =>  {becomes}"
            count[key] += 1
            yield Mutant(operator, line, becomes, count[key], text)


def _places(
    node: ast.AST, around: list[ast.AST]
) -> Iterator[tuple[list[ast.AST], ast.AST]]:
    """Yield each node below `node`, with those around it from the inside out."""
    around = [node, *around]
    for child in ast.iter_child_nodes(node):
        yield around, child
        yield from _places(child, around)


def _put(parent: ast.AST, old: ast.AST, new: ast.AST) -> None:
    """Put `new` in the place of `old`, a child of `parent`."""
    for name, value in ast.iter_fields(parent):
        if value is old:
            setattr(parent, name, new)
            return
        if isinstance(value, list):
            for i, item in enumerate(value):
                if item is old:
                    value[i] = new
                    return
    raise AssertionError("the node is not where it was")


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield the operator and the new node for each change at this node."""
    if isinstance(node, ast.BinOp | ast.AugAssign):
        other = ARITHMETIC.get(type(node.op))
        if other:
            yield "arithmetic", _with(node, op=other())
    if isinstance(node, ast.BinOp) and isinstance(node.op, SWAPPED):
        yield "operands", _with(node, left=node.right, right=node.left)
    if isinstance(node, ast.Compare):
        for i, op in enumerate(node.ops):
            for other_op in COMPARISONS[type(op)]:
                ops = [*node.ops[:i], other_op(), *node.ops[i + 1 :]]
                yield "comparison", _with(node, ops=ops)
    if isinstance(node, ast.BoolOp):
        other_bool = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "condition", _with(node, op=other_bool)
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        negated = ast.UnaryOp(ast.Not(), node.test)
        yield "condition", _with(node, test=negated)
    if isinstance(node, ast.UnaryOp):
        word = "condition" if isinstance(node.op, ast.Not) else "minus"
        yield word, node.operand
    if isinstance(node, ast.Constant):
        for value in _constants(node.value):
            constant: Any = value
            yield "constant", ast.Constant(constant)
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield "transpose", node.value
    if isinstance(node, ast.AugAssign):
        yield "assignment", ast.Assign([node.target], node.value)
    if isinstance(node, ast.Break):
        yield "jump", ast.Continue()
    if isinstance(node, ast.Continue):
        yield "jump", ast.Break()
    if isinstance(node, ast.Call):
        yield from _calls(node)
    if isinstance(node, ast.stmt) and not _is_text(node):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Pass):
            yield "deletion", ast.Pass()


def _constants(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1)
    elif isinstance(value, float):
        yield from (value + 1, 2 * value) if value else (1.0,)


def _calls(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
    for other in FUNCTIONS.get(name, ()):
        if not (isinstance(node.func, ast.Name) and other not in ("min", "max")):
            field = "id" if isinstance(node.func, ast.Name) else "attr"
            yield "function", _with(node, func=_with(node.func, **{field: other}))
    if name in DROPPED:
        if node.args and name != "astype":
            yield "call", node.args[0]
        elif isinstance(node.func, ast.Attribute):
            yield "call", node.func.value
    if len(node.args) > 1 and name not in COMMUTATIVE | {"range"}:
        swapped = [node.args[1], node.args[0], *node.args[2:]]
        yield "arguments", _with(node, args=swapped)
    if name == "range":
        first = ast.Constant(0) if len(node.args) == 1 else node.args[0]
        last = node.args[min(1, len(node.args) - 1)]
        rest = node.args[2:]
        for low, high in ((1, 0), (0, -1), (0, 1)):
            args = [_plus(first, low), _plus(last, high), *rest]
            yield "range", _with(node, args=args)
    for i, keyword in enumerate(node.keywords):
        others = [*node.keywords[:i], *node.keywords[i + 1 :]]
        if keyword.arg == "keepdims":
            yield "keepdims", _with(node, keywords=others)
        if keyword.arg == "axis":
            yield "axis", _with(node, keywords=others)
            axis = ast.unparse(keyword.value)
            for new in {"0": (1,), "1": (0,), "-1": (0,)}.get(axis, ()):
                changed = ast.keyword("axis", ast.Constant(new))
                keywords = [*node.keywords[:i], changed, *node.keywords[i + 1 :]]
                yield "axis", _with(node, keywords=keywords)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _plus(node: ast.expr, step: int) -> ast.expr:
    if step == 0:
        return node
    op = ast.Add() if step > 0 else ast.Sub()
    return ast.BinOp(node, op, ast.Constant(1))


def _is_text(node: ast.stmt) -> bool:
    """Tell a docstring or another constant that stands alone."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _header(node: ast.AST) -> str:
    lines = ast.unparse(node).splitlines()
    return next((line for line in lines if not line.startswith("@")), "")
