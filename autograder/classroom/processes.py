"""Worker processes, each with a thread here that hands it work and waits for it.

The executors of the standard library give up every process when one is lost, and wait
for ever for one that was stopped. Here a loss costs one piece of work: whoever asked
for it is told, and the next piece gets a new process.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pickle import PicklingError
from typing import Any

from autograder.classroom.watch import LOOK_SECONDS, Deadline, Watch, look_at
from autograder.classroom.worker import start_worker
from autograder.sandbox.interpreter import THREADS

READY = "ready"
LOST = "its worker process ended"
GOES_ON = "what was done is kept, the next call goes on from there"
_SPAWN = multiprocessing.get_context("spawn")
_STARTING = threading.Lock()  # the environment is one for all threads


class WorkerNotStartedError(BrokenProcessPool):
    """A process ended before it could be given work."""


class WorkerProcesses(Executor):
    """Processes that share nothing with this one and end with it.

    Each computes with one thread: there are as many of them as there are processors.

    Parameters
    ----------
    jobs : int
        How many.
    deadline : callable
        Returns when a process is given up over what it is called with; None for never.
    serve : callable
        What a process does, at its end of a channel; by default :func:`serve_work`.
    """

    def __init__(
        self,
        jobs: int,
        deadline: Callable[..., Deadline | None] = lambda *_: None,
        serve: Callable[[Connection], None] | None = None,
    ) -> None:
        self._work: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._hands = [
            _Hand(self._work, deadline, serve or serve_work) for _ in range(jobs)
        ]
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def submit(  # type: ignore[override]
        self, function: Callable[..., Any], /, *args: Any
    ) -> Future[Any]:
        """Hand over work: a function of a module, and what it is called with."""
        if self._closed.is_set():
            raise RuntimeError("no work is taken after shutdown")
        work = _Work(function, args)
        self._work.put(work)
        return work.future

    def _watch(self) -> None:
        while not self._closed.wait(LOOK_SECONDS):
            self._look()
        while any(hand.is_alive() for hand in self._hands):
            self._look()
            for hand in self._hands:
                hand.join(LOOK_SECONDS / len(self._hands))

    def _look(self) -> None:
        for hand in self._hands:
            hand.look()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work; by default, wait until what there is has been done."""
        if cancel_futures:
            with suppress(queue.Empty):
                while True:
                    work = self._work.get_nowait()
                    if work:
                        work.future.cancel()
        if not self._closed.is_set():
            self._closed.set()
            for _ in self._hands:
                self._work.put(None)
        if wait:
            for hand in self._hands:
                hand.join()
            self._watcher.join()


class _Work:
    def __init__(self, function: Callable[..., Any], args: tuple[Any, ...]) -> None:
        self.function = function
        self.args = args
        self.future: Future[Any] = Future()


class _Hand(threading.Thread):
    """Holds one process at a time, and gives it one piece of work after the other."""

    def __init__(
        self,
        work: queue.SimpleQueue[_Work | None],
        deadline: Callable[..., Deadline | None],
        serve: Callable[[Connection], None],
    ) -> None:
        super().__init__(daemon=True)
        self.work = work
        self.serve = serve
        self.deadline = deadline
        self.process: SpawnProcess | None = None
        self.watched: tuple[SpawnProcess, Watch] | None = None
        self.reason = ""
        self.start()

    def run(self) -> None:
        """Give out work until there is none any more."""
        # What Ctrl-C does is said elsewhere; a process learns of it when it is ready.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        channel: Connection | None = None
        while (work := self.work.get()) is not None:
            if not work.future.set_running_or_notify_cancel():
                continue
            try:
                channel = channel or self._new_process()
                result = self._done(channel, work)
            except BrokenProcessPool as lost:
                self._end(channel)
                channel = None
                work.future.set_exception(lost)
            except Exception as error:  # it cannot be sent
                work.future.set_exception(error)
            else:
                _give(work.future, *result)
            del work
        self._end(channel)

    def _new_process(self) -> Connection:
        ours, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=self.serve, args=(theirs,), daemon=True)
        with theirs, _STARTING, _environment(THREADS, "1"):
            self.process.start()
        try:
            if ours.recv() != READY:
                raise EOFError
        except (EOFError, OSError):
            self._end(ours)
            raise WorkerNotStartedError(
                "a worker process ended as it started"
            ) from None
        return ours

    def _done(self, channel: Connection, work: _Work) -> tuple[bool, Any]:
        deadline = self.deadline(*work.args)
        self.reason = ""
        if deadline and self.process:
            self.watched = self.process, Watch(deadline)
        try:
            channel.send((work.function, work.args))
            found: tuple[bool, Any] = channel.recv()
        except (EOFError, OSError):
            raise BrokenProcessPool(self.reason or LOST) from None
        finally:
            self.watched = None
        return found

    def look(self) -> None:
        """End the process where it is to be given up; its thread then hears of it."""
        watched = self.watched
        if watched is None:
            return
        process, watch = watched
        reason = watch.reason(look_at(process.pid or 0))
        if reason and watched is self.watched:
            self.reason = reason
            process.kill()

    def _end(self, channel: Connection | None) -> None:
        if channel is not None:
            channel.close()  # it ends when it finds nobody at the other end
        if self.process is not None:
            self.process.join(10)
            self.process.kill()
            self.process.join()
            self.process = None


def _give(future: Future[Any], fine: bool, result: Any) -> None:
    if fine:
        future.set_result(result)
    else:
        future.set_exception(result)


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


def serve_work(channel: Connection) -> None:
    """Do one piece of work after the other, in a process of its own."""
    start_worker()
    channel.send(READY)
    while True:
        try:
            function, args = channel.recv()
        except (EOFError, OSError):
            return
        result: tuple[bool, Any]
        try:
            result = True, function(*args)
        except Exception as error:
            error.add_note(traceback.format_exc())
            result = False, error
        try:
            channel.send(result)
        except (
            PicklingError,
            TypeError,
            ValueError,
            AttributeError,
        ) as error:  # it cannot travel
            name = type(result[1]).__name__
            channel.send((False, RuntimeError(f"a {name} cannot be sent: {error}")))
