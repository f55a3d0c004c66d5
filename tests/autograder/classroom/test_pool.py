"""A class: found on disk, judged in parallel, entered once, resumed."""

import json
import os
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from autograder.classroom import pool
from autograder.classroom.pool import (
    Local,
    Submission,
    find_students,
    find_submission,
    grade_class,
    handed_in,
)
from autograder.classroom.worker import written
from autograder.course.course import Course, load_course
from autograder.course.settings import Settings
from autograder.errors import UserError
from autograder.gradebook.book import Book
from autograder.judging.judge import without_answers
from autograder.sandbox.bubblewrap import THREADS
from autograder.sandbox.limits import Limits
from autograder.sandbox.selftest import Proof
from autograder.verdict import Judged, Judgement, Verdict


@pytest.fixture
def folder(tmp_path, small):
    for student in ("ada", "bo"):
        place = tmp_path / "submitted" / student / "test"
        place.mkdir(parents=True)
        (place / "01_small.ipynb").write_text(json.dumps(small.notebook))
    return tmp_path / "submitted"


class Now(Executor):
    """Runs the work in this process, with the judge replaced by the test."""

    def __init__(self, judge):
        self.judge = judge
        self.tasks = []

    def submit(self, function, task):
        self.tasks.append(task)
        future = Future()
        try:
            future.set_result(written(task, self.judge(task)))
        except Exception as broken:
            future.set_exception(broken)
        return future


def full(task):
    verdicts = [
        Verdict(e.id, e.points, e.points, "correct") for e in task.handout.exercises
    ]
    return Judged(Judgement(task.handout.name, verdicts), {"cells": []})


def with_settings(**settings):
    return Course(Path(), settings=Settings(**settings))


COURSE = with_settings()


def grade(url, small, folder, judge=full, students=None, **more):
    pools = []

    def pool():
        pools.append(Now(judge))
        return pools[-1]

    done = []
    with Book(url) as book:
        tally = grade_class(
            book,
            "test",
            [small],
            folder,
            students or find_students(folder),
            course=COURSE,
            level="bubblewrap",
            pool=pool,
            done=lambda submission, judgement: done.append(submission.student),
            **more,
        )
        results = book.results("test")
    return tally, results, done, [t for p in pools for t in p.tasks]


def test_every_student_is_judged_and_entered(gradebook, small, folder):
    tally, results, done, _ = grade(gradebook, small, folder)
    assert tally.graded == 2
    assert sorted(done) == ["ada", "bo"]
    assert results["bo"]["test/01_small"].verdicts[0].score == 2


def test_a_second_call_does_only_what_changed(gradebook, small, folder):
    _, _, _, first = grade(gradebook, small, folder)
    tally, *_ = grade(gradebook, small, folder)
    assert (tally.graded, tally.unchanged) == (0, 2)
    (folder / "bo" / "test" / "01_small.ipynb").write_text("{}")
    tally, _, done, _ = grade(gradebook, small, folder)
    assert (tally.graded, done) == (1, ["bo"])
    tally, _, _, again = grade(gradebook, small, folder, regrade=True)
    assert tally.graded == 2
    assert [t.secret for t in again] == [t.secret for t in first]


def test_seeds_differ_between_students(gradebook, small, folder):
    _, _, _, tasks = grade(gradebook, small, folder)
    assert tasks[0].secret != tasks[1].secret


def test_a_lost_worker_costs_only_who_ends_it(gradebook, small, folder):
    (folder / "cy" / "test").mkdir(parents=True)

    def judge(task):
        if b"killer" in (task.data or b""):
            raise BrokenProcessPool
        return full(task)

    path = folder / "ada" / "test" / "01_small.ipynb"
    path.write_text(path.read_text().replace("# Small", "killer"))
    tally, results, _, _ = grade(gradebook, small, folder, judge)
    assert tally.graded == 3
    statuses = {s: r["test/01_small"].verdicts[0].status for s, r in results.items()}
    assert statuses == {"ada": "crashed", "bo": "correct", "cy": "correct"}


def test_a_fault_of_the_grader_stops_nobody_and_is_tried_again(
    gradebook, small, folder
):
    def judge(task):
        if task.secret == secrets[0]:
            raise ZeroDivisionError("a fault")
        return full(task)

    _, _, _, tasks = grade(gradebook, small, folder)
    secrets = [t.secret for t in tasks]
    tally, results, _, _ = grade(gradebook, small, folder, judge, regrade=True)
    assert (tally.graded, tally.failed) == (2, 1)
    ada = results["ada"]["test/01_small"]
    assert ada.verdicts[0].status == "crashed"
    assert ada.notes == ["the grader failed: ZeroDivisionError: a fault"]
    assert results["bo"]["test/01_small"].verdicts[0].status == "correct"
    tally, *_ = grade(gradebook, small, folder)
    assert (tally.graded, tally.unchanged, tally.failed) == (1, 1, 0)


