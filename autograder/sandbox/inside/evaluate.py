"""Carry out the steps of a question: calls, attributes, items and operators.

A step is a dict; its result goes into a numbered slot, where later steps find it. The
same code answers for a student inside the sandbox and for a known implementation in the
grader's own process, so both are asked in exactly the same way.

Steps: ``{"do": "call", "name": str, "args": list, "kwargs": dict, "slot": int}`` calls
a name of the notebook; ``"method"`` (with ``"on"`` and ``"name"``), ``"attr"``,
``"item"``, ``"op"`` and ``"value"`` (a name itself) work alike; ``"steps"`` counts the
steps of a call, by the file of :mod:`answer_checks.work` that it brings; ``"fetch"``
sends the values of its ``"args"`` back.
"""

from __future__ import annotations

import copy
import operator
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np

try:  # inside the sandbox the folder stands alone
    import probes
    from wire import Special
except ImportError:
    from autograder.sandbox.inside import probes
    from autograder.sandbox.inside.wire import Special

OPERATORS: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "truediv": operator.truediv,
    "pow": operator.pow,
    "neg": operator.neg,
    "pos": operator.pos,
    "same": lambda value: value,
}


ATTRIBUTE = re.compile(r"has no attribute '(\w+)'")


class Evaluator:
    """Answer questions about the names of one namespace.

    Parameters
    ----------
    namespace : mapping
        The names that a question may use.
    """

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self.namespace = namespace
        self.slots: dict[int, Any] = {}

    def run(self, steps: list[dict[str, Any]]) -> dict[str, Any]:
        """Run `steps` and reply with the fetched values or the first error.

        Returns
        -------
        dict
            ``value``: list of the fetched values; ``after``: for the last call, the
            arrays among its arguments as they are now; or ``error``: ``type``,
            ``name`` (of an undefined name), ``where`` (file and line of the innermost
            frames).
        """
        reply: dict[str, Any] = {"value": []}
        for step in steps:
            try:
                self._step(step, reply)
            except (Exception, SystemExit) as error:
                reply["error"] = describe_error(error)
                break
        return reply

    def _step(self, step: dict[str, Any], reply: dict[str, Any]) -> None:
        do = step["do"]
        args = [self._resolve(a) for a in step.get("args", [])]
        kwargs = {k: self._resolve(v) for k, v in step.get("kwargs", {}).items()}
        if do == "fetch":
            reply["value"] = args
            return
        if do == "forget":
            self.slots.clear()
            return
        if do == "call":
            result = self._lookup(step["name"])(*args, **kwargs)
            sent = [*step.get("args", []), *step.get("kwargs", {}).values()]
            reply["after"] = list(arrays_in(sent, [*args, *kwargs.values()]))
        elif do == "steps":
            count = _defined(step["counter"])["steps_of"]
            result = count(self._lookup(step["name"]), *args, **kwargs)
        elif do == "method":
            result = getattr(self._resolve(step["on"]), step["name"])(*args, **kwargs)
        elif do == "attr":
            result = getattr(self._resolve(step["on"]), step["name"])
        elif do == "item":
            result = self._resolve(step["on"])[args[0]]
        elif do == "op":
            result = OPERATORS[step["name"]](*args)
        elif do == "value":
            result = self._lookup(step["name"])
        else:
            raise ValueError(f"unknown step {do!r}")
        self.slots[step["slot"]] = result

    def _lookup(self, name: str) -> Any:
        if name not in self.namespace:
            raise NameError(f"name {name!r} is not defined", name=name)
        return self.namespace[name]

    def _resolve(self, value: Any) -> Any:
        if isinstance(value, Special):
            fields = value.fields
            if value.kind == "slot":
                return self.slots[fields["n"]]
            if value.kind == "rng":
                return np.random.default_rng(fields["seed"])
            if value.kind == "generator":
                rng = np.random.default_rng()
                rng.bit_generator.state = fields["state"]
                return rng
            if value.kind == "name":
                return self._lookup(fields["name"])
            if value.kind == "probe":
                params = {k: self._resolve(v) for k, v in fields["params"].items()}
                return (value.make or probes.PROBES[fields["name"]])(**params)
            raise ValueError(f"unknown special value {value.kind!r}")
        if isinstance(value, np.ndarray):
            return value.copy()
        if isinstance(value, list | tuple):
            return type(value)(self._resolve(v) for v in value)
        if isinstance(value, dict):
            return {k: self._resolve(v) for k, v in value.items()}
        return copy.copy(value)


def _defined(source: str) -> dict[str, Any]:
    """Return what a file of the grader's own defines."""
    space: dict[str, Any] = {"__name__": "work"}
    exec(_compiled(source), space)  # noqa: S102
    return space


@lru_cache(maxsize=4)  # it is the same file at every question
def _compiled(source: str) -> CodeType:
    return compile(source, "work.py", "exec")


def arrays_in(sent: Any, used: Any = ...) -> Iterator[Any]:
    """Yield, for each array in `sent`, what stands at its place in `used`.

    Without `used`, yield the arrays of `sent` themselves. None stands for a place that
    is there no more.
    """
    if used is ...:
        used = sent
    if isinstance(sent, np.ndarray):
        yield used
    elif isinstance(sent, list | tuple):
        for i, item in enumerate(sent):
            there = isinstance(used, list | tuple) and i < len(used)
            yield from arrays_in(item, used[i] if there else None)
    elif isinstance(sent, dict):
        for key, item in sent.items():
            there = isinstance(used, dict)
            yield from arrays_in(item, used.get(key) if there else None)


def describe_error(error: BaseException) -> dict[str, Any]:
    """Say what kind of error it is and where, without its message."""
    name = getattr(error, "name", None)
    if name is None and isinstance(error, AttributeError):  # a module's own words
        with suppress(Exception):
            found = ATTRIBUTE.search(str(error)[:200])
            name = found[1] if found else None
    kinds = [c.__name__ for c in type(error).__mro__ if c.__module__ == "builtins"]
    return {
        "type": kinds[0] if kinds else "Exception",
        "name": name if isinstance(name, str) else "",
        "where": [
            [frame.filename, frame.lineno or 0]
            for frame in traceback.extract_tb(error.__traceback__, limit=-40)
        ],
    }
