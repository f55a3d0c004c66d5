"""Lend a right answer to an exercise that leans on an earlier one.

A class that trains with a student's own loss is wrong wherever that loss is, and so
would cost its points a second time. It is therefore asked once more, in a new process
in which the earlier function is a stand-in: what that is called with comes out to the
grader, a right answer computes in a process of its own, and its value goes back in. No
line of the right answer ever enters the student's process, and what a student's code
sends can do to the other process no more than to its own: it is as isolated and as
bounded. Objects of a class that is lent stay there too; what a student's code holds of
one is a number.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.exercise.record import Exercise
from autograder.judging.budget import Budget
from autograder.sandbox.gone import BackendGone
from autograder.sandbox.inside.wire import Special
from autograder.sandbox.limits import Limits
from autograder.sandbox.session import Sandbox, Session

SET_UP = "import math\nimport numpy as np\n"
LATE = {"error": "TimeoutError"}
# What stands in the right answers' process beside them: the objects of lent classes.
SHELF = """
_classes, _shelf, _most = [], [], 0


def _told(value):
    if any(type(value) is globals()[name] for name in _classes):
        for n, known in enumerate(_shelf):
            if known is value:
                return "object", n, type(value).__name__
        if len(_shelf) >= _most:
            raise MemoryError
        _shelf.append(value)
        return "object", len(_shelf) - 1, type(value).__name__
    return ("method",) if callable(value) else ("value", value)


def _made(name, /, *args, **kwargs):
    return _told(globals()[name](*args, **kwargs))


def _shelved(n, /):
    return _shelf[n]


def _attribute(n, name, /):
    return _told(getattr(_shelf[n], name))


def _used(n, name, attributes, /, *args, **kwargs):
    for key, value in attributes.items():
        setattr(_shelf[n], key, value)
    return _told(getattr(_shelf[n], name)(*args, **kwargs)) if name else ("method",)


def _copied(n, /):
    import copy

    return _told(copy.deepcopy(_shelf[n]))
"""
# What a class may define that Python calls unnamed, and that is passed on.
OPERATORS = (
    *("__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__"),
    *("__truediv__", "__rtruediv__", "__pow__", "__neg__", "__matmul__"),
    *("__call__", "__len__", "__getitem__", "__repr__"),
)
# What may be asked for of an object, and the function of the shelf that answers.
DEEDS = {
    "attribute": "_attribute",
    "use": "_used",
    "copy": "_copied",
}


class Lender:
    """Answers calls of what is lent with right answers, in a process of its own.

    Parameters
    ----------
    sandbox : Sandbox
        Where they run.
    exercises : sequence of Exercise
        Whose functions and classes are lent.
    limits : Limits
        What a call may use.
    budget : Budget
        From which that is taken.
    part : str
        The part of it that may be used.
    objects : int
        How many objects of lent classes are kept.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        exercises: Sequence[Exercise],
        limits: Limits,
        budget: Budget,
        part: str,
        objects: int = 1000,
    ) -> None:
        self.sandbox = sandbox
        self.limits = limits
        self.budget = budget
        self.part = part
        self.names = {e.id: lent_names(e) for e in exercises}
        self.classes = {n: ops for e in exercises for n, ops in classes_of(e).items()}
        self._known = {name for names in self.names.values() for name in names}
        shelf = f"{SHELF}\n_classes += {list(self.classes)!r}\n_most = {objects}\n"
        self._sources = [SET_UP, shelf, *(source_of(e) for e in exercises)]
        self._session: Session | None = None

    def answer(self, call: dict[str, Any]) -> dict[str, Any]:
        """Answer one call.

        Parameters
        ----------
        call : dict
            What the student's process asks for: ``lent``, the name; ``args`` and
            ``kwargs``. Of an object, ``lent`` is empty, ``do`` one of `DEEDS`, and
            ``args`` begin with its number. It is not to be trusted.

        Returns
        -------
        dict
            ``value``, and ``states`` of the generators among the arguments; or
            ``error``, the kind of the error.
        """
        name, args, kwargs = call.get("lent"), call.get("args"), call.get("kwargs")
        if name == "" and isinstance(args, list):
            name = DEEDS.get(str(call.get("do")))
            if name is None or not _may_be_asked(args):
                return {"error": "AttributeError"}
        elif not isinstance(name, str) or name not in self._known:
            return {"error": "NameError"}
        elif name in self.classes and isinstance(args, list):
            name, args = "_made", [name, *args]
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
            if value.kind == "lent":
                return step("call", name="_shelved", args=[value.fields.get("n")])
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


def _may_be_asked(args: Sequence[Any]) -> bool:
    """Tell whether a deed names a number and nothing but open attributes."""
    number, name, attributes = [*args, *(None, "", {})[len(args) :]][:3]
    if type(number) is not int or number < 0 or not isinstance(name, str):
        return False
    names = list(attributes) if isinstance(attributes, Mapping) else []
    return all(
        isinstance(one, str) and (one in OPERATORS or not one.startswith("_"))
        for one in (name, *names)
    )


def lent_names(exercise: Exercise) -> list[str]:
    """Return the names of an exercise that are functions or classes."""
    found = exercise.reference_names
    return [name for name in exercise.names if callable(found.get(name))]


def classes_of(exercise: Exercise) -> dict[str, list[str]]:
    """Return the names that are classes, each with the operators that it defines."""
    found = ((name, exercise.reference_names.get(name)) for name in exercise.names)
    return {
        name: [one for one in OPERATORS if one in vars(made)]
        for name, made in found
        if inspect.isclass(made)
    }


def source_of(exercise: Exercise) -> str:
    """Return right code for an exercise: the usual form, which is fast."""
    usual = exercise.usual
    return exercise.reference_source() + (f"\n\n{usual.source}" if usual else "")
