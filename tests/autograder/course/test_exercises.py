"""Exercises are found by path; what is wrong with one is a line with its file."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course.exercise_folders import exercise_files, find_folders
from autograder.course.exercises import Exercises, find_exercises
from autograder.course.handout import Handout
from autograder.errors import UserError
from autograder.judging.decide import decide

ROOT = Path(__file__).parents[3]
CHECKS = """
from autograder.exercise import Exercise, Student, check

from ..draws import draw_number

EXERCISE = Exercise(points=2, names=("double",), title="twice a number")


def double(x):
    return 2 * x


@check("a number", 1.5)
def number(student, rng):
    student.agrees("double", draw_number(rng))


def zero_check(points):
    @check("zero", points)
    def zero(student, rng):
        student.agrees("double", 0.0)

    return zero


MORE = [zero_check(0.5)]
"""
WRONG = """
from autograder.exercise import misconception

from .. import wrong_squares

SHARED = (wrong_squares,)


@misconception("it is three times the number", "What is twice 1?")
def triple(x):
    return 3 * x
"""
SQUARES = """
from autograder.exercise import misconception

from ..more import times


@misconception("it is the square", "What is twice 3?")
def squares(x):
    return times(x, x)
"""
RIGHT = """
from autograder.exercise import variant


@variant("a sum")
def by_sum(x):
    return x + x


@variant("a product", usual=True)
def product(x):
    return x * 2
"""
SOURCE = """
# %% nbgrader={"grade_id": "t_second"}
# %% nbgrader={"grade_id": "t_double"}
"""
MANUAL = """
from autograder.exercise import Exercise

