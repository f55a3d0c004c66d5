"""Notice a worker that was stopped, hangs, or takes too much for one notebook."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.inside.usage import usage
from autograder.sandbox.patience import CLOCK_FACTOR

LOOK_SECONDS = 1.0
# A pause in all that a worker and its sandboxes do. Within a request a sandbox may
# sleep as long as a cell may run; see `Deadline.of`.
STOPPED_SECONDS = 10.0
IDLE_SECONDS = 60.0
# A worker holds 200 to 400 MiB, and one more GiB while it reads a file.
WORKER_BYTES = 4 * 2**30


@dataclass(frozen=True)
class Deadline:
    """When a worker that judges one notebook is given up; times are in seconds.

    Attributes
    ----------
    cpu : float
        CPU time of the worker itself, without that of its sandboxes.
    clock : float
        Time by the clock.
    idle : float
        Time in which neither it nor its sandboxes take any CPU time.
    stopped : float
        Time in which it is stopped by a signal.
    memory : int
        Bytes that the worker itself may hold, without its sandboxes.
    """

    cpu: float
    clock: float
    idle: float = IDLE_SECONDS
    stopped: float = STOPPED_SECONDS
    memory: int = WORKER_BYTES

    @classmethod
    def of(cls, notebook_seconds: float, longest: float) -> Deadline:
        """Return the deadline for a notebook that may use so much.

        Parameters
        ----------
        notebook_seconds : float
            What its sandboxes may use; the worker itself may use as much again.
        longest : float
            What one request may use of it.
        """
        return cls(
            cpu=notebook_seconds,
            clock=CLOCK_FACTOR * notebook_seconds,
            idle=IDLE_SECONDS + 2 * longest,
        )


@dataclass(frozen=True)
class Seen:
    """What a look at a worker shows.

    Attributes
    ----------
    own : float
        CPU seconds of the worker so far.
    all : float
        The same with what it has started.
    stopped : bool
        Whether it was stopped by a signal.
    memory : int
        Bytes of the machine's memory that the worker holds.
    """

    own: float
    all: float
    stopped: bool
    memory: int = 0


def look_at(pid: int, proc: Path = Path("/proc")) -> Seen | None:
    """Look at a worker; None where this system does not show it."""
    try:
        text = (proc / f"{pid}/stat").read_text("ascii", "replace")
        pages = int((proc / f"{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError):
        return None
    fields = text.rpartition(")")[2].split()
    own = sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    whole = usage(pid, proc)["cpu"]
    memory = pages * os.sysconf("SC_PAGESIZE")
    return Seen(own, own if whole is None else whole, fields[0] == "T", memory)


class Watch:
    """Watches one worker over one notebook.

    Parameters
    ----------
    deadline : Deadline
        When it is given up.
    clock : callable
        Tells the time, in seconds.
    """

    def __init__(
        self, deadline: Deadline, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.deadline = deadline
        self.clock = clock
        self.started = self.looked = clock()
        self.first: Seen | None = None
        self.last: Seen | None = None
        self.idle = self.stopped = 0.0

    def reason(self, seen: Seen | None) -> str:
        """Say why the worker is to be given up after this look; empty if it is not."""
        now = self.clock()
        # Where nobody looked for long, whoever should have was stopped as well.
        since, self.looked = min(now - self.looked, 2 * LOOK_SECONDS), now
        if now - self.started > self.deadline.clock:
            return f"it took more than {self.deadline.clock:.0f} s"
        if seen is None:
            return ""
        self.first = self.first or seen
        moved = self.last is None or seen.all > self.last.all
        self.idle = 0.0 if moved else self.idle + since
        self.stopped = self.stopped + since if seen.stopped else 0.0
        self.last = seen
        if self.stopped > self.deadline.stopped:
            return "its worker was stopped"
        if self.idle > self.deadline.idle:
            return "its worker hung"
        if seen.own - self.first.own > self.deadline.cpu:
            return "its worker used up its computing time"
        if seen.memory > self.deadline.memory:
            return f"its worker took {seen.memory / 2**30:.1f} GiB of memory"
        return ""
