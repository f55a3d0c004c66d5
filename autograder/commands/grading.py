"""Grade a lecture of a class: what ``grade`` asks for, and how it is done."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from answer_checks.language import Language
from autograder.classroom.class_run import ClassRun, Conditions, Result
from autograder.classroom.cluster import Cluster, ClusterWorkers
from autograder.classroom.digests import library_digest, verdict_digest
from autograder.classroom.pool import LocalPool, LocalWorkers, Workers
from autograder.classroom.questions import settle_draws
from autograder.classroom.receipts import copy_receipts
from autograder.classroom.submissions import find_students, handed_in
from autograder.classroom.warm_sandboxes import RungChoice
from autograder.collecting.store import late_as_collected
from autograder.commands.editions import warn_of_editions, with_others
from autograder.commands.grade_said import Said, Tally
from autograder.commands.progress import Progress
from autograder.commands.settle import settle, terms_of
from autograder.course.course import Course, find_course
from autograder.course.handout import Handout, lectures, load_handouts
from autograder.course.whole_tests import source_of
from autograder.errors import UserError
from autograder.gradebook import batch
from autograder.gradebook.batch import Batch
from autograder.gradebook.book import Book
from autograder.gradebook.database import database_url
from autograder.gradebook.nbgrader_rows import Entry
from autograder.gradebook.term_settings import NO_TERM, LectureTerm
from autograder.report.files import Reporter
from autograder.report.status_text import waits
from autograder.sandbox.rungs import RUNG_WORDS
from autograder.sandbox.selftest import Proof


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
    said : Said
        In which form to say what was done.
    options : tuple of str
        What tells another command where all this lies.
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
    said: Said = Said.WORDS
    options: tuple[str, ...] = ()


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
    course, handouts = load_wanted(request)
    students = find_students(
        request.submitted,
        request.students,
        request.lecture,
        other_lectures(course, request.lecture),
    )
    make_folder(request.out)
    terms_of(request.out, course)  # a wrong one is said before anything starts
    with start(request, course, len(students) * len(handouts)) as workers:
        return Grader(request, course, handouts, workers).grade(students)


def load_wanted(request: GradeRequest) -> tuple[Course, list[Handout]]:
    """Load the course and the lecture's notebooks, and warn of parts that are left."""
    course = request.course or find_course()
    handouts = load_handouts(course.root, request.lecture)
    warn_of_parts(course.root, handouts)
    return course, handouts


def other_lectures(course: Course, lecture: str) -> list[str]:
    """Return the lectures of a course but one."""
    return [name for name in lectures(course.root) if name != lecture]


def start(
    request: GradeRequest, course: Course, most: int
) -> AbstractContextManager[LocalPool | Cluster]:
    """Start those who judge, for the length of a ``with`` block."""
    choice = RungChoice(request.allow_unsandboxed, course.settings.rungs, course)
    return request.workers.start(choice, most, course)


