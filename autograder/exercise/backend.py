"""Whoever answers a check's questions: a sandbox, or known code in this process."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext, redirect_stdout
from typing import Any, Protocol

import numpy as np

from autograder.sandbox.inside.evaluate import Evaluator
from autograder.sandbox.inside.wire import Opaque


class Backend(Protocol):
    """Whoever answers: the sandbox, or a namespace in this process."""

    def run(self, steps: list[dict[str, Any]]) -> dict[str, Any]:
        """Carry out the steps and reply as ``Evaluator.run`` does."""
        ...  # pragma: no cover

    def source(self, name: str) -> str | None:
        """Return the source text that defines `name`, with what it calls, if known."""
        ...  # pragma: no cover

    def may_loop(self, name: str) -> bool:
        """Tell whether this is no answer, and its form does not matter."""
        ...  # pragma: no cover

    def again(self, first: str) -> AbstractContextManager[Backend | None]:
        """Run the notebook once more with a cell in front; None where there is none."""
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

    def may_loop(self, name: str) -> bool:
        """Let the reference, whose source nobody asks for, do as it likes."""
        return name not in self.sources

    def again(self, first: str) -> AbstractContextManager[Backend | None]:
        """Known code is no notebook that could be run once more."""
        return nullcontext()


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
