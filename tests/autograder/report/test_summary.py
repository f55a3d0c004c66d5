"""What a class did, counted."""

import pytest

from autograder.report.summary import summarize
from autograder.verdict import CheckResult, Judgement, Verdict


def judged(*verdicts):
    return {"test/01_small": Judgement("test/01_small", list(verdicts))}


WRONG = CheckResult("a number", 1, 0, "value", "twice: too large")


@pytest.fixture
def summary(small):
    results = {
        "ada": judged(
            Verdict("t_double", 2, 2, "correct"),
            Verdict("t_triple", 1, 1, "correct"),
            Verdict("t_question", 2, 2, "manual", by_person=True),
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


def test_equal_mistakes_are_counted_together(summary):
    double, triple, _ = summary.exercises
    (mistake,) = double.ranked
    assert (mistake.key.slug, mistake.key.says) == ("squares", "squares")
    assert mistake.students == mistake.alone == ["bob", "cyd"]
    (mistake,) = triple.ranked
    assert mistake.key.says == "a number: twice: too large"
    assert [len(m.students) for m in summary.mistakes] == [2, 1]


def test_who_made_two_mistakes_is_counted_in_both(small):
    results = {
        name: judged(Verdict("t_double", 0, 2, "wrong", misconceptions=slugs))
        for name, slugs in {"ada": ["squares", "halves"], "bob": ["squares"]}.items()
    }
    found = summarize([small], ["ada", "bob"], results, {}).exercises[0].ranked
    assert [(m.key.slug, m.students, m.alone) for m in found] == [
        ("squares", ["ada", "bob"], ["bob"]),
        ("halves", ["ada"], []),
    ]


def test_how_points_spread(summary):
    double, triple, question = summary.exercises
    assert double.spread == [2, 0, 0, 1, 0, 1]
    assert double.median == 0.5
    assert triple.spread == [3, 0, 0, 0, 0, 1]
    assert question.spread == [2, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("score", "step"), [(0, 0), (0.1, 1), (1, 2), (2, 3), (3, 4), (3.99, 4), (4, 5)]
)
def test_a_score_falls_into_its_step(small, score, step):
    exercise = type(small.exercises[0])("t_four", "test/01_small", points=4)
    small.exercises = [exercise]
    results = {"ada": judged(Verdict("t_four", score, 4, "partial"))}
    (found,) = summarize([small], ["ada"], results, {}).exercises
    assert found.spread == [int(i == step) for i in range(6)]


def class_of(count, question="manual"):
    """Of `count` students every second is strong; the weak have the question."""
    results = {}
    for i in range(count):
        strong = i % 2
        results[f"s{i:02}"] = judged(
            Verdict("t_double", 2 * strong, 2, "correct" if strong else "wrong"),
            Verdict("t_triple", strong, 1, "correct" if strong else "wrong"),
            Verdict("t_question", 2 * (1 - strong), 2, question, by_person=True),
        )
    return results


def test_discrimination_is_that_with_the_rest(small):
    results = class_of(10)
    summary = summarize([small], list(results), results, {})
    # Beside double, the strong have 1 and the weak 2; beside triple, all have 2.
    assert [e.discrimination.value for e in summary.exercises] == [-1, None, -1]
    assert summary.exercises[1].discrimination.why == "all have the same rest"
    assert summary.compared == 10


def test_a_text_that_waits_does_not_count_among_the_rest(small):
    results = class_of(12)
    # One text is unread, so no text counts: strong and weak would be taken for equal.
    results["s00"]["test/01_small"].verdicts[2].by_person = False
    results["s00"]["test/01_small"].verdicts[2].score = 0
    summary = summarize([small], list(results), results, {})
    double, triple, question = summary.exercises
    assert double.discrimination.value == triple.discrimination.value == 1
    assert question.discrimination.value == -1
    assert question.discrimination.students == 11


def test_who_handed_in_nothing_that_can_be_read_is_not_compared(small):
    results = class_of(10)
    names = [*results, "absent", "broken"]
    results["broken"] = judged(
        *(Verdict(e.id, 0, e.points, "unreadable") for e in small.exercises)
    )
    summary = summarize([small], names, results, {})
    assert summary.compared == 10
    assert summary.handed_in == 11
    assert summary.absent == ["absent"]
    few = summarize([small], names[1:], results, {})
    assert {e.discrimination.why for e in few.exercises} == {"fewer than 10 students"}


def test_an_empty_class(small):
    summary = summarize([small], [], {}, {})
    assert summary.rows == []
    assert summary.exercises[0].mean is None
