"""A worker: judge one notebook after another in one warm sandbox."""

from __future__ import annotations

import gc
import hashlib
import json
import multiprocessing
import os
import signal
import sys
from contextlib import suppress

from autograder.classroom.task import Task
from autograder.classroom.warm_sandboxes import WARM, RungChoice, WarmSandboxes
from autograder.cleaning.notebook import joined
from autograder.course.exercises import all_exercises, at_course
from autograder.errors import UserError
from autograder.judging.judge import judge
from autograder.report.feedback import render_feedback
from autograder.report.notebook_links import exercise_links
from autograder.sandbox.inside.isolate import die_with_parent
from autograder.sandbox.selftest import Proof
from autograder.verdict import Graded, Judged, to_text

TRIES = 2


def grade_task(task: Task, sandboxes: WarmSandboxes = WARM) -> Graded:
    """Judge one notebook in this worker and render what is kept of it.

    Raises
    ------
    PutBack
        It has used up its first slice of time, and is to come after the others.
    """
    with at_course(task.handout.root):
        return render_result(task, judge_task(task, sandboxes))


def render_result(task: Task, judged: Judged) -> Graded:
    """Render a judgement's files, so that the grader has only to store them."""
    judgement = judged.judgement
    if task.note:
        judgement.notes.insert(0, task.note)
    judgement.edition = task.handout.edition
    judgement.file = short_hash(task.data)
    mark_answers(judged)
    settings = task.course.settings
    links = exercise_links(task.handout, settings.notebook_url)
    return Graded(
        judged.judgement,
        json.dumps(judged.notebook, indent=1) + "\n",
        render_feedback(judged, task.student, settings.language, links),
        to_text(judged.judgement),
    )


def mark_answers(judged: Judged) -> None:
    """Note with each verdict which text it is about, so that a change of it is seen."""
    texts = {
        str(meta.get("grade_id")): joined(cell["source"])
        for cell in judged.notebook["cells"]
        if (meta := cell["metadata"].get("nbgrader")) and meta.get("solution")
    }
    for verdict in judged.judgement.verdicts:
        text = texts.get(verdict.exercise)
        verdict.answer = short_hash(None if text is None else text.strip().encode())


def short_hash(data: bytes | None) -> str:
    """Return a hash of 16 digits, and a word where there is nothing.

    Examples
    --------
    >>> short_hash(b"W"), short_hash(None)
    ('fcb5f40df9be6bae', 'absent')
    """
    return "absent" if data is None else hashlib.sha256(data).hexdigest()[:16]


def judge_task(task: Task, sandboxes: WarmSandboxes = WARM) -> Judged:
    """Judge one notebook in a warm sandbox of this worker.

    Raises
    ------
    UserError
        No sandbox can be had, or it was lost twice.
    """
    course, code = task.course, task.course.code
    for attempt in range(TRIES):
        sandbox = sandboxes.get(task.rung, code)
        try:
            return judge(
                task.handout,
                task.data,
                task.seed,
                sandbox,
                course.settings,
                sandboxes.memory,
                task.draws,
                task.put_back,
                task.size,
            )
        except UserError:
            # The warm parent itself was lost; a new one takes over.
            sandboxes.drop(task.rung, code)
            if attempt + 1 == TRIES:
                raise
    raise AssertionError("unreachable")


def choose_rung(choice: RungChoice) -> Proof:
    """Choose the rung of the sandbox in this worker.

    Raises
    ------
    UserError
        None that is allowed holds.
    """
    return WARM.choose(choice)


def start_worker() -> None:
    """Make ready to judge: load what is slow once, and end when the grader does.

    What is loaded by then lives as long as the worker; the collector of unused objects
    need not look through it again and again. Ctrl-C reaches every process of a
    terminal; what there is to say of it, the grader says.
    """
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    if sys.platform == "linux":
        die_with_parent()
    grader = multiprocessing.parent_process()
    if grader is not None and not grader.is_alive():
        os._exit(1)  # it ended before the kernel was told to tell us
    with suppress(UserError):  # told where an exercise is needed
        all_exercises()
    gc.collect()
    gc.freeze()
