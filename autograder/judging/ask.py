"""Ask: send a check's questions to the sandbox and take plain values back."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import numpy as np

from autograder.course.cells import TEST_SUFFIX, CellRole
from autograder.judging.budget import used_up
from autograder.judging.python_text import python_of, words_of
from autograder.judging.run import Runner, part_to_ask
from autograder.judging.stops import is_untouched, why_missing
from autograder.sandbox.gone import BackendGone
from autograder.sandbox.inside.wire import Opaque, Special
from autograder.verdict import Status

ERRORS = frozenset(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)
TYPES = frozenset(
    name for name, value in vars(builtins).items() if isinstance(value, type)
) | {
    *("builtin_function_or_method", "function", "generator", "method", "module"),
    "a value nested too deeply",
}
MOST_ROWS = 10_000
ARRAY = re.compile(r"ndarray of [a-z]+[0-9]{0,3}")


class RemoteBackend:
    """Answers come from the student's process; nothing in them is trusted.

    Parameters
    ----------
    runner : Runner
        Keeps the session.
    exercise : str
        The id of the exercise that is asked.
    late : bool
        Ask what the names mean at the end of the notebook, not at the test cell.
    """

    def __init__(self, runner: Runner, exercise: str, late: bool = False) -> None:
        self.runner = runner
        self.exercise = exercise
        self.late = late
        self.session = runner.session()
        self.limits = runner.settings.limits_of(exercise)
        self.left = self.limits.exercise_seconds

    @contextmanager
    def again(self, first: str) -> Iterator[RemoteBackend]:
        """Run the notebook once more, in a new process, with a cell in front.

        Raises
        ------
        BackendGone
            It does not run a second time.
        """
        other = self.runner.preceded(self.exercise, first)
        try:
            yield RemoteBackend(other, self.exercise, late=True)
        finally:
            other.close()

    def moved(self) -> bool:
        """Tell whether a later cell gave the exercise's names another meaning."""
        names = self.runner.names[self.exercise]
        reply = self.session.request(
            self.limits.ask_seconds,
            "moved",
            exercise=self.exercise,
            names=names,
        )
        return reply.get("moved") is True

    def run(self, steps: list[dict[str, Any]]) -> dict[str, Any]:
        """Carry out the steps there.

        Raises
        ------
        BackendGone
            No sound reply came in time, or no time is left.
        """
        if self.left <= 0:
            raise BackendGone(Status.TIMEOUT)
        budget, part = self.runner.budget, part_to_ask(self.exercise)
        seconds = budget.allows(min(self.limits.ask_seconds, self.left), part)
        if seconds <= 0:
            raise used_up()
        before = self.session.account.spent
        try:
            reply = self.session.request(
                seconds,
                "ask",
                exercise=self.exercise,
                late=self.late,
                steps=steps,
            )
        finally:
            spent = self.session.account.spent - before
            self.left -= spent
            budget.spend(spent, part)
        if "refused" in reply:
            return _error("OverflowError")
        if "error" in reply:
            return {"value": [], "error": self.plain_error(reply["error"])}
        value, after = reply.get("value"), reply.get("after", [])
        wanted = [len(s["args"]) for s in steps if s["do"] == "fetch"]
        if not isinstance(value, list) or len(value) != (wanted or [0])[-1]:
            return _error("TypeError")
        value = [self.plain_value(v) for v in value]
        return {"value": value, "after": after if isinstance(after, list) else []}

    def plain_value(self, value: Any) -> Any:
        """Tell no type and no shape that could carry a hidden input to the student."""
        if isinstance(value, Opaque):
            name = value.type_name
            told = name in self.words or name in TYPES or ARRAY.fullmatch(name)
            return value if told else Opaque("object")
        if isinstance(value, Special):  # a request, where an answer was due
            return Opaque("object")
        if isinstance(value, np.ndarray) and value.size < max(value.shape, default=0):
            # A shape is told; without entries it could be any number at all.
            return value if max(value.shape) < MOST_ROWS else Opaque("object")
        if isinstance(value, tuple | list):
            return type(value)(self.plain_value(v) for v in value)
        if isinstance(value, dict):
            return {key: self.plain_value(v) for key, v in value.items()}
        return value

    def plain_error(self, error: Any) -> dict[str, Any]:
        """Keep of an error only what cannot carry a hidden input to the student."""
        if not isinstance(error, Mapping):
            return dict(_error("Exception")["error"])
        kind, name, line = error.get("type"), error.get("name"), error.get("line")
        index = error.get("cell")
        known = isinstance(kind, str) and kind in ERRORS
        plain: dict[str, Any] = {"type": kind if known else "Exception"}
        plain |= {"name": "", "line": 0}
        cells = self.runner.notebook.cells
        if isinstance(name, str) and self._is_known(name, plain["type"]):
            plain["name"] = name
            if kind == "NameError":
                outputs = self.runner.result.outputs
                plain["cause"] = why_missing(name, cells, outputs)
        cell = None
        if isinstance(index, int) and 0 <= index < len(cells):
            cell = cells[index]
        if cell and cell.grade_id == self.exercise and isinstance(line, int):
            if 0 < line <= cell.source.count("\n") + 1:
                plain["line"] = line
        if kind == "NotImplementedError" and cell:
            handout = self.runner.handout.cells.get(cell.grade_id)
            own = cell.grade_id == self.exercise
            plain["untouched"] = own and (
                handout is None
                or is_untouched(cell.source, plain["line"], handout.source)
            )
        return plain

    def _is_known(self, name: str, kind: str) -> bool:
        """Tell whether a name stands in the student's code, or is what is asked for."""
        if name in self.words or name in self.runner.names.get(self.exercise, ()):
            return True
        attribute = re.compile(rf"\.\s*{re.escape(name)}\b")
        return kind == "AttributeError" and any(map(attribute.search, self._sources()))

    @cached_property
    def words(self) -> frozenset[str]:
        """The names that stand in the student's own code."""
        found: set[str] = set()
        for text in self._sources():
            found |= words_of(text)
        return frozenset(found)

    def may_loop(self, name: str) -> bool:
        """Every answer of a student has to have the form that the text asks for."""
        return False

    def source(self, name: str) -> str | None:
        """Return the student's code up to the point that is asked about."""
        return "\n".join(self._sources())

    def _sources(self) -> list[str]:
        """Return the text of the code cells that parse, magics made calls."""
        sources = []
        for cell in self.runner.notebook.cells:
            own = cell.role in (CellRole.PLAIN, CellRole.SOLUTION)
            if own and cell.cell_type == "code":
                text = python_of(cell.source)
                if text is not None:
                    sources.append(text)
            if cell.grade_id == f"{self.exercise}{TEST_SUFFIX}" and not self.late:
                break
        return sources


def _error(kind: str) -> dict[str, Any]:
    return {"value": [], "error": {"type": kind, "name": "", "line": 0}}
