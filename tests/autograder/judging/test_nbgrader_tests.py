"""Cells without an exercise behind them: graded as nbgrader would, and no output."""

from __future__ import annotations

import copy
import json

import pytest

from autograder.course.handout import load_handouts
from autograder.course.settings import Settings
from autograder.errors import UserError
from autograder.judging.judge import judge
from autograder.verdict import Status
from tests.autograder.conftest import cell

pytestmark = pytest.mark.slow

STUB = "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
RIGHT = "def double(x):\n    return 2 * x"
HIDE = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
HIDDEN = HIDE.format("assert double(21) == 42, 'secret'")
TEST = f"assert double(1) == 2\n{HIDDEN}"
LOCKED = {"grade": True, "locked": True}


def write(root, test=TEST, released=None, folders=("release", "source")):
    """Write a plain nbgrader course of one notebook; return its handout."""
    hidden_part = test[test.find("### BEGIN HIDDEN") :] if "### BEGIN" in test else ""
    shown = test.replace(hidden_part, "").rstrip() if released is None else released
    for folder, source in zip(folders, (shown, test), strict=False):
        cells = [
            cell("double_state = []"),
            cell(STUB, "double", solution=True),
            cell(source, "double_test", points=4, **LOCKED),
            cell("# Say why.", "why", "markdown", grade=True, solution=True, points=2),
            cell("# Draw it.", "draw", "markdown", task=True, points=1, locked=True),
        ]
        notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        path = root / folder / "hw1" / "01_double.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(notebook))
    return load_handouts(root, "hw1")[0]


@pytest.fixture
def grade(tmp_path, sandbox, limits):
    """Return a function that grades an answer to a test."""

    def run(answer=STUB, test=TEST, extra=(), **options):
        handout = write(tmp_path, test, **options)
        notebook = copy.deepcopy(handout.notebook)
        notebook["cells"][1]["source"] = answer
        notebook["cells"] += [cell(source) for source in extra]
        data = json.dumps(notebook).encode()
        judged = judge(handout, data, b"seed", sandbox, Settings(limits))
        return judged, {v.exercise: v for v in judged.judgement.verdicts}

    return run


def test_every_graded_cell_has_a_verdict(grade):
    judged, verdicts = grade(RIGHT)
    assert list(verdicts) == ["double", "why", "draw"]
    assert (verdicts["double"].score, verdicts["double"].max_score) == (4, 4)
    assert verdicts["double"].status is Status.CORRECT
    assert verdicts["double"].beside
    assert verdicts["why"].status is Status.UNANSWERED
    assert (verdicts["draw"].status, verdicts["draw"].max_score) == (Status.MANUAL, 1)
    assert not verdicts["draw"].beside
    assert judged.judgement.notes == []


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (STUB, Status.UNANSWERED, ""),
        ("def double(x):\n    return 3 * x", Status.ERROR, "stands below the test"),
        ("def double(x):\n    return 2", Status.WRONG, "that is hidden did not pass"),
        ("def double(x:", Status.ERROR, "stands below the test"),
        (
            "def double(x):\n    while True: pass",
            Status.TIMEOUT,
            "within the time limit",
        ),
        ("while True: pass", Status.TIMEOUT, "within the time limit"),
        ("import os; os._exit(1)", Status.CRASHED, "the process ended"),
        (
            "def double(x):\n    import os\n    return 2 if x < 9 else os._exit(1)",
            Status.CRASHED,
            "the process ended",
        ),
    ],
)
def test_what_falls_short_earns_nothing(grade, answer, status, words):
    judged, verdicts = grade(answer)
    verdict = verdicts["double"]
    assert (verdict.score, verdict.status) == (0, status)
    assert words in verdict.checks[0].reason
    assert "secret" not in json.dumps(judged.notebook)
    assert verdicts["why"].max_score == 2


@pytest.mark.parametrize(
    ("last", "score", "status"),
    [
        ("1.5", 1.5, Status.PARTIAL),
        ("np.float64(1.5)", 1.5, Status.PARTIAL),
        ("4", 4, Status.CORRECT),
        ("40", 4, Status.CORRECT),
        ("0", 0, Status.WRONG),
        ("None", 4, Status.CORRECT),
        ("print('a word')", 4, Status.CORRECT),
        ("-1", 0, Status.ERROR),
        ("'full marks'", 0, Status.ERROR),
        ("True", 0, Status.ERROR),
        ("float('nan')", 0, Status.ERROR),
        ("float('inf')", 0, Status.ERROR),
        ("[3, 1]", 0, Status.ERROR),
        ("import sys; print('careful', file=sys.stderr)", 4, Status.CORRECT),
        ("__import__('IPython').display.display(3); assert False", 0, Status.WRONG),
    ],
)
def test_a_number_is_partial_credit_within_bounds(grade, last, score, status):
    hidden = HIDE.format(f"import numpy as np\n{last}")
    judged, verdicts = grade(RIGHT, test=f"double(1)\n{hidden}")
    assert (verdicts["double"].score, verdicts["double"].status) == (score, status)
    told = any("end it with an assert" in note for note in judged.judgement.notes)
    assert told is (status is Status.ERROR)


