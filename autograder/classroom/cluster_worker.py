"""What runs on a worker of a Dask cluster: prove the sandbox, judge, answer.

A task holds all that it needs but the exercises, which are sent once for each notebook.
So a worker needs this package, the same as on the grader's machine, and a temporary
folder.
"""

from __future__ import annotations

import atexit
import json
import pickle
import platform
import socket
import threading
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from autograder import __version__
from autograder.classroom.digests import library_digest, worker_digest
from autograder.classroom.processes import GOES_ON
from autograder.classroom.task import Task
from autograder.classroom.warm_sandboxes import WARM, RungChoice, WarmSandboxes
from autograder.classroom.worker import grade_task
from autograder.course.bundle import unpack_exercises
from autograder.course.course import Course
from autograder.course.handout import Handout
from autograder.errors import PoolError
from autograder.sandbox.selftest import Proof


def versions(course: Course) -> dict[str, str]:
    """Return what must be the same on every machine for the same results.

    Parameters
    ----------
    course : Course
        The course, whose libraries belong to it.
    """
    return {
        "autograder": f"{__version__}, code {worker_digest()[:12]}",
        "the course's libraries": library_digest(course.code)[:12],
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "numpy": np.__version__,
    }


def exercises_of(handout: Handout) -> dict[str, str]:
    """Return what must be the same on every machine to judge one notebook."""
    return {f"the exercises of {handout.name}": handout.exercises_digest[:12]}


class ExercisesMissing:
    """A worker's answer where it has not been sent the exercises of a notebook yet."""


class SentExercises:
    """The exercises that a worker was sent, in a temporary folder of its own."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None
        self._roots: dict[str, Path] = {}
        self._lock = threading.Lock()

    def root(self, digest: str, packed: bytes | None) -> Path | None:
        """Return the course folder that holds what `digest` stands for, if it was sent.

        Parameters
        ----------
        digest : str
            What the grader calls it by.
        packed : bytes or None
            From :func:`autograder.course.bundle.pack_exercises`, where it is sent now.
        """
        with self._lock:
            if packed is not None and digest not in self._roots:
                if self._folder is None:
                    self._folder = TemporaryDirectory(prefix="exercises-")
                root = Path(self._folder.name, str(len(self._roots)))
                unpack_exercises(packed, root)
                self._roots[digest] = root
            return self._roots.get(digest)

    def close(self) -> None:
        """Delete them."""
        with self._lock:
            self._roots.clear()
            if self._folder is not None:
                self._folder.cleanup()
                self._folder = None


SENT = SentExercises()
atexit.register(SENT.close)


def difference(where: str, there: Mapping[str, str], here: Mapping[str, str]) -> str:
    """Say in what a worker differs from the grader; empty if in nothing."""
    for name, version in here.items():
        if there.get(name) != version:
            return (
                f"{where} has {name} {there.get(name, 'missing')} and this machine "
                f"{version}; install the same there"
            )
    return ""


def first_line(error: BaseException) -> str:
    """Say in one line what an error says."""
    return str(error).strip().split("\n")[0] or type(error).__name__


def worker_name() -> str:
    """Name this worker as its owner knows it."""
    from distributed import get_worker

    return f"the worker {get_worker().address} on {socket.gethostname()}"


def choose_on_worker(
    choice: RungChoice,
    sandboxes: WarmSandboxes = WARM,
    name: Callable[[], str] = worker_name,
) -> Proof:
    """Choose the rung of the sandbox on this worker.

    Raises
    ------
    PoolError
        None holds here.
    """
    try:
        return sandboxes.choose(choice)
    except Exception as error:
        raise PoolError(f"{name()}: {first_line(error)}") from None


def judge_on_worker(
    expected: Mapping[str, str],
    packed: bytes,
    exercises: bytes | None = None,
    sandboxes: WarmSandboxes = WARM,
    name: Callable[[], str] = worker_name,
    sent: SentExercises = SENT,
) -> bytes:
    """Judge one notebook on a worker.

    Parameters
    ----------
    expected : mapping
        The :func:`versions` of the grader, and its :func:`exercises_of` the notebook.
    packed : bytes
        A task, from :func:`pack`.
    exercises : bytes or None
        Those of the notebook, where the worker answered that it has not got them.
    sandboxes : WarmSandboxes
        Those of the worker.
    name : callable
        Names the worker as its owner knows it.
    sent : SentExercises
        Those that the worker has.

    Returns
    -------
    bytes
        The judgement, the exception that judging it raised, or an
        :class:`ExercisesMissing`.

    Raises
    ------
    PoolError
        This worker must not judge.
    """
    task: Task = unpack(packed)
    wrong = difference(name(), versions(task.course), _without_exercises(expected))
    if not wrong:
        root = sent.root(json.dumps(dict(expected), sort_keys=True), exercises)
        if root is None:
            return pack(ExercisesMissing())
        task = replace(task, handout=replace(task.handout, root=root))
        here = versions(task.course) | exercises_of(task.handout)
        wrong = difference(name(), here, expected)
    if wrong:
        raise PoolError(f"{wrong}; {GOES_ON}")
    try:
        sandboxes.get(task.rung, task.course.code)
    except Exception as error:
        raise PoolError(
            f"{name()} has not the sandbox '{task.rung}' that the others have "
            f"({first_line(error)}); stop it, or mend it; {GOES_ON}"
        ) from None
    try:
        return pack(grade_task(task, sandboxes))
    except Exception as error:
        try:
            return pack(error)
        except Exception:  # one that cannot travel
            return pack(RuntimeError(f"{type(error).__name__}: {error}"))


def _without_exercises(expected: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in expected.items() if not k.startswith("the exercises of ")}


def pack(value: object) -> bytes:
    """Write a task or a result as the bytes that travel."""
    return zlib.compress(pickle.dumps(value), 1)


def unpack(packed: bytes) -> Any:
    """Read what :func:`pack` wrote, on one of our own machines."""
    return pickle.loads(zlib.decompress(packed))  # noqa: S301 - from our own workers
