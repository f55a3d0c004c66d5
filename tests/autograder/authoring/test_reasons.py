"""The file of reasons: what enters it, when it is made, what may not stand in it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from answer_checks.session import State
from autograder.authoring import build
from autograder.authoring.notebook_files import find_notebooks
from autograder.authoring.reasons import faults, is_current, reasons_of, reasons_text
from autograder.authoring.release_files import gather, load_distribution
from autograder.authoring.release_scan import Private, find_leaks
from autograder.authoring.source import read_source
from autograder.authoring.visible_run import Seen, see
from autograder.cli import main
from autograder.course.course import load_course
from autograder.errors import UserError
from autograder.exercise.marks import Kind
from autograder.exercise.record import Exercise

pytestmark = pytest.mark.slow

COURSE = Path(__file__).parents[2] / "fixtures" / "plane_figures"
LIBRARY = '''
"""What the notebooks of this course import, with checks that know reasons."""

from pathlib import Path

from answer_checks.checks import Check


class Checked(Check):
    reasons = Path(__file__).with_name("reasons")


def check(name, function, args, want):
    with Checked.exercise(f"w1_{name}") as found:
        found.call(function, *args, expect=want, label="a table")
'''
WRONG = """
import math

from autograder.exercise import misconception


@misconception("the sides are added", "How many squares are there?")
def added(a, b):
    return a + b


@misconception("the sides are added in turn", "How many squares are there?")
def added_in_turn(a, b):
    return b + a


@misconception("a side is squared", "Which sides are there?")
def squared(a, b):
    return a * a


@misconception("it is drawn", "Is it the same each time?")
def drawn(a, b):
    import random

    return random.random()


@misconception("the product is rounded up", "What is left of 0.5?")
def rounded(a, b):
    return math.ceil(a * b)


@misconception("there is an error", "Read the last line.")
def broken(a, b):
    return a[b]
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "plane-figures"
    shutil.copytree(COURSE, root)
    (root / "figures" / "__init__.py").write_text(LIBRARY)
    settings = root / "course.toml"
    settings.write_text(settings.read_text() + 'reasons = "figures/reasons"\n')
    folder = root / "solutions" / "week1" / "01_rectangles" / "w1_area"
    (folder / "wrong.py").write_text(WRONG)
    return root


FILE = "figures/reasons/week1/01_rectangles.json"


def built(root: Path, check: bool = False) -> list[str]:
    touched = build(root, check=check, echo=lambda line: None)
    return [path.relative_to(root.resolve()).as_posix() for path in touched]


def test_the_build_writes_reasons_and_keeps_them_until_something_changes(
    course, no_run
) -> None:
    assert FILE in built(course)
    text = (course / FILE).read_text("utf-8")
    by_id = json.loads(text)["exercises"]
    # Two mistakes that the check cannot tell apart have no reason, nor have one that
    # passes, one that differs from run to run, and an error.
    assert list(by_id["w1_area"].values()) == [
        ["a side is squared", "Which sides are there?"]
    ]
    assert built(course, check=True) == []
    assert len(no_run) == 1  # the reasons are no input of the notebook
    (course / FILE).write_text(text.replace("squared", "cubed"))
    assert built(course, check=True) == [FILE]
    assert built(course) == [FILE]
    assert (course / FILE).read_text("utf-8") == text
    library = course / "figures" / "__init__.py"
    library.write_text(LIBRARY.replace("a table", "a door"))
    assert FILE in built(course, check=True)


def test_a_file_of_a_notebook_that_is_gone_is_removed(course, no_run) -> None:
    left = course / "figures" / "reasons" / "week1" / "02_gone.json"
    left.parent.mkdir(parents=True)
    left.write_text("{}")
    assert left.relative_to(course).as_posix() in built(course)
    assert not left.exists()


