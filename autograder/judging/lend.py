"""Lend a right answer to an exercise that leans on an earlier one.

A class that trains with a student's own loss is wrong wherever that loss is, and so
would cost its points a second time. It is therefore asked once more, in a new process
in which the earlier function is a stand-in: what that is called with comes out to the
grader, a right answer computes in a process of its own, and its value goes back in. No
line of the right answer ever enters the student's process, and what a student's code
sends can do to the other process no more than to its own: it is as isolated and as
bounded.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from autograder.exercise.record import Exercise
from autograder.judging.budget import Budget
from autograder.sandbox.gone import BackendGone
from autograder.sandbox.inside.wire import Special
from autograder.sandbox.limits import Limits
from autograder.sandbox.session import Sandbox, Session

SET_UP = "import math\nimport numpy as np\n"
LATE = {"error": "TimeoutError"}


class Lender:
    """Answers calls of functions with right answers, which run in a process of its own.

    Parameters
    ----------
    sandbox : Sandbox
        Where they run.
    exercises : sequence of Exercise
        Whose functions are lent.
    limits : Limits
        What a call may use.
    budget : Budget
        From which that is taken.
    part : str
        The part of it that may be used.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        exercises: Sequence[Exercise],
        limits: Limits,
        budget: Budget,
        part: str,
    ) -> None:
        self.sandbox = sandbox
        self.limits = limits
        self.budget = budget
        self.part = part
        self.names = {e.id: functions_of(e) for e in exercises}
        self._known = {name for names in self.names.values() for name in names}
        self._sources = [SET_UP, *(source_of(e) for e in exercises)]
        self._session: Session | None = None

    def answer(self, call: dict[str, Any]) -> dict[str, Any]:
        """Answer one call.

        Parameters
        ----------
        call : dict
            What the student's process asks for: ``lent``, the name; ``args`` and
            ``kwargs``. It is not to be trusted.

        Returns
        -------
        dict
            ``value``, and ``states`` of the generators among the arguments; or
            ``error``, the kind of the error.
        """
        name, args, kwargs = call.get("lent"), call.get("args"), call.get("kwargs")
        if not isinstance(name, str) or name not in self._known:
            return {"error": "NameError"}
        if not isinstance(args, list) or not isinstance(kwargs, dict):
            return {"error": "TypeError"}
        if not all(isinstance(key, str) for key in kwargs):
            return {"error": "TypeError"}
        try:
            return self._ask(name, args, kwargs)
        except BackendGone:
            return LATE

    def _ask(
        self, name: str, args: list[Any], kwargs: dict[str, Any]
    ) -> dict[str, Any]:
        steps: list[dict[str, Any]] = [{"do": "forget"}]
        kept: list[Special] = []

        def step(do: str, **fields: Any) -> Special:
            slot = len(steps)
            steps.append({"do": do, "slot": slot, **fields})
            return Special("slot", n=slot)

        def taken(value: Any) -> Any:
            if not isinstance(value, Special):
                return value
            state = value.fields.get("state") if value.kind == "generator" else None
            made = Special("generator", state=state)
            kept.append(step("op", name="same", args=[made]))
            return kept[-1]

        positional = [taken(value) for value in args]
        named = {key: taken(value) for key, value in kwargs.items()}
        value = step("call", name=name, args=positional, kwargs=named)
        bits = [step("attr", on=slot, name="bit_generator") for slot in kept]
        states = [step("attr", on=slot, name="state") for slot in bits]
        steps.append({"do": "fetch", "args": [value, *states]})
        reply = self._request(steps)
        if "error" in reply:
            return {"error": reply["error"].get("type", "Exception")}
        found, *after = reply["value"]
        return {"value": found, "states": after}

    def _request(self, steps: list[dict[str, Any]]) -> dict[str, Any]:
        session = self._opened()
        before = session.account.spent
        seconds = self.budget.allows(self.limits.ask_seconds, self.part)
        try:
            return session.request(
                max(seconds, 0.01), "ask", exercise="", late=True, steps=steps
            )
        finally:
            self.budget.spend(session.account.spent - before, self.part)

    def _opened(self) -> Session:
        if self._session is None:
            self._session = self.sandbox.session(self.limits)
            for index, source in enumerate(self._sources):
                self._session.cell(source, index, self.limits.cell_seconds)
        return self._session

    def close(self) -> None:
        """End its process."""
        if self._session is not None:
            self._session.close()


def functions_of(exercise: Exercise) -> list[str]:
    """Return the names of an exercise that are functions; others cannot be lent."""
    found = exercise.reference_names
    return [name for name in exercise.names if inspect.isfunction(found.get(name))]


def source_of(exercise: Exercise) -> str:
    """Return right code for an exercise: the usual form, which is fast."""
    usual = exercise.usual
    return exercise.reference_source() + (f"\n\n{usual.source}" if usual else "")
