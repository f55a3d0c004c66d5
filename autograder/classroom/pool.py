"""Grade a class: find what was handed in, judge it in parallel, enter it once."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import re
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from nbgrader.utils import parse_utc

from autograder.classroom.worker import Task, begin, grade_task, written
from autograder.course.course import Course
from autograder.course.handout import Handout
from autograder.errors import PoolError, UserError
from autograder.gradebook.book import Book, seed_of
from autograder.gradebook.nbgrader_rows import Entry
from autograder.judging.judge import without_answers
from autograder.sandbox.bubblewrap import THREADS
from autograder.sandbox.course_code import NO_COURSE, CourseCode
from autograder.sandbox.rungs import SAID
from autograder.sandbox.selftest import Proof
from autograder.verdict import Graded, Status

PACKAGE = Path(__file__).parents[1]
AHEAD = 64
BATCH, BATCH_SECONDS = 32, 1.0


@dataclass(frozen=True)
class Submission:
    """One notebook file of one student, or its absence.

    Attributes
    ----------
    student : str
        The name of the student's folder.
    notebook : str
        ``"lecture3/01_svm"``.
    path : Path or None
        Where it lies; None if there is none.
    note : str
        A neutral remark, for example that the file had another name.
    """

    student: str
    notebook: str
    path: Path | None
    note: str = ""

    def read(self, limit: int) -> bytes | None:
        """Return the file's bytes, at most `limit` and one more.

        Anything but a plain file counts as unreadable, and nothing is followed out of
        the student's folder.
        """
        if self.path is None:
            return None
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return b""
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            return b""
        with os.fdopen(descriptor, "rb") as file:
            return file.read(limit + 1)


@dataclass
class Tally:
    """What a call of :func:`grade_class` did."""

    graded: int = 0
    unchanged: int = 0
    failed: int = 0
    level: str = ""


def find_students(folder: Path, wanted: Sequence[str] = ()) -> list[str]:
    """List the students that have a folder, or check those that were named.

    Raises
    ------
    UserError
        The folder is missing or empty, or a named student has none.
    """
    try:
        found = sorted(
            p.name for p in folder.iterdir() if p.is_dir() and not p.is_symlink()
        )
    except OSError as error:
        raise UserError(
            f"the submissions folder {folder} cannot be read: {error.strerror}"
        ) from None
    found = [name for name in found if not name.startswith(".") and _is_text(name)]
    if not found:
        raise UserError(
            f"{folder} holds no submissions; it should hold "
            "<student>/<lecture>/NN_topic.ipynb"
        )
    unknown = [name for name in wanted if name not in found]
    if unknown:
        raise UserError(f"no folder for student '{unknown[0]}' in {folder}")
    return list(wanted) or found


def _is_text(name: str) -> bool:
    """Tell whether a folder's name can be written down; say so where it cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        print(
            f"the folder {os.fsencode(name)!r} is left out: its name is not UTF-8; "
            "rename it",
            file=sys.stderr,
        )
        return False
    return True


def find_submission(folder: Path, student: str, handout: Handout) -> Submission:
    """Find a student's file for a notebook, also under a name a browser gave it."""
    place = folder / student / handout.lecture
    exact = place / handout.file_name
    if place.is_symlink() or (folder / student).is_symlink():
        return Submission(student, handout.name, None, "the folder is a link")
    if exact.is_symlink() or exact.exists():
        return Submission(student, handout.name, exact)
    stem = re.escape(exact.stem)
    pattern = re.compile(rf"(copy[ _]of[ _]|copie[ _]de[ _])?{stem}.*\.ipynb", re.I)
    try:
        others = sorted(p for p in place.iterdir() if pattern.fullmatch(p.name))
    except OSError:
        others = []
    if others:
        newest = max(others, key=lambda p: (p.lstat().st_mtime_ns, p.name))
        note = f"the file was named {newest.name}"
        return Submission(student, handout.name, newest, note)
    return Submission(student, handout.name, None)


