"""A gradebook in PostgreSQL: what differs from a file, on a real server."""

import json
import os
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import create_engine, make_url, text

from autograder import cli
from autograder.errors import UserError
from autograder.gradebook.book import Book
from autograder.gradebook.database import without_password
from autograder.gradebook.nbgrader_rows import Entry
from autograder.verdict import Judgement, Verdict
from tests.conftest import give_exercises

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]


def judgement(note=""):
    verdicts = [Verdict("t_double", 1.5, 2.0, "partial", hint=note)]
    return Judgement("test/01_small", verdicts, [note])


@pytest.mark.parametrize(
    "name", ["x" * 300, "이" * 100, "a'); drop table student; --", "%s %(x)s :x"]
)
def test_a_name_may_be_long_or_hostile(postgresql, small, name):
    with Book(postgresql) as book:
        book.set_up("test", [small])
        book.save("test", [Entry(name, judgement(), "digest")])
        assert book.digests() == {(name, "test/01_small"): "digest"}
        assert book.students() == [name]
        assert book.nbgrader.find_submission("test", name).score == 1.5


@pytest.mark.parametrize("note", ["a\0b", "a \ud800 b", "\\u0000", "😀" * 5000])
def test_what_postgresql_cannot_hold_as_text_is_kept(postgresql, small, note):
    with Book(postgresql) as book:
        book.set_up("test", [small])
        book.save("test", [Entry("ada", judgement(note), "digest")])
        found = book.results("test")["ada"]["test/01_small"]
    assert found.notes == [note]
    assert found.verdicts[0].hint == note


def test_two_that_draw_the_seed_at_once_have_the_same(postgresql):
    barrier = Barrier(4)

    def draw(_):
        with Book(postgresql) as book:
            barrier.wait(60)
            return book.seed()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(draw, range(4)))) == 1


def test_one_grades_at_a_time(postgresql):
    with Book(postgresql) as first, Book(postgresql) as second:
        with first.only_writer():
            with pytest.raises(UserError, match="another grader is writing"):
                second.only_writer().__enter__()
            assert second.digests() == {}
        with second.only_writer():
            pass


def test_a_connection_that_is_lost_is_one_line_and_the_next_call_works(
    postgresql, small
):
    with Book(postgresql) as book:
        book.set_up("test", [small])
        book.save("test", [Entry("ada", judgement(), "digest")])
        end_connections(postgresql)
        with pytest.raises(UserError, match="nothing is lost"):
            book.save("test", [Entry("bo", judgement(), "digest")])
    with Book(postgresql) as book:
        book.save("test", [Entry("bo", judgement(), "digest")])
        assert len(book.digests()) == 2


def end_connections(url):
    engine = create_engine(make_url(url).set(database="postgres"))
    query = "select pg_terminate_backend(pid) from pg_stat_activity where datname = :d"
    with engine.connect() as connection:
        connection.execute(text(query), {"d": make_url(url).database}).all()
    engine.dispose()


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


SECRET = "se cret"  # noqa: S105


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda url: url.set(password=SECRET), "password authentication failed"),
        (lambda url: url.set(password=SECRET, port=closed_port()), "cannot be opened"),
        (lambda url: url.set(password=SECRET, host="no.invalid"), "cannot be opened"),
        (lambda url: url.set(database="nowhere"), "does not exist"),
        (lambda url: f"postgresql+psycopg://ann:{SECRET}@:here/db", "is not the URL"),
        (lambda url: f"postgresql+psycopg://ann:a/{SECRET}@h/db", "be opened|not the"),
        (lambda url: f"postgresql+psycopg:///db?password={SECRET}&port=1", "opened"),
        (lambda url: f"postgresql+psycopg:///db?{SECRET}={SECRET}", "cannot be opened"),
    ],
)
def test_what_is_wrong_is_one_line_without_the_password(postgresql, change, reason):
    url = change(make_url(postgresql))
    if not isinstance(url, str):
        url = url.render_as_string(hide_password=False)
    with pytest.raises(UserError, match=reason) as error:
        Book(url)
    said = str(error.value)
    assert "\n" not in said
    for secret in (SECRET, SECRET.replace(" ", "+"), SECRET.replace(" ", "%20")):
        assert f"={secret}" not in said.replace(f"{SECRET}={SECRET}", "")
        assert f":{secret}" not in said
        assert f"/{secret}" not in said
    assert make_url(postgresql).password not in said


def test_a_password_in_an_url_is_never_shown():
    shown = without_password("postgresql+psycopg://ann:a@b:c/d@host/db?sslmode=require")
    assert shown == "postgresql+psycopg://ann:***@host/db?sslmode=require"
    assert without_password("postgresql://h/d?user=a&password=b&x=1").count("***") == 1
    assert without_password("sqlite:////home/ann/g.db") == "sqlite:////home/ann/g.db"


def test_a_missing_driver_is_told_with_the_extra_that_brings_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UserError, match="its extra `postgresql`"):
        Book("postgresql+psycopg://ann:x@127.0.0.1:1/db")


@pytest.fixture
def course(tmp_path, svm, monkeypatch):
    """A course of one notebook with a blank and a missing submission."""
    (tmp_path / "notebooks" / "lecture3").mkdir(parents=True)
    blank = tmp_path / "term" / "submitted" / "ada" / "lecture3"
    blank.mkdir(parents=True)
    (tmp_path / "term" / "submitted" / ("이" * 60) / "lecture3").mkdir(parents=True)
    for place in (tmp_path / "notebooks" / "lecture3", blank):
        (place / "01_svm.ipynb").write_text(json.dumps(svm.notebook))
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    give_exercises(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_class_is_graded_reported_and_published(course, postgresql, capsys):
    base = ["lecture3", "--db", postgresql]
    assert cli.main(["grade", *base, "--jobs", "1"]) == 0
    table = (course / "term" / "grades.csv").read_bytes()
    assert table.count(b"unanswered") == table.count(b"missing") == 6
    assert cli.main(["grade", *base, "--jobs", "1"]) == 0
    assert "0 notebooks graded, 2 unchanged" in capsys.readouterr().out
    (course / "term" / "grades.csv").unlink()
    assert cli.main(["report", *base]) == 0
    assert (course / "term" / "grades.csv").read_bytes() == table
    assert cli.main(["publish", *base, "--to", "back"]) == 0
    assert len(list((course / "back").glob("*/lecture3/01_svm.html"))) == 2
    assert not (course / "term" / "gradebook.db").exists()
    written = [p.read_bytes() for p in course.rglob("*") if p.is_file()]
    password = make_url(postgresql).password
    assert not any(password.encode() in data for data in written)
    said = capsys.readouterr()
    assert password not in said.out + said.err
    # nbgrader's own command keeps its grades in the same place.
    command = [sys.executable, "-m", "nbgrader", "autograde", "lecture3"]
    environment = {**os.environ, "COURSE_DB": postgresql, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, "--student", "ada", "--force"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    with Book(postgresql) as book:
        assert ("ada", "lecture3/01_svm") not in book.digests()
        assert book.nbgrader.find_submission("lecture3", "ada").score == 0
    assert password not in done.stdout + done.stderr
