"""A worker: judge one notebook after another in one warm sandbox."""

from __future__ import annotations

import os
import signal
import sys
import threading
from dataclasses import dataclass

from autograder.course import Master
from autograder.errors import UserError
from autograder.grading.judge import Judgement, judge
from autograder.sandbox.inside.isolate import die_with_parent
from autograder.sandbox.session import Sandbox
from autograder.settings import Settings

TRIES = 2

# One for each thread that judges: bubblewrap ends what it started with the thread that
# started it, and two notebooks at a time must not share an order.
_sandboxes: dict[tuple[str, int], Sandbox] = {}


@dataclass(frozen=True)
class Task:
    """All that a worker needs to judge one notebook; it reads nothing else.

    Attributes
    ----------
    master : Master
        The notebook as handed out.
    data : bytes or None
        The submitted file.
    secret : bytes
        The seed of this submission.
    settings : Settings
        What it may use.
    level : str
        The rung of the sandbox.
    digest : str
        A hash of all that the judgement depends on.
    """

    master: Master
    data: bytes | None
    secret: bytes
    settings: Settings
    level: str
    digest: str


def judge_task(task: Task) -> Judgement:
    """Judge one notebook in this worker's warm sandbox."""
    key = (task.level, threading.get_ident())
    for attempt in range(TRIES):
        try:
            if key not in _sandboxes:
                _sandboxes[key] = Sandbox(task.level)
            sandbox = _sandboxes[key]
            return judge(task.master, task.data, task.secret, sandbox, task.settings)
        except UserError:
            # The warm parent itself was lost; a new one takes over.
            lost = _sandboxes.pop(key, None)
            if lost is not None:
                lost.close()
            if attempt + 1 == TRIES:
                raise
    raise AssertionError("unreachable")


def end_with_grader() -> None:
    """Let this worker end when the grader does, even where that was killed.

    Ctrl-C reaches every process of a terminal; what there is to say of it says the
    grader.
    """
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    if sys.platform == "linux":
        die_with_parent()


def close_sandboxes() -> None:
    """End the warm sandboxes of this process."""
    while _sandboxes:
        _sandboxes.popitem()[1].close()
