"""Bound the memory that reading a submitted file may take, on top of every estimate.

What a file needs is worked out before it is parsed. Should that be too low for a file
that nobody thought of, the kernel refuses the memory, and the file is unreadable; the
process goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import resource
except ImportError:  # Windows, where only what is worked out bounds it
    resource = None  # type: ignore[assignment]

MIB = 2**20
# The largest honest file needs about 750 MiB: 32 of bytes, 4 bytes a character of text
# with an emoji, and what its parts take once parsed.
READING = 1024 * MIB
STATUS = Path("/proc/self/status")


@contextmanager
def bounded_memory(most: int = READING) -> Iterator[None]:
    """Let this process take only so much more memory; also used as a decorator.

    Bounds may stand inside one another; the smallest holds. What is bounded is the
    memory of the process, so a thread beside this one shares it. Where the system does
    not tell what a process has (macOS, Windows) there is no bound.

    Parameters
    ----------
    most : int
        Bytes beyond those that the process holds now.

    Raises
    ------
    MemoryError
        It asks for more.
    """
    held = _held()
    if held is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bound = held + most
    for other in (soft, hard):
        if other != resource.RLIM_INFINITY:
            bound = min(bound, other)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _held() -> int | None:
    """Return the bytes of this process that the bound counts."""
    if resource is None:
        return None
    try:
        lines = STATUS.read_text("ascii", "replace").splitlines()
    except OSError:
        return None
    found = [line.split()[1] for line in lines if line.startswith("VmData:")]
    return int(found[0]) * 1024 if found else None
