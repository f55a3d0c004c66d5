"""The record of an exercise: all that the course knows of it, in one place.

A record holds the hidden checks with their points, the misconceptions with their
hints and the right variants. It proves the tests, diagnoses a submission, makes the
demo class and documents the exercise. A module
``autograder/exercises/<lecture>/<topic>.py`` defines the records of one notebook; see
``docs/add-an-exercise.md``.
"""

from __future__ import annotations

import ast
import copy
import inspect
import pprint
import re
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from types import FunctionType
from typing import Any, TypeVar

import numpy as np

from answer_checks.compare import difference
from autograder.exercise.student import CheckFailed, LocalBackend, Student

CheckFunction = Callable[[Student, np.random.Generator], float | None]
T = TypeVar("T")


@dataclass(frozen=True)
class Check:
    """One hidden check: it asks, compares, and raises ``CheckFailed`` or passes.

    Attributes
    ----------
    label : str
        What is checked, in words that the student may read.
    points : float
        Its share of the exercise's points.
    run : callable
        ``run(student, rng)``; may return a fraction between 0 and 1 as partial credit,
        or raise ``CheckFailed(reason, share=0.5)`` to say why as well.
    fresh : bool
        Whether its question depends on `rng`.
    """

    label: str
    points: float
    run: CheckFunction
    fresh: bool = True


@dataclass(frozen=True)
class Implementation:
    """Other code for the exercise: a misconception (with a hint) or a right variant.

    Attributes
    ----------
    name : str
        A slug, the name of the function in the record.
    says : str
        For a misconception, its name for people; for a variant, what is different.
    hint : str
        Leads on without giving the answer away; empty for a variant.
    names : mapping
        The names it defines, with their values.
    write : callable
        Writes the code as a student would have written it.
    """

    name: str
    says: str
    hint: str
    names: Mapping[str, Any]
    write: Callable[[], str] = field(repr=False)

    @cached_property
    def source(self) -> str:
        """The code as a student would have written it; few who load a bank need it."""
        return self.write()


@dataclass(eq=False)
class Exercise:
    """Everything about one exercise.

    Parameters
    ----------
    id : str
        The ``grade_id`` of its solution cell, for example ``"l3_svm_loss_i"``.
    notebook : str
        ``"lecture3/01_svm"``.
    points : float
        What it is worth; the points of its checks add up to this.
    names : tuple of str
        The names that the student defines.
    title : str
        A few words for reports.
    kind : str
        ``"code"``, ``"value"`` (the student assigns a dict or an object's value) or
        ``"manual"`` (a person grades the text).
    returns : mapping
        For a function, the names of the parts of its result.
    rubric : str
        For a manual exercise, what the points are given for.
    size : str
        ``"loss"`` for a loss, gradient, layer or network, ``"small"`` for a small
        function; the tests ask for 8 misconceptions and 5 variants, or 4 and 3.
    """

    id: str
    notebook: str
    points: float
    names: tuple[str, ...] = ()
    title: str = ""
    kind: str = "code"
    returns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rubric: str = ""
    size: str = "small"
    reference_names: dict[str, Any] = field(default_factory=dict, repr=False)
    checks: list[Check] = field(default_factory=list, repr=False)
    misconceptions: list[Implementation] = field(default_factory=list, repr=False)
    variants: list[Implementation] = field(default_factory=list, repr=False)

    # Writing a record --------------------------------------------------------------

    def reference(self, implementation: T) -> T:
        """Take a function or class as the oracle, under its own name.

        For a ``value`` exercise: a function without arguments that returns the value.
        """
        name = implementation.__name__
        if self.kind == "value":
            self.reference_names[self.names[0]] = implementation()
        else:
            self.reference_names[name] = implementation
        return implementation

    def check(
        self, label: str, points: float
    ) -> Callable[[CheckFunction], CheckFunction]:
        """Add the decorated function as a hidden check."""

        def add(run: CheckFunction) -> CheckFunction:
            self.checks.append(Check(label, points, run))
            return run

        return add

    def misconception(
        self, says: str, hint: str, of: str | None = None
    ) -> Callable[[T], T]:
        """Add the decorated function, class or group as a known misconception."""

        def add(implementation: T) -> T:
            self.misconceptions.append(self._wrap(implementation, says, hint, of))
            return implementation

        return add

    def variant(self, says: str, of: str | None = None) -> Callable[[T], T]:
        """Add the decorated function, class or group as another right answer."""

        def add(implementation: T) -> T:
            self.variants.append(self._wrap(implementation, says, "", of))
            return implementation

        return add

    def answers(
        self,
        right: Mapping[str, Any],
        labels: Mapping[str, str] | None = None,
        rtol: float = 1e-3,
        atol: float = 5e-3,
    ) -> None:
        """Define a ``value`` exercise that is a dict: one check a key, equal points."""
        (name,) = self.names
        self.reference_names[name] = dict(right)
        for key, want in right.items():
            label = (labels or {}).get(key, key.replace("_", " "))
            self.checks.append(
                Check(
                    label,
                    self.points / len(right),
                    _answer_check(name, key, want, rtol, atol),
                    fresh=False,
                )
            )

    def wrong_answer(self, says: str, hint: str, **wrong: Any) -> None:
        """Add a misconception of a dict exercise: these keys, the others right."""
        (name,) = self.names
        value = {**self.reference_names[name], **wrong}
        slug = "_".join(re.findall(r"[a-z0-9]+", says.lower()))
        self.misconceptions.append(
            Implementation(
                slug, says, hint, {name: value}, partial(_assign, name, value)
            )
        )

    def right_answer(self, says: str, **other: Any) -> None:
        """Add a variant of a dict exercise: these keys in another right form."""
        (name,) = self.names
        value = {**self.reference_names[name], **other}
        self.variants.append(
            Implementation(says, says, "", {name: value}, partial(_assign, name, value))
        )

    def _wrap(
        self, implementation: Any, says: str, hint: str, of: str | None
    ) -> Implementation:
        slug = implementation.__name__
        if self.kind == "value":
            value = implementation()
            write = partial(_value_source, self.names[0], value, implementation)
            return Implementation(slug, says, hint, {self.names[0]: value}, write)
        group = inspect.isclass(implementation) and of is None and len(self.names) > 1
        if group:
            members = {
                key: value
                for key, value in vars(implementation).items()
                if key in self.names
            }
            write = partial(_group_source, implementation, self.names)
            return Implementation(slug, says, hint, members, write)
        if of is None and len(self.names) > 1:
            raise ValueError(f"{self.id}: {slug} must say which name it is of")
        target = of or self.names[0]
        write = partial(_renamed_source, implementation, target)
        return Implementation(slug, says, hint, {target: implementation}, write)

    # Using a record ----------------------------------------------------------------

    def known(self, slug: str) -> Implementation | None:
        """Return the misconception with this slug, if there is one."""
        return next((m for m in self.misconceptions if m.name == slug), None)

    def reference_source(self) -> str:
        """Return the code of the reference, with the functions beside it, as a text."""
        sources = [_renamed_source(self.reference_names[n], n) for n in self.names]
        parts = [ast.unparse(node) for s in sources for node in ast.parse(s).body]
        return "\n\n\n".join(dict.fromkeys(parts)) + "\n"

    def student_of(self, backend: Any, **options: Any) -> Student:
        """Return what a check needs to question `backend`."""
        return Student(backend, self.reference_names, self.returns, **options)

    def local(self, implementation: Implementation | None = None) -> LocalBackend:
        """Return the backend of a known implementation; by default the reference."""
        names = dict(self.reference_names)
        sources: dict[str, Callable[[], str]] = {}
        if implementation is not None:
            names.update(implementation.names)
            sources = dict.fromkeys(implementation.names, lambda: implementation.source)
        return LocalBackend(names, sources)


