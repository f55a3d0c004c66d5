"""What a class did, counted."""

import pytest

from autograder.grading.decide import CheckResult, Verdict
from autograder.grading.judge import Judgement
from autograder.report.summary import reasons, summarize


def judged(*verdicts):
    return {"test/01_small": Judgement("test/01_small", list(verdicts), {})}


WRONG = CheckResult("a number", 1, 0, "value", "twice: too large")


@pytest.fixture
def summary(small):
    results = {
        "ada": judged(
            Verdict("t_double", 2, 2, "correct"),
            Verdict("t_triple", 1, 1, "correct"),
            Verdict("t_question", 2, 2, "manual", note="scored by a person"),
        ),
        "bob": judged(
            Verdict("t_double", 1, 2, "partial", [WRONG], misconceptions=["squares"]),
            Verdict("t_triple", 0, 1, "wrong", [WRONG]),
            Verdict("t_question", 0, 2, "manual"),
        ),
        "cyd": judged(
            Verdict("t_double", 0, 2, "wrong", [], misconceptions=["squares"])
        ),
    }
    return summarize([small], ["ada", "bob", "cyd", "dan"], results, {"bob": 3.0})


def test_groups_and_statuses(summary):
    double, triple, question = summary.exercises
    assert double.groups == {"full": 1, "part": 1, "none": 1, "nothing": 1}
    assert triple.statuses == {"correct": 1, "wrong": 1, "missing": 2}
    assert question.groups == {"full": 1, "waits": 1, "nothing": 2}
    assert summary.statuses == ["correct", "partial", "wrong", "missing", "manual"]


def test_means_leave_out_what_waits(summary):
    double, _, question = summary.exercises
    assert double.mean == 0.75
    assert question.mean == pytest.approx(2 / 3)
    assert question.unread == ["bob"]


def test_totals_with_a_late_penalty(summary):
    assert [row.score for row in summary.rows] == [5, 0, 0, 0]
    assert [row.percent for row in summary.rows] == [100, 0, 0, 0]
    assert summary.rows[1].notebooks == {"test/01_small": 1}
    assert summary.most == 5


def test_the_commonest_reason_comes_first(summary):
    double, triple, _ = summary.exercises
    assert double.common == [("squares", ["bob", "cyd"])]
    assert triple.common == [("a number: twice: too large", ["bob"])]


def test_reasons_are_those_that_the_record_knows():
    known = Verdict(
        "l3_svm_loss_i", 0, 2, "wrong", misconceptions=["no_such", "no_such"]
    )
    assert reasons(known) == ["no such"]
    for status in ("correct", "unanswered", "missing", "unreadable", "manual"):
        assert reasons(Verdict("l3_svm_loss_i", 0, 2, status, [WRONG])) == []
    assert reasons(Verdict("l3_svm_loss_i", 0, 2, "wrong")) == []


def test_an_empty_class(small):
    summary = summarize([small], [], {}, {})
    assert summary.rows == []
    assert summary.exercises[0].mean is None
