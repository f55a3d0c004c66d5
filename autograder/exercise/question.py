"""Ask an implementation questions, the same way whoever answers.

``student.svm_loss_naive`` never runs here for a submission: the question is sent to the
sandbox and plain values come back. For a known implementation (the reference, a
misconception, a right variant) the same steps run in this process.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from answer_checks.advice import changes
from autograder.exercise.backend import Backend
from autograder.exercise.failure import CheckFailed, failure_of
from autograder.sandbox.inside.evaluate import arrays_in
from autograder.sandbox.inside.wire import Special
from autograder.verdict import Failure


def rng_argument(seed: int) -> Special:
    """Stand for ``np.random.default_rng(seed)``, made where the function runs."""
    return Special("rng", seed=int(seed))


def probe_argument(maker: Callable[..., Any], /, **params: Any) -> Special:
    """Stand for a probe: what `maker` makes of these parameters, where the code runs.

    Parameters
    ----------
    maker : callable
        A function of the course's file of probes.
    **params
        Plain values.

    Raises
    ------
    ValueError
        It is not a public function of a module.
    """
    name = getattr(maker, "__qualname__", "")
    if not name.isidentifier() or name.startswith("_"):
        raise ValueError(f"a probe is made by a function of a module, got {maker!r}")
    probe = Special("probe", name=name, params=params)
    probe.make = maker
    return probe


def name_argument(name: str) -> Special:
    """Stand for another name of the student's notebook, passed as an argument."""
    return Special("name", name=name)


@dataclass
class Ref:
    """Something that stays where it was made: an object, a cache, a probe's record.

    Attributes, items, methods and operators give new references; nothing is sent until
    :meth:`Questions.fetch` asks for a value.
    """

    questions: Questions = field(repr=False)
    slot: int

    def attr(self, name: str) -> Ref:
        """Refer to an attribute."""
        return self.questions.later({"do": "attr", "on": self.special(), "name": name})

    def method(self, name: str, *args: Any, **kwargs: Any) -> Ref:
        """Refer to the result of a method."""
        step = {"do": "method", "on": self.special(), "name": name}
        return self.questions.later(step, args, kwargs)

    def __getitem__(self, key: Any) -> Ref:
        return self.questions.later({"do": "item", "on": self.special()}, (key,))

    def operator(self, name: str, *args: Any) -> Ref:
        """Refer to the result of an operator, for example ``operator("add", 2)``."""
        return self.questions.later({"do": "op", "name": name}, args)

    def special(self) -> Special:
        """Return the form in which a step names this reference."""
        return Special("slot", n=self.slot)

    def __add__(self, other: Any) -> Ref:
        return self.operator("add", self, other)

    def __radd__(self, other: Any) -> Ref:
        return self.operator("add", other, self)

    def __sub__(self, other: Any) -> Ref:
        return self.operator("sub", self, other)

    def __rsub__(self, other: Any) -> Ref:
        return self.operator("sub", other, self)

    def __mul__(self, other: Any) -> Ref:
        return self.operator("mul", self, other)

    def __rmul__(self, other: Any) -> Ref:
        return self.operator("mul", other, self)

    def __truediv__(self, other: Any) -> Ref:
        return self.operator("truediv", self, other)

    def __rtruediv__(self, other: Any) -> Ref:
        return self.operator("truediv", other, self)

    def __pow__(self, other: Any) -> Ref:
        return self.operator("pow", self, other)

    def __neg__(self) -> Ref:
        return self.operator("neg", self)


class Questions:
    """Builds the steps of a question, sends them and takes plain values back.

    Parameters
    ----------
    backend : Backend
        Whoever answers.

    Attributes
    ----------
    transcript : list
        What was answered so far.
    guards_inputs : bool
        Whether a call that changes its arguments falls short.
    keeps_answers : bool
        Whether the transcript holds answers as they were given, whatever a check does
        with them afterwards; not needed where nobody reads it.
    """

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.transcript: list[Any] = []
        self.guards_inputs = True
        self.keeps_answers = True
        # What an earlier check kept is let go of.
        self._steps: list[dict[str, Any]] = [{"do": "forget"}]
        self._slots = 0
        self._after: list[Any] = []

    def later(
        self,
        step: dict[str, Any],
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Ref:
        """Queue one step and refer to its result."""
        self._slots += 1
        step["slot"] = self._slots
        step["args"] = [plain(a) for a in args]
        step["kwargs"] = {k: plain(v) for k, v in (kwargs or {}).items()}
        self._steps.append(step)
        return Ref(self, self._slots)

    def keep(self, name: str, *args: Any, **kwargs: Any) -> Ref:
        """Call a name of the notebook and leave the result where it is."""
        return self.later({"do": "call", "name": name}, args, kwargs)

    def make(self, special: Special) -> Ref:
        """Make a probe or a generator there and refer to it."""
        return self.later({"do": "op", "name": "same"}, (special,))

    def name(self, name: str) -> Ref:
        """Refer to a name of the notebook itself."""
        return self.later({"do": "value", "name": name})

    def fetch(self, *refs: Ref) -> Any:
        """Bring the values of `refs` out; a tuple where there are several.

        Raises
        ------
        CheckFailed
            The code raised an error.
        """
        steps = [*self._steps, {"do": "fetch", "args": [r.special() for r in refs]}]
        self._steps = []
        reply = self.backend.run(steps)
        if "error" in reply:
            self.transcript.append(("error", reply["error"]["type"]))
            raise failure_of(reply["error"])
        values = reply["value"]
        self.transcript.append(copy.deepcopy(values) if self.keeps_answers else values)
        self._after = reply.get("after", [])
        return values[0] if len(values) == 1 else tuple(values)

    def call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Call a function of the notebook and return its plain value.

        Raises
        ------
        CheckFailed
            It raised an error, or changed an array among its arguments, also one
            inside a dict or a list, while ``guards_inputs`` holds.
        """
        value = self.fetch(self.keep(name, *args, **kwargs))
        if not self.guards_inputs:
            return value
        before = list(arrays_in([*args, *kwargs.values()]))
        after = self._after if isinstance(self._after, list) else []
        if len(before) != len(after) or not all(map(_unchanged, before, after)):
            self.transcript.append("inputs changed")
            raise CheckFailed(changes(name), Failure.INPUTS)
        return value

    def value(self, name: str) -> Any:
        """Return the plain value that the notebook gave to `name`."""
        return self.fetch(self.name(name))


def _unchanged(before: np.ndarray, after: Any) -> bool:
    same = isinstance(after, np.ndarray) and before.shape == after.shape
    return same and np.array_equal(before, after, equal_nan=before.dtype.kind == "f")


def plain(value: Any) -> Any:
    """Return an argument in the form in which a step holds it."""
    if isinstance(value, Ref):
        return value.special()
    if isinstance(value, list | tuple):
        return type(value)(plain(v) for v in value)
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value
