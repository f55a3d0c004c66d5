"""Callables that a question passes to a student's function; they live in the sandbox.

A probe is named and given its parameters as plain values. The course defines them:
every public function of its file of probes makes one. They are no secret: a student may
read them without learning a test, because inputs are drawn from a seed.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

PROBES: dict[str, Callable[..., Any]] = {}


def load(source: str) -> None:
    """Make the public functions of a file of probes the ones that are known.

    Parameters
    ----------
    source : str
        The file's text. It is the course's own code and runs here.
    """
    module = types.ModuleType("course_probes")
    exec(compile(source, "probes.py", "exec"), vars(module))  # noqa: S102
    PROBES.clear()
    PROBES.update(
        (name, value)
        for name, value in vars(module).items()
        if isinstance(value, types.FunctionType)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    )
