"""A check runs the notebook once more, with a cell of the course's in front."""

import pytest

from autograder.course.settings import Settings
from autograder.exercise.backend import LocalBackend
from autograder.exercise.failure import CheckFailed
from autograder.exercise.record import Exercise
from autograder.exercise.student import Student
from autograder.judging.judge import judge

SEED = b"a seed"
SET = "import builtins\nbuiltins.factor = 5"
MADE = """
import builtins
total = 3 * getattr(builtins, "factor", 2)
double = lambda x: total
"""


@pytest.fixture
def made_again(small, monkeypatch):
    """The small notebook, whose first exercise is asked in two runs."""
    exercise = Exercise("t_double", "test/01_small", points=2, names=("double",))

    @exercise.check("both runs", points=2)
    def _(student, rng):
        with student.again(SET) as other:
            found = [who.call("double", 1) for who in (student, other, student)]
        if found != [6, 15, 6]:
            raise CheckFailed(f"found {found}")

    monkeypatch.setattr(
        type(small), "exercises", [exercise, *small.exercises[1:]], raising=True
    )
    return small


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "found"),
    [
        (MADE, (2, "correct")),
        ("double = lambda x: 6", (0, "wrong")),
        (MADE + "if total > 6: import os; os._exit(1)", (0, "crashed")),
        (MADE + "while total > 6: pass", (0, "timeout")),
    ],
)
def test_a_second_run_is_asked_beside_the_first(
    made_again, sandbox, limits, fill, source, found
):
    data = fill(t_double=source, t_triple="def triple(x):\n    return 3 * x")
    judgement = judge(made_again, data, SEED, sandbox, Settings(limits)).judgement
    first, second, _ = judgement.verdicts
    assert (first.score, first.status) == found
    assert second.score == 1


def test_known_code_is_no_notebook():
    with Student(LocalBackend({})).again(SET) as other:
        assert other is None
