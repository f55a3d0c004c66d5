"""Judge and enter a small class, and count what that does.

Time differs from machine to machine and from run to run. What is counted here does not:
messages and bytes between grader and sandbox, processes, what Python compiles and loads
in them, calls in the grader, statements to the database.
"""

from __future__ import annotations

import cProfile
import socket
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from sqlalchemy import event

from answer_checks.language import ENGLISH
from autograder.classroom.class_run import Result
from autograder.classroom.task import Task
from autograder.classroom.warm_sandboxes import WarmSandboxes
from autograder.classroom.worker import grade_task
from autograder.commands.grading import entry_of
from autograder.course.course import Course, load_course
from autograder.course.exercises import all_exercises, at_course
from autograder.course.handout import Handout, load_handouts
from autograder.demo_class import PEOPLE, hand_in
from autograder.gradebook.batch import Batch
from autograder.gradebook.book import Book
from autograder.report.files import Reporter
from autograder.sandbox.course_code import NO_COURSE, CourseCode
from autograder.sandbox.inside.wire import LENGTH, unpack
from autograder.sandbox.limits import Limits
from autograder.sandbox.rung import Rung
from autograder.sandbox.rungs import RUNG_NAMES
from autograder.sandbox.selftest import Proof
from autograder.sandbox.session import Sandbox, Session
from autograder.verdict import Graded

ROOT = Path(__file__).parents[2]
# Each in turn; the first once more at the end, when all that a class shares is known.
STORIES = ("right", "first mistake", "half done", "blank", "right")
SEED = b"the seed of the class that is counted"
EVENTS = {"compile": "compiled in the sandbox", "import": "imported in the sandbox"}
# Added to the course's file of probes, which the warm process runs before it forks: a
# child's events are counted in memory that it shares with the next child.
INSIDE = f"""
import mmap as _mmap, struct as _struct, sys as _sys
_EVENTS = {tuple(EVENTS)!r}
_shared = _mmap.mmap(-1, 8 * len(_EVENTS))
def _hear(event, arguments):
    if event in _EVENTS:
        place = 8 * _EVENTS.index(event)
        number = _struct.unpack_from("<q", _shared, place)[0]
        _struct.pack_into("<q", _shared, place, number + 1)
_sys.addaudithook(_hear)
_sys._counted = lambda: _struct.unpack_from(f"<{{len(_EVENTS)}}q", _shared)
"""
READ = "import sys; print(*sys._counted())"


@dataclass
class CountingChannel:
    """The grader's end of a session's channel, which counts what passes.

    Attributes
    ----------
    channel : socket
        What everything passes through.
    counts : Counter
        Requests by what they ask for, round trips, and bytes in both directions.
    """

    channel: socket.socket
    counts: Counter[str]
    _waits: bool = field(default=False, init=False)

    def sendall(self, data: bytes) -> None:
        """Send, and count."""
        self.counts["bytes to the sandbox"] += len(data)
        sent = unpack(data[LENGTH.size :])
        self.counts[f"requests: {sent.get('do', 'answer to a lent call')}"] += 1
        self._waits = True
        self.channel.sendall(data)

    def recv(self, size: int) -> bytes:
        """Receive, and count."""
        data = self.channel.recv(size)
        self.counts["bytes from the sandbox"] += len(data)
        self.counts["round trips"] += self._waits  # what is sent at once is one
        self._waits = False
        return data

    def settimeout(self, seconds: float | None) -> None:
        """Set the deadline of the channel."""
        self.channel.settimeout(seconds)

    def fileno(self) -> int:
        """Return the number that is waited for."""
        return self.channel.fileno()

    def close(self) -> None:
        """Close the channel."""
        self.channel.close()


class CountingSandbox(Sandbox):
    """A sandbox whose sessions are counted, with all that passes to and fro."""

    def __init__(self, rung: Rung, code: CourseCode = NO_COURSE) -> None:
        self.counts: Counter[str] = Counter()
        known = CourseCode(code.libraries, code.probes + INSIDE, code.private)
        super().__init__(rung, known)

    def session(self, limits: Limits) -> Session:
        """Open a session, and count it."""
        self.counts["processes"] += 1
        made = super().session(limits)
        made.channel = cast("socket.socket", CountingChannel(made.channel, self.counts))
        return made

    def inside(self) -> Counter[str]:
        """Return the events in all children so far."""
        with super().session(Limits()) as session:
            outputs, _ = session.cell(READ, 0, 60.0)
        numbers = map(int, outputs[0]["text"].split())
        return Counter(dict(zip(EVENTS, numbers, strict=True)))


