"""Equal mistakes of a class, put together: what to talk about, and an example of each.

Two mistakes are equal where they have the same name, the one that a record gives to a
known misconception; where none is known, where the same checks fell short and the first
said the same.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.course.exercises import get
from autograder.exercise.record import Exercise
from autograder.report.status_text import STATUS_TEXT
from autograder.syntax import parse
from autograder.verdict import Status, Verdict

NO_MISTAKE = frozenset(
    {
        Status.CORRECT,
        Status.UNANSWERED,
        Status.MISSING,
        Status.UNREADABLE,
        Status.MANUAL,
    }
)
MOST_LINES = 24
WIDEST = 96  # characters
LONGEST = 20_000  # characters of a cell; in a longer one docstrings stay
TRIES = 3  # notebooks that are opened to find an example


@dataclass(frozen=True)
class Key:
    """What makes two mistakes in one exercise equal.

    Attributes
    ----------
    slug : str
        The name of the misconception in the record; empty where none is known.
    says : str
        In words.
    failed : tuple of str
        Where none is known, the labels of the checks that fell short.
    """

    slug: str
    says: str
    failed: tuple[str, ...] = ()


@dataclass
class Mistake:
    """A mistake and who made it.

    Attributes
    ----------
    exercise : Exercise
        The exercise in which it was made.
    key : Key
        What makes it equal to others.
    students : list of str
        The students who made it.
    alone : list of str
        Those of them who made no other one in this exercise.
    """

    exercise: Exercise
    key: Key
    students: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)

    @property
    def candidates(self) -> list[str]:
        """Whose code may serve as the example, the clearest first.

        The order is fixed, and no alphabet puts the same students first everywhere.
        """
        seed = f"{self.exercise.id}\0{self.key}\0"

        def place(student: str) -> bytes:
            text = (seed + student).encode("utf-8", "surrogateescape")
            return hashlib.sha256(text).digest()

        others = set(self.students) - set(self.alone)
        return (sorted(self.alone, key=place) + sorted(others, key=place))[:TRIES]


def mistakes_in(verdict: Verdict) -> list[Key]:
    """List the mistakes behind a verdict, the likeliest first.

    An exercise that was not answered, or waits for a person, has none.
    """
    if verdict.status in NO_MISTAKE:
        return []
    named = [Key(slug, _says(verdict, slug)) for slug in verdict.misconceptions]
    if named:
        return list(dict.fromkeys(named))
    failed = [check for check in verdict.checks if not check.passed]
    first = next((check for check in failed if check.reason), None)
    if first is not None:
        labels = tuple(check.label for check in failed)
        return [Key("", f"{first.label}: {first.reason}", labels)]
    ended = verdict.status in (Status.TIMEOUT, Status.CRASHED)
    if ended and not verdict.grader_failed:
        return [Key("", verdict.note or STATUS_TEXT[verdict.status])]
    return []


def _says(verdict: Verdict, slug: str) -> str:
    try:
        known = get(verdict.exercise).known(slug)
    except KeyError:
        known = None
    return known.says if known else slug.replace("_", " ")


def find_examples(
    mistakes: Iterable[Mistake],
    load: Callable[[str, str], Mapping[str, Any]],
    stubs: Mapping[str, str],
) -> dict[tuple[str, Key], str]:
    """Find for each mistake the code of one student.

    No more than one notebook is held at a time.

    Parameters
    ----------
    mistakes : iterable of Mistake
        What to find examples of.
    load : callable
        ``load(student, notebook)`` returns a graded notebook; one without cells where
        there is none.
    stubs : mapping
        The cells of the handouts, by exercise id; an untouched one is no example.

    Returns
    -------
    dict
        By exercise id and key; a mistake without code at hand is left out.
    """
    waiting = list(mistakes)
    found: dict[tuple[str, Key], str] = {}
    for number in range(TRIES):
        # By file, so that each is read once a round.
        wanted: dict[tuple[str, str], list[Mistake]] = {}
        for mistake in waiting:
            if number < len(mistake.candidates):
                place = (mistake.candidates[number], mistake.exercise.notebook)
                wanted.setdefault(place, []).append(mistake)
        for (student, notebook), here in wanted.items():
            cells = solutions(load(student, notebook))
            for mistake in here:
                name = mistake.exercise.id
                source = cells.get(name, "")
                if source.split() not in ([], stubs.get(name, "").split()):
                    found[name, mistake.key] = excerpt(source)
        waiting = [m for m in waiting if (m.exercise.id, m.key) not in found]
    return found


def solutions(notebook: Mapping[str, Any]) -> dict[str, str]:
    """Return the code of a notebook's cells by their ``grade_id``."""
    found: dict[str, str] = {}
    for cell in notebook.get("cells") or []:
        name = (cell["metadata"].get("nbgrader") or {}).get("grade_id")
        if name and cell["cell_type"] == "code":
            found[str(name)] = "".join(cell["source"])
    return found


def excerpt(source: str) -> str:
    r"""Shorten a student's code: no docstrings, not too many lines, none too long.

    Examples
    --------
    >>> print(excerpt('def f(x):\n    \"\"\"Double x.\"\"\"\n\n    return x + x\n'))
    def f(x):
        return x + x
    """
    lines = source.split("\n")
    for first, last in reversed(_docstrings(source)):
        end = last
        while end < len(lines) and not lines[end].strip():
            end += 1
        del lines[first - 1 : end]
    lines = [line.rstrip() for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    more = len(lines) - MOST_LINES
    shown = [
        line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"
        for line in lines[:MOST_LINES]
    ]
    if more > 0:
        shown.append(f"# … {more} more {'line' if more == 1 else 'lines'}")
    return "\n".join(shown)


def _docstrings(source: str) -> list[tuple[int, int]]:
    """List the first and last line of each docstring that stands on its own lines."""
    tree = parse(source) if len(source) <= LONGEST else None
    if tree is None:
        return []
    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
            continue
        first = node.body[0] if node.body else None
        if not isinstance(first, ast.Expr) or not isinstance(first.value, ast.Constant):
            continue
        if isinstance(first.value.value, str) and first.end_lineno is not None:
            found.add((first.lineno, first.end_lineno))
    lines = source.split("\n")
    return [
        (first, last)
        for first, last in sorted(found)
        if lines[first - 1].lstrip().startswith(('"', "'", "r", "R"))
    ]


def rank(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Order mistakes, the commonest first."""
    return sorted(mistakes, key=lambda m: (-len(m.students), m.exercise.id, m.key.says))


__all__: Sequence[str] = [
    "Key",
    "Mistake",
    "excerpt",
    "find_examples",
    "mistakes_in",
    "rank",
    "solutions",
]