def test_what_was_seen_of_each_answer(course) -> None:
    (files,) = find_notebooks(course.resolve())
    source, _ = read_source(files)
    seen = {one.entry: one for one in see(source, ["w1_area"])}
    states = {name: one.state for name, one in seen.items()}
    passing = {"rounded", "product", ""}
    assert {name for name in states if states[name] is State.PASSED} == passing
    assert seen["added"].key == seen["added_in_turn"].key != seen["squared"].key
    assert seen["drawn"].key == ""
    assert seen["broken"].key
    assert not seen["broken"].telling
    assert "a table: is too small (got 5, expected 6)" in seen["added"].message
    assert seen[""].kind is None
    assert seen["product"].kind is Kind.VARIANT


def test_a_cell_between_the_answer_and_its_test_uses_the_answer(course) -> None:
    path = course / "solutions" / "week1" / "01_rectangles.py"
    text = path.read_text()
    at = text.index('# %% nbgrader={"grade": true, "grade_id": "w1_area_test"')
    between = "# %%\ndef of_sides(a, b):\n    return area(a, b)\n\n\n"
    text = text[:at] + between + text[at:]
    path.write_text(text.replace('check("area", area,', 'check("area", of_sides,'))
    (files,) = find_notebooks(course.resolve())
    source, _ = read_source(files)
    states = {one.entry: one.state for one in see(source, ["w1_area"])}
    assert states["added"] is State.WRONG
    assert states["product"] is states[""] is State.PASSED


def test_a_test_without_these_checks_tells_no_more_than_whether_it_passed() -> None:
    (files,) = find_notebooks(COURSE)
    source, _ = read_source(files)
    seen = {one.entry: one for one in see(source, ["w1_area"])}
    assert seen["added"].state is State.WRONG
    assert seen["added"].message == "area(2, 3) is 5, expected 6"
    assert {one.key for one in seen.values()} == {""}
    assert seen["product"].state is State.PASSED


def test_a_notebook_that_does_not_run_is_said_in_one_line(course) -> None:
    path = course / "solutions" / "week1" / "01_rectangles.py"
    path.write_text(path.read_text().replace("import math", "import nothing_here"))
    (files,) = find_notebooks(course.resolve())
    source, _ = read_source(files)
    with pytest.raises(UserError, match=r"cannot be run: .*nothing_here") as caught:
        see(source, ["w1_area"])
    assert "\n" not in str(caught.value)


def record(*mistakes: tuple[str, str]) -> Exercise:
    made = Exercise(id="l0_x", names=("f",))
    for name, says in mistakes:

        def f(x):
            return x

        f.__name__ = name
        made.misconception(says, "Look.")(f)
    return made


def seen(entry, key, kind=Kind.MISCONCEPTION, state=State.WRONG, telling=True):
    return Seen("l0_x", kind, entry, state, "", key, telling)


def test_a_key_that_several_leave_tells_nothing_unless_their_words_are_the_same():
    exercise = record(("a", "one"), ("b", "two"), ("c", "same"), ("d", "same"))
    found = reasons_of(
        exercise,
        [
            seen("a", "k1"),
            seen("b", "k1"),
            seen("c", "k2"),
            seen("d", "k2"),
        ],
    )
    assert found == {"k2": ("same", "Look.")}


def test_a_key_of_a_right_answer_tells_nothing_whoever_comes_first() -> None:
    exercise = record(("a", "one"), ("b", "two"))
    right = seen("v", "k1", Kind.VARIANT, State.PASSED)
    solution = seen("", "k2", None, State.PASSED)
    wrong = [seen("a", "k1"), seen("b", "k2")]
    assert reasons_of(exercise, [right, solution, *wrong]) == {}
    assert reasons_of(exercise, [*wrong, right, solution]) == {}


@pytest.mark.parametrize(
    "one",
    [
        seen("a", ""),
        seen("a", "k", telling=False),
        seen("a", "k", state=State.PASSED),
        seen("a", "k", state=State.OPEN),
    ],
)
def test_what_enters_no_file(one) -> None:
    assert reasons_of(record(("a", "one")), [one]) == {}


