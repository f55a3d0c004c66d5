"""Two graders at once: one writes, the other says so or waits; a dead one is none."""

import os
import signal
import subprocess
import sys

import pytest

from autograder.errors import UserError
from autograder.gradebook.book import Book
from autograder.gradebook.lock import FileLock, only_writer

pytestmark = pytest.mark.slow

HOLD = """
import sys, time
from autograder.gradebook.book import Book
with Book(sys.argv[1]) as book, book.only_writer():
    print("held", flush=True)
    time.sleep(300)
"""
OPEN = """
import os, sys, time
from autograder.gradebook.book import Book
print("ready", flush=True)
while not os.path.exists(sys.argv[2]):
    time.sleep(0.001)
with Book(sys.argv[1]) as book:
    print(book.seed().hex(), flush=True)
"""


def started(script, *words):
    return subprocess.Popen(
        [sys.executable, "-c", script, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_second_writer_is_told_of_the_first_until_that_one_is_dead(gradebook):
    with started(HOLD, gradebook) as first:
        assert first.stdout.readline() == "held\n"
        with Book(gradebook) as book:
            with pytest.raises(UserError) as refused:
                book.only_writer().__enter__()
            assert f"another grader (process {first.pid}) is writing" in str(
                refused.value
            )
            assert "\n" not in str(refused.value)
            first.send_signal(signal.SIGKILL)
            first.wait()
            with book.only_writer():
                pass
    lock = gradebook.removeprefix("sqlite:///") + ".lock"
    assert not os.path.exists(lock)


def test_two_that_open_a_new_gradebook_at_once_share_it(tmp_path):
    url, go = f"sqlite:///{tmp_path / 'gradebook.db'}", tmp_path / "go"
    with started(OPEN, url, str(go)) as one, started(OPEN, url, str(go)) as other:
        for process in (one, other):
            assert process.stdout.readline() == "ready\n"
        go.write_text("")
        said = [process.communicate(timeout=120) for process in (one, other)]
    assert [process.returncode for process in (one, other)] == [0, 0], said
    assert said[0][0] == said[1][0] != ""


def test_who_waits_says_so_once_and_goes_on(tmp_path):
    path = tmp_path / "gradebook.db.lock"
    holder = FileLock(path)
    assert holder.acquire()
    told = []

    def let_go(line):
        told.append(line)
        holder.release()

    with only_writer(path, "the gradebook", 60.0, let_go):
        assert FileLock(path).holder() == str(os.getpid())
    assert told == [
        f"another grader (process {os.getpid()}) is writing to the gradebook; "
        "waiting for it"
    ]
    assert not path.exists()


def test_a_lock_whose_file_was_taken_away_is_no_lock(tmp_path):
    path = tmp_path / "gradebook.db.lock"
    with FileLock(path) as first, FileLock(path) as second:
        assert first.acquire()
        assert not second.acquire()
        path.unlink()  # by hand, say: the next one makes its own
        assert second.acquire()
        assert FileLock(path).holder() == str(os.getpid())


def test_a_lock_that_cannot_be_made_is_one_line(tmp_path):
    path = tmp_path / "nowhere" / "gradebook.db.lock"
    with pytest.raises(UserError, match="cannot be locked") as error:
        only_writer(path, "the gradebook").__enter__()
    assert "\n" not in str(error.value)