def test_a_test_sees_what_stands_before_it_and_not_what_comes_later(grade):
    _, verdicts = grade(RIGHT, extra=["double = None"])
    assert verdicts["double"].score == 4


def test_nothing_made_beside_the_hidden_test_is_shown(grade):
    """Code that looks for the test finds it only where no output is taken."""
    spy = (
        "def double(x):\n"
        "    import gc, inspect\n"
        "    frame = inspect.currentframe().f_back\n"
        "    print('LEAK', In[-1], frame.f_code.co_consts)\n"
        "    return 2 * x\n"
    )
    judged, verdicts = grade(spy, extra=["print(In)", "print(double_state)"])
    assert verdicts["double"].score == 4
    text = json.dumps([judged.notebook, verdicts["double"].checks[0].reason])
    assert "LEAK" in text
    assert "secret" not in text
    assert "42" not in text


def test_code_beside_its_test_can_fool_it_and_the_verdict_says_so(grade):
    fool = "class Any(int):\n    def __eq__(self, other):\n        return True\n"
    _, verdicts = grade(f"{fool}double = lambda x: Any()")
    assert verdicts["double"].score == 4
    assert verdicts["double"].beside


def test_a_deleted_test_comes_back(grade, tmp_path, sandbox, limits):
    handout = write(tmp_path)
    notebook = copy.deepcopy(handout.notebook)
    notebook["cells"][1]["source"] = RIGHT
    notebook["cells"][2]["metadata"]["nbgrader"]["grade_id"] = "mine"
    notebook["cells"][2]["source"] = "assert True"
    data = json.dumps(notebook).encode()
    judged = judge(handout, data, b"seed", sandbox, Settings(limits))
    assert judged.judgement.verdicts[0].score == 4
    assert "cell double_test was missing; it is put back" in judged.judgement.notes


# Where the whole test comes from ------------------------------------------------------


def test_the_hidden_region_comes_from_the_source(tmp_path):
    handout = write(tmp_path)
    assert handout.notebook["cells"][2]["source"] == "assert double(1) == 2"
    assert handout.without_exercise["double_test"] == TEST
    assert list(handout.without_exercise) == ["double_test", "why", "draw"]


def test_without_a_source_the_test_runs_as_released(tmp_path):
    handout = write(tmp_path, folders=("release",))
    assert handout.without_exercise["double_test"] == "assert double(1) == 2"


def test_tests_that_nbgrader_made_stay_and_a_hidden_region_follows(tmp_path):
    handout = write(
        tmp_path, f"### AUTOTEST double(1)\n{HIDDEN}", released="assert made"
    )
    assert handout.without_exercise["double_test"] == f"assert made\n{HIDDEN}"


def test_a_changed_hidden_test_changes_the_digest(tmp_path):
    before = write(tmp_path)
    after = write(tmp_path, TEST.replace("21", "22"))
    assert before.notebook == after.notebook
    assert before.digest != after.digest


def test_a_test_that_asks_for_an_exercise_needs_it(tmp_path):
    call = (
        "### BEGIN HIDDEN TESTS\nfrom autograder import hidden_tests\n"
        'hidden_tests("double", globals())\n### END HIDDEN TESTS'
    )
    with pytest.raises(UserError, match="double_test of hw1/01_double asks for the"):
        write(tmp_path, call)


def test_a_source_that_cannot_be_read_is_told(tmp_path):
    write(tmp_path)
    (tmp_path / "source" / "hw1" / "01_double.ipynb").write_text("{")
    with pytest.raises(UserError, match=r"source/hw1/01_double\.ipynb cannot be read"):
        load_handouts(tmp_path, "hw1")


def test_two_graded_cells_keep_two_names(tmp_path):
    path = tmp_path / "release" / "hw1" / "01_a.ipynb"
    path.parent.mkdir(parents=True)
    cells = [
        cell("", "q1", grade=True, solution=True, points=1),
        cell("assert True", "q1_test", points=2, **LOCKED),
        cell("assert True", "q2_test", points=3, **LOCKED),
    ]
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}))
    (handout,) = load_handouts(tmp_path, "hw1")
    points = [(e.id, e.points, str(e.kind)) for e in handout.exercises]
    assert points == [
        ("q1", 1, "manual"),
        ("q1_test", 2, "nbgrader"),
        ("q2", 3, "nbgrader"),
    ]
    assert handout.graded_cell("q1_test") == "q1_test"
    assert handout.graded_cell("q2") == "q2_test"
    assert handout.answers_before("q1_test") == []
