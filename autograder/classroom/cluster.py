"""Judge on the workers of a Dask cluster instead of on this machine.

A task holds all that it needs, so a worker needs this package, the same as here, and a
temporary folder. It proves its own sandbox before its first task. A task whose worker
is lost is given to another one by the scheduler.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import pickle
import platform
import re
import socket
import threading
import time
import warnings
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

import numpy as np

from autograder import __version__
from autograder.classroom.pool import AHEAD, code_digest
from autograder.classroom.worker import Task, choose_here, grade_task, proven_sandbox
from autograder.course.course import Course
from autograder.errors import PoolError, UserError
from autograder.sandbox.course_code import NO_COURSE
from autograder.sandbox.selftest import Proof
from autograder.verdict import Graded

ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9a-fA-F:]+\]|[\w.-]+):([0-9]{1,5})")
EXTRA = (
    "--scheduler needs the package distributed: install the grader with its extra "
    "`cluster`, in the course folder by `pip install -e '.[cluster]'`"
)
# Each has a level of its own, which Dask sets.
LOGS = (
    "distributed",
    "distributed.client",
    "distributed.comm",
    "distributed.core",
    "tornado.application",
    "asyncio",
)
CONNECT_SECONDS = 10.0
JOIN_SECONDS = 20.0
# So long may the scheduler be without any worker before the run ends.
WORKERLESS_SECONDS = 60.0
POLL_SECONDS = 1.0
KEPT = "what was done is kept, the next call goes on from there"

T = TypeVar("T")


# On a worker --------------------------------------------------------------------------


def versions(course: Course | None = None) -> dict[str, str]:
    """Return what must be the same on every machine for the same results.

    Parameters
    ----------
    course : Course, optional
        Its libraries must be the same too.
    """
    digest = code_digest(course.code if course else NO_COURSE)
    return {
        "autograder": f"{__version__}, code {digest[:12]}",
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "numpy": np.__version__,
    }


def _where() -> str:
    """Name this worker as its owner knows it."""
    from distributed import get_worker

    return f"the worker {get_worker().address} on {socket.gethostname()}"


def _difference(where: str, there: Mapping[str, str], here: Mapping[str, str]) -> str:
    """Say in what a worker differs from the grader; empty if in nothing."""
    for name, version in here.items():
        if there.get(name) != version:
            return (
                f"{where} has {name} {there.get(name, 'missing')} and this machine "
                f"{version}; install the same there"
            )
    return ""


def choose_there(choice: Callable[[], Proof]) -> Proof:
    """Choose the rung of the sandbox on this worker.

    Raises
    ------
    PoolError
        None holds here.
    """
    try:
        return choice()
    except Exception as error:
        raise PoolError(f"{_where()}: {_first_line(error)}") from None


def _prove_once(level: str, course: Course) -> None:
    """Make sure that the sandbox holds on this worker at `level`."""
    try:
        proven_sandbox(level, course.code)
    except Exception as error:
        raise PoolError(
            f"{_where()} has not the sandbox '{level}' that the others have "
            f"({_first_line(error)}); stop it, or mend it; {KEPT}"
        ) from None


def judge_there(expected: Mapping[str, str], packed: bytes) -> bytes:
    """Judge one notebook on a worker.

    Parameters
    ----------
    expected : mapping
        The :func:`versions` of the grader.
    packed : bytes
        A task, from :func:`pack`.

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
    wrong = _difference(_where(), versions(task.course), expected)
    if wrong:
        raise PoolError(f"{wrong}; {KEPT}")
    _prove_once(task.level, task.course)
    try:
        return pack(grade_task(task))
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


# On the grader's machine --------------------------------------------------------------


class Cluster:
    """The workers behind a scheduler, for one run.

    Parameters
    ----------
    client : distributed.Client
        Connected.
    choice : callable
        Chooses the rung of the sandbox on the worker that calls it.
    course : Course, optional
        Whose libraries the workers must have.
    """

    def __init__(
        self,
        client: Any,
        choice: Callable[[], Proof] = choose_here,
        course: Course | None = None,
    ) -> None:
        self.client = client
        self.choice = choice
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
        deadline = time.monotonic() + JOIN_SECONDS
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
                    f"{where} cannot load autograder ({_first_line(found)}); "
                    "install the same version there"
                )
            wrong = _difference(where, found, self.versions)
            if wrong:
                raise PoolError(wrong)

    def threads(self) -> int:
        """Return how many tasks the workers can do at a time."""
        with self._reachable():
            return sum(self.client.nthreads().values())

    def proof(self) -> Proof:
        """Choose the rung of the sandbox on a worker; the others must hold it too."""
        with self._reachable():
            return self.client.submit(choose_there, self.choice, pure=False).result()

    def executor(self) -> ClusterExecutor:
        """Return an executor whose tasks are judged on the workers."""
        return ClusterExecutor(self)

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
            raise PoolError(
                f"the scheduler {self.address} was lost ({_first_line(error)}); {KEPT}"
            ) from None


