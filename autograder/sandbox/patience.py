"""How long to wait for a reply: what counts is CPU time, and time spent asleep.

A machine that is busy with other things, or a grader that was stopped for a while,
makes every reply late and is nobody's fault. So a process is looked at while it works:
the CPU time that it takes counts, and the time during which it sleeps, for code that
sleeps can go on for ever at no cost. A multiple of the limit by the clock ends the
rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from autograder.sandbox.gone import BackendGone
from autograder.verdict import Status

# Seconds between two looks; how much longer than its limit a reply may take by the
# clock, on a machine that does other things as well.
LOOK_SECONDS = 0.25
CLOCK_FACTOR = 10.0
# An answer that comes sooner is not worth a look; the next one counts it too.
QUICK_SECONDS = 0.02


@dataclass(frozen=True)
class Usage:
    """What a process has used.

    Attributes
    ----------
    cpu : float or None
        CPU time in seconds since it began; None where that cannot be known, and the
        clock is all there is.
    asleep : bool
        Whether all of it sleeps: it does not run and does not wait to.
    """

    cpu: float | None = None
    asleep: bool = False


@dataclass
class Account:
    """What one process has been charged, over all its requests.

    Parameters
    ----------
    look : callable
        Looks at the process.
    clock : callable
        Tells the time, in seconds.

    Attributes
    ----------
    spent : float
        Seconds charged so far.
    """

    look: Callable[[], Usage] = Usage
    clock: Callable[[], float] = time.monotonic
    spent: float = 0.0
    cpu: float = 0.0

    def charge(self, since: float, finished: bool = False) -> float:
        """Charge what was used since the last look; return the time of this one.

        Parameters
        ----------
        since : float
            When that was.
        finished : bool
            Whether it has answered; then it sleeps because nothing is asked.
        """
        usage, now = self.look(), self.clock()
        if usage.cpu is None:
            self.spent += now - since
            return now
        used = max(usage.cpu - self.cpu, 0.0)
        self.cpu = usage.cpu
        idle = usage.asleep and not finished and used < 0.5 * (now - since)
        self.spent += now - since if idle else used
        return now


@dataclass
class Patience:
    """The waiting for one reply.

    Parameters
    ----------
    account : Account
        Of the process that is to answer.
    seconds : float
        What it may be charged for the reply.
    """

    account: Account
    seconds: float
    started: float = field(init=False)
    looked: float = field(init=False)
    before: float = field(init=False)

    def __post_init__(self) -> None:
        """Start to wait."""
        self.started = self.looked = self.account.clock()
        self.before = self.account.spent

    @property
    def by_the_clock(self) -> float:
        """The longest that it may take, in seconds."""
        return CLOCK_FACTOR * self.seconds

    def left(self) -> float:
        """Return for how long to wait before this is asked again.

        Raises
        ------
        BackendGone
            It has used up what it had.
        """
        now = self.account.clock()
        if now - self.looked >= self._pause():
            self.looked = now = self.account.charge(self.looked)
            if self._rest() <= 0 or now - self.started > self.by_the_clock:
                raise BackendGone(Status.TIMEOUT)
        return max(self.looked + self._pause() - now, 0.001)

    @contextmanager
    def interrupted(self) -> Iterator[None]:
        """Do not count the time in which the process waits for the grader."""
        began = self.account.clock()
        if began - self.looked >= QUICK_SECONDS:
            self.looked = self.account.charge(self.looked, finished=True)
        yield
        pause = self.account.clock() - began
        self.looked += pause
        self.started += pause

    def end(self) -> None:
        """Charge what the reply took."""
        if self.account.clock() - self.started >= QUICK_SECONDS:
            self.account.charge(self.looked, finished=True)

    def _rest(self) -> float:
        return self.seconds - (self.account.spent - self.before)

    def _pause(self) -> float:
        return min(max(self._rest(), 0.01), LOOK_SECONDS)
