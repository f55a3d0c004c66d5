"""A slower change shows in what is counted, on whatever machine."""

from __future__ import annotations

import re
import socket
from collections import Counter

import pytest

from autograder.sandbox.inside.wire import pack
from benchmarks.counts import __main__ as counts
from benchmarks.counts.counting import ROOT, CountingChannel, calls

NAME = "lecture3/01_svm"
STORED = {"requests: ask": 100, "calls of judging": 1000, "imported in the sandbox": 0}


@pytest.fixture
def stored(tmp_path):
    path = tmp_path / "counts.toml"
    path.write_text(counts.as_toml("3.11", {NAME: STORED}), "utf-8")
    return path


def test_what_is_done_more_often_is_said_with_both_numbers():
    now = {"requests: ask": 103, "round trips": 7, "calls of judging": 1000}
    assert counts.slower(NAME, now, STORED) == [
        f"{NAME}: requests: ask: 103 instead of 100 (3% more)",
        f"{NAME}: round trips: 7 instead of 0 (new)",
    ]
    assert counts.fewer(now, STORED) == 0


@pytest.mark.parametrize(
    ("now", "rose"),
    [
        ({"requests: ask": 102}, False),
        ({"calls of judging": 1049}, False),
        ({"calls of judging": 1051}, True),
        ({"imported in the sandbox": 5}, False),
        ({"imported in the sandbox": 6}, True),
    ],
)
def test_a_count_may_rise_a_little(now, rose):
    assert bool(counts.slower(NAME, now, STORED)) == rose


def test_the_work_of_another_python_is_not_compared():
    now = {"calls of judging": 2000, "requests: ask": 200}
    (line,) = counts.slower(NAME, now, STORED, same_python=False)
    assert "requests: ask" in line


def test_check_fails_where_a_count_rose_and_renewed_counts_hold(stored, capsys):
    now = {"requests: ask": 130, "calls of judging": 1000}
    assert counts.main([], stored, lambda name: now) == 1
    said = capsys.readouterr()
    assert "requests: ask: 130 instead of 100 (30% more)" in said.err
    assert "python -m benchmarks.counts renew" in said.out
    assert counts.main(["renew"], stored, lambda name: now) == 0
    assert counts.main([], stored, lambda name: now) == 0
    assert "1 classes counted: 0 counts rose, 0 fell" in capsys.readouterr().out


def test_a_faster_change_is_said_and_fails_nothing(stored, monkeypatch, capsys):
    monkeypatch.setattr("platform.python_version_tuple", lambda: ("3", "11", "7"))
    assert counts.main([], stored, lambda name: {"requests: ask": 5}) == 0
    assert "0 counts rose, 2 fell" in capsys.readouterr().out


def test_a_notebook_without_counts_is_refused(stored, capsys):
    with pytest.raises(SystemExit, match="2"):
        counts.main(["check", "lecture9/01"], stored, lambda name: STORED)
    assert "no counts are stored of lecture9/01" in capsys.readouterr().err


def test_what_passes_through_a_channel_is_counted():
    ours, theirs = socket.socketpair()
    counted: Counter[str] = Counter()
    channel = CountingChannel(ours, counted)
    frame = pack({"do": "cell", "source": "1"})
    with ours, theirs:
        for _ in range(2):  # sent one after the other, answered together
            channel.sendall(frame)
        assert theirs.recv(1 << 10) == 2 * frame
        theirs.sendall(b"12345")
        assert channel.recv(3) + channel.recv(3) == b"12345"
    assert counted == {
        "requests: cell": 2,
        "bytes to the sandbox": 2 * len(frame),
        "bytes from the sandbox": 5,
        "round trips": 1,
    }


def test_calls_are_counted():
    with calls() as few:
        re.escape("a")
    with calls() as many:
        for _ in range(100):
            re.escape("a")
    assert many[0] - few[0] == pytest.approx(99 * 3, rel=0.5)


@pytest.mark.slow
def test_grading_does_nothing_more_often_than_is_stored(sandbox, tmp_path, capsys):
    """Where more is meant: ``python -m benchmarks.counts renew``."""
    found = counts.counted(NAME)
    said = counts.main(["check", NAME], count=lambda name: found)
    assert said == 0, capsys.readouterr().err
    # A round trip more for each question would show.
    slow = found | {"round trips": found["round trips"] + found["requests: ask"]}
    assert counts.main(["check", NAME], count=lambda name: slow) == 1
    assert "round trips" in capsys.readouterr().err
    assert str(ROOT) not in counts.STORED.read_text("utf-8")
