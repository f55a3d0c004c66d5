"""A class: judged in parallel, stored once, resumed."""

import json
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from autograder.classroom.class_run import ClassRun, Conditions
from autograder.classroom.pool import LocalPool
from autograder.classroom.processes import WorkerNotStartedError
from autograder.classroom.submissions import find_students
from autograder.classroom.warm_sandboxes import RungChoice
from autograder.classroom.worker import render_result
from autograder.course.course import Course, load_course
from autograder.errors import PoolError
from autograder.gradebook.batch import Batch
from autograder.gradebook.book import Book
from autograder.gradebook.nbgrader_rows import Entry
from autograder.judging.budget import PutBack
from autograder.judging.judge import without_answers
from autograder.verdict import Judged, Judgement, Verdict

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path, small):
    for student in ("ada", "bo"):
        place = tmp_path / "submitted" / student / "test"
        place.mkdir(parents=True)
        (place / "01_small.ipynb").write_text(json.dumps(small.notebook))
    return tmp_path / "submitted"


class Now(Executor):
    """Runs the work in this process, with the judge replaced by the test."""

    def __init__(self, judge, tasks):
        self.judge = judge
        self.tasks = tasks

    def submit(self, function, task):
        self.tasks.append(task)
        future = Future()
        try:
            future.set_result(render_result(task, self.judge(task)))
        except Exception as broken:
            future.set_exception(broken)
        return future


def full(task):
    verdicts = [
        Verdict(e.id, e.points, e.points, "correct") for e in task.handout.exercises
    ]
    return Judged(Judgement(task.handout.name, verdicts), {"cells": []})


@dataclass
class Workers:
    """Stand for workers; `tasks` are those that they were given."""

    judge: object
    ahead: int = 64
    tasks: list = field(default_factory=list)

    def executor(self):
        return Now(self.judge, self.tasks)


@dataclass
class Graded:
    """What a call did, and what the gradebook holds then."""

    run: ClassRun
    results: dict
    students: list
    failed: int
    tasks: list


def grade(url, small, folder, judge=full, regrade=False, ahead=64, draws=None):
    workers = Workers(judge, ahead)
    students, failed = [], 0
    with Book(url) as book:
        book.set_up("test", [small])
        seed = book.seed()
        conditions = Conditions(Course(Path()), "bubblewrap", seed, draws or {})
        known = {} if regrade else book.digests()
        run = ClassRun([small], folder, find_students(folder), conditions, known)
        with Batch(book, "test") as batch:
            for result in run.judge(workers):
                students.append(result.student)
                failed += result.digest is None
                judgement = result.graded.judgement
                batch.add(Entry(result.student, judgement, result.digest))
        results = book.results("test")
    return Graded(run, results, students, failed, workers.tasks)


def test_every_student_is_judged_and_stored(gradebook, small, folder):
    graded = grade(gradebook, small, folder)
    assert len(graded.run) == 2
    assert sorted(graded.students) == ["ada", "bo"]
    assert graded.results["bo"]["test/01_small"].verdicts[0].score == 2


def test_a_second_call_does_only_what_changed(gradebook, small, folder):
    first = grade(gradebook, small, folder)
    again = grade(gradebook, small, folder)
    assert (again.students, again.run.unchanged) == ([], 2)
    (folder / "bo" / "test" / "01_small.ipynb").write_text("{}")
    assert grade(gradebook, small, folder).students == ["bo"]
    all_again = grade(gradebook, small, folder, regrade=True)
    assert len(all_again.students) == 2
    assert [t.seed for t in all_again.tasks] == [t.seed for t in first.tasks]


def test_everybody_is_asked_the_same(gradebook, small, folder):
    one, other = grade(gradebook, small, folder).tasks
    assert one.student != other.student
    assert (one.seed, one.draws) == (other.seed, other.draws)


def test_another_draw_of_an_exercise_is_graded_again(gradebook, small, folder):
    first = grade(gradebook, small, folder, draws={"t_double": 0, "l0_other": 1})
    assert [task.draws for task in first.tasks] == [{"t_double": 0}] * 2
    # What belongs to another notebook changes nothing here.
    draws = {"t_double": 0, "l0_other": 2}
    assert grade(gradebook, small, folder, draws=draws).run.unchanged == 2
    draws = {"t_double": 1, "l0_other": 2}
    assert len(grade(gradebook, small, folder, draws=draws).students) == 2


def test_tasks_are_made_when_they_are_asked_for(small, folder):
    conditions = Conditions(Course(Path()), "bubblewrap", b"seed")
    run = ClassRun([small], folder, find_students(folder), conditions, {})
    (folder / "ada" / "test" / "01_small.ipynb").write_text("{}")
    assert [task.student for task in run[:]] == ["ada", "bo"]
    assert run[0].data == b"{}"


def test_a_lost_worker_costs_only_who_ends_it(gradebook, small, folder):
    (folder / "cy" / "test").mkdir(parents=True)

    def judge(task):
        if b"killer" in (task.data or b""):
            raise BrokenProcessPool
        return full(task)

    path = folder / "ada" / "test" / "01_small.ipynb"
    path.write_text(path.read_text().replace("# Small", "killer"))
    graded = grade(gradebook, small, folder, judge)
    assert sorted(graded.students) == ["ada", "bo", "cy"]
    assert graded.failed == 0
    statuses = {
        s: r["test/01_small"].verdicts[0].status for s, r in graded.results.items()
    }
    assert statuses == {"ada": "crashed", "bo": "correct", "cy": "correct"}
    # It is the student's doing, and judged for good.
    assert grade(gradebook, small, folder).run.unchanged == 3