def test_the_text_is_that_of_its_inputs_alone(tmp_path) -> None:
    exercise = record(("a", "one"), ("b", "two"))
    found = [seen("b", "0" * 16), seen("a", "1" * 16)]
    text = reasons_text("abc", found, [exercise])
    assert text == reasons_text("abc", found[::-1], [exercise])
    path = tmp_path / "x.json"
    path.write_text(text)
    assert is_current(path, "abc")
    assert not is_current(path, "abd")
    for spoiled in (text.replace("one", "won"), text + " ", "{}", "[]", "no JSON"):
        path.write_text(spoiled)
        assert not is_current(path, "abc")
    assert not is_current(tmp_path / "none.json", "abc")


WORDS = frozenset({("one", "Look."), ("two", "Look.")})


def test_only_hashes_and_words_of_the_bank_may_stand_in_it() -> None:
    exercise = record(("a", "one"), ("b", "two"))
    text = reasons_text("abc", [seen("b", "0" * 16), seen("a", "1" * 16)], [exercise])
    assert faults(text, WORDS) == []
    for change, fault in (
        ((f'"{"0" * 16}"', '"sum_for_mean"'), "a key that is no hash: l0_x, 'sum_for_"),
        ((f'"{"0" * 16}"', '"12.5"'), "a key that is no hash"),
        (('"one"', '"return x.sum()"'), "words that no misconception has: l0_x"),
        (('"Look."', '"Look.", 2.5'), "words that no misconception has"),
        (('"inputs"', '"answers"'), "the entry 'answers'"),
        (("{", "["), "is no file of reasons"),
    ):
        assert any(fault in one for one in faults(text.replace(*change, 1), WORDS)), (
            fault
        )


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("other/reasons", "must be a folder in a library of the course, such as"),
        ("figures", "must be a folder in a library"),
        ("figures/../solutions", "must be a folder in a library"),
    ],
)
def test_the_folder_lies_in_a_library(course, setting, message) -> None:
    path = course / "course.toml"
    path.write_text(path.read_text().replace("figures/reasons", setting))
    with pytest.raises(UserError, match=message):
        load_course(course)


def test_a_release_holds_the_reasons_as_they_are_built(
    course, no_run, tmp_path, monkeypatch, capsys
) -> None:
    built(course)
    monkeypatch.chdir(course)
    out = tmp_path / "handed out"
    assert main(["release", "--to", str(out)]) == 0
    assert (out / FILE).read_bytes() == (course / FILE).read_bytes()
    (course / FILE).write_text((course / FILE).read_text().replace("squared", "cubed"))
    capsys.readouterr()
    assert main(["release", "--to", str(out)]) == 2
    said = capsys.readouterr().err
    assert f" {FILE} is not what its source makes of it: run " in said
    assert len(said.splitlines()) == 1


def test_the_reasons_of_another_lecture_are_not_released(course, no_run) -> None:
    built(course)
    loaded = load_course(course)
    distribution = load_distribution(loaded)
    assert FILE in gather(loaded, distribution, ["week1"])
    assert FILE not in gather(loaded, distribution, ["week2"])


@pytest.mark.parametrize("folder", ["", "figures-1.0/"])
def test_what_has_no_place_in_a_file_of_reasons_is_a_leak(folder) -> None:
    exercise = record(("a", "one"))
    text = reasons_text("abc", [seen("a", "1" * 16)], [exercise])
    private = Private({}, {}, "figures/reasons", WORDS)
    name = f"{folder}figures/reasons/week1/01_x.json"
    assert find_leaks({name: text.encode()}, private) == []
    spoiled = text.replace("1" * 16, "6.0").encode()
    assert find_leaks({name: spoiled}, private) == [
        f"{name}: holds a key that is no hash: l0_x, '6.0'"
    ]
    assert find_leaks({"figures/other.json": spoiled}, private) == []
