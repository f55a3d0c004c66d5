"""Ask an implementation questions, the same way whoever answers.

``student.svm_loss_naive`` never runs here for a submission: the question is sent to the
sandbox and plain values come back. For a known implementation (the reference, a
misconception, a right variant) the same steps run in this process.
"""

from __future__ import annotations

import copy
import io
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from answer_checks.advice import changes
from answer_checks.compare import ATOL, RTOL, describe, difference
from answer_checks.penalty import Penalty, penalty_of
from autograder.exercise import loops
from autograder.sandbox.inside.evaluate import Evaluator, arrays_in
from autograder.sandbox.inside.wire import Opaque, Special, pack


class CheckFailed(Exception):  # noqa: N818 - it is a finding, not an error
    """A check fell short.

    Parameters
    ----------
    reason : str
        One sentence for the student; it holds no hidden number.
    kind : str
        ``"unanswered"``, ``"error"``, ``"type"``, ``"shape"``, ``"finite"``,
        ``"value"``, ``"inputs"``, ``"loops"``, ``"timeout"`` or ``"crashed"``.
    share : float
        The part of the check's points that is earned all the same, below 1.
    """

    def __init__(self, reason: str, kind: str = "value", share: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = kind
        self.share = share


class BackendGone(Exception):  # noqa: N818 - as above
    """The process that answers is dead or late: `kind` ``timeout`` or ``crashed``."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Backend(Protocol):
    """Whoever answers: the sandbox, or a namespace in this process."""

    def run(self, steps: list[dict[str, Any]]) -> dict[str, Any]:
        """Carry out the steps and reply as ``Evaluator.run`` does."""
        ...  # pragma: no cover

    def source(self, name: str) -> str | None:
        """Return the source text that defines `name`, with what it calls, if known."""
        ...  # pragma: no cover


_PRINTS = threading.RLock()  # redirecting is global: one at a time


class LocalBackend:
    """Answer from a namespace of known functions in this process.

    Parameters
    ----------
    namespace : mapping
        The names that a question may use.
    sources : mapping
        For a name, its source text or a function that writes it, for those who ask.
    """

    def __init__(
        self,
        namespace: Mapping[str, Any],
        sources: Mapping[str, str | Callable[[], str]] | None = None,
    ) -> None:
        self.evaluator = Evaluator(namespace)
        self.sources = dict(sources or {})

    def run(self, steps: list[dict[str, Any]]) -> dict[str, Any]:
        """Carry out the steps here; what the code prints is dropped."""
        with _PRINTS, redirect_stdout(io.StringIO()):
            reply = self.evaluator.run(steps)
        # An answer must not change when a later call changes the object it came from.
        reply["value"] = [_snapshot(v) for v in reply["value"]]
        return reply

    def source(self, name: str) -> str | None:
        """Return the source of `name` where it was given."""
        source = self.sources.get(name)
        return source() if callable(source) else source


def _snapshot(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return type(value)(_snapshot(v) for v in value)
    if isinstance(value, dict):
        return {k: _snapshot(v) for k, v in value.items()}
    if isinstance(value, np.ndarray):
        if value.dtype.kind not in "biuf":
            return Opaque(f"ndarray of {value.dtype.name}")
        return np.array(value)
    if value is None or isinstance(value, bool | int | float | str | np.generic):
        return value
    return Opaque(type(value).__name__)


def rng_argument(seed: int) -> Special:
    """Stand for ``np.random.default_rng(seed)``, made where the function runs."""
    return Special("rng", seed=int(seed))


def probe_argument(name: str, **params: Any) -> Special:
    """Stand for the probe `name` of ``autograder.sandbox.inside.probes``."""
    return Special("probe", name=name, params=params)


def name_argument(name: str) -> Special:
    """Stand for another name of the student's notebook, passed as an argument."""
    return Special("name", name=name)


@dataclass
class Ref:
    """Something that stays where it was made: an object, a cache, a probe's record.

    Attributes, items, methods and operators give new references; nothing is sent until
    :meth:`Student.fetch` asks for a value.
    """

    student: Student = field(repr=False)
    slot: int

    def attr(self, name: str) -> Ref:
        """Refer to an attribute."""
        return self.student.later({"do": "attr", "on": self.special(), "name": name})

    def method(self, name: str, *args: Any, **kwargs: Any) -> Ref:
        """Refer to the result of a method."""
        step = {"do": "method", "on": self.special(), "name": name}
        return self.student.later(step, args, kwargs)

    def __getitem__(self, key: Any) -> Ref:
        return self.student.later({"do": "item", "on": self.special()}, (key,))

    def operator(self, name: str, *args: Any) -> Ref:
        """Refer to the result of an operator, for example ``operator("add", 2)``."""
        return self.student.later({"do": "op", "name": name}, args)

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


class Student:
    """What a hidden check holds in its hands.

    Parameters
    ----------
    backend : Backend
        Whoever answers.
    reference : mapping
        The grader's own implementations, by name, for :meth:`agrees`.
    returns : mapping
        For a name, the names of the parts that it returns, such as ``("loss", "dW")``.
    memory : dict
        What was worked out for which arguments, where the reference is asked again.
    """

    def __init__(
        self,
        backend: Backend,
        reference: Mapping[str, Any] | None = None,
        returns: Mapping[str, Sequence[str]] | None = None,
        memory: dict[Any, Any] | None = None,
    ) -> None:
        self.memory = {} if memory is None else memory
        self.backend = backend
        self.reference = dict(reference or {})
        self.returns = dict(returns or {})
        self.transcript: list[Any] = []
        # What an earlier check kept is let go of.
        self._steps: list[dict[str, Any]] = [{"do": "forget"}]
        self._slots = 0

    # Asking ------------------------------------------------------------------------

    def later(
        self,
        step: dict[str, Any],
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Ref:
        """Queue one step and refer to its result."""
        self._slots += 1
        step["slot"] = self._slots
        step["args"] = [_plain(a) for a in args]
        step["kwargs"] = {k: _plain(v) for k, v in (kwargs or {}).items()}
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
            raise _failure_of(reply["error"])
        values = reply["value"]
        self.transcript.append(copy.deepcopy(values))
        self._after = reply.get("after", [])
        return values[0] if len(values) == 1 else tuple(values)

    def call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Call a function of the notebook and return its plain value.

        Raises
        ------
        CheckFailed
            It raised an error, or changed an array among its arguments, also one
            inside a dict or a list.
        """
        value = self.fetch(self.keep(name, *args, **kwargs))
        before = list(arrays_in([*args, *kwargs.values()]))
        after = self._after if isinstance(self._after, list) else []
        if len(before) != len(after) or not all(map(_unchanged, before, after)):
            self.transcript.append("inputs changed")
            raise CheckFailed(changes(name), "inputs")
        return value

    def value(self, name: str) -> Any:
        """Return the plain value that the notebook gave to `name`."""
        return self.fetch(self.name(name))

    # Judging -----------------------------------------------------------------------

    def agrees(
        self,
        name: str,
        *args: Any,
        only: str | None = None,
        rtol: float = RTOL,
        atol: float = ATOL,
        **kwargs: Any,
    ) -> Any:
        """Require that `name` gives what the reference gives for these arguments.

        Parameters
        ----------
        name : str
            A function of the exercise that also stands in the reference.
        only : str
            Compare only this part, for example ``"loss"``; the others must be there.
        rtol, atol : float
            As in :func:`answer_checks.compare.difference`.

        Returns
        -------
        object
            The student's answer, as plain values.
        """
        want, penalty = self._wanted(name, args, kwargs)
        parts = self.returns.get(name, ())
        options = {"rtol": rtol, "atol": atol, "penalty": penalty}
        got = self.call(name, *args, **kwargs)
        if only is not None:
            index = list(parts).index(only)
            if not isinstance(got, tuple | list) or len(got) != len(parts):
                self.expect(got, want, name, parts=parts)
            # The other parts are not this check's matter, nor its explanation's.
            self.transcript[-1] = [got[index]]
            self.expect(got[index], want[index], only, **options)
        else:
            label = parts[0] if len(parts) == 1 else name
            self.expect(got, want, label, parts=parts, **options)
        return got

    def _wanted(
        self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[Any, Penalty | None]:
        """Return what the reference gives, and what regularization was asked for."""
        plain = [_plain(list(args)), _plain(dict(kwargs))]
        key = (name, pack(plain))
        if key not in self.memory:
            step = {"do": "call", "name": name, "slot": 0}
            step["args"], step["kwargs"] = plain
            local = Evaluator(self.reference)
            reply = local.run([step])
            if "error" in reply:
                raise RuntimeError(f"the reference of {name} failed: {reply['error']}")
            penalty = penalty_of(self.reference[name], args, kwargs)
            self.memory[key] = local.slots[0], penalty
        return self.memory[key]

    def expect(
        self,
        got: Any,
        want: Any,
        name: str,
        *,
        parts: Sequence[str] = (),
        letters: str = "",
        **options: Any,
    ) -> None:
        """Require that `got` equals `want`; the reason never prints their numbers.

        The options are those of :func:`answer_checks.compare.difference`.
        """
        found = difference(got, want, name, parts=parts, letters=letters, **options)
        if found:
            raise CheckFailed(found.reason, found.kind)

    def require(self, condition: bool, reason: str, kind: str = "value") -> None:
        """Require a condition; `reason` says what is wrong where it does not hold."""
        if not condition:
            raise CheckFailed(reason, kind)

    def number(self, got: Any, name: str) -> float:
        """Require one finite number and return it as a float."""
        if not isinstance(got, float | int) or isinstance(got, bool):
            if not (isinstance(got, np.ndarray) and got.shape == ()):
                raise CheckFailed(
                    f"{name}: got {describe(got)}, expected a number", "type"
                )
        if not np.isfinite(got):
            raise CheckFailed(f"{name}: is not finite", "finite")
        return float(got)

    def array(self, got: Any, shape: Sequence[int], name: str) -> np.ndarray:
        """Require a finite numeric array of `shape` and return it as float64."""
        if not isinstance(got, np.ndarray) or got.dtype.kind not in "biuf":
            raise CheckFailed(f"{name}: got {describe(got)}, expected an array", "type")
        if got.shape != tuple(shape):
            raise CheckFailed(
                f"{name}: shape {got.shape}, expected {tuple(shape)}", "shape"
            )
        if not np.isfinite(got).all():
            raise CheckFailed(f"{name}: has entries that are not finite", "finite")
        return got.astype(float)

    def without_loops(self, name: str) -> None:
        """Require that the source of `name`, and what it calls, has no Python loop."""
        source = self.backend.source(name)
        if source is None:
            return
        found = loops.find_loop(source, name)
        self.transcript.append(("loop", bool(found)))
        if found:
            raise CheckFailed(f"{name}: {found}; this exercise wants none", "loops")
        detour = loops.find_detour(source)
        self.require(not detour, f"{name}: {detour}", "loops")


def _unchanged(before: np.ndarray, after: Any) -> bool:
    same = isinstance(after, np.ndarray) and before.shape == after.shape
    return same and np.array_equal(before, after, equal_nan=before.dtype.kind == "f")


def _plain(value: Any) -> Any:
    if isinstance(value, Ref):
        return value.special()
    if isinstance(value, list | tuple):
        return type(value)(_plain(v) for v in value)
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value


def _failure_of(error: Mapping[str, Any]) -> CheckFailed:
    kind, line = error["type"], error.get("line")
    if not (isinstance(kind, str) and kind.isidentifier() and len(kind) < 60):
        kind = "Exception"
    if kind == "NotImplementedError":
        return CheckFailed("it is not filled in yet", "unanswered")
    place = f" in line {line} of your cell" if isinstance(line, int) and line else ""
    name = error.get("name")
    if kind == "NameError" and isinstance(name, str) and name[:60].isidentifier():
        return CheckFailed(f"the name {name[:60]} is not defined{place}", "error")
    article = "an" if kind[:1] in "AEIOU" else "a"
    return CheckFailed(f"it stops with {article} {kind}{place}", "error")