EXERCISE = Exercise(points=1, kind="manual", rubric="One point for a reason.")
"""


@pytest.fixture
def write(tmp_path):
    """Return a function that writes files below ``solutions/lecture9``."""

    def put(**files):
        for name, text in files.items():
            path = tmp_path / "solutions" / "lecture9" / name.replace("__", "/")
            path = path.with_name(f"{path.name}.py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path

    return put


@pytest.fixture
def course(write):
    """A course of one notebook with two exercises and files that they share."""
    return write(
        **{
            "01_small": SOURCE,
            "01_small__draws": "def draw_number(rng):\n    return rng.uniform(1, 2)\n",
            "01_small__wrong_squares": SQUARES,
            "01_small__unused": "raise RuntimeError\n",
            "more": "def times(x, y):\n    return x * y\n",
            "01_small__t_double__checks": CHECKS,
            "01_small__t_double__wrong": WRONG,
            "01_small__t_double__right": RIGHT,
            "01_small__t_second__checks": MANUAL,
        }
    )


def double(course):
    return course / "solutions" / "lecture9" / "01_small" / "t_double"


def refused(course):
    with pytest.raises(UserError) as caught:
        Exercises(course).all_exercises()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_exercises_come_as_their_cells_stand(course):
    found = Exercises(course)
    assert list(found) == ["t_second", "t_double"]
    assert [e.id for e in found.for_notebook("lecture9/01_small")] == list(found)
    assert [e.id for e in found.for_lecture("lecture9")] == list(found)
    assert found.for_lecture("lecture") == found.for_notebook("lecture9/01") == []
    assert len(found) == 2


def test_id_and_notebook_are_where_it_lies(course):
    exercise = Exercises(course)["t_double"]
    assert (exercise.id, exercise.notebook) == ("t_double", "lecture9/01_small")
    assert [(c.label, c.points) for c in exercise.checks] == [
        ("a number", 1.5),
        ("zero", 0.5),
    ]
    assert exercise.reference_names["double"](4) == 8
    assert [m.name for m in exercise.misconceptions] == ["squares", "triple"]
    assert exercise.usual is exercise.right("product")


def test_what_it_holds_grades(course):
    exercise = Exercises(course)["t_double"]
    for known in exercise.variants:
        assert decide(exercise, exercise.local(known), b"s")[0].score == 2
    for known in exercise.misconceptions:
        assert decide(exercise, exercise.local(known), b"s")[0].score < 2


def test_a_source_brings_its_helpers_from_other_files(course):
    source = Exercises(course)["t_double"].known("squares").source
    space = {}
    exec(source, space)  # noqa: S102
    assert space["double"](3) == 9
    assert "@" not in source


def test_two_courses_in_one_process_keep_apart(course, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    text = CHECKS.replace("return 2 * x", "return 20 * x")
    for path in course.rglob("*.py"):
        copy = other / path.relative_to(course)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text if path.name == "checks.py" else path.read_text())
    (double(other).parent / "t_second" / "checks.py").write_text(MANUAL)
    one, two = find_exercises(course), find_exercises(other)
    assert one["t_double"].reference_names["double"](1) == 2
    assert two["t_double"].reference_names["double"](1) == 20
    assert find_exercises(course) is one


def test_only_what_is_asked_for_is_loaded(course):
    (double(course) / "checks.py").write_text("raise RuntimeError\n")
    assert Exercises(course)["t_second"].kind == "manual"


def test_an_exercise_that_is_not_there(course):
    with pytest.raises(KeyError):
        Exercises(course)["t_other"]


def test_a_course_without_content(tmp_path):
    assert "no folder 'solutions'" in refused(tmp_path)


def test_a_folder_without_checks(course):
    (double(course) / "checks.py").unlink()
    assert refused(course).startswith("solutions/lecture9/01_small/t_double holds no")


def test_two_folders_of_one_name(course, write):
    write(**{"02_next__t_double__checks": CHECKS})
    said = refused(course)
    assert "two exercises have the id t_double" in said
    assert "01_small/t_double" in said
    assert "02_next/t_double" in said


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("checks", "2 * x", "2 * (x", "checks.py:10 cannot be imported: SyntaxError"),
        ("checks", "\ndef double", "\n1 / 0\ndef double", "ZeroDivisionError"),
        ("checks", "draws import", "drawn import", "checks.py:4 cannot be imported"),
        ("checks", "EXERCISE =", "EXERCISES =", "does not define EXERCISE"),
        ("checks", "def double", "def twice", "does not define double"),
        ("checks", "1.5", "1", "the checks give 1.5 points, and EXERCISE says 2"),
        ("wrong", "misconception(", "print(", "wrong.py:9 cannot be imported"),
        ("right", '"a sum"', '"a sum", usual=True', "second one that is usual"),
        ("wrong", "def triple", "def squares", "two are named squares"),
    ],
)
def test_a_fault_is_one_line_that_names_the_file(course, file, old, new, said):
    path = double(course) / f"{file}.py"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    found = refused(course)
    assert said in found
    assert f"solutions/lecture9/01_small/t_double/{file}.py" in found


def test_a_mark_in_the_wrong_file_is_refused(course):
    wrong = double(course) / "wrong_too.py"
    wrong.write_text(RIGHT)
    assert refused(course).endswith("marks 'by_sum' as a variant: move it to right.py")


def test_a_bank_that_marks_nothing_is_refused(course):
    (double(course) / "wrong_too.py").write_text("def squares(x):\n    return x\n")
    assert "wrong_too.py marks no misconception" in refused(course)


def test_a_fault_in_a_shared_file_names_that_file(course):
    shared = double(course).parent / "draws.py"
    shared.write_text("import no_such_module\n")
    said = refused(course)
    assert said.startswith("solutions/lecture9/01_small/draws.py:1 cannot be imported")


def test_reasons_without_text_are_refused(course):
    (double(course) / "equivalent.toml").write_text('"x  =>  y" = 3\n')
    assert "each mutant must have a reason" in refused(course)
    (double(course) / "equivalent.toml").write_text('"x  =>  y" = "as good"\n')
    assert Exercises(course)["t_double"].equivalent == {"x  =>  y": "as good"}


def test_the_files_of_an_exercise_are_what_it_imports(course):
    content = course / "solutions" / "lecture9"
    found = {
        p.relative_to(content).as_posix() for p in exercise_files(course, "t_double")
    }
    assert found == {
        "01_small/t_double/checks.py",
        "01_small/t_double/wrong.py",
        "01_small/t_double/right.py",
        "01_small/draws.py",
        "01_small/wrong_squares.py",
        "more.py",
    }
    with pytest.raises(KeyError):
        exercise_files(course, "t_other")


def test_what_no_verdict_depends_on_is_no_file_of_an_exercise(course):
    before = exercise_files(course, "t_double")
    (double(course) / "equivalent.toml").write_text("")
    (double(course) / "__pycache__").mkdir()
    (double(course) / "__pycache__" / "checks.pyc").write_bytes(b"")
    assert exercise_files(course, "t_double") == before
    (double(course) / "digits.npz").write_bytes(b"")
    assert exercise_files(course, "t_double") == {
        *before,
        double(course) / "digits.npz",
    }


def test_a_change_of_any_of_them_changes_the_digest(course):
    name = "lecture9/01_small"
    seen = {Exercises(course).digest_of(name)}
    for path in sorted(exercise_files(course, "t_double")):
        path.write_text(path.read_text() + "# more\n")
        seen.add(Exercises(course).digest_of(name))
    assert len(seen) == 7
    assert Exercises(course).digest_of("lecture9/02_other") not in seen


def test_a_handout_takes_its_course_along(course, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    handout = Handout("lecture9/01_small", {"cells": []}, course)
    assert [e.id for e in handout.exercises] == ["t_second", "t_double"]


def test_no_file_is_longer_than_500_lines():
    folders = [p for p in (ROOT / "solutions").glob("lecture*/*/") if p.is_dir()]
    files = [p for folder in folders for p in folder.rglob("*.py")]
    assert len(files) > 180
    long = {p for p in files if len(p.read_text("utf-8").splitlines()) > 500}
    assert not long


def test_every_folder_of_the_course_has_its_cell():
    for exercise_id, folder in find_folders(ROOT).items():
        source = folder.parent.with_suffix(".py").read_text("utf-8")
        assert json.dumps(exercise_id) in source


def test_a_command_that_asks_for_no_exercise_loads_none():
    module = "autograder.course.exercises"
    code = f"import sys, autograder.cli; print({module!r} in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
