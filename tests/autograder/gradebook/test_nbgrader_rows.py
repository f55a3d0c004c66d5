"""Many results in one transaction: the rows that nbgrader would make, or none."""

import shutil
import sqlite3
import subprocess
import sys
from datetime import datetime

import pytest
from nbgrader.api import Comment, Grade

from autograder.errors import UserError
from autograder.gradebook.book import Book
from autograder.gradebook.database import BUSY_SECONDS
from autograder.gradebook.nbgrader_rows import Entry
from autograder.verdict import Judgement, Verdict

READER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
print("reading", flush=True)
reads = 0
while True:
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM grade").fetchone()
    time.sleep(0.02)
    connection.execute("SELECT sum(auto_score) FROM grade").fetchone()
    connection.execute("COMMIT")
    reads += 1
    print(reads, flush=True)
"""


@pytest.fixture
def book(gradebook, small):
    with Book(gradebook) as opened:
        opened.set_up("test", [small])
        yield opened


def entry(student, score=1.0, **more):
    verdicts = [Verdict("t_double", score, 2.0, "partial")]
    judgement = Judgement("test/01_small", verdicts)
    return Entry(student, judgement, "digest", **more)


def rows(book, kind, student):
    submission = book.nbgrader.find_submission("test", student)
    found = book.nbgrader.db.query(kind).join(kind.notebook)
    return sorted(
        (row.cell.name, row.cell.type, row.notebook.notebook.name)
        for row in found
        if row.notebook.assignment is submission
    )


@pytest.mark.parametrize("kind", [Grade, Comment])
def test_a_submission_has_the_rows_that_nbgrader_makes(book, kind):
    book.save("test", [entry("ours")])
    book.nbgrader.add_student("theirs")
    with book.nbgrader.db.no_autoflush:
        book.nbgrader.add_submission("test", "theirs")
    assert rows(book, kind, "ours") == rows(book, kind, "theirs") != []


def test_nbgrader_finds_defaults_of_its_own_in_the_rows(book):
    book.save("test", [entry("ada")])
    submission = book.nbgrader.find_submission("test", "ada")
    assert [n.flagged for n in submission.notebooks] == [False]
    assert submission.timestamp is None
    assert submission.score == 1.0
    assert not submission.needs_manual_grade


def test_many_students_are_entered_at_once_and_again(book):
    when = datetime(2026, 1, 2)
    book.save("test", [entry(f"s{i}", i / 2, timestamp=when) for i in range(4)])
    book.save("test", [entry("s1", 2.0), entry("s9", 1.5)])
    submissions = book.nbgrader.assignment_submissions("test")
    scores = {s.student.id: s.score for s in submissions}
    assert scores == {"s0": 0.0, "s1": 2.0, "s2": 1.0, "s3": 1.5, "s9": 1.5}
    times = {s.student.id: s.timestamp for s in submissions}
    assert times == {**dict.fromkeys(["s0", "s1", "s2", "s3"], when), "s9": None}
    assert book.students() == sorted(scores)


def test_a_batch_is_entered_wholly_or_not_at_all(book, refuse_rows):
    refuse_rows("grade")
    with pytest.raises(UserError, match=r"no room for it[\s\S]*nothing is lost"):
        book.save("test", [entry("ada"), entry("bo")])
    assert book.students() == []
    assert book.digests() == {}


def test_a_reader_never_meets_a_locked_database(book, tmp_path):
    """It reads all the time, waits for nobody, and holds nobody up."""
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(tmp_path / "gradebook.db")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdout.readline() == "reading\n"
        for number in range(30):
            book.save("test", [entry(f"s{number}")])
            reads = reader.stdout.readline()
        went_on = reader.poll() is None
        reader.kill()
        assert went_on, reader.stderr.read()
    assert int(reads) == 30
    assert len(book.students()) == 30


def test_formgrader_finds_the_same_mode(book, tmp_path):
    with sqlite3.connect(tmp_path / "gradebook.db") as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    plain.close()
    with book.nbgrader.engine.connect() as theirs:
        waits = theirs.exec_driver_sql("PRAGMA busy_timeout").scalar()
    assert waits == 1000 * BUSY_SECONDS


@pytest.mark.parametrize("watched", [False, True])
def test_the_closed_file_alone_holds_everything(gradebook, small, tmp_path, watched):
    plain = sqlite3.connect(tmp_path / "gradebook.db") if watched else None
    if plain:
        plain.execute("SELECT count(*) FROM student").fetchone()
    with Book(gradebook) as book:
        book.set_up("test", [small])
        book.save("test", [entry("ada")])
    (tmp_path / "elsewhere").mkdir()
    copy = tmp_path / "elsewhere" / "copy.db"
    shutil.copyfile(tmp_path / "gradebook.db", copy)
    if plain:
        plain.close()
    else:
        assert not list(tmp_path.glob("gradebook.db-*"))
    with Book(f"sqlite:///{copy}") as book:
        assert book.students() == ["ada"]
