"""The record of an exercise: all that the course knows of it, in one place.

A record holds the hidden checks with their points, the misconceptions with their
hints and the right variants. It proves the tests, diagnoses a submission, makes the
demo class and documents the exercise. The files of
``solutions/<lecture>/<notebook>/<exercise>/`` say what goes into it, and
:mod:`autograder.course.exercises` loads them; see ``docs/add-an-exercise.md``.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, TypeVar

from answer_checks.parsing import parse_python
from answer_checks.relation import Relation
from autograder.exercise.backend import LocalBackend
from autograder.exercise.hidden_check import Check, CheckFunction
from autograder.exercise.kinds import ExerciseKind, ExerciseSize
from autograder.exercise.marks import Answer, Kind, Mark
from autograder.exercise.source_text import (
    assignment,
    group_source,
    renamed_source,
    value_source,
    with_constant,
)
from autograder.exercise.student import Student

T = TypeVar("T")


@dataclass(frozen=True)
class Implementation:
    """Other code for the exercise: a misconception (with a hint) or a right variant.

    Attributes
    ----------
    name : str
        A slug, the name of the function in the course's file.
    says : str
        For a misconception, its name for people; for a variant, what is different.
    hint : str
        Leads on without giving the answer away; empty for a variant.
    names : mapping
        The names it defines, with their values.
    write : callable
        Writes the code as a student would have written it.
    usual : bool
        Whether it is the form in which most students are right.
    size_of : str
        The name of the misconception that this is with another constant.
    """

    name: str
    says: str
    hint: str
    names: Mapping[str, Any]
    write: Callable[[], str] = field(repr=False)
    usual: bool = False
    size_of: str = ""

    @cached_property
    def source(self) -> str:
        """The code as a student would have written it; few who load a bank need it."""
        return self.write()


@dataclass(eq=False)
class Exercise:
    """Everything about one exercise.

    A ``checks.py`` states points, names and what else is not the default; who loads it
    knows id and notebook from where it lies, and fills in the rest.

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
    kind : ExerciseKind
        How it is answered; its text will do.
    returns : mapping
        For a function, the names of the parts of its result.
    rubric : str
        For a manual exercise, what the points are given for.
    size : ExerciseSize
        How many misconceptions and variants the tests ask for; its text will do.
    given : mapping
        Other names of the notebook that answers use, with the grader's own values.
    relation : Relation
        What is known of related calls; see :mod:`answer_checks.relation`.
    leans_on : tuple of str
        The ids of earlier exercises whose functions and classes an answer is meant to
        use. Where one of them fell short, this exercise is asked again with a right one
        in its place, and the better of both counts.
    equivalent : mapping
        The mutants that compute the same as the answer they were made from, and why.
    """

    id: str = ""
    notebook: str = ""
    points: float = 0
    names: tuple[str, ...] = ()
    title: str = ""
    kind: ExerciseKind = ExerciseKind.CODE
    returns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rubric: str = ""
    size: ExerciseSize = ExerciseSize.SMALL
    given: Mapping[str, Any] = field(default_factory=dict, repr=False)
    relation: Relation | None = field(default=None, repr=False)
    leans_on: tuple[str, ...] = ()
    equivalent: Mapping[str, str] = field(default_factory=dict, repr=False)
    reference_names: dict[str, Any] = field(default_factory=dict, repr=False)
    checks: list[Check] = field(default_factory=list, repr=False)
    misconceptions: list[Implementation] = field(default_factory=list, repr=False)
    variants: list[Implementation] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        """Take kind and size by their texts, as a ``checks.py`` states them."""
        self.kind = ExerciseKind(self.kind)
        self.size = ExerciseSize(self.size)

    # Building a record -------------------------------------------------------------

    def reference(self, implementation: T) -> T:
        """Take a function or class as the oracle, under its own name."""
        name: str = getattr(implementation, "__name__", "")
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
        self,
        says: str,
        hint: str,
        of: str | None = None,
        sizes: tuple[float, ...] = (),
    ) -> Callable[[T], T]:
        """Add the decorated function, class or group as a known misconception."""
        mark = Mark(Kind.MISCONCEPTION, says, hint, of, sizes=sizes)
        return partial(self._taken, mark)

    def variant(self, says: str, of: str | None = None) -> Callable[[T], T]:
        """Add the decorated function, class or group as another right answer."""
        return partial(self._taken, Mark(Kind.VARIANT, says, of=of))

    def _taken(self, mark: Mark, implementation: T) -> T:
        self.add(implementation, mark)
        return implementation

    def add(self, known: Any, mark: Mark | None = None) -> None:
        """Add a misconception or a right variant.

        Parameters
        ----------
        known : callable, class or Answer
            For a ``value`` exercise that is no dict, a function without arguments that
            returns the value.
        mark : Mark
            What it is; an :class:`~autograder.exercise.marks.Answer` says that itself.

        Raises
        ------
        ValueError
            It does not say of which name it is, or another one is called the same.
        """
        if isinstance(known, Answer):
            kind, made = known.kind, [self._answered(known)]
        elif mark is None:
            raise ValueError(f"{known!r} does not say what it is")
        else:
            kind, made = mark.kind, [self._wrap(known, mark)]
            made += [self._sized(made[0], mark, size) for size in mark.sizes[1:]]
        wrong = kind is Kind.MISCONCEPTION
        bank = self.misconceptions if wrong else self.variants
        for one in made:
            if any(other.name == one.name for other in bank):
                raise ValueError(f"two are named {one.name}")
            if one.usual and any(other.usual for other in bank):
                raise ValueError(f"{one.name} is the second one that is usual")
            bank.append(one)

    def _answered(self, answer: Answer) -> Implementation:
        (name,) = self.names
        value = {**self.reference_names[name], **answer.values}
        slug = answer.says
        if answer.kind is Kind.MISCONCEPTION:
            slug = "_".join(re.findall(r"[a-z0-9]+", slug.lower()))
        write = partial(assignment, name, value)
        return Implementation(slug, answer.says, answer.hint, {name: value}, write)

    def _wrap(self, implementation: Any, mark: Mark) -> Implementation:
        slug, said = implementation.__name__, (mark.says, mark.hint)
        if self.kind is ExerciseKind.VALUE:
            value = implementation()
            write = partial(value_source, self.names[0], value, implementation)
            return Implementation(
                slug, *said, {self.names[0]: value}, write, mark.usual
            )
        several = mark.of is None and len(self.names) > 1
        if several and inspect.isclass(implementation):
            members = {
                key: value
                for key, value in vars(implementation).items()
                if key in self.names
            }
            write = partial(group_source, implementation, self.names)
            return Implementation(slug, *said, members, write, mark.usual)
        if several:
            raise ValueError(f"{slug} must say which name it is of")
        target = mark.of or self.names[0]
        write = partial(renamed_source, implementation, target)
        names = {target: implementation}
        return Implementation(slug, *said, names, write, mark.usual)

    def _sized(self, of: Implementation, mark: Mark, size: float) -> Implementation:
        """Return a misconception with another constant in its code."""
        ((name, function),) = of.names.items()
        old = mark.sizes[0]
        if not inspect.isfunction(function) or old not in function.__code__.co_consts:
            raise ValueError(f"{of.name}: there is no {old!r} in its code")

        return replace(
            of,
            name=f"{of.name}_{size:g}".replace("-", "_").replace(".", "_"),
            names={name: with_constant(function, old, size)},
            write=lambda: of.source.replace(repr(old), repr(size)),
            size_of=of.name,
        )

    # Using a record ----------------------------------------------------------------

    def known(self, slug: str) -> Implementation | None:
        """Return the misconception with this slug, if there is one."""
        return next((m for m in self.misconceptions if m.name == slug), None)

    def right(self, slug: str) -> Implementation | None:
        """Return the right variant with this slug, if there is one."""
        return next((v for v in self.variants if v.name == slug), None)

    @property
    def usual(self) -> Implementation | None:
        """The form in which most students are right; the first by name if none is."""
        by_name = sorted(self.variants, key=lambda v: (not v.usual, v.name))
        return by_name[0] if by_name else None

    def reference_source(self) -> str:
        """Return the code of the reference, with the functions beside it, as a text."""
        sources = [renamed_source(self.reference_names[n], n) for n in self.names]
        parts = [ast.unparse(node) for s in sources for node in parse_python(s).body]
        return "\n\n\n".join(dict.fromkeys(parts)) + "\n"

    def complete_source(self, found: Implementation) -> str:
        """Return the code of a known implementation, with the other names right."""
        sources: dict[str, str] = {}
        for name in self.names:
            if name in found.names:
                continue
            known = sorted(
                self.variants, key=lambda v: (not v.usual, len(v.names), v.name)
            )
            other = next((v for v in known if name in v.names), None)
            if other is not None and other.source not in sources.values():
                sources[name] = other.source
        return "\n\n".join([*sources.values(), found.source])

    def student_of(self, backend: Any, **options: Any) -> Student:
        """Return what a check needs to question `backend`."""
        known = {"relation": self.relation, **options}
        return Student(backend, self.reference_names, self.returns, **known)

    def local(self, implementation: Implementation | None = None) -> LocalBackend:
        """Return the backend of a known implementation; by default the reference."""
        names = {**self.given, **self.reference_names}
        sources: dict[str, Callable[[], str]] = {}
        if implementation is not None:
            names.update(implementation.names)
            sources = dict.fromkeys(implementation.names, lambda: implementation.source)
        return LocalBackend(names, sources)