def test_what_was_entered_before_a_stop_is_kept(gradebook, small, folder):
    def judge(task):
        if len(seen) == 1:
            raise KeyboardInterrupt
        seen.append(task)
        return full(task)

    seen = []
    with pytest.raises(KeyboardInterrupt):
        grade(gradebook, small, folder, judge)
    seen.clear()
    tally, results, _, _ = grade(gradebook, small, folder)
    assert tally.graded + tally.unchanged == 2
    assert len(results) == 2


def test_results_are_entered_in_batches_and_the_rest_at_the_end(
    gradebook, small, folder, monkeypatch
):
    monkeypatch.setattr(pool, "BATCH", 2)
    monkeypatch.setattr(pool, "BATCH_SECONDS", float("inf"))
    for number in range(3):
        (folder / f"more-{number}" / "test").mkdir(parents=True)
    sizes = []
    save = Book.save

    def count(book, lecture, entries):
        sizes.append(len(entries))
        save(book, lecture, entries)

    monkeypatch.setattr(Book, "save", count)
    tally, results, *_ = grade(gradebook, small, folder)
    assert (tally.graded, len(results)) == (5, 5)
    assert sizes == [2, 2, 1]
    monkeypatch.setattr(pool, "BATCH_SECONDS", -1.0)
    sizes.clear()
    grade(gradebook, small, folder, regrade=True)
    assert sizes == [1, 1, 1, 1, 1]


def test_what_an_interrupt_finds_judged_is_entered(
    gradebook, small, folder, monkeypatch
):
    monkeypatch.setattr(pool, "AHEAD", 1)

    def judge(task):
        if task.student == "bo":
            raise KeyboardInterrupt
        return full(task)

    with pytest.raises(KeyboardInterrupt):
        grade(gradebook, small, folder, judge)
    with Book(gradebook) as book:
        assert list(book.results("test")) == ["ada"]


def test_students_are_folders(tmp_path):
    (tmp_path / "ada").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "ada")
    assert find_students(tmp_path) == ["ada"]
    with pytest.raises(UserError, match="no folder for student 'eve'"):
        find_students(tmp_path, ["eve"])


def test_a_missing_or_empty_folder_is_one_clear_line(tmp_path):
    with pytest.raises(UserError, match="cannot be read: No such file"):
        find_students(tmp_path / "nowhere")
    with pytest.raises(UserError, match="holds no submissions"):
        find_students(tmp_path)


def place(folder, name, text="{}"):
    path = folder / "ada" / "test" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_the_exact_name_comes_first(tmp_path, small):
    place(tmp_path, "01_small (1).ipynb")
    exact = place(tmp_path, "01_small.ipynb")
    assert find_submission(tmp_path, "ada", small).path == exact


@pytest.mark.parametrize(
    "name", ["01_small (1).ipynb", "01_small-Copy1.ipynb", "Copy of 01_small.ipynb"]
)
def test_a_renamed_file_is_found_and_noted(tmp_path, small, name):
    renamed = place(tmp_path, name)
    found = find_submission(tmp_path, "ada", small)
    assert found.path == renamed
    assert name in found.note


def test_no_file_is_missing(tmp_path, small):
    (tmp_path / "ada").mkdir()
    found = find_submission(tmp_path, "ada", small)
    assert found.path is None
    assert found.read(10) is None


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_anything_but_a_plain_file_is_not_read(tmp_path, small, kind):
    secret = tmp_path / "secret"
    secret.write_text("gradebook")
    path = place(tmp_path, "01_small.ipynb")
    path.unlink()
    if kind == "link":
        path.symlink_to(secret)
    elif kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    assert find_submission(tmp_path, "ada", small).read(100) == b""


def test_a_linked_folder_is_not_followed(tmp_path, small):
    other = tmp_path / "other" / "test"
    other.mkdir(parents=True)
    (other / "01_small.ipynb").write_text("{}")
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "test").symlink_to(other)
    assert find_submission(tmp_path, "ada", small).path is None


def test_at_most_the_limit_is_read(tmp_path):
    path = tmp_path / "big"
    path.write_bytes(b"x" * 1000)
    assert len(Submission("ada", "n", path).read(10)) == 11


def test_the_timestamp_of_nbgrader_is_read(tmp_path):
    place(tmp_path, "timestamp.txt", "2026-10-01 12:00:00 UTC\n")
    assert handed_in(tmp_path, "ada", "test").isoformat() == "2026-10-01T12:00:00"
    place(tmp_path, "timestamp.txt", "yesterday, honestly")
    assert handed_in(tmp_path, "ada", "test") is None


