"""Who judges: worker processes of this machine, each with a sandbox of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from autograder.classroom.questions import Choice, choose
from autograder.classroom.warm_sandboxes import RungChoice
from autograder.classroom.worker import choose_rung, start_worker
from autograder.course.course import Course
from autograder.errors import UserError
from autograder.judging.draw import Draw
from autograder.sandbox.interpreter import THREADS
from autograder.sandbox.rungs import SAID
from autograder.sandbox.selftest import Proof

AHEAD = 64


class Workers(Protocol):
    """Those who judge: processes of this machine, or the workers of a cluster.

    Attributes
    ----------
    ahead : int
        How many notebooks to have under way, so that no worker waits for work.
    """

    @property
    def ahead(self) -> int:
        """How many notebooks to have under way."""

    def executor(self) -> Executor:
        """Return an executor to hand work to; its user shuts it down."""

    def choose_draws(self, choices: Sequence[Choice]) -> Iterable[Draw]:
        """Choose the draws of exercises, in order."""


class WorkerProcesses(ProcessPoolExecutor):
    """Processes that share nothing with this one and end with it.

    Each computes with one thread: there are as many of them as there are processors.

    Parameters
    ----------
    jobs : int
        How many.
    """

    def __init__(self, jobs: int) -> None:
        super().__init__(
            jobs,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=start_worker,
        )

    def submit(self, *args: Any, **options: Any) -> Future[Any]:
        """Hand over work; this is where processes are started.

        Ctrl-C does not reach them before they can answer it, and they find in their
        environment that numpy is to use one thread.
        """
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            with _environment(THREADS, "1"):
                return super().submit(*args, **options)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _environment(names: Sequence[str], value: str) -> Iterator[None]:
    """Set variables that are not set, and take them away again."""
    missing = [name for name in names if name not in os.environ]
    os.environ.update(dict.fromkeys(missing, value))
    try:
        yield
    finally:
        for name in missing:
            del os.environ[name]


@dataclass(frozen=True)
class LocalWorkers:
    """An order for worker processes of this machine.

    Attributes
    ----------
    jobs : int
        How many, at most.
    make : callable
        ``make(jobs)`` returns the executor.
    """

    jobs: int = 1
    make: Callable[[int], Executor] = WorkerProcesses

    def start(self, choice: RungChoice, most: int, course: Course) -> LocalPool:
        """Start the workers, no more than `most`; the caller closes what is returned.

        Parameters
        ----------
        choice : RungChoice
            Which rungs of the sandbox may be used.
        most : int
            How many notebooks there are.
        course : Course
            The course; these workers have it.
        """
        return LocalPool(max(min(self.jobs, most), 1), choice, self.make)


class LocalPool:
    """Worker processes, started at once; each proves the sandbox that it judges in.

    Parameters
    ----------
    jobs : int
        How many workers it has.
    choice : RungChoice
        Which rungs of the sandbox may be used.
    make : callable
        ``make(jobs)`` returns the executor.
    ahead : int
        How many notebooks to have under way.
    """

    def __init__(
        self,
        jobs: int,
        choice: RungChoice,
        make: Callable[[int], Executor] = WorkerProcesses,
        ahead: int = AHEAD,
    ) -> None:
        self.ahead = ahead
        self._jobs = jobs
        self._make = make
        self._first: Executor | None = make(jobs)
        self._proofs = [self._first.submit(choose_rung, choice) for _ in range(jobs)]

    def proof(self) -> Proof:
        """Wait for the workers and return the proof of the weakest.

        Raises
        ------
        UserError
            No sandbox holds, or a worker ended.
        """
        try:
            proofs = [future.result() for future in self._proofs]
        except BrokenProcessPool:
            raise UserError(
                "a worker process ended as it started; is there memory for "
                f"{len(self._proofs)} of them? Else give a smaller --jobs"
            ) from None
        return max(proofs, key=lambda proof: list(SAID).index(proof.rung))

    def executor(self) -> Executor:
        """Return the workers that were started, and new ones where these were lost."""
        executor, self._first = self._first or self._make(self._jobs), None
        return executor

    def choose_draws(self, choices: Sequence[Choice]) -> Iterable[Draw]:
        """Choose draws in the workers that were started; they have the course.

        Raises
        ------
        UserError
            A worker ended.
        """
        if self._first is None or not choices:
            return list(map(choose, choices))
        try:
            return list(self._first.map(choose, choices))
        except BrokenProcessPool:
            raise UserError(
                "a worker process ended as questions were drawn; is there memory for "
                f"{len(self._proofs)} of them? Else give a smaller --jobs"
            ) from None

    def __enter__(self) -> LocalPool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._first is not None:
            self._first.shutdown(wait=False, cancel_futures=True)
