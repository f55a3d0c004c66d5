"""The time of one notebook, and the parts that are set aside."""

import pytest

from autograder.judging.budget import Budget, PutBack, used_up
from autograder.judging.run import budget_of, part_to_ask, part_to_run
from autograder.sandbox.limits import Limits


def test_half_is_set_aside_in_equal_parts():
    budget = Budget(80.0, ["a", "b"])
    assert budget.kept == {"a": 20.0, "b": 20.0}
    assert budget.allows(100.0) == 40.0
    assert budget.allows(100.0, "a") == 60.0
    assert budget.allows(1.0) == 1.0


def test_what_never_ends_leaves_the_others_their_parts():
    budget = Budget(80.0, ["bad", "worse", "right", "late"])
    for name in ("bad", "worse"):
        for wanted in (30.0, 30.0):
            budget.spend(budget.allows(wanted, name), name)
    assert budget.allows(30.0, "bad") == 0.0
    assert budget.allows(30.0) == 0.0
    assert budget.allows(30.0, "right") == 10.0
    budget.settle("late")
    assert budget.allows(30.0, "right") == 20.0


def test_an_overdraft_is_nothing_left():
    budget = Budget(10.0, ["a"])
    budget.spend(12.0, "a")
    assert budget.allows(1.0, "a") == 0.0


def test_a_notebook_is_put_back_where_its_first_slice_is_used_up():
    budget = Budget(100.0, first=20.0)
    budget.spend(20.0)
    with pytest.raises(PutBack):
        budget.spend(0.1)


def test_every_answer_and_every_exercise_that_is_asked_has_a_part(small):
    kept = budget_of(small, Limits(notebook_seconds=80.0)).kept
    names = ("t_double", "t_triple")
    parts = [part(name) for part in (part_to_run, part_to_ask) for name in names]
    assert kept == dict.fromkeys(parts, 10.0)


def test_what_is_not_asked_any_more_says_why():
    gone = used_up()
    assert (gone.kind, "computing time" in gone.reason) == ("timeout", True)