class ClusterExecutor(Executor):
    """Hands :func:`grade_task` to the workers, as a pool of local processes does.

    Parameters
    ----------
    cluster : Cluster
        Where to.

    Attributes
    ----------
    ahead : int
        How many tasks to have under way, so that no worker waits for work.
    """

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.ahead = max(AHEAD, 2 * cluster.threads())
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
        inner = self._executor.submit(judge_there, self.cluster.versions, pack(task))
        outer: Future[Graded] = Future()
        outer.set_running_or_notify_cancel()
        self._open.add(outer)
        inner.add_done_callback(functools.partial(self._hand_on, outer))
        return outer

    def _hand_on(self, outer: Future[Graded], inner: Future[bytes]) -> None:
        """Give a result, or in the grader's own terms why there is none."""
        from distributed import KilledWorker

        lost: BaseException
        try:
            found = unpack(inner.result())
            lost = found if isinstance(found, Exception) else None
        except CancelledError:
            lost = PoolError(f"the scheduler {self.cluster.address} was lost; {KEPT}")
        except KilledWorker as error:
            lost = BrokenProcessPool(_first_line(error))
        except PoolError as error:
            lost = error
        except Exception as error:
            lost = PoolError(f"a worker cannot judge ({_first_line(error)}); {KEPT}")
        self._finish(outer, lost or found)

    def _finish(self, outer: Future[Graded], result: Graded | BaseException) -> None:
        self._open.discard(outer)
        with contextlib.suppress(Exception):  # the watch may have been first
            if isinstance(result, BaseException):
                outer.set_exception(result)
            else:
                outer.set_result(result)

    def _watch_workers(self) -> None:
        """End the wait where no worker is left and none comes back."""
        seen = time.monotonic()
        while not self._ended.wait(POLL_SECONDS):
            try:
                threads = self.cluster.threads()
            except PoolError:
                continue  # what is under way is told by the client
            now = time.monotonic()
            if threads or not self._open:
                seen = now
            elif now - seen > WORKERLESS_SECONDS:
                lost = PoolError(
                    f"the scheduler {self.cluster.address} has had no worker for "
                    f"{WORKERLESS_SECONDS:.0f} s; {KEPT}"
                )
                for outer in list(self._open):
                    self._finish(outer, lost)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take back what has not been judged; what runs is not waited for."""
        self._ended.set()
        with contextlib.suppress(Exception):
            self._executor.shutdown(wait=False)


@contextlib.contextmanager
def connect(
    address: str,
    choice: Callable[[], Proof] = choose_here,
    course: Course | None = None,
) -> Iterator[Cluster]:
    """Connect to a scheduler for the length of a ``with`` block.

    Parameters
    ----------
    address : str
        ``"tcp://HOST:PORT"``, or ``"tls://HOST:PORT"`` with the certificates that
        Dask's own configuration names.
    choice : callable
        Chooses the rung of the sandbox on the worker that calls it.
    course : Course, optional
        Whose libraries the workers must have.

    Raises
    ------
    UserError
        The package is missing, the address is none, nothing answers there, there is no
        worker, or a worker is not like this machine.
    """
    if not ADDRESS.fullmatch(address):
        raise UserError(
            f"--scheduler must be tcp://HOST:PORT or tls://HOST:PORT, got '{address}'"
        )
    try:
        import dask
        from distributed import Client
        from distributed.versions import VersionMismatchWarning
    except ImportError:
        raise UserError(EXTRA) from None
    levels = {name: logging.getLogger(name).level for name in LOGS}
    for name in LOGS:  # what there is to say is one line of ours
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        # A submission may be as large as the limit allows; that is no mistake.
        with (
            dask.config.set(
                {"distributed.admin.large-graph-warning-threshold": "1GiB"}
            ),
            warnings.catch_warnings(),
        ):
            # `check` compares the versions that matter and says so in one line.
            warnings.simplefilter("ignore", VersionMismatchWarning)
            client = Client.__new__(Client)
            try:
                client.__init__(address, timeout=CONNECT_SECONDS, set_as_default=False)
            except Exception as error:
                # Else it waits, when it is let go of, for what is not there.
                client.status = "closed"
                raise UserError(
                    f"no scheduler can be reached at {address} ({_first_line(error)}); "
                    "start one with `dask scheduler`, or correct the address"
                ) from None
            try:
                cluster = Cluster(client, choice, course)
                cluster.check()
                yield cluster
            finally:
                with contextlib.suppress(Exception, CancelledError):
                    client.close(timeout=2)
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n")[0] or type(error).__name__
