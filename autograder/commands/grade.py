"""``grade``: judge a lecture of a class and write tables, feedback and report."""

from __future__ import annotations

import argparse
import functools
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from pathlib import Path

from tqdm import tqdm

from autograder.classroom.pool import (
    Crew,
    Local,
    Submission,
    Tally,
    code_digest,
    find_students,
    grade_class,
    local_pool,
)
from autograder.classroom.worker import choose_here
from autograder.commands.term import TERM, refuse_second_home
from autograder.course.course import Course, find_course
from autograder.course.handout import Handout, load_handouts
from autograder.errors import UserError
from autograder.gradebook.book import Book, database_url
from autograder.report.files import Reporter
from autograder.sandbox.rungs import SAID
from autograder.sandbox.selftest import Proof
from autograder.verdict import Graded


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of ``grade``."""
    parser.add_argument("lecture", metavar="LECTURE", help="for example lecture3")
    parser.add_argument(
        "--submitted",
        type=Path,
        default=TERM / "submitted",
        metavar="DIR",
        help="holds <student>/<lecture>/NN_topic.ipynb (default: %(default)s)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=TERM,
        metavar="DIR",
        help="where grades, feedback and report go (default: %(default)s)",
    )
    parser.add_argument(
        "--db",
        metavar="URL",
        help="the gradebook (default: gradebook.db in the --out folder)",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="notebooks at a time (default: one a processor, %(default)s here)",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="judge on the workers of a Dask cluster, tcp://HOST:PORT, not on this "
        "machine",
    )
    parser.add_argument(
        "--student", nargs="+", default=[], metavar="ID", help="grade only these"
    )
    parser.add_argument(
        "--regrade", action="store_true", help="grade also what has not changed"
    )
    parser.add_argument(
        "--allow-unsandboxed",
        action="store_true",
        help="run submissions with your own rights where no sandbox holds",
    )


def run(args: argparse.Namespace) -> int:
    """Grade and report."""
    if args.jobs < 1:
        raise UserError(f"--jobs must be at least 1, got {args.jobs}")
    stay = "give `--out build --submitted build/submitted`"
    refuse_second_home(args.out, args.db, stay)
    tally, reporter = grade(
        args.lecture,
        submitted=args.submitted,
        out=args.out,
        db=args.db,
        jobs=args.jobs,
        scheduler=args.scheduler,
        students=args.student,
        regrade=args.regrade,
        allow_unsandboxed=args.allow_unsandboxed,
    )
    print(
        f"{tally.graded} notebooks graded, {tally.unchanged} unchanged since the last"
    )
    print(f"Sandbox: {SAID[tally.level]}.")
    print(f"Report: {reporter.report_path}")
    if tally.failed:
        print(
            f"{tally.failed} notebooks could not be judged by a fault of the grader; "
            "the report says why, and the next call tries them again",
            file=sys.stderr,
        )
    return 1 if tally.failed else 0


def grade(
    lecture: str,
    *,
    submitted: Path,
    out: Path,
    db: str | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    students: Sequence[str] = (),
    regrade: bool = False,
    allow_unsandboxed: bool = False,
    pool: Callable[[], Executor] | None = None,
    course: Course | None = None,
) -> tuple[Tally, Reporter]:
    """Grade a lecture; what the command does, for use from Python.

    Parameters
    ----------
    lecture : str
        For example ``"lecture3"``.
    submitted, out : Path
        Where submissions lie and where everything is written.
    db : str, optional
        URL or path of the gradebook.
    jobs : int
        Worker processes.
    scheduler : str, optional
        Address of a Dask scheduler, whose workers then judge.
    students : sequence of str
        Grade only these; empty means all.
    regrade : bool
        Grade also what has not changed.
    allow_unsandboxed : bool
        Go on where no sandbox holds.
    pool : callable, optional
        Makes another executor than local processes.
    course : Course, optional
        By default that of the working directory.

    Returns
    -------
    Tally, Reporter
        What was done, and where everything lies.

    Raises
    ------
    UserError
        Something that the caller can mend.
    """
    course = course or find_course()
    handouts: list[Handout] = load_handouts(course.root, lecture)
    settings = course.settings
    language = settings.language
    names = find_students(submitted, students)
    make_folder(out)
    # No more workers than notebooks.
    jobs = 1 if pool else min(jobs, len(names) * len(handouts)) or 1
    start = pool or functools.partial(local_pool, jobs)
    choice = functools.partial(choose_here, allow_unsandboxed, settings.rungs, course)
    with (
        who_judges(scheduler, start, jobs, choice, course) as crew,
        Book(database_url(db or out / "gradebook.db")) as book,
        book.only_writer(),
    ):
        # While the workers start:
        book.set_up(lecture, handouts)
        code_digest(course.code)
        proof = crew.proof()
        if not proof.sound:
            print(f"WARNING: {SAID[proof.level]}", file=sys.stderr)
        reporter = Reporter(book, lecture, handouts, out, proof, language)
        with tqdm(total=0, unit="notebook", disable=not sys.stderr.isatty()) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)
                # A log gets ten plain lines instead of a bar.
                if bar.disable and done and done % max(total // 10, 1) == 0:
                    print(f"{done} of {total} notebooks graded", file=sys.stderr)

            def judged(submission: Submission, graded: Graded) -> None:
                reporter.keep(submission.student, graded)

            tally = grade_class(
                book,
                lecture,
                handouts,
                submitted,
                names,
                course=course,
                level=proof.level,
                pool=crew.executor,
                regrade=regrade,
                done=judged,
                progress=progress,
            )
        reporter.write()
    return tally, reporter


def who_judges(
    scheduler: str | None,
    start: Callable[[], Executor],
    jobs: int,
    choice: Callable[[], Proof],
    course: Course,
) -> AbstractContextManager[Crew]:
    """Return the workers of a cluster, or of this machine where there is none.

    Parameters
    ----------
    scheduler : str or None
        Address of the cluster.
    start : callable
        Makes the executor of this machine.
    jobs : int
        How many workers that has.
    choice : callable
        Chooses the rung of the sandbox where it is called.
    course : Course
        Whose libraries the workers must have.
    """
    if scheduler is None:
        return Local(start, jobs, choice)
    from autograder.classroom.cluster import connect

    return connect(scheduler, choice, course)


def make_folder(folder: Path) -> None:
    """Make the output folder, and make sure that it can be written.

    Raises
    ------
    UserError
        It cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".write-test"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise UserError(
            f"the output folder {folder} cannot be written: {error.strerror}"
        ) from None