class Grader:
    """Grades a lecture, as often as it is asked to, with workers that were started.

    Parameters
    ----------
    request : GradeRequest
        What is asked for.
    course : Course
        The course.
    handouts : sequence of Handout
        The notebooks of the lecture.
    pool : LocalPool or Cluster
        Those who were started.
    workers : Workers, optional
        Those who judge, where they are not the pool itself.

    Attributes
    ----------
    judged : int
        How many notebooks it has judged so far.
    """

    def __init__(
        self,
        request: GradeRequest,
        course: Course,
        handouts: Sequence[Handout],
        pool: LocalPool | Cluster,
        workers: Workers | None = None,
    ) -> None:
        self.request = request
        self.course = course
        self.handouts = handouts
        self.pool = pool
        self.workers = workers or pool
        self.judged = 0
        self._proof: Proof | None = None

    def grade(
        self, students: Sequence[str], whole: bool = True, patience: float = 0.0
    ) -> tuple[Tally, Reporter]:
        """Grade what these students have changed, and write everything.

        Parameters
        ----------
        students : sequence of str
            Those to look at.
        whole : bool
            Whether they are the class, or those who were asked for, so that the files
            that are not used can be told.
        patience : float
            How many seconds to wait for another one who writes to the gradebook.

        Raises
        ------
        UserError
            Something that the caller can mend.
        """
        request = self.request
        url = database_url(request.db or request.out / "gradebook.db")
        told = partial(print, file=sys.stderr)
        with Book(url) as book, book.only_writer(patience, told):
            # While the workers start:
            book.set_up(request.lecture, self.handouts)
            verdict_digest(), library_digest(self.course.code)
            return self._grade(book, students, self._proven(), whole)

    def _proven(self) -> Proof:
        """Wait for the workers; say where their sandbox is none."""
        if self._proof is None:
            self._proof = self.pool.proof()
            if not self._proof.sound:
                print(f"WARNING: {RUNG_WORDS[self._proof.rung]}", file=sys.stderr)
        return self._proof

    def _grade(
        self, book: Book, students: Sequence[str], proof: Proof, whole: bool
    ) -> tuple[Tally, Reporter]:
        request, course, settings = self.request, self.course, self.course.settings
        lecture, handouts = request.lecture, self.handouts
        terms = terms_of(request.out, course)
        reporter = Reporter(
            book,
            lecture,
            handouts,
            request.out,
            course.root / "solutions",
            proof,
            settings.language,
            terms,
            course.lectures,
            settings.notebook_url,
        )
        draws, said = settle_draws(book, handouts, self.workers.choose_draws)
        if request.said is not Said.QUIET:
            print(*said, sep="\n", end="\n" if said else "", file=sys.stderr)
        if request.students:
            students = with_others(book, request.submitted, students, handouts)
        class_run = ClassRun(
            handouts,
            request.submitted,
            students,
            Conditions(course, proof.rung, book.seed(), draws),
            {} if request.regrade else book.digests(),
            other_lectures(course, lecture),
        )
        tally = Tally(
            lecture,
            unchanged=class_run.unchanged,
            rung=proof.rung,
            unused=[path.relative_to(request.submitted) for path in class_run.unused],
            report=reporter.report_path,
            options=request.options,
        )
        if whole:
            reporter.write_unused(class_run.unused, request.submitted)
        before = len(book.changes())
        with (
            Batch(book, lecture, request.batch_size, request.batch_seconds) as storing,
            Progress(len(class_run), request.said is Said.QUIET) as progress,
        ):
            for result in class_run.judge(self.workers):
                reporter.write_graded(result.student, result.graded)
                storing.add(entry_of(result, settings.language))
                tally.graded += 1
                self.judged += 1
                tally.failed += result.digest is None
                progress.step()
        tally.changes = book.changes()[before:]
        book.set_times(
            lecture,
            {
                student: time
                for student in students
                if (time := handed_in(request.submitted, student, lecture))
            },
        )
        book.set_late(lecture, late_as_collected(request.submitted, lecture))
        settle(book, terms, course, request.out)
        standings = reporter.write()
        warn_of_editions(standings.results, handouts)
        stored = sum(len(judgements) for judgements in standings.results.values())
        mixed = reporter.changes_feedback and tally.graded
        if mixed or (stored > tally.graded and not reporter.feedback_is_current()):
            # Those of earlier runs look old, or the term decides what they show.
            reporter.write_all_feedback(standings)
        reporter.mark_feedback()
        everybody = with_members(students, terms.get(lecture, NO_TERM))
        copy_receipts(request.submitted, request.out, lecture, everybody)
        tally.students = len(standings.results)
        tally.waiting = sum(
            waits(verdict)
            for of in standings.once().values()
            for judgement in of.values()
            for verdict in judgement.verdicts
        )
        return tally, reporter


def with_members(folders: Sequence[str], term: LectureTerm) -> list[str]:
    """Add to those who have a folder the students of their groups.

    Examples
    --------
    >>> term = LectureTerm(groups={"team": ("ann", "bob"), "other": ("cyd",)})
    >>> with_members(["ann", "eve"], term)
    ['ann', 'eve', 'bob']
    """
    groups = ({group, *of} for group, of in term.groups.items())
    of_groups = {one for group in groups if group & {*folders} for one in group}
    students = {one for of in term.groups.values() for one in of}
    return [*folders, *sorted((of_groups & students).difference(folders))]


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