def handed_in(folder: Path, student: str, lecture: str) -> datetime | None:
    """Read nbgrader's ``timestamp.txt`` beside the notebooks, if there is one."""
    path = folder / student / lecture / "timestamp.txt"
    data = Submission(student, lecture, path).read(100)
    try:
        return parse_utc((data or b"").decode().strip())
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=2)
def code_digest(code: CourseCode = NO_COURSE) -> str:
    """Return a hash of the grader and a course's code: a change of either regrades."""
    digest = hashlib.sha256(code.probes.encode())
    for folder in (PACKAGE, *code.libraries):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def digest_of(
    data: bytes | None, handout: Handout, course: Course, level: str, secret: bytes
) -> str:
    """Return a hash of all that a judgement depends on."""
    digest = hashlib.sha256()
    digest.update(b"absent" if data is None else hashlib.sha256(data).digest())
    bounds = course.settings.of_judging(exercise.id for exercise in handout.exercises)
    code = code_digest(course.code)
    known = json.dumps([handout.digest, handout.exercises_digest, bounds, level, code])
    digest.update(known.encode())
    digest.update(secret)
    return digest.hexdigest()


class _Workers(ProcessPoolExecutor):
    """Worker processes that Ctrl-C does not reach before they can answer it."""

    def submit(self, *args: Any, **options: Any) -> Future[Any]:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(*args, **options)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def local_pool(jobs: int) -> Executor:
    """Return worker processes that share nothing with this one and end with it.

    Each computes with one thread: there are as many of them as there are processors.
    """
    # Read by BLAS when a worker imports numpy; here numpy has been imported already.
    for name in THREADS:
        os.environ.setdefault(name, "1")
    return _Workers(
        jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=begin,
    )


class Crew(Protocol):
    """Who judges: processes of this machine, or the workers of a cluster."""

    def proof(self) -> Proof:
        """Return what the sandbox refused where submissions run."""

    def executor(self) -> Executor:
        """Return an executor to hand work to; its user shuts it down."""


class Local:
    """Worker processes, started at once; each proves the sandbox that it judges in.

    Parameters
    ----------
    start : callable
        Makes the executor.
    jobs : int
        How many workers it has.
    choice : callable
        Chooses the rung of the sandbox in the worker that calls it.
    """

    def __init__(
        self, start: Callable[[], Executor], jobs: int, choice: Callable[[], Proof]
    ) -> None:
        self._start = start
        self._first: Executor | None = start()
        self._proofs = [self._first.submit(choice) for _ in range(jobs)]

    def proof(self) -> Proof:
        """Wait for the workers and return the proof of the weakest.

        Raises
        ------
        UserError
            No sandbox holds, or a worker ended.
        """
        try:
            proofs = [future.result() for future in self._proofs]
        except BrokenProcessPool:
            raise UserError(
                "a worker process ended as it started; is there memory for "
                f"{len(self._proofs)} of them? Else give a smaller --jobs"
            ) from None
        return max(proofs, key=lambda proof: list(SAID).index(proof.level))

    def executor(self) -> Executor:
        """Return the workers that were started, and new ones where these were lost."""
        executor, self._first = self._first or self._start(), None
        return executor

    def __enter__(self) -> Local:
        return self

    def __exit__(self, *_: object) -> None:
        if self._first is not None:
            self._first.shutdown(wait=False, cancel_futures=True)


