"""What a child has used so far: read by its parent, which runs no line of a student."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")
SLEEPING = "SI"


def usage(pid: int, proc: Path = Path("/proc")) -> dict[str, Any]:
    """Return what a process and those below it have used.

    Parameters
    ----------
    pid : int
        The process.
    proc : Path
        Where the kernel shows processes.

    Returns
    -------
    dict
        ``cpu``, in seconds, or None where the kernel does not show it; ``asleep``,
        whether no thread runs, waits for a processor or for a disk, or was stopped.
    """
    ticks, asleep = 0, True
    try:
        for one in _family(pid, proc):
            for task in (proc / f"{one}/task").iterdir():
                with suppress(FileNotFoundError, ProcessLookupError):  # it has ended
                    asleep = asleep and _fields(task / "stat")[0] in SLEEPING
            # User and system time, its own and that of children that have ended.
            ticks += sum(map(int, _fields(proc / f"{one}/stat")[11:15]))
    except (OSError, ValueError, IndexError):
        return {"cpu": None, "asleep": False}
    return {"cpu": ticks / TICKS, "asleep": asleep}


def _family(pid: int, proc: Path) -> Iterator[int]:
    yield pid
    for task in (proc / f"{pid}/task").iterdir():
        children = ""
        with suppress(ProcessLookupError):  # the thread has ended
            children = (task / "children").read_text("ascii")
        for child in children.split():
            yield from _family(int(child), proc)


def _fields(path: Path) -> list[str]:
    """Return the fields of a ``stat`` after the name, which may hold anything."""
    return path.read_text("ascii", "replace").rpartition(")")[2].split()
