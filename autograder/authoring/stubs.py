"""What stands in the handout where a solution stood."""

from __future__ import annotations

import ast
import re
from textwrap import dedent

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions

from answer_checks.parsing import parse_python
from autograder.authoring.regions import SOLUTION, Region, find_regions, outside


def value_stub(given: str) -> str:
    """Give the comment that stands for the values of a cell.

    Parameters
    ----------
    given : str
        The cell's text before the region: the names and their first values.

    Examples
    --------
    >>> value_stub("net = None")
    '# YOUR CODE HERE: replace None.'
    >>> value_stub("answers = {'a': None, 'b': None}")
    '# YOUR CODE HERE: replace each None.'
    """
    each = "each " if len(re.findall(r"\bNone\b", given)) > 1 else ""
    return f"# YOUR CODE HERE: replace {each}None."


def function_stub(exercise_id: str) -> str:
    """Give the two lines that stand for the body of a function.

    Examples
    --------
    >>> print(function_stub("l3_softmax"))
    # YOUR CODE HERE
    raise NotImplementedError("l3_softmax: not written yet")
    """
    return (
        f'# YOUR CODE HERE\nraise NotImplementedError("{exercise_id}: not written yet")'
    )


class StubSolutions(ClearSolutions):
    """nbgrader's own step, with a stub that names the exercise of the cell.

    A region that only gives new values to names that the lines before it have bound
    leaves a comment, so that the cell runs with those first values. Any other region
    leaves ``raise NotImplementedError("<id>: not written yet")``.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, cell_index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Clear one cell with the stub that fits it."""
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        lines = cell.source.split("\n")
        regions, _ = find_regions(lines, SOLUTION)
        value = bool(regions) and all(gives_values(lines, r, regions) for r in regions)
        usual: dict[str, str] = getattr(self, "code_stub")  # noqa: B009 - a trait
        given = "\n".join(line for _, line in outside(lines, regions))
        stub = value_stub(given) if value else function_stub(grade_id)
        self.code_stub = {**usual, "python": stub}
        try:
            made: tuple[NotebookNode, ResourcesDict]
            made = super().preprocess_cell(cell, resources, cell_index)
            return made
        finally:
            self.code_stub = usual


def gives_values(lines: list[str], region: Region, regions: list[Region]) -> bool:
    """Say whether a region only gives new values to names bound before it.

    Parameters
    ----------
    lines : list of str
        The cell's text.
    region : Region
        The region asked about.
    regions : list of Region
        All regions of the cell.
    """
    if region.indent:
        return False
    before = "\n".join(
        line for index, line in outside(lines, regions) if index < region.begin
    )
    try:
        given = parse_python(before)
        body = parse_python(dedent("\n".join(region.body)))
    except SyntaxError:
        return False
    first = {
        name
        for statement in given.body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for name in _stored(statement)
    }
    return any(_changes(statement) & first for statement in body.body)


def _stored(statement: ast.stmt) -> set[str]:
    """Give the names that a statement assigns to."""
    return {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _changes(statement: ast.stmt) -> set[str]:
    """Give the names that are bound or changed: ``x = 1``, ``x[0] = 1``, ``x.f()``."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    names = _stored(statement)
    for node in ast.walk(statement):
        root: ast.AST = node
        changed = (
            isinstance(node, ast.Subscript | ast.Attribute)
            and isinstance(node.ctx, ast.Store)
        ) or (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
        if not changed:
            continue
        while not isinstance(root, ast.Name):
            if isinstance(root, ast.Call):
                root = root.func
            elif isinstance(root, ast.Subscript | ast.Attribute):
                root = root.value
            else:
                break
        if isinstance(root, ast.Name):
            names.add(root.id)
    return names


def stub_faults(source: str, exercise_id: str, names: tuple[str, ...]) -> list[str]:
    """Say what is wrong with a cleared solution cell.

    Parameters
    ----------
    source : str
        The cell as the student gets it.
    exercise_id : str
        The exercise, whose name the ``NotImplementedError`` must give.
    names : tuple of str
        What the student writes, from the exercise's record.

    Returns
    -------
    list of str
        One sentence a fault.
    """
    try:
        tree = parse_python(source)
    except SyntaxError as error:
        return [f"the cell without its solutions is not Python ({error.msg})"]
    if _raises(tree.body, exercise_id):
        return []
    faults = []
    for name in names:
        found = [statement for statement in tree.body if _binds(statement, name)]
        if not found:
            faults.append(
                f"the cell without its solutions does not define {name}, which the "
                "exercise's checks.py names: write its first line, or a first value, "
                "outside the region"
            )
        elif isinstance(found[-1], ast.FunctionDef | ast.ClassDef) and not any(
            _raises(body, exercise_id) for body in _bodies(found[-1])
        ):
            faults.append(
                f"{name} without its solution does not raise NotImplementedError: let "
                "the region stand directly in the body, with no return before it"
            )
    return faults


def _binds(statement: ast.stmt, name: str) -> bool:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return statement.name == name
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        return name in _stored(statement)
    return False


def _bodies(statement: ast.FunctionDef | ast.ClassDef) -> list[list[ast.stmt]]:
    """List the bodies where a stub may stand: a function's, or those of a class."""
    bodies = [statement.body]
    if isinstance(statement, ast.ClassDef):
        for inner in statement.body:
            if isinstance(inner, ast.FunctionDef):
                bodies.append(inner.body)
    return bodies


def _raises(body: list[ast.stmt], exercise_id: str) -> bool:
    """Say whether a body surely ends in the stub's ``raise``."""
    for statement in body:
        if isinstance(statement, ast.Raise):
            error = statement.exc
            return (
                isinstance(error, ast.Call)
                and isinstance(error.func, ast.Name)
                and error.func.id == "NotImplementedError"
                and len(error.args) == 1
                and isinstance(error.args[0], ast.Constant)
                and str(error.args[0].value).startswith(f"{exercise_id}:")
            )
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            continue
        if any(isinstance(node, ast.Return) for node in ast.walk(statement)):
            return False
    return False
