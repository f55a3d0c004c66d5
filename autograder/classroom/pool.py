"""Who judges: worker processes of this machine, each with a sandbox of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Protocol

from autograder.classroom.choice import Choice, choose
from autograder.classroom.processes import WorkerProcesses
from autograder.classroom.task import Task
from autograder.classroom.warm_sandboxes import RungChoice
from autograder.classroom.watch import Deadline
from autograder.classroom.worker import choose_rung
from autograder.course.course import Course
from autograder.errors import UserError
from autograder.judging.draw import Draw
from autograder.sandbox.rungs import RUNG_WORDS
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


def judging_processes(jobs: int) -> WorkerProcesses:
    """Return worker processes that are given up over a notebook as its course says."""
    return WorkerProcesses(jobs, deadline_of)


def deadline_of(what: Task | RungChoice) -> Deadline | None:
    """Return when a worker is given up over a task; None for other work."""
    if not isinstance(what, Task):
        return None
    settings = what.course.settings
    every = [settings.limits_of(exercise) for exercise in settings.exercises]
    longest = max(
        max(limits.cell_seconds, limits.ask_seconds)
        for limits in (settings.limits, *every)
    )
    # Cells that train and draw have a time of their own.
    demos = settings.limits.notebook_seconds if settings.demo_cells == "run" else 0.0
    return Deadline.of(settings.limits.notebook_seconds + demos, longest)


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
    make: Callable[[int], Executor] = judging_processes

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
        make: Callable[[int], Executor] = judging_processes,
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
        return max(proofs, key=lambda proof: list(RUNG_WORDS).index(proof.rung))

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
