"""Read Python's source, though other threads do so too.

While CPython 3.11 or 3.12.1 turns a text into a tree, other threads may run; where one
of them does so too, either may end in "SystemError: AST constructor recursion depth
mismatch". Python does it unasked as well, to print a traceback and to find a class's
source; so what failed by that is tried again. A cluster's worker has several threads.
"""

from __future__ import annotations

import ast
import inspect
import threading
from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["parse_python", "source_of"]

ATTEMPTS = 20
Result = TypeVar("Result")
_ONE_AT_A_TIME = threading.RLock()


def parse_python(
    source: str | bytes,
    parser: Callable[[str | bytes], ast.Module] = ast.parse,  # noqa: TID251 - here alone
) -> ast.Module:
    """Return the tree of a text.

    Raises
    ------
    SyntaxError, ValueError, RecursionError, MemoryError
        As :func:`ast.parse` does.
    """
    return _undisturbed(lambda: parser(source))


def source_of(thing: Any) -> str:
    """Return the source of a function, a class or a module.

    Raises
    ------
    OSError, TypeError
        As :func:`inspect.getsource` does.
    """
    return _undisturbed(lambda: inspect.getsource(thing))  # noqa: TID251 - here alone


def _undisturbed(work: Callable[[], Result]) -> Result:
    with _ONE_AT_A_TIME:
        for _ in range(ATTEMPTS - 1):
            try:
                return work()
            except SystemError:
                continue
        return work()
