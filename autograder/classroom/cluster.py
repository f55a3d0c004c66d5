"""Judge on the workers of a Dask cluster instead of on this machine.

A worker proves its own sandbox before its first task. A task whose worker is lost is
given to another one by the scheduler.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import re
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any, TypeVar

from autograder.classroom.choice import Choice, choose
from autograder.classroom.cluster_worker import (
    ExercisesMissing,
    choose_on_worker,
    difference,
    exercises_of,
    first_line,
    judge_on_worker,
    pack,
    unpack,
    versions,
)
from autograder.classroom.pool import AHEAD
from autograder.classroom.processes import GOES_ON
from autograder.classroom.task import Task
from autograder.classroom.warm_sandboxes import RungChoice
from autograder.classroom.worker import grade_task
from autograder.course.course import Course
from autograder.errors import PoolError, UserError
from autograder.judging.draw import Draw
from autograder.sandbox.selftest import Proof
from autograder.verdict import Graded

ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9a-fA-F:]+\]|[\w.-]+):([0-9]{1,5})")
EXTRA = (
    "--scheduler needs the package distributed: install the grader with its extra "
    "`cluster`, in the course folder by `pip install -e '.[cluster]'`"
)
# Each has a logging level of its own, which Dask sets.
LOGS = (
    "distributed",
    "distributed.client",
    "distributed.comm",
    "distributed.core",
    "tornado.application",
    "asyncio",
)

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """How long to wait for a cluster, in seconds.

    Attributes
    ----------
    connect : float
        For the scheduler's answer.
    join : float
        For the first worker.
    workerless : float
        For another worker where the scheduler has none left.
    poll : float
        Between two looks at the number of workers.
    """

    connect: float = 10.0
    join: float = 20.0
    workerless: float = 60.0
    poll: float = 1.0


@dataclass(frozen=True)
class ClusterWorkers:
    """An order for the workers of a cluster.

    Attributes
    ----------
    address : str
        Of the scheduler: ``"tcp://HOST:PORT"``, or ``"tls://HOST:PORT"`` with the
        certificates that Dask's own configuration names.
    patience : Patience
        How long to wait.
    ahead : int
        How many notebooks to have under way, at least.
    """

    address: str
    patience: Patience = field(default_factory=Patience)
    ahead: int = AHEAD

    @contextlib.contextmanager
    def start(self, choice: RungChoice, most: int, course: Course) -> Iterator[Cluster]:
        """Connect to the scheduler for the length of a ``with`` block.

        Parameters
        ----------
        choice : RungChoice
            Which rungs of the sandbox may be used.
        most : int
            How many notebooks there are; a cluster is as large as it is.
        course : Course
            The course, whose libraries the workers must have.

        Raises
        ------
        UserError
            The package is missing, the address is none, nothing answers there, there
            is no worker, or a worker is not like this machine.
        """
        if not ADDRESS.fullmatch(self.address):
            raise UserError(
                "--scheduler must be tcp://HOST:PORT or tls://HOST:PORT, got "
                f"'{self.address}'"
            )
        with _quiet_dask(), _client(self.address, self.patience.connect) as client:
            cluster = Cluster(client, choice, course, self.patience, self.ahead)
            cluster.check()
            yield cluster


class Cluster:
    """The workers behind a scheduler, for one run.

    Parameters
    ----------
    client : distributed.Client
        Connected.
    choice : RungChoice
        Which rungs of the sandbox may be used.
    course : Course
        The course, whose libraries the workers must have.
    patience : Patience
        How long to wait for it.
    ahead : int
        How many notebooks to have under way, at least.
    """

    def __init__(
        self,
        client: Any,
        choice: RungChoice,
        course: Course,
        patience: Patience,
        ahead: int = AHEAD,
    ) -> None:
        self.client = client
        self.choice = choice
        self.patience = patience
        self._least = ahead
        self.address = client.scheduler.address
        self._versions = functools.partial(versions, course)
        self.versions = self._versions()

    def check(self) -> None:
        """Refuse workers that would not judge as this machine does.

        Raises
        ------
        PoolError
            There is no worker, or one differs.
        """
        deadline = time.monotonic() + self.patience.join
        while not self.threads():
            if time.monotonic() > deadline:
                raise PoolError(
                    f"no worker has joined the scheduler {self.address}; start one "
                    f"with `dask worker {self.address} --nthreads 1`"
                )
            time.sleep(0.2)
        for address, found in self._ask_all(self._versions).items():
            where = f"the worker {address}"
            if isinstance(found, BaseException):
                raise PoolError(
                    f"{where} cannot load autograder ({first_line(found)}); "
                    "install the same version there"
                )
            wrong = difference(where, found, self.versions)
            if wrong:
                raise PoolError(wrong)

    def threads(self) -> int:
        """Return how many tasks the workers can do at a time."""
        with self._reachable():
            return sum(self.client.nthreads().values())

    def proof(self) -> Proof:
        """Choose the rung of the sandbox on a worker; the others must hold it too."""
        with self._reachable():
            chosen = self.client.submit(choose_on_worker, self.choice, pure=False)
            proof: Proof = chosen.result()
            return proof

    @property
    def ahead(self) -> int:
        """How many notebooks to have under way, so that no worker waits for work."""
        return max(self._least, 2 * self.threads())

    def executor(self) -> ClusterExecutor:
        """Return an executor whose tasks are judged on the workers."""
        return ClusterExecutor(self)

    def choose_draws(self, choices: Sequence[Choice]) -> Iterable[Draw]:
        """Choose draws on this machine: the workers hold no course."""
        return list(map(choose, choices))

    def _ask_all(self, function: Callable[[], T]) -> dict[str, T | BaseException]:
        with self._reachable():
            return dict(self.client.run(function, on_error="return"))

    @contextlib.contextmanager
    def _reachable(self) -> Iterator[None]:
        try:
            yield
        except UserError:
            raise
        except (Exception, CancelledError) as error:
            why = first_line(error)
            raise PoolError(
                f"the scheduler {self.address} was lost ({why}); {GOES_ON}"
            ) from None


class ClusterExecutor(Executor):
    """Hands :func:`grade_task` to the workers, as a pool of local processes does.

    Parameters
    ----------
    cluster : Cluster
        The workers.
    """

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self._executor = cluster.client.get_executor(pure=False)
        self._open: set[Future[Graded]] = set()
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._watch_workers, daemon=True)
        self._watch.start()

    def submit(  # type: ignore[override]
        self, function: Callable[[Task], Graded], task: Task, /
    ) -> Future[Graded]:
        """Judge `task` on some worker; nothing else than judging can be asked for."""
        if function is not grade_task:
            raise TypeError(f"only grade_task can be sent, got {function!r}")
        outer: Future[Graded] = Future()
        outer.set_running_or_notify_cancel()
        self._open.add(outer)
        self._send(outer, task, None)
        return outer

    def _send(self, outer: Future[Graded], task: Task, exercises: bytes | None) -> None:
        expected = self.cluster.versions | exercises_of(task.handout)
        inner = self._executor.submit(judge_on_worker, expected, pack(task), exercises)
        inner.add_done_callback(functools.partial(self._hand_on, outer, task))

    def _hand_on(self, outer: Future[Graded], task: Task, inner: Future[bytes]) -> None:
        """Give a result, or in the grader's own terms why there is none."""
        from distributed import KilledWorker

        found: Graded | ExercisesMissing | BaseException
        try:
            found = unpack(inner.result())
        except CancelledError:
            address = self.cluster.address
            found = PoolError(f"the scheduler {address} was lost; {GOES_ON}")
        except KilledWorker as error:
            found = BrokenProcessPool(first_line(error))
        except PoolError as error:
            found = error
        except Exception as error:
            found = PoolError(f"a worker cannot judge ({first_line(error)}); {GOES_ON}")
        if isinstance(found, ExercisesMissing):
            try:
                self._send(outer, task, task.handout.pack_exercises())
                return
            except Exception as error:  # the executor was shut down meanwhile
                found = PoolError(f"{first_line(error)}; {GOES_ON}")
        self._finish(outer, found)

    def _finish(self, outer: Future[Graded], result: Graded | BaseException) -> None:
        self._open.discard(outer)
        with contextlib.suppress(Exception):  # the watch may have been first
            if isinstance(result, BaseException):
                outer.set_exception(result)
            else:
                outer.set_result(result)

    def _watch_workers(self) -> None:
        """End the wait where no worker is left and none comes back."""
        patience = self.cluster.patience
        seen = time.monotonic()
        while not self._ended.wait(patience.poll):
            try:
                threads = self.cluster.threads()
            except PoolError:
                continue  # what is under way is told by the client
            now = time.monotonic()
            if threads or not self._open:
                seen = now
            elif now - seen > patience.workerless:
                lost = PoolError(
                    f"the scheduler {self.cluster.address} has had no worker for "
                    f"{patience.workerless:.0f} s; {GOES_ON}"
                )
                for outer in list(self._open):
                    self._finish(outer, lost)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take back what has not been judged; what runs is not waited for."""
        self._ended.set()
        with contextlib.suppress(Exception):
            self._executor.shutdown(wait=False)


@contextlib.contextmanager
def _quiet_dask() -> Iterator[None]:
    """Keep Dask from logging what is said in one line of ours.

    Raises
    ------
    UserError
        It is not installed.
    """
    try:
        import dask
        import distributed  # noqa: F401 - told here where it is missing
        from distributed.versions import VersionMismatchWarning
    except ImportError:
        raise UserError(EXTRA) from None
    levels = {name: logging.getLogger(name).level for name in LOGS}
    for name in LOGS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    # A submission may be as large as the limit allows; that is no mistake.
    large = dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GiB"})
    try:
        with large, warnings.catch_warnings():
            # `Cluster.check` compares the versions that matter.
            warnings.simplefilter("ignore", VersionMismatchWarning)
            yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


@contextlib.contextmanager
def _client(address: str, seconds: float) -> Iterator[Any]:
    """Connect to a scheduler.

    Raises
    ------
    UserError
        Nothing answers at `address` within `seconds`.
    """
    from distributed import Client

    client = Client.__new__(Client)
    try:
        # Made in two steps, so that one that fails can be marked as closed.
        Client.__init__(client, address, timeout=seconds, set_as_default=False)
    except Exception as error:
        # Else it waits, when it is let go of, for what is not there.
        client.status = "closed"
        raise UserError(
            f"no scheduler can be reached at {address} ({first_line(error)}); start "
            "one with `dask scheduler`, or correct the address"
        ) from None
    try:
        yield client
    finally:
        with contextlib.suppress(Exception, CancelledError):
            client.close(timeout=2)
