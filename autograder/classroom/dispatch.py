"""Hand work out to the workers and take what comes back, whatever becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace

from autograder.classroom.pool import Workers
from autograder.classroom.processes import GOES_ON, LOST, WorkerNotStartedError
from autograder.classroom.task import Task
from autograder.classroom.worker import grade_task, render_result
from autograder.errors import PoolError
from autograder.judging.budget import PutBack
from autograder.judging.judge import without_answers
from autograder.verdict import Graded, Status

TRIES = 2


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

    A notebook that uses more than its first slice of time is put back until the others
    are done. One whose worker is lost is judged once more after them, alone; where that
    one is lost too, it is given up.

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
    desk = _Desk(tasks, workers)
    done = False
    try:
        yield from desk.judge(range(len(tasks)), workers.ahead, put_back=True)
        slow, desk.slow = desk.slow, []
        yield from desk.judge(sorted(slow), workers.ahead)
        lost, desk.lost = desk.lost, {}
        yield from desk.judge(sorted(lost), 1)
        for index, reason in desk.lost.items():
            task = tasks[index]
            ended = without_answers(task.handout, Status.CRASHED, reason)
            yield Outcome(index, task, render_result(task, ended))
        done = True
    finally:
        desk.close(wait=done)


class _Desk:
    """Hands tasks out, and keeps those that have to be handed out again.

    Attributes
    ----------
    slow : list of int
        Tasks that were put back.
    lost : dict
        Tasks whose worker was lost, and why.
    """

    def __init__(self, tasks: Sequence[Task], workers: Workers) -> None:
        self.tasks = tasks
        self.workers = workers
        self.slow: list[int] = []
        self.lost: dict[int, str] = {}
        self._executor: Executor | None = None

    def judge(
        self, indices: Iterable[int], ahead: int, put_back: bool = False
    ) -> Iterator[Outcome]:
        """Judge tasks; at most `ahead` are under way at a time."""
        waiting = iter(list(indices))
        running: dict[Future[Graded], tuple[int, Task]] = {}
        more = True
        while more or running:
            while more and len(running) < ahead:
                index = next(waiting, None)
                if index is None:
                    more = False
                    break
                task = replace(self.tasks[index], put_back=put_back)
                running[self._submit(task)] = index, task
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                index, task = running.pop(future)
                try:
                    graded = future.result()
                except PutBack:
                    self.slow.append(index)
                except WorkerNotStartedError as error:
                    raise PoolError(f"{error}; {GOES_ON}") from None
                except BrokenProcessPool as error:
                    self.lost[index] = str(error) or LOST
                except PoolError:
                    raise
                except Exception as error:
                    yield _failure(index, task, error)
                else:
                    yield Outcome(index, task, graded)

    def _submit(self, task: Task) -> Future[Graded]:
        for _ in range(TRIES):
            self._executor = self._executor or self.workers.executor()
            try:
                return self._executor.submit(grade_task, task)
            except BrokenProcessPool as error:
                self.close(wait=False)  # it takes no work any more
                lost = error
        future: Future[Graded] = Future()
        future.set_exception(lost)
        return future

    def close(self, wait: bool) -> None:
        """Let the executor go."""
        if self._executor is not None:
            self._executor.shutdown(wait=wait, cancel_futures=True)
            self._executor = None


def _failure(index: int, task: Task, error: Exception) -> Outcome:
    """Say what failed; a fault of the grader's own must not stop the class."""
    note = f"the grader failed: {type(error).__name__}: {error}"
    failed = without_answers(task.handout, Status.CRASHED, note)
    for verdict in failed.judgement.verdicts:
        verdict.grader_failed = True
    return Outcome(index, task, render_result(task, failed), grader_failed=True)