def grade_class(
    book: Book,
    lecture: str,
    handouts: Sequence[Handout],
    folder: Path,
    students: Sequence[str],
    *,
    course: Course,
    level: str,
    pool: Callable[[], Executor],
    regrade: bool = False,
    done: Callable[[Submission, Graded], None],
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Tally:
    """Judge what is new and enter it.

    Parameters
    ----------
    book : Book
        The gradebook; only this process writes to it.
    lecture : str
        The assignment.
    handouts : sequence of Handout
        Its notebooks.
    folder : Path
        ``<student>/<lecture>/NN_topic.ipynb`` below it.
    students : sequence of str
        Whose.
    course : Course
        What a notebook may use.
    level : str
        The rung of the sandbox.
    pool : callable
        Makes the executor; called again where one breaks.
    regrade : bool
        Judge also what has not changed.
    done : callable
        Told each submission with what was found, before that is entered.
    progress : callable
        Told how many notebooks of how many are done.
    """
    book.set_up(lecture, handouts)
    secret = book.secret()
    known = book.digests()
    tally = Tally(level=level)
    waiting: list[tuple[Submission, Handout]] = []

    def prepare(submission: Submission, handout: Handout) -> Task:
        data = submission.read(course.settings.limits.submission_bytes)
        seed = seed_of(secret, submission.student, handout.name)
        digest = digest_of(data, handout, course, level, seed)
        return Task(
            handout=handout,
            data=data,
            secret=seed,
            course=course,
            level=level,
            digest=digest,
            student=submission.student,
            note=submission.note,
        )

    for student in students:
        for handout in handouts:
            submission = find_submission(folder, student, handout)
            fresh = prepare(submission, handout).digest
            if not regrade and known.get((student, handout.name)) == fresh:
                tally.unchanged += 1
            else:
                waiting.append((submission, handout))
    progress(0, len(waiting))
    with Batch(book, lecture) as batch:
        # Files are read again when their turn comes, so that memory stays flat.
        for number, task, graded in judge_all(waiting, prepare, pool):
            submission, _ = waiting[number]
            done(submission, graded)
            batch.add(
                Entry(
                    student=submission.student,
                    judgement=graded.judgement,
                    digest=task.digest,
                    timestamp=handed_in(folder, submission.student, lecture),
                    record=graded.record,
                    language=course.settings.language,
                )
            )
            tally.graded += 1
            tally.failed += not task.digest
            progress(tally.graded, len(waiting))
    return tally


class Batch:
    """Enters results in the gradebook, some at a time; the last ones at the end.

    Whatever ends the run but a kill, all that was judged is entered; after a kill the
    next call judges again what was not, at most `BATCH` notebooks.

    Parameters
    ----------
    book : Book
        The gradebook.
    lecture : str
        The assignment.
    """

    def __init__(self, book: Book, lecture: str) -> None:
        self.book = book
        self.lecture = lecture
        self.waiting: list[Entry] = []
        self.since = time.monotonic()

    def add(self, entry: Entry) -> None:
        """Take a result; enter all where there are enough, or the first has waited."""
        if not self.waiting:
            self.since = time.monotonic()
        self.waiting.append(entry)
        if len(self.waiting) >= BATCH or time.monotonic() - self.since > BATCH_SECONDS:
            self.enter()

    def enter(self) -> None:
        """Enter what waits."""
        waiting, self.waiting = self.waiting, []
        if waiting:
            self.book.save(self.lecture, waiting)

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, *_: object) -> None:
        self.enter()


def judge_all(
    waiting: Sequence[tuple[Submission, Handout]],
    prepare: Callable[[Submission, Handout], Task],
    pool: Callable[[], Executor],
) -> Iterator[tuple[int, Task, Graded]]:
    """Hand the work out and yield what comes back, in the order in which it comes.

    Where a worker process is lost, those that were under way are judged again one at a
    time, so that only the one that ends its worker is given up.
    """
    queue = list(reversed(range(len(waiting))))
    suspects: list[int] = []
    while queue or suspects:
        alone = bool(suspects)
        executor = pool()
        most = 1 if alone else getattr(executor, "ahead", AHEAD)
        running: dict[Future[Graded], tuple[int, Task]] = {}
        broken = False
        try:
            source = suspects if alone else queue
            while (source and not broken) or running:
                while source and not broken and len(running) < most:
                    number = source.pop()
                    task = prepare(*waiting[number])
                    running[executor.submit(grade_task, task)] = (number, task)
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    number, task = running.pop(future)
                    try:
                        graded = future.result()
                    except BrokenProcessPool:
                        broken = True
                        if not alone:
                            suspects.append(number)
                            continue
                        graded = written(
                            task,
                            without_answers(
                                task.handout, Status.CRASHED, "its worker process ended"
                            ),
                        )
                    except PoolError:
                        raise
                    except Exception as error:
                        # A fault of the grader's own must not stop the class. It is
                        # said, earns nothing, and is tried again at the next call.
                        note = f"the grader failed: {type(error).__name__}: {error}"
                        graded = written(
                            task, without_answers(task.handout, Status.CRASHED, note)
                        )
                        task = replace(task, digest="")
                    yield number, task, graded
        finally:
            executor.shutdown(wait=not broken, cancel_futures=True)
