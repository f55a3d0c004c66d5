"""The rows of ``totals.csv``."""

from dataclasses import replace

import pytest

from autograder.report.tables import TOTALS, totals_of
from autograder.verdict import Judgement, Status, Verdict


@pytest.fixture
def verdicts(svm):
    """Full points for the code; the texts wait for a person."""
    return [
        Verdict(e.id, 0.0, e.points, Status.MANUAL)
        if e.kind == "manual"
        else Verdict(e.id, e.points, e.points, Status.CORRECT)
        for e in svm.exercises
    ]


def total(svm, verdicts, penalty=0.0):
    results = {"ada": {svm.name: Judgement(svm.name, verdicts)}}
    (total,) = totals_of(results, ["ada"], [svm], {"ada": penalty})
    row = total.row()
    return dict(zip(TOTALS, row, strict=True))


def test_a_text_counts_as_ungraded_until_a_person_has_scored_it(svm, verdicts):
    texts = [i for i, v in enumerate(verdicts) if v.status is Status.MANUAL]
    assert texts
    before = total(svm, verdicts)
    assert before["to_grade_by_hand"] == str(len(texts))
    first = texts[0]
    verdicts[first] = replace(verdicts[first], score=1.0, by_person=True)
    after = total(svm, verdicts)
    assert after["to_grade_by_hand"] == str(len(texts) - 1)
    assert float(after["score"]) == float(before["score"]) + 1


def test_a_penalty_takes_off_no_more_than_there_is(svm, verdicts):
    due = float(total(svm, verdicts)["score"])
    assert float(total(svm, verdicts, 1.5)["score"]) == due - 1.5
    assert float(total(svm, verdicts, 1000.0)["score"]) == 0
