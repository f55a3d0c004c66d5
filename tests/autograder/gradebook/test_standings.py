"""What counts in a term: groups share, exercises count otherwise, late work loses."""

from datetime import datetime

import pytest

from autograder.gradebook.standings import count, members, scores_of, share
from autograder.gradebook.term_settings import LectureTerm
from autograder.verdict import Counts, Judgement, Status, Verdict

EARLY, LATE = datetime(2026, 10, 1), datetime(2026, 10, 2)


def work(score, status="correct", notebook="week1/x"):
    verdicts = [Verdict("a", score, 2.0, status), Verdict("b", 1.0, 1.0, "correct")]
    return {notebook: Judgement(notebook, verdicts)}


def first(judgements):
    return judgements["week1/x"].verdicts[0]


GROUP = LectureTerm(groups={"team": ("ada", "bob")})


def test_each_student_of_a_group_has_its_work():
    found = share({"team": work(2.0), "eve": work(1.0)}, GROUP, {}, {})
    assert {s: first(of).score for s, of in found.results.items()} == {
        "ada": 2.0,
        "bob": 2.0,
        "eve": 1.0,
    }
    assert found.sharing("team", "week1/x") == ["ada", "bob"]
    assert {s for s, of in found.once().items() if of} == {"ada", "eve"}


def test_the_newest_file_with_an_answer_is_the_groups():
    results = {
        "ada": work(1.0, "partial"),
        "bob": work(2.0),
        "team": {"week1/x": Judgement("week1/x", [Verdict("a", 0, 2.0, "missing")])},
    }
    times = {"ada": LATE, "bob": EARLY, "team": LATE}
    found = share(results, GROUP, times, {("ada", "x"): 0.5, ("bob", "x"): 0.25})
    assert {s: first(of).score for s, of in found.results.items()} == {
        "ada": 1.0,
        "bob": 1.0,
    }
    assert found.holders["bob"] == {"week1/x": "ada"}
    # What was late counts for both, and the work stands once, with who handed it in.
    assert found.penalties == {"ada": 0.5, "bob": 0.5}
    assert {s for s, of in found.once().items() if of} == {"ada"}


def test_a_class_lists_students_and_no_groups():
    terms = [GROUP, LectureTerm(groups={"pair": ("eve", "fay")})]
    names = ["ada", "eve", "gil", "pair", "team"]
    assert list(members(names, terms)) == ["ada", "eve", "gil", "fay", "bob"]


@pytest.mark.parametrize(
    ("counts", "counted", "most"),
    [
        (Counts.FULLY, 1.5, 3.0),
        (Counts.TAKEN_OUT, 1.0, 1.0),
        (Counts.GIVEN, 3.0, 3.0),
        (Counts.BONUS, 1.5, 1.0),
    ],
)
def test_what_an_exercise_counts_for(counts, counted, most):
    results = {"ada": work(0.5, "partial")}
    found = count(results, LectureTerm(counts={"a": counts}))
    assert scores_of(found) == {("ada", "x"): counted}
    verdicts = found["ada"]["week1/x"].verdicts
    assert sum(v.counted_max for v in verdicts) == most
    assert first(results["ada"]).counts is Counts.FULLY  # what was read stays


@pytest.mark.parametrize("status", ["missing", "unreadable"])
def test_points_are_given_only_for_what_could_be_read(status):
    found = count({"ada": work(0.0, status)}, LectureTerm(counts={"a": Counts.GIVEN}))
    assert first(found["ada"]).score == 0
    assert first(found["ada"]).status is Status(status)