def test_a_timestamp_that_is_no_plain_file_is_not_read(tmp_path):
    other = place(tmp_path, "elsewhere.txt", "2026-10-01 12:00:00 UTC\n")
    path = other.with_name("timestamp.txt")
    path.symlink_to(other)
    assert handed_in(tmp_path, "ada", "test") is None
    path.unlink()
    os.mkfifo(path)
    assert handed_in(tmp_path, "ada", "test") is None


FEW_CELLS = with_settings(limits=Limits(cells=3))
DEMOS = with_settings(demo_cells="run")
OWN = with_settings(exercises={"t_double": {"ask_seconds": 1}})


def test_the_digest_depends_on_all_that_matters(small):
    base = pool.digest_of(b"x", small, COURSE, "bubblewrap", b"s")
    others = [
        pool.digest_of(None, small, COURSE, "bubblewrap", b"s"),
        pool.digest_of(b"y", small, COURSE, "bubblewrap", b"s"),
        pool.digest_of(b"x", small, FEW_CELLS, "bubblewrap", b"s"),
        pool.digest_of(b"x", small, OWN, "bubblewrap", b"s"),
        pool.digest_of(b"x", small, DEMOS, "bubblewrap", b"s"),
        pool.digest_of(b"x", small, COURSE, "none", b"s"),
        pool.digest_of(b"x", small, COURSE, "bubblewrap", b"t"),
    ]
    assert base not in others
    other = with_settings(exercises={"l3_svm_loss_i": {"ask_seconds": 1}})
    for same in (COURSE, other):
        assert base == pool.digest_of(b"x", small, same, "bubblewrap", b"s")


def test_real_worker_processes_judge(tmp_path, gradebook, svm):
    """Two spawned workers, each with its own warm sandbox."""
    sub = tmp_path / "submitted" / "ada" / "lecture3"
    sub.mkdir(parents=True)
    (sub / "01_svm.ipynb").write_text(json.dumps(svm.notebook))
    with Book(gradebook) as book:
        tally = grade_class(
            book,
            "lecture3",
            [svm],
            tmp_path / "submitted",
            ["ada"],
            course=load_course(Path(__file__).parents[3]),
            level="bubblewrap",
            pool=lambda: pool.local_pool(2),
            done=lambda *_: None,
        )
        verdicts = book.results("lecture3")["ada"]["lecture3/01_svm"].verdicts
    assert tally.graded == 1
    assert {v.status for v in verdicts} == {"unanswered"}


def threads():
    return {name: os.environ.get(name) for name in THREADS}


def test_workers_compute_with_one_thread_each(monkeypatch):
    for name in THREADS:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    with pool.local_pool(1) as workers:
        assert workers.submit(threads).result() == dict.fromkeys(THREADS, "1")


def choose():
    """Stands for the choice of a rung; the workers below say what comes of it."""


class Proving(Executor):
    """Workers that prove what the test says, or end."""

    def __init__(self, outcomes):
        self.outcomes = list(outcomes)
        self.ended = False

    def submit(self, function):
        assert function is choose
        future = Future()
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
        else:
            future.set_result(Proof(outcome, ("get out",), ()))
        return future

    def shutdown(self, wait=True, *, cancel_futures=False):
        self.ended = True


def local(*outcomes):
    """Return workers that start with these outcomes, and the executors they are."""
    started = []

    def start():
        started.append(Proving(outcomes))
        return started[-1]

    return Local(start, len(outcomes), choose), started


def test_the_weakest_rung_of_the_workers_is_that_of_the_class():
    crew, _ = local("bubblewrap", "landlock", "bubblewrap")
    assert crew.proof().level == "landlock"


def test_the_workers_that_proved_themselves_judge_first():
    crew, started = local("bubblewrap")
    with crew:
        assert crew.executor() is started[0]
        assert crew.executor() is not started[0]
    assert len(started) == 2
    assert not started[0].ended  # it belongs to who took it


def test_workers_that_nobody_took_are_ended():
    crew, started = local("bubblewrap")
    with pytest.raises(UserError), crew:
        raise UserError("the gradebook cannot be opened")
    assert started[0].ended


def test_a_worker_that_ends_as_it_starts_is_one_error():
    crew, _ = local("bubblewrap", BrokenProcessPool())
    with pytest.raises(UserError, match="memory for 2 of them"):
        crew.proof()


def test_a_judgement_without_answers_has_every_exercise(small):
    judgement = without_answers(small, "missing", "no such file")
    assert [v.exercise for v in judgement.verdicts] == [e.id for e in small.exercises]
