"""Start quickly: leave out what loads slowly and nobody here uses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

GRAMMAR = "rfc3987_syntax"


@contextmanager
def without_address_grammar() -> Iterator[None]:
    """Let jsonschema be loaded in this block without its grammar of addresses.

    jsonschema, which nbformat loads, builds a grammar for internationalised addresses
    as soon as it finds the package for it: most of the time in which a command starts.
    No schema of a notebook asks for that format, and jsonschema does without. The
    package can be imported again after the block.
    """
    if GRAMMAR in sys.modules:
        yield
        return
    sys.modules[GRAMMAR] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[GRAMMAR]