def submissions(handout: Handout) -> list[bytes]:
    """Return what the class hands in for a notebook, without outputs."""
    people = {person.story: person for person in PEOPLE}
    found = []
    with tempfile.TemporaryDirectory() as name:
        for story in STORIES:
            person = people[story]
            hand_in(person, handout, Path(name), lambda notebook: notebook)
            path = Path(name, person.name, handout.lecture, handout.file_name)
            found.append(path.read_bytes())
    return found


def count(name: str, root: Path = ROOT) -> dict[str, int]:
    """Judge and enter the class of one notebook, and count what that does.

    Parameters
    ----------
    name : str
        The notebook, for example ``"lecture3/01_svm"``.
    root : Path
        The course.

    Returns
    -------
    dict of str to int
        How often each thing was done, by its name.
    """
    course = load_course(root)
    with at_course(root):
        (handout,) = [
            one for one in load_handouts(root, name.split("/")[0]) if one.name == name
        ]
        all_exercises()
        class_ = submissions(handout)
        found, graded = _judge(course, handout, class_)
        with tempfile.TemporaryDirectory() as folder:
            found.update(_enter(handout, graded, Path(folder)))
    return dict(sorted(found.items()))


def _judge(
    course: Course, handout: Handout, class_: Sequence[bytes]
) -> tuple[Counter[str], list[Graded]]:
    sandboxes = WarmSandboxes(prove=_counted)
    rung = RUNG_NAMES[0]
    sandbox = cast("CountingSandbox", sandboxes.get(rung, course.code))
    try:
        once = sandbox.inside()
        before = sandbox.inside()
        with calls() as counted:
            graded = [
                grade_task(Task(handout, data, SEED, course, rung), sandboxes)
                for data in class_
            ]
        after = sandbox.inside()
    finally:
        sandboxes.close()
    found = sandbox.counts
    for kind, what in EVENTS.items():
        # To look costs a child too, and what that does is no work of the class.
        number = after[kind] - before[kind] - (before[kind] - once[kind])
        found[what] = max(number, 0)
    found["calls of judging"] = counted[0]
    return found, graded


def _counted(rung: Rung, code: CourseCode) -> tuple[Proof, Sandbox]:
    return Proof(rung.name, (), ()), CountingSandbox(rung, code)


def _enter(handout: Handout, graded: Sequence[Graded], folder: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    with Book(f"sqlite:///{folder / 'gradebook.db'}") as book:
        book.set_up(handout.lecture, [handout])
        reporter = Reporter(
            book, handout.lecture, [handout], folder, ROOT / "solutions"
        )
        with statements(book, found, "entering"), calls() as counted:
            with Batch(book, handout.lecture, seconds=float("inf")) as storing:
                for number, one in enumerate(graded):
                    result = Result(f"student-{number}", one, None, None)
                    reporter.write_graded(result.student, one)
                    storing.add(entry_of(result, ENGLISH))
        found["calls of entering"] = counted[0]
        with statements(book, found, "the report"), calls() as counted:
            reporter.write()
        found["calls of the report"] = counted[0]
    return found


@contextmanager
def statements(book: Book, counts: Counter[str], purpose: str) -> Iterator[None]:
    """Count the statements and transactions of a gradebook meanwhile."""

    def executed(*_: Any) -> None:
        counts[f"statements of {purpose}"] += 1

    def committed(*_: Any) -> None:
        counts[f"transactions of {purpose}"] += 1

    listeners = (("before_cursor_execute", executed), ("commit", committed))
    for name, hear in listeners:
        event.listen(book.engine, name, hear)
    try:
        yield
    finally:
        for name, hear in listeners:
            event.remove(book.engine, name, hear)


@contextmanager
def calls() -> Iterator[list[int]]:
    """Count the calls of functions in this process meanwhile; one number at the end."""
    found: list[int] = []
    profile = cProfile.Profile()
    profile.enable()
    try:
        yield found
    finally:
        profile.disable()
        found.append(sum(entry.callcount for entry in profile.getstats()))
