"""A worker: judge one notebook after another in one warm sandbox."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.course.course import Course
from autograder.course.exercises import all_exercises
from autograder.course.handout import Handout
from autograder.course.settings import RUNGS
from autograder.errors import UserError
from autograder.judging.judge import judge
from autograder.report.feedback import render_feedback
from autograder.sandbox.course_code import NO_COURSE, CourseCode
from autograder.sandbox.inside.isolate import die_with_parent
from autograder.sandbox.rungs import choose
from autograder.sandbox.selftest import Proof, prove
from autograder.sandbox.session import Sandbox
from autograder.verdict import Graded, Judged, to_text

TRIES = 2

# The warm sandboxes of this process, each with the proof that it holds. One for each
# thread that judges: bubblewrap ends what it started with the thread that started it,
# and two notebooks at a time must not share an order.
_proven: dict[tuple[str, CourseCode, int], tuple[Proof, Sandbox]] = {}


@dataclass(frozen=True)
class Task:
    """All that a worker needs to judge one notebook; it reads nothing else.

    Attributes
    ----------
    handout : Handout
        The notebook as released.
    data : bytes or None
        The submitted file.
    secret : bytes
        The seed of this submission.
    course : Course
        What it may use, and what of the course the sandbox holds.
    level : str
        The rung of the sandbox.
    digest : str
        A hash of all that the judgement depends on.
    student : str
        Whose it is; for the feedback page.
    note : str
        A neutral remark on the file, for the instructor.
    """

    handout: Handout
    data: bytes | None
    secret: bytes
    course: Course
    level: str
    digest: str
    student: str = ""
    note: str = ""


def grade_task(task: Task) -> Graded:
    """Judge one notebook in this worker and write down what it brought."""
    return written(task, judge_task(task))


def written(task: Task, judged: Judged) -> Graded:
    """Write down a judgement, so that the grader has only to store it."""
    if task.note:
        judged.judgement.notes.insert(0, task.note)
    return Graded(
        judged.judgement,
        json.dumps(judged.notebook, indent=1) + "\n",
        render_feedback(judged, task.student, task.course.settings.language),
        to_text(judged.judgement),
    )


def judge_task(task: Task) -> Judged:
    """Judge one notebook in this worker's warm sandbox."""
    code = task.course.code
    for attempt in range(TRIES):
        sandbox = proven_sandbox(task.level, code)
        try:
            settings = task.course.settings
            return judge(task.handout, task.data, task.secret, sandbox, settings)
        except UserError:
            # The warm parent itself was lost; a new one takes over.
            _, lost = _proven.pop((task.level, code, threading.get_ident()))
            lost.close()
            if attempt + 1 == TRIES:
                raise
    raise AssertionError("unreachable")


def choose_here(
    allow_unsandboxed: bool = False,
    rungs: Sequence[str] = RUNGS[:1],
    course: Course | None = None,
) -> Proof:
    """Choose the rung of the sandbox; what proved itself is kept for judging.

    The first parameters, and what it raises, are those of
    :func:`autograder.sandbox.rungs.choose`; what the sandbox holds of the course is
    looked for on this machine.
    """
    code = course.code if course else NO_COURSE
    thread = threading.get_ident()
    for level in rungs:
        if (level, code, thread) in _proven:
            return _proven[level, code, thread][0]
    proof, sandbox = choose(allow_unsandboxed, rungs, code)
    _proven[proof.level, code, thread] = proof, sandbox
    return proof


def proven_sandbox(level: str, code: CourseCode = NO_COURSE) -> Sandbox:
    """Return this thread's warm sandbox; a new one proves itself before it is used.

    Raises
    ------
    UserError
        It does not start, or does not hold.
    """
    key = (level, code, threading.get_ident())
    if key not in _proven:
        if level == "none":  # the instructor allowed it, and is told
            proof, sandbox = Proof(level, (), ()), Sandbox(level, code)
        else:
            proof, sandbox = prove(level, code)
        if proof.escaped:
            sandbox.close()
            raise UserError(
                f"the sandbox does not hold: {proof.said}; run `python -m autograder "
                "doctor`"
            )
        _proven[key] = proof, sandbox
    return _proven[key][1]


def begin() -> None:
    """Make ready to judge: load what is slow once, and end when the grader does.

    What is loaded by then lives as long as the worker; the collector of unused objects
    need not look through it again and again. Ctrl-C reaches every process of a
    terminal; what there is to say of it says the grader.
    """
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    if sys.platform == "linux":
        die_with_parent()
    grader = multiprocessing.parent_process()
    if grader is not None and not grader.is_alive():
        os._exit(1)  # it ended before the kernel was told to tell us
    all_exercises()
    gc.collect()
    gc.freeze()


def close_sandboxes() -> None:
    """End the warm sandboxes of this process."""
    while _proven:
        _, (_, sandbox) = _proven.popitem()
        sandbox.close()
