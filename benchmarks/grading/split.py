"""Where the CPU time of a notebook goes: start, cells, tests, bookkeeping.

Measured in one process, apart from the runs that are timed, for looking costs time. The
looking itself is taken off.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from autograder.classroom.pool import LocalWorkers
from autograder.classroom.warm_sandboxes import WARM
from autograder.commands.grade import GradeRequest, grade
from autograder.course.course import load_course
from autograder.course.handout import load_handouts
from autograder.judging import judge
from autograder.sandbox.limits import Limits
from autograder.sandbox.session import Sandbox, Session
from benchmarks.grading.measure import family_cpu


class Inline(Executor):
    """Does the work at once, in this process."""

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call, and return what came of it."""
        future: Future[Any] = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Meter:
    """CPU seconds by purpose, inside the sandbox and in the grader."""

    def __init__(self) -> None:
        self.inside = {"start": 0.0, "cells": 0.0, "tests": 0.0}
        self.own = {"start": 0.0, "cells": 0.0, "tests": 0.0, "explain": 0.0}
        self.looking = 0.0
        self.depth: list[str] = []

    def family(self, sandbox: Sandbox) -> float:
        """Return the CPU seconds of a sandbox; count what the looking costs."""
        started = time.process_time()
        seconds = family_cpu(sandbox.process.pid)
        self.looking += time.process_time() - started
        return seconds

    @contextmanager
    def sandboxed(self, purpose: str, sandbox: Sandbox) -> Iterator[None]:
        """Count what the sandbox does meanwhile."""
        before = self.family(sandbox)
        try:
            yield
        finally:
            self.inside[purpose] += max(self.family(sandbox) - before, 0.0)

    @contextmanager
    def owned(self, purpose: str) -> Iterator[None]:
        """Count what this process does meanwhile, once where purposes are nested."""
        outermost = not self.depth
        self.depth.append(purpose)
        started, looking = time.process_time(), self.looking
        try:
            yield
        finally:
            self.depth.pop()
            if outermost:
                spent = time.process_time() - started - (self.looking - looking)
                self.own[purpose] += spent


PURPOSES = {"cell": "cells", "ask": "tests", "moved": "tests", "bind": "tests"}


@contextmanager
def watching(meter: Meter) -> Iterator[None]:
    """Let `meter` count all that happens in this process."""
    request, session, close = Session.request, Sandbox.session, Session.close

    def counted_request(self: Any, seconds: float, do: str, **fields: Any) -> Any:
        purpose = PURPOSES[do]
        with meter.owned(purpose), meter.sandboxed(purpose, self.sandbox):
            return request(self, seconds, do, **fields)

    def counted_session(self: Sandbox, limits: Limits) -> Session:
        with meter.owned("start"), meter.sandboxed("start", self):
            made = session(self, limits)
            made.sandbox = self
            # It answers when it has shut itself in; that is a part of the start.
            request(made, 30.0, "bind", exercise="", names=[])
            return made

    def counted_close(self: Any) -> None:
        with meter.owned("start"):
            close(self)

    def counted(function: Callable[..., Any], purpose: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            with meter.owned(purpose):
                return function(*args, **kwargs)

        return call

    with (
        mock.patch.object(Session, "request", counted_request),
        mock.patch.object(Session, "close", counted_close),
        mock.patch.object(Sandbox, "session", counted_session),
        mock.patch.object(judge, "decide", counted(judge.decide, "tests")),
        mock.patch.object(judge, "explain", counted(judge.explain, "explain")),
    ):
        yield


def split(
    course: Path,
    lectures: Sequence[str],
    submitted: Path,
    students: Sequence[str],
    place: Path,
) -> dict[str, float]:
    """Grade a class in this process and return CPU milliseconds a notebook.

    Returns
    -------
    dict
        ``start``: sessions made and ended; ``cells``: the student's own cells;
        ``tests``: the hidden checks, on both sides; ``bookkeeping``: all else in the
        grader, of which ``explain`` finds the likely mistakes and the rest reads,
        repairs, compares, writes pages, the gradebook, the tables and the report.
    """
    number = len(students) * sum(len(load_handouts(course, name)) for name in lectures)

    def go(names: Sequence[str]) -> None:
        for lecture in lectures:
            workers = LocalWorkers(1, lambda jobs: Inline())
            grade(
                GradeRequest(
                    lecture,
                    submitted,
                    place,
                    students=names,
                    regrade=True,
                    workers=workers,
                    course=load_course(course),
                )
            )

    # Imports, the warm sandbox, and the questions, which are chosen once a course.
    go(students[:1])
    meter = Meter()
    started = time.process_time()
    with watching(meter):
        go(students)
    spent = time.process_time() - started - meter.looking
    WARM.close()
    found = {
        name: meter.inside[name] + meter.own[name]
        for name in ("start", "cells", "tests")
    }
    found["bookkeeping"] = spent - sum(meter.own.values()) + meter.own["explain"]
    found["explain"] = meter.own["explain"]
    return {name: round(1000 * s / number, 2) for name, s in found.items()}
