"""``grade``: judge a lecture of a class and write tables, feedback and report."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from answer_checks.language import Language
from autograder.classroom.class_run import ClassRun, Conditions, Result
from autograder.classroom.cluster import ClusterWorkers
from autograder.classroom.digests import library_digest, verdict_digest
from autograder.classroom.pool import LocalWorkers
from autograder.classroom.questions import settle_draws
from autograder.classroom.receipts import copy_receipts
from autograder.classroom.submissions import find_students
from autograder.classroom.warm_sandboxes import RungChoice
from autograder.commands.term import TERM, refuse_second_home
from autograder.course.course import Course, find_course
from autograder.course.handout import Handout, lectures, load_handouts
from autograder.course.whole_tests import source_of
from autograder.errors import UserError
from autograder.gradebook import batch
from autograder.gradebook.batch import Batch
from autograder.gradebook.book import Book
from autograder.gradebook.database import database_url
from autograder.gradebook.nbgrader_rows import Entry
from autograder.report.files import UNUSED, Reporter
from autograder.report.page import one_line
from autograder.sandbox.rungs import RUNG_WORDS

MOST_NAMED = 20  # files that are not used, on the terminal


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
        help="notebooks at a time (default: one per processor, %(default)s here)",
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
    return run_request(request_of(args))


def request_of(args: argparse.Namespace) -> GradeRequest:
    """Return what the options ask for.

    Raises
    ------
    UserError
        An option makes no sense.
    """
    if args.jobs < 1:
        raise UserError(f"--jobs must be at least 1, got {args.jobs}")
    stay = "give `--out build --submitted build/submitted`"
    refuse_second_home(args.out, args.db, stay)
    local = LocalWorkers(args.jobs)
    return GradeRequest(
        args.lecture,
        submitted=args.submitted,
        out=args.out,
        db=args.db,
        students=args.student,
        regrade=args.regrade,
        allow_unsandboxed=args.allow_unsandboxed,
        workers=ClusterWorkers(args.scheduler) if args.scheduler else local,
    )


def run_request(request: GradeRequest) -> int:
    """Grade, say what was done, and return the exit code."""
    tally, reporter = grade(request)
    print(
        f"{tally.graded} notebooks graded, {tally.unchanged} unchanged since the last"
    )
    print(f"Sandbox: {RUNG_WORDS[tally.rung]}.")
    say_unused(tally.unused, request.submitted)
    print(f"Report: {reporter.report_path}")
    if tally.failed:
        print(
            f"{tally.failed} notebooks could not be judged by a fault of the grader; "
            "the report says why, and the next call tries them again",
            file=sys.stderr,
        )
    return 1 if tally.failed else 0


def say_unused(unused: Sequence[Path], submitted: Path) -> None:
    """Name files that were handed in and not used; of many only the first."""
    if not unused:
        return
    print(f"{len(unused)} files among the submissions were not used:")
    for path in unused[:MOST_NAMED]:
        print(f"  {one_line(str(path.relative_to(submitted)))}")
    if len(unused) > MOST_NAMED:
        print(f"  and {len(unused) - MOST_NAMED} more, named in {UNUSED}")


@dataclass(frozen=True)
class GradeRequest:
    """What ``grade`` is asked to do.

    Attributes
    ----------
    lecture : str
        For example ``"lecture3"``.
    submitted, out : Path
        Where submissions lie and where everything is written.
    db : str, optional
        URL or path of the gradebook.
    students : sequence of str
        Grade only these; empty means all.
    regrade : bool
        Grade also what has not changed.
    allow_unsandboxed : bool
        Go on where no sandbox holds.
    workers : LocalWorkers or ClusterWorkers
        Those who judge.
    course : Course, optional
        By default that of the working directory.
    batch_size, batch_seconds : int, float
        How many results are stored together, and how long one waits for others.
    """

    lecture: str
    submitted: Path
    out: Path
    db: str | None = None
    students: Sequence[str] = ()
    regrade: bool = False
    allow_unsandboxed: bool = False
    workers: LocalWorkers | ClusterWorkers = field(default_factory=LocalWorkers)
    course: Course | None = None
    batch_size: int = batch.SIZE
    batch_seconds: float = batch.SECONDS


@dataclass
class Tally:
    """What a call of :func:`grade` did.

    Attributes
    ----------
    graded, unchanged, failed : int
        Notebooks that were judged, that had not changed, and that the grader failed to
        judge.
    rung : str
        How submissions were isolated.
    unused : list of Path
        Files among the submissions that no notebook was read from.
    """

    graded: int = 0
    unchanged: int = 0
    failed: int = 0
    rung: str = ""
    unused: list[Path] = field(default_factory=list)


def grade(request: GradeRequest) -> tuple[Tally, Reporter]:
    """Grade a lecture; what the command does, for use from Python.

    Returns
    -------
    Tally, Reporter
        What was done, and where everything lies.

    Raises
    ------
    UserError
        Something that the caller can mend.
    """
    course = request.course or find_course()
    settings = course.settings
    handouts = load_handouts(course.root, request.lecture)
    warn_of_parts(course.root, handouts)
    others = [name for name in lectures(course.root) if name != request.lecture]
    students = find_students(
        request.submitted, request.students, request.lecture, others
    )
    make_folder(request.out)
    choice = RungChoice(request.allow_unsandboxed, settings.rungs, course)
    most = len(students) * len(handouts)
    with (
        request.workers.start(choice, most, course) as workers,
        Book(database_url(request.db or request.out / "gradebook.db")) as book,
        book.only_writer(),
    ):
        # While the workers start:
        book.set_up(request.lecture, handouts)
        verdict_digest(), library_digest(course.code)
        proof = workers.proof()
        if not proof.sound:
            print(f"WARNING: {RUNG_WORDS[proof.rung]}", file=sys.stderr)
        reporter = Reporter(
            book,
            request.lecture,
            handouts,
            request.out,
            course.root / "solutions",
            proof,
            settings.language,
        )
        draws, said = settle_draws(book, handouts, workers.choose_draws)
        for line in said:
            print(line, file=sys.stderr)
        class_run = ClassRun(
            handouts,
            request.submitted,
            students,
            Conditions(course, proof.rung, book.seed(), draws),
            {} if request.regrade else book.digests(),
            others,
        )
        reporter.write_unused(class_run.unused, request.submitted)
        tally = Tally(
            unchanged=class_run.unchanged, rung=proof.rung, unused=class_run.unused
        )
        with (
            Batch(
                book, request.lecture, request.batch_size, request.batch_seconds
            ) as storing,
            Progress(len(class_run)) as progress,
        ):
            for result in class_run.judge(workers):
                reporter.write_graded(result.student, result.graded)
                storing.add(entry_of(result, settings.language))
                tally.graded += 1
                tally.failed += result.digest is None
                progress.step()
        results = book.results(request.lecture)
        stored = sum(len(judgements) for judgements in results.values())
        if stored > tally.graded and not reporter.feedback_is_current():
            reporter.write_all_feedback(results)  # those of earlier runs look old
        reporter.mark_feedback()
        copy_receipts(request.submitted, request.out, request.lecture, students)
        reporter.write(results)
    return tally, reporter


def warn_of_parts(root: Path, handouts: Sequence[Handout]) -> None:
    """Say which tests can only run as students have them, without hidden regions."""
    for handout in handouts:
        source = source_of(root, handout.name)
        if handout.without_exercise and not source.is_file():
            print(
                f"WARNING: {handout.name} has tests that are graded as nbgrader does, "
                f"and {source} is missing: they run without their hidden regions",
                file=sys.stderr,
            )


def entry_of(result: Result, language: Language) -> Entry:
    """Return what is stored of a result."""
    return Entry(
        student=result.student,
        judgement=result.graded.judgement,
        digest=result.digest,
        timestamp=result.timestamp,
        record=result.graded.record,
        language=language,
    )


class Progress:
    """Shows how many notebooks are done: a bar in a terminal, ten lines in a log.

    Parameters
    ----------
    total : int
        How many there are.
    """

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        terminal = sys.stderr.isatty()
        self._bar = tqdm(total=total, unit="notebook", disable=not terminal)

    def step(self) -> None:
        """Count one."""
        self.done += 1
        self._bar.update()
        if self._bar.disable and self.done % max(self.total // 10, 1) == 0:
            print(f"{self.done} of {self.total} notebooks graded", file=sys.stderr)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()


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
