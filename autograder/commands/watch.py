"""``grade --watch``: grade what arrives, until somebody ends it."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator, Sequence

from autograder.classroom.arrivals import Arrivals
from autograder.classroom.kept_workers import KeptWorkers
from autograder.classroom.submissions import find_students
from autograder.commands.grade_said import (
    MOST_NAMED,
    Said,
    Tally,
    report,
    say_failures,
)
from autograder.commands.grading import (
    Grader,
    GradeRequest,
    load_wanted,
    make_folder,
    other_lectures,
    start,
)
from autograder.commands.settle import terms_of
from autograder.errors import UserError
from autograder.report.page import one_line

LOOK_SECONDS = 1.0
PATIENCE = 3600.0  # seconds for another one who writes to the gradebook
MANY = 1_000_000  # notebooks: nobody knows how many will come


def watch(request: GradeRequest, seconds: float = LOOK_SECONDS) -> int:
    """Grade what arrives, round by round, until Ctrl-C or a request to end.

    Parameters
    ----------
    request : GradeRequest
        What is asked for.
    seconds : float
        How long to wait between two looks at the submissions.

    Returns
    -------
    int
        The exit code: 1 where the grader failed to judge a notebook of the last round.

    Raises
    ------
    UserError
        Something that the caller can mend.
    """
    course, handouts = load_wanted(request)
    if not request.submitted.is_dir():
        raise UserError(f"the submissions folder {request.submitted} is missing")
    make_folder(request.out)
    terms_of(request.out, course)
    failed = 0
    grader: Grader | None = None
    loud = request.said is Said.WORDS
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with start(request, course, MANY) as pool, KeptWorkers(pool) as kept:
            grader = Grader(request, course, handouts, pool, kept)
            if loud:
                print(f"Watching {request.submitted}; Ctrl-C ends it.", flush=True)
            others = other_lectures(course, request.lecture)
            for students in _arriving(request, others, seconds):
                tally, _ = grader.grade(students, whole=False, patience=PATIENCE)
                failed = tally.failed
                if loud:
                    say_round(students, tally)
                else:
                    report(tally, request.said)
    except KeyboardInterrupt:
        if loud:
            judged = grader.judged if grader else 0
            print(f"Ended: {counted(judged)} graded and entered.")
    finally:
        signal.signal(signal.SIGTERM, before)
    return 1 if failed else 0


def _arriving(
    request: GradeRequest, others: Sequence[str], seconds: float
) -> Iterator[list[str]]:
    """Yield the students from whom something new has come, whenever there are some."""
    arrivals = Arrivals(request.submitted)
    while True:
        new = arrivals.settled()
        if new:
            try:
                known = find_students(request.submitted, (), request.lecture, others)
            except UserError as error:  # what comes next may be of this lecture
                print(error, file=sys.stderr)
                known = []
            due = [s for s in new if s in known]
            due = [s for s in due if not request.students or s in request.students]
            if due:
                yield due
        time.sleep(seconds)


def say_round(students: Sequence[str], tally: Tally) -> None:
    """Say on one line what came and what became of it."""
    names = ", ".join(one_line(student, 60) for student in students[:MOST_NAMED])
    more = len(students) - MOST_NAMED
    print(
        f"{time.strftime('%H:%M:%S')}  {names}{f' and {more} more' if more > 0 else ''}"
        f": {counted(tally.graded)} graded, {tally.unchanged} unchanged",
        flush=True,
    )
    say_failures(tally)


def counted(notebooks: int) -> str:
    """Count notebooks in words."""
    return f"{notebooks} {'notebook' if notebooks == 1 else 'notebooks'}"
