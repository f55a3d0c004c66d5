"""What runs on a worker of a Dask cluster: prove the sandbox, judge, answer.

A task holds all that it needs, so a worker needs this package, the same as on the
grader's machine, and a temporary folder.
"""

from __future__ import annotations

import pickle
import platform
import socket
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder import __version__
from autograder.classroom.digests import library_digest, worker_digest
from autograder.classroom.task import Task
from autograder.classroom.warm_sandboxes import WARM, RungChoice, WarmSandboxes
from autograder.classroom.worker import grade_task
from autograder.course.course import Course
from autograder.course.handout import Handout
from autograder.errors import PoolError
from autograder.sandbox.selftest import Proof

GOES_ON = "what was done is kept, the next call goes on from there"


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
    sandboxes: WarmSandboxes = WARM,
    name: Callable[[], str] = worker_name,
) -> bytes:
    """Judge one notebook on a worker.

    Parameters
    ----------
    expected : mapping
        The :func:`versions` of the grader, and its :func:`exercises_of` the notebook.
    packed : bytes
        A task, from :func:`pack`.
    sandboxes : WarmSandboxes
        Those of the worker.
    name : callable
        Names the worker as its owner knows it.

    Returns
    -------
    bytes
        The judgement, or the exception that judging it raised.

    Raises
    ------
    PoolError
        This worker must not judge.
    """
    task: Task = unpack(packed)
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


def pack(value: object) -> bytes:
    """Write a task or a result as the bytes that travel."""
    return zlib.compress(pickle.dumps(value), 1)


def unpack(packed: bytes) -> Any:
    """Read what :func:`pack` wrote, on one of our own machines."""
    return pickle.loads(zlib.decompress(packed))  # noqa: S301 - from our own workers