def test_a_worker_that_was_lost_by_chance_costs_nobody(gradebook, small, folder):
    def judge(task):
        tries.append(task.student)
        if tries == ["ada"]:
            raise BrokenProcessPool("its worker was stopped")
        return full(task)

    tries = []
    graded = grade(gradebook, small, folder, judge)
    assert tries == ["ada", "bo", "ada"]
    verdicts = [r["test/01_small"].verdicts[0] for r in graded.results.values()]
    assert [v.status for v in verdicts] == ["correct", "correct"]


def test_who_ends_its_worker_twice_is_told_why(gradebook, small, folder):
    def judge(task):
        raise BrokenProcessPool("its worker hung")

    graded = grade(gradebook, small, folder, judge)
    judgement = graded.results["ada"]["test/01_small"]
    assert judgement.notes == ["its worker hung"]
    assert [t.student for t in graded.tasks] == ["ada", "bo", "ada", "bo"]


def test_a_slow_notebook_is_graded_after_the_others(gradebook, small, folder):
    def judge(task):
        if task.student == "ada" and task.put_back:
            raise PutBack
        return full(task)

    graded = grade(gradebook, small, folder, judge)
    assert graded.students == ["bo", "ada"]
    assert [t.put_back for t in graded.tasks] == [True, True, False]


def test_workers_that_cannot_start_end_the_run(gradebook, small, folder):
    def judge(task):
        raise WorkerNotStartedError("a worker process ended as it started")

    with pytest.raises(PoolError, match="goes on from there"):
        grade(gradebook, small, folder, judge)


def test_workers_that_take_nothing_more_are_replaced(gradebook, small, folder):
    class Refusing(Workers):
        def executor(self):
            if not self.tasks:
                self.tasks.append(None)
                return Broken()
            return super().executor()

    class Broken(Executor):
        def submit(self, function, task):
            raise BrokenProcessPool("a worker ended while it waited")

    with Book(gradebook) as book:
        conditions = Conditions(Course(Path()), "bubblewrap", book.seed())
    run = ClassRun([small], folder, find_students(folder), conditions, {})
    found = {r.student: r.graded.judgement for r in run.judge(Refusing(full))}
    assert {s: j.verdicts[0].status for s, j in found.items()} == {
        "ada": "correct",
        "bo": "correct",
    }


def test_a_fault_of_the_grader_stops_nobody_and_is_tried_again(
    gradebook, small, folder
):
    def judge(task):
        if task.student == "ada":
            raise ZeroDivisionError("a fault")
        return full(task)

    grade(gradebook, small, folder)
    graded = grade(gradebook, small, folder, judge, regrade=True)
    assert (len(graded.students), graded.failed) == (2, 1)
    ada = graded.results["ada"]["test/01_small"]
    assert ada.verdicts[0].status == "crashed"
    assert ada.verdicts[0].grader_failed
    assert ada.notes == ["the grader failed: ZeroDivisionError: a fault"]
    bo = graded.results["bo"]["test/01_small"].verdicts[0]
    assert (bo.status, bo.grader_failed) == ("correct", False)
    again = grade(gradebook, small, folder)
    assert (again.students, again.run.unchanged, again.failed) == (["ada"], 1, 0)


def test_what_was_stored_before_a_stop_is_kept(gradebook, small, folder):
    def judge(task):
        if len(seen) == 1:
            raise KeyboardInterrupt
        seen.append(task)
        return full(task)

    seen = []
    with pytest.raises(KeyboardInterrupt):
        grade(gradebook, small, folder, judge)
    seen.clear()
    graded = grade(gradebook, small, folder)
    assert len(graded.students) + graded.run.unchanged == 2
    assert len(graded.results) == 2


def test_what_an_interrupt_finds_judged_is_stored(gradebook, small, folder):
    def judge(task):
        if task.student == "bo":
            raise KeyboardInterrupt
        return full(task)

    with pytest.raises(KeyboardInterrupt):
        grade(gradebook, small, folder, judge, ahead=1)
    with Book(gradebook) as book:
        assert list(book.results("test")) == ["ada"]


def test_real_worker_processes_judge(tmp_path, svm):
    """Two spawned workers, each with its own warm sandbox."""
    sub = tmp_path / "submitted" / "ada" / "lecture3"
    sub.mkdir(parents=True)
    (sub / "01_svm.ipynb").write_text(json.dumps(svm.notebook))
    course = load_course(Path(__file__).parents[3])
    with LocalPool(2, RungChoice(course=course)) as workers:
        conditions = Conditions(course, workers.proof().rung, b"seed")
        run = ClassRun([svm], tmp_path / "submitted", ["ada"], conditions, {})
        (result,) = run.judge(workers)
    verdicts = result.graded.judgement.verdicts
    assert {v.status for v in verdicts} == {"unanswered"}


def test_a_judgement_without_answers_has_every_exercise(small):
    judgement = without_answers(small, "missing", "no such file").judgement
    assert [v.exercise for v in judgement.verdicts] == [e.id for e in small.exercises]
