"""Results are stored some at a time, and the rest at the end."""

import pytest

from autograder.gradebook.batch import Batch
from autograder.gradebook.nbgrader_rows import Entry
from autograder.verdict import Judgement

ENTRIES = [Entry(f"student-{n}", Judgement("test/01_small", [])) for n in range(5)]


class Book:
    """Stand for a gradebook; `sizes` are those of its transactions."""

    def __init__(self):
        self.sizes = []

    def save(self, lecture, entries):
        assert lecture == "test"
        self.sizes.append(len(entries))


def store(**options):
    book = Book()
    with Batch(book, "test", **options) as batch:
        for entry in ENTRIES:
            batch.add(entry)
    return book.sizes


def test_a_full_batch_is_stored_and_the_rest_at_the_end():
    assert store(size=2, seconds=float("inf")) == [2, 2, 1]


def test_a_result_does_not_wait_longer_than_it_may():
    assert store(size=100, seconds=-1.0) == [1, 1, 1, 1, 1]


def test_what_an_error_finds_is_stored():
    def interrupted():
        with Batch(book, "test") as batch:
            batch.add(ENTRIES[0])
            raise KeyboardInterrupt

    book = Book()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert book.sizes == [1]


def test_nothing_is_stored_where_there_is_nothing():
    book = Book()
    with Batch(book, "test"):
        pass
    assert book.sizes == []