def _answer_check(
    name: str, key: str, want: Any, rtol: float, atol: float
) -> CheckFunction:
    def run(student: Student, rng: np.random.Generator) -> None:
        answers = student.name(name)
        kind = student.fetch(answers)
        student.transcript.pop()  # only the one answer belongs to this check
        student.require(isinstance(kind, dict), f"{name} is not a dict", "type")
        student.require(kind.get(key) is not None, "it is not filled in", "unanswered")
        got = kind[key]
        student.transcript.append(got)
        found = difference(got, want, f"{name}[{key!r}]", rtol=rtol, atol=atol)
        if found:
            # The question is the same for all: a ratio or a sign would be the answer.
            hidden = found.kind == "value"
            reason = f"{name}[{key!r}]: is not right" if hidden else found.reason
            raise CheckFailed(reason, found.kind)

    return run


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


def _assign(name: str, value: Any) -> str:
    text = pprint.pformat(_literal(value), width=80, sort_dicts=False)
    return f"{name} = {text}\n"


def _value_source(name: str, value: Any, maker: Any) -> str:
    if isinstance(value, dict | list | tuple | np.ndarray | float | int | str | None):
        return _assign(name, value)
    made = _renamed_source(maker, f"make_{name}")
    return f"{made}\n\n{name} = make_{name}()\n"


def _definition(implementation: Any) -> Any:
    """Return the tree of a function or class, its own copy, without decorators."""
    found = _top_level(implementation.__module__).get(implementation.__qualname__, [])
    code = getattr(implementation, "__code__", None)
    if code is not None:
        found = [node for node in found if _first_line(node) == code.co_firstlineno]
    if len(found) == 1:
        node = copy.deepcopy(found[0])
    else:  # defined inside a function, or a class whose name is taken twice
        tree = ast.parse(textwrap.dedent(inspect.getsource(implementation)))
        node = tree.body[0]
    node.decorator_list = []
    return node


@cache
def _top_level(module: str) -> dict[str, list[Any]]:
    """Parse a module once: ``inspect`` would do it anew for every class."""
    found: dict[str, list[Any]] = {}
    for node in ast.parse(inspect.getsource(sys.modules[module])).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.setdefault(node.name, []).append(node)
    return found


def _first_line(node: Any) -> int:
    return min([node.lineno, *(d.lineno for d in node.decorator_list)])


def _renamed_source(implementation: Any, target: str) -> str:
    node = _definition(implementation)
    helpers = _helper_sources(node, implementation, {node.name, target})
    old, node.name = node.name, target
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and inner.id == old:
            inner.id = target
    return "\n\n\n".join([*helpers, ast.unparse(node)]) + "\n"


def _helper_sources(node: ast.AST, owner: Any, seen: set[str]) -> list[str]:
    """Return the sources of the functions beside `owner` that its code uses."""
    space = vars(inspect.getmodule(owner))
    found = []
    for inner in ast.walk(node):
        value = space.get(inner.id) if isinstance(inner, ast.Name) else None
        near = isinstance(value, FunctionType) and value.__module__ == owner.__module__
        if near and inner.id not in seen:
            seen.add(inner.id)
            helper = _definition(value)
            found += [*_helper_sources(helper, value, seen), ast.unparse(helper)]
    return found


def _group_source(group: Any, names: Sequence[str]) -> str:
    seen = {group.__name__, *names}
    tree = _definition(group)
    members = _helper_sources(tree, group, seen)
    for node in tree.body:
        if getattr(node, "name", None) in names:
            node.decorator_list = []
            members.append(ast.unparse(node))
    return "\n\n\n".join(members) + "\n"
