"""Every module imports downwards only: no circle, no way back, none that is hidden."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Each line imports from the lines below it. Units on one line do not know each other.
ENGINE = """
autograder.__main__
autograder.cli
autograder.commands autograder.nbgrader_engine
autograder.demo_class autograder.collecting
autograder.classroom
autograder.report autograder.export
autograder.adequacy
autograder.gradebook autograder.authoring
autograder.judging
autograder.course
autograder.exercise
autograder.sandbox
autograder.cleaning
autograder.roster
autograder.csv_tables
autograder.verdict autograder.files
autograder.errors autograder.start_up autograder.notebook_name autograder.syntax
answer_checks
"""
# What students install. It knows nothing of the engine, nor the engine of it.
LIBRARY = """
cs231n_lib
answer_checks
"""
STACKS = [
    [line.split() for line in stack.strip().split("\n")] for stack in (ENGINE, LIBRARY)
]
# What runs inside the sandbox, where the folder stands alone.
INSIDE = "autograder.sandbox.inside"
# Imports in a function, each with its reason.
LATE = {
    ("autograder", "autograder.judging.in_place"): (
        "every test cell says `from autograder import hidden_tests`; the name is "
        "loaded when it is asked for, so that `import autograder` stays light"
    ),
    ("autograder.authoring", "autograder.authoring.pipeline"): (
        "`autograder.authoring.build` is offered without loading nbclient for those "
        "who only read a source"
    ),
    ("autograder.authoring.command", "autograder.authoring.pipeline"): (
        "`build --help` answers without loading nbclient"
    ),
}


@dataclass(frozen=True)
class Import:
    """One module imports another.

    Attributes
    ----------
    of, what : str
        The two modules.
    line : int
        Where it says so.
    late : bool
        It stands in a function.
    """

    of: str
    what: str
    line: int
    late: bool

    def __str__(self) -> str:
        return f"{self.of}, line {self.line}, imports {self.what}"


def modules(root: Path) -> dict[str, Path]:
    """Find the modules of all packages below `root` by their names."""
    found = {}
    for package in sorted({name.split(".")[0] for name in units()}):
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(p for p in parts if p != "__init__")] = path
    return found


def units() -> set[str]:
    return {unit for stack in STACKS for line in stack for unit in line}


def unit_of(module: str) -> str:
    """Return the unit of the plan to which a module belongs, "" for none."""
    known = units()
    while module and module not in known:
        module = module.rpartition(".")[0]
    return module


def imports(name: str, tree: ast.Module, known: dict[str, Path]) -> Iterator[Import]:
    """Yield the imports of one module that lead to one of `known`."""
    late = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for inner in ast.walk(node)
    }
    package = name if known[name].name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            wanted = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.rsplit(".", node.level - 1)[0] if node.level else ""
            base = ".".join(part for part in (above, node.module) if part)
            wanted = [f"{base}.{alias.name}" for alias in node.names]
            wanted = [w if w in known else base for w in wanted]
        else:
            continue
        for what in dict.fromkeys(wanted):
            inside = f"{INSIDE}.{what.split('.')[0]}"
            if name.startswith(INSIDE) and inside in known:
                what = inside
            if what in known:
                yield Import(name, what, node.lineno, node in late)


def faults(root: Path) -> Iterator[str]:
    """Yield what breaks the plan, in words."""
    known = modules(root)
    graph: dict[str, set[str]] = {}
    for name, path in known.items():
        if name != "autograder" and not unit_of(name):
            yield f"{name} has no place in the plan"
            continue
        tree = ast.parse(path.read_text("utf-8"))
        if any(
            isinstance(n, ast.Name) and n.id == "TYPE_CHECKING" for n in ast.walk(tree)
        ):
            yield f"{name} imports behind TYPE_CHECKING"
        for one in imports(name, tree, known):
            if (one.of, one.what) in LATE and one.late:
                continue
            if one.late:
                yield f"{one} in a function"
            if name.startswith(INSIDE) and not one.what.startswith(INSIDE):
                yield f"{one}, which is not inside the sandbox"
            yield from misplaced(one)
            graph.setdefault(one.of, set()).add(one.what)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        yield f"a circle: {' <- '.join(circle.args[1])}"


def misplaced(one: Import) -> Iterator[str]:
    """Yield in words that an import does not lead to a lower floor."""
    of, what = unit_of(one.of), unit_of(one.what)
    if of == what or one.what == "autograder":  # the package itself is only a name
        return
    for stack in STACKS:
        height = {unit: i for i, line in enumerate(stack) for unit in line}
        if of in height and what in height and height[of] < height[what]:
            return
    yield f"{one}, which is not below it"


def test_every_import_leads_downwards():
    assert list(faults(ROOT)) == []


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        (
            {"autograder/errors.py": "import autograder.judging.ask"},
            "errors, line 1, imports autograder.judging.ask, which is not below it",
        ),
        (
            {"autograder/report/page.py": "from autograder import export"},
            "report.page, line 1, imports autograder.export, which is not below it",
        ),
        (
            {"cs231n_lib/plots.py": "from autograder.errors import UserError"},
            "plots, line 1, imports autograder.errors, which is not below it",
        ),
        (
            {"autograder/judging/ask.py": "from .run import Runner"},
            "a circle: ",
        ),
        (
            {"autograder/judging/ask.py": "def f():\n    import autograder.errors"},
            "ask, line 2, imports autograder.errors in a function",
        ),
        (
            {"autograder/judging/ask.py": "if TYPE_CHECKING:\n    import decide"},
            "autograder.judging.ask imports behind TYPE_CHECKING",
        ),
        (
            {"autograder/sandbox/inside/main.py": "import autograder.errors"},
            "imports autograder.errors, which is not inside the sandbox",
        ),
        ({"autograder/odds.py": ""}, "autograder.odds has no place in the plan"),
    ],
)
def test_a_fault_is_found(tmp_path, files, fault):
    sound = {
        "autograder/__init__.py": "",
        "autograder/errors.py": "",
        "autograder/export.py": "",
        "autograder/judging/ask.py": "import numpy",
        "autograder/judging/decide.py": "from autograder.judging.ask import a",
        "autograder/judging/run.py": "from autograder.judging import ask, decide",
        "autograder/report/page.py": "from autograder.judging.run import r",
        "autograder/sandbox/inside/main.py": "import wire",
        "autograder/sandbox/inside/wire.py": "import json",
        "cs231n_lib/plots.py": "",
    }
    for folder, wanted in (("sound", 0), ("unsound", 1)):
        for name, text in (sound | (files if wanted else {})).items():
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        found = list(faults(tmp_path / folder))
        assert len(found) == wanted, found
    assert fault in found[0]


def test_each_late_import_is_still_there():
    known = modules(ROOT)
    late = {
        (one.of, one.what)
        for name, path in known.items()
        for one in imports(name, ast.parse(path.read_text("utf-8")), known)
        if one.late
    }
    assert set(LATE) <= late
