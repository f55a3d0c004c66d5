"""Which scores a grading changed, and why."""

import pytest

from autograder.gradebook.book import Book
from autograder.gradebook.changes import Because, find_changes, gains_and_losses
from autograder.gradebook.nbgrader_rows import Entry
from autograder.verdict import Judgement, Verdict


def judgement(score, most=2.0, file="f", edition="e", failed=False):
    verdict = Verdict("t_double", score, most, "partial", grader_failed=failed)
    return Judgement("test/01_small", [verdict], file=file, edition=edition)


@pytest.mark.parametrize(
    ("old", "new", "because"),
    [
        (judgement(1.0), judgement(2.0, file="g"), Because.RESUBMITTED),
        (judgement(1.0), judgement(2.0, edition="d"), Because.EXERCISE),
        (judgement(1.0), judgement(1.0, 3.0, edition="d"), Because.EXERCISE),
        (judgement(1.0), judgement(2.0), Because.AGAIN),
        # An earlier version noted neither: no reason is better than a wrong one.
        (judgement(1.0, file="", edition=""), judgement(2.0), Because.AGAIN),
    ],
)
def test_a_score_that_differs_is_a_change_with_its_reason(old, new, because):
    (found,) = find_changes("ada", old, new, ())
    assert found.because is because
    assert (found.before, found.max_after) == (1.0, new.verdicts[0].max_score)


@pytest.mark.parametrize(
    ("old", "new", "by_hand"),
    [
        (judgement(1.0), judgement(1.0, file="g"), ()),
        (judgement(1.0), judgement(2.0), ("t_double",)),
        (judgement(1.0), judgement(0.0, failed=True), ()),
    ],
)
def test_what_is_no_change(old, new, by_hand):
    assert list(find_changes("ada", old, new, by_hand)) == []


def test_changes_are_kept_in_their_order(gradebook, small):
    with Book(gradebook) as book:
        book.set_up("test", [small])
        book.save("test", [Entry("ada", judgement(1.0)), Entry("bo", judgement(2.0))])
        assert book.changes() == []
        book.save("test", [Entry("ada", judgement(2.0)), Entry("bo", judgement(1.0))])
        book.save("test", [Entry("bo", judgement(0.5))])
        found = book.changes()
    assert [(c.student, c.before, c.after) for c in found] == [
        ("ada", 1.0, 2.0),
        ("bo", 2.0, 1.0),
        ("bo", 1.0, 0.5),
    ]
    assert gains_and_losses(found) == (["ada"], ["bo"])
