"""Hand work out to the workers and take what comes back, whatever becomes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from autograder.classroom.pool import Workers
from autograder.classroom.task import Task
from autograder.classroom.worker import grade_task, render_result
from autograder.errors import PoolError
from autograder.judging.judge import without_answers
from autograder.verdict import Graded, Status


@dataclass(frozen=True)
class Outcome:
    """What became of a task.

    Attributes
    ----------
    index : int
        Of the task.
    task : Task
        What was to be judged.
    graded : Graded
        What was found.
    grader_failed : bool
        Whether that is a fault of the grader, so that the task is to be tried again.
    """

    index: int
    task: Task
    graded: Graded
    grader_failed: bool = False


def dispatch(tasks: Sequence[Task], workers: Workers) -> Iterator[Outcome]:
    """Judge every task; yield what comes back, in the order in which it comes.

    Where a worker is lost, the tasks that were under way are judged again one at a
    time, so that only the one that ends its worker is given up.

    Parameters
    ----------
    tasks : sequence of Task
        Each is asked for when its turn comes; they need not exist before.
    workers : Workers
        Those who judge.

    Raises
    ------
    PoolError
        The workers are gone or must not be used.
    """
    queue = list(reversed(range(len(tasks))))
    while queue:
        suspects: list[int] = []
        yield from _judge(tasks, queue, workers.executor(), workers.ahead, suspects)
        while suspects:
            guilty: list[int] = []
            yield from _judge(tasks, suspects, workers.executor(), 1, guilty)
            for index in guilty:
                task = tasks[index]
                note = "its worker process ended"
                ended = without_answers(task.handout, Status.CRASHED, note)
                yield Outcome(index, task, render_result(task, ended))


def _judge(
    tasks: Sequence[Task],
    queue: list[int],
    executor: Executor,
    ahead: int,
    lost: list[int],
) -> Iterator[Outcome]:
    """Judge the tasks in `queue`, from its end, until a worker is lost.

    Those that were under way then are added to `lost`.
    """
    running: dict[Future[Graded], tuple[int, Task]] = {}
    broken = False
    try:
        while (queue and not broken) or running:
            while queue and not broken and len(running) < ahead:
                index = queue.pop()
                task = tasks[index]
                try:
                    running[executor.submit(grade_task, task)] = index, task
                except BrokenProcessPool:
                    broken = True
                    lost.append(index)
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                index, task = running.pop(future)
                try:
                    graded = future.result()
                except BrokenProcessPool:
                    broken = True
                    lost.append(index)
                except PoolError:
                    raise
                except Exception as error:
                    yield _failure(index, task, error)
                else:
                    yield Outcome(index, task, graded)
    finally:
        executor.shutdown(wait=not broken, cancel_futures=True)


def _failure(index: int, task: Task, error: Exception) -> Outcome:
    """Say what failed; a fault of the grader's own must not stop the class."""
    note = f"the grader failed: {type(error).__name__}: {error}"
    failed = without_answers(task.handout, Status.CRASHED, note)
    for verdict in failed.judgement.verdicts:
        verdict.grader_failed = True
    return Outcome(index, task, render_result(task, failed), grader_failed=True)
