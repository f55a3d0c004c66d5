"""The page on large classes says what was measured and what follows from it."""

from __future__ import annotations

import dataclasses

import pytest

from autograder.gradebook.book import Book
from benchmarks import capacity
from benchmarks.capacity import Figures, hours, load, page, size

ROUND = Figures(
    machine="a machine",
    notebooks=30,
    students=24,
    worker_seconds=0.5,
    writer_seconds=0.01,
    report_seconds=0.02,
    report_bytes=1e5,
    task_bytes=3e5,
    result_bytes=2e5,
    database_bytes=1e5,
    postgresql_bytes=0.0,
    disk_bytes=1e6,
)


def test_the_page_is_made_from_the_figures():
    assert capacity.PAGE.read_text("utf-8") == page(load())


def rows(text: str, first: str) -> list[list[str]]:
    lines = [x for x in text.splitlines() if x.startswith(f"| {first} |")]
    return [[word.strip() for word in line.split("|")[1:-1]] for line in lines]


def row(text: str, first: str) -> list[str]:
    return rows(text, first)[0]


def test_the_numbers_follow_from_the_figures():
    text = page(ROUND)
    # 1,000 students: 10,000 notebooks at .5 s, .01 s, .5 MB and 1 MB each.
    assert row(text, "1,000")[1:] == [
        "10,000",
        "83 min",
        "2 min",
        "5 GB",
        "100 MB",
        "10 GB",
        "20 s",
        "100 MB",
    ]
    # Without students: 1,000 notebooks at .5 s by 1 to 16 workers.
    assert rows(text, "1,000")[1][1:] == ["8 min", "4 min", "2 min", "62 s", "31 s"]
    # Up to .5 / .01 = 50 processors the workers are what takes the time.
    assert row(text, "16")[1:] == ["4.3 h", "the workers", "128 Mbit/s"]
    assert row(text, "64")[1:] == ["83 min", "the one writer", "400 Mbit/s"]
    assert "`c / w` = 50 processors" in text
    assert "PostgreSQL |" not in text
    measured = dataclasses.replace(ROUND, postgresql_bytes=2e5)
    assert row(page(measured), "gradebook for a student, PostgreSQL")[1] == "200 kB"


@pytest.mark.parametrize(
    ("number", "words"),
    [(12, "12 B"), (1234, "1.23 kB"), (5e9, "5 GB"), (2.5e12, "2.5 TB")],
)
def test_bytes_are_told_in_a_unit_that_reads_well(number, words):
    assert size(number) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(20, "20 s"), (600, "10 min"), (7200, "2.0 h")]
)
def test_a_time_is_told_in_a_unit_that_reads_well(seconds, words):
    assert hours(seconds) == words


def test_the_size_of_a_gradebook_is_asked_of_the_database(tmp_path):
    with Book(f"sqlite:///{tmp_path}/g.db") as book:
        told = capacity.database_size(book)
    assert told == (tmp_path / "g.db").stat().st_size > 0
