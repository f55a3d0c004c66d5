"""A run that is stopped anywhere loses nothing: the next call ends in the same grades.

Kills, Ctrl-C, a gradebook that another program holds, a disk that is full: each ends
the run with one line, and the next call ends in the grades of an undisturbed run.
``ATTACK_KILLS=50`` kills it at that many random moments.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder import cli
from autograder.classroom.pool import LocalWorkers
from autograder.commands.grade import GradeRequest, grade
from autograder.course.course import load_course
from autograder.errors import UserError
from autograder.gradebook.book import Book
from autograder.report.files import Reporter

pytestmark = [pytest.mark.slow, pytest.mark.long]

KILLS = int(os.environ.get("ATTACK_KILLS", "3"))
STUDENTS = 3


@dataclass
class Calm:
    """A class and what an undisturbed run of it gives.

    Attributes
    ----------
    folder : Path
        The course.
    seeded : Path
        A gradebook that holds the seed only.
    grades : bytes
        The table of grades.
    seconds : float
        How long the run took.
    """

    folder: Path
    seeded: Path
    grades: bytes = b""
    seconds: float = 0.0

    def words(self, out: str | Path) -> list[str]:
        return [
            *("grade", "lecture3", "--jobs", "1"),
            *("--submitted", "submitted", "--out", str(out)),
        ]

    def command(self, out: str | Path) -> list[str]:
        return [sys.executable, "-m", "autograder", *self.words(out)]

    def run(
        self, out: str | Path, **options: object
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(out),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=240,
            **options,
        )

    def fresh(self, out: str | Path) -> Path:
        """Make an output folder with the seed and nothing else."""
        place = self.folder / out
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(exist_ok=True)
        (place / "gradebook.db").write_bytes(self.seeded.read_bytes())
        return place

    def goes_on(self, out: str | Path) -> None:
        """Assert that the next call ends as if nothing had been."""
        done = self.run(out)
        assert done.returncode == 0, done.stderr
        place = self.folder / out
        assert (place / "grades.csv").read_bytes() == self.grades
        assert len(list((place / "feedback").glob("*/lecture3/*.html"))) == STUDENTS


@pytest.fixture(scope="module")
def calm(tmp_path_factory, make_course, hand_in, honest, settled_gradebook):
    """A class that has been graded without a disturbance."""
    folder = make_course(tmp_path_factory.mktemp("calm"))
    for number in range(STUDENTS):
        hand_in(folder, f"student-{number}", honest if number == 1 else {"cells": []})
    found = Calm(folder, folder / "seeded.db")
    found.seeded.write_bytes(settled_gradebook.read_bytes())
    with Book(f"sqlite:///{found.seeded}") as book:
        book.seed()
    out = found.fresh("calm")
    started = time.monotonic()
    done = found.run("calm")
    assert done.returncode == 0, done.stderr
    found.seconds = time.monotonic() - started
    found.grades = (out / "grades.csv").read_bytes()
    return found


def test_a_killed_run_ends_in_the_same_grades(calm):
    random.seed()
    out = calm.fresh("killed")
    moments = []
    for _ in range(KILLS):
        if (out / "grades.csv").exists():
            calm.fresh("killed")
        moments.append(random.uniform(0.2, 1.0) * calm.seconds)  # noqa: S311
        with subprocess.Popen(
            calm.command("killed"),
            cwd=calm.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                process.wait(moments[-1])
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
    try:
        calm.goes_on("killed")
    except AssertionError:
        print("killed after", *(f"{moment:.2f} s" for moment in moments))
        raise


def test_ctrl_c_is_one_line_and_loses_nothing(calm):
    out = calm.fresh("interrupted")
    with subprocess.Popen(
        calm.command("interrupted"),
        cwd=calm.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        first = process.stderr.readline()
        # A terminal signals every process of the run.
        os.killpg(process.pid, signal.SIGINT)
        _, rest = process.communicate(timeout=60)
    assert first.startswith(f"1 of {STUDENTS} notebooks graded")
    assert process.returncode == cli.INTERRUPTED
    said = [line for line in rest.splitlines() if "notebooks graded" not in line]
    assert said == [
        "autograder grade: stopped; what was done is kept, the next call goes on from "
        "there"
    ]
    assert not (out / "grades.csv").exists()
    with Book(f"sqlite:///{out / 'gradebook.db'}") as book:
        assert 1 <= len(book.digests()) < STUDENTS
    calm.goes_on("interrupted")


HOLD = """
import sqlite3, sys
book = sqlite3.connect(sys.argv[1], isolation_level=None)
book.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def hold(database):
    """Start another program that has the gradebook to itself until it is ended."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"held\n"
    return process


def let_go(process):
    process.communicate(timeout=30)


def impatient(calm, database):
    """Ask for a run that waits 0.2 s for a gradebook that another program holds."""
    return GradeRequest(
        "lecture3",
        submitted=calm.folder / "submitted",
        out=database.parent,
        db=f"sqlite:///{database}?timeout=0.2",
        course=load_course(calm.folder),
        workers=LocalWorkers(1),
        batch_size=1,
    )


def one_line(error, *words):
    """Assert that what was said is one line."""
    assert "\n" not in str(error.value)
    for word in words:
        assert word in str(error.value)


def test_a_gradebook_that_is_held_from_the_start_is_said(calm):
    database = calm.fresh("held") / "gradebook.db"
    holder = hold(database)
    try:
        with pytest.raises(UserError) as error:
            grade(impatient(calm, database))
    finally:
        let_go(holder)
    one_line(error, "gradebook.db", "cannot be written", "database is locked")
    assert database.read_bytes() == calm.seeded.read_bytes()


def test_a_gradebook_that_is_held_in_the_middle_loses_nothing(calm, monkeypatch):
    database = calm.fresh("held-later") / "gradebook.db"
    holders, kept = [], []
    write = Reporter.write_graded

    def write_and_hold(self, student, graded):
        write(self, student, graded)
        kept.append(student)
        if len(kept) == 2:
            holders.append(hold(database))

    monkeypatch.setattr(Reporter, "write_graded", write_and_hold)
    try:
        with pytest.raises(UserError) as error:
            grade(impatient(calm, database))
    finally:
        for holder in holders:
            let_go(holder)
    one_line(error, "database is locked", "nothing is lost", "call again")
    with Book(f"sqlite:///{database}") as book:
        assert len(book.digests()) == 1
    monkeypatch.undo()
    calm.goes_on("held-later")


@pytest.fixture
def small_disk(calm):
    """Make an output folder with room for little more than the empty gradebook.

    A disk of its own where mounting is allowed, else a bound on the size of a file, as
    where a quota ends. Returns the folder, what a run must do first, and what makes
    room.
    """
    place = calm.fresh("small")
    size = calm.seeded.stat().st_size
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={size + 2**18}", "none", str(place)]

    def bound():
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))

    def more():
        subprocess.run(
            ["mount", "-o", "remount,size=32m", str(place)],
            check=True,
            capture_output=True,
        )

    if subprocess.run(mounted, capture_output=True).returncode:
        yield place, bound, lambda: None
        return
    try:
        (place / "gradebook.db").write_bytes(calm.seeded.read_bytes())
        yield place, None, more
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_one_line_and_loses_nothing(calm, small_disk):
    out, before, make_room = small_disk
    done = calm.run("small", preexec_fn=before)
    said = [line for line in done.stderr.splitlines() if "notebooks graded" not in line]
    assert done.returncode == cli.WRONG_USE, done
    assert len(said) == 1, said
    assert "call again when that is mended" in said[0]
    assert not (out / "grades.csv").exists()
    make_room()
    calm.goes_on("small")
