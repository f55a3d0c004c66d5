"""A class to grade: what has changed since the last time, and the judging of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import overload

from autograder.classroom.contents import Contents
from autograder.classroom.digests import conditions_digest, result_digest
from autograder.classroom.dispatch import dispatch
from autograder.classroom.misplaced import find_submissions
from autograder.classroom.pool import Workers
from autograder.classroom.submissions import Submission, handed_in, unused_files
from autograder.classroom.task import Task
from autograder.course.course import Course
from autograder.course.handout import Handout
from autograder.judging.draw import Draws
from autograder.verdict import Graded


@dataclass(frozen=True)
class Conditions:
    """What holds for everybody in a class.

    Attributes
    ----------
    course : Course
        What a notebook may use, and what of the course the sandbox holds.
    rung : str
        How submissions are isolated.
    seed : bytes
        The course's seed.
    draws : mapping
        By which draw each exercise is graded.
    """

    course: Course
    rung: str
    seed: bytes
    draws: Draws = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """What was found in one submission.

    Attributes
    ----------
    student : str
        The student's id.
    graded : Graded
        The judgement and its files.
    digest : str or None
        A hash of all that it was made from; None where the grader failed, so that the
        next call tries again.
    timestamp : datetime or None
        When it was handed in, where that is known.
    """

    student: str
    graded: Graded
    digest: str | None
    timestamp: datetime | None


class ClassRun(Sequence[Task]):
    """The notebooks of a class that have to be judged, each a task.

    A file is read again when its turn comes, so that memory stays flat however large
    the class is.

    Parameters
    ----------
    handouts : sequence of Handout
        The notebooks of the lecture.
    folder : Path
        Holds ``<student>/<lecture>/NN_topic.ipynb``.
    students : sequence of str
        The students to grade.
    conditions : Conditions
        What holds for everybody.
    known : mapping
        By student and notebook, what a stored result was made from. What has not
        changed since is not judged again.
    others : sequence of str
        The other lectures of the course.

    Attributes
    ----------
    unchanged : int
        How many notebooks need no judging.
    unused : list of Path
        Files that lie among the submissions and are none of these notebooks.
    """

    def __init__(
        self,
        handouts: Sequence[Handout],
        folder: Path,
        students: Sequence[str],
        conditions: Conditions,
        known: Mapping[tuple[str, str], str],
        others: Sequence[str] = (),
    ) -> None:
        self.folder = folder
        self.conditions = conditions
        self._fixed = {
            handout.name: conditions_digest(handout, conditions.course, conditions.rung)
            for handout in handouts
        }
        self._draws = {
            handout.name: {
                exercise.id: conditions.draws[exercise.id]
                for exercise in handout.exercises
                if exercise.id in conditions.draws
            }
            for handout in handouts
        }
        self._waiting: list[tuple[Submission, Handout]] = []
        self.unchanged = 0
        used: list[Path] = []
        course = conditions.course
        limit = course.settings.limits.submission_bytes
        contents = Contents(handouts, course.root, limit)
        for student in students:
            mine = find_submissions(folder, student, handouts, contents, others)
            for submission, handout in zip(mine, handouts, strict=True):
                used += [submission.path] if submission.path else []
                if self._is_known(submission, known):
                    self.unchanged += 1
                else:
                    self._waiting.append((submission, handout))
        self.unused = unused_files(folder, students, used, others)

    def _is_known(
        self, submission: Submission, known: Mapping[tuple[str, str], str]
    ) -> bool:
        stored = known.get((submission.student, submission.notebook))
        return stored is not None and stored == self._digest(
            submission.notebook, self._read(submission)
        )

    def _read(self, submission: Submission) -> bytes | None:
        return submission.read(self.conditions.course.settings.limits.submission_bytes)

    def _digest(self, notebook: str, data: bytes | None) -> str:
        seed, draws = self.conditions.seed, self._draws[notebook]
        return result_digest(self._fixed[notebook], data, seed, draws)

    def __len__(self) -> int:
        return len(self._waiting)

    @overload
    def __getitem__(self, index: int) -> Task: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Task]: ...

    def __getitem__(self, index: int | slice) -> Task | Sequence[Task]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        submission, handout = self._waiting[index]
        return Task(
            handout=handout,
            data=self._read(submission),
            seed=self.conditions.seed,
            course=self.conditions.course,
            rung=self.conditions.rung,
            student=submission.student,
            note=submission.note,
            draws=self._draws[handout.name],
            size=submission.size,
        )

    def judge(self, workers: Workers) -> Iterator[Result]:
        """Judge every notebook; yield results in the order in which they come.

        Raises
        ------
        PoolError
            The workers are gone or must not be used; what was yielded is whole.
        """
        for outcome in dispatch(self, workers):
            task = outcome.task
            name, lecture = task.handout.name, task.handout.lecture
            digest = self._digest(name, task.data)
            yield Result(
                task.student,
                outcome.graded,
                None if outcome.grader_failed else digest,
                handed_in(self.folder, task.student, lecture),
            )
