"""Two builds agree, only what changed runs again, --check changes nothing."""

from __future__ import annotations

import json

import pytest

from autograder.errors import UserError

SOLUTION = "solutions/lecture9/01_small.ipynb"
STUDENT = "notebooks/lecture9/01_small.ipynb"


@pytest.mark.slow
def test_second_build_touches_nothing(built):
    before = built.bytes()
    times = built.solution().stat().st_mtime_ns
    assert built.build() == []
    assert built.said == ["1 notebook up to date"]
    assert built.bytes() == before
    assert built.solution().stat().st_mtime_ns == times


@pytest.mark.slow
def test_two_fresh_builds_give_the_same_bytes(built, make_course, tmp_path):
    other = make_course(tmp_path / "elsewhere")
    other.build()
    assert other.solution().read_bytes() == built.solution().read_bytes()
    assert other.student().read_bytes() == built.student().read_bytes()


def test_check_lists_what_is_missing_and_writes_nothing(course, no_run):
    before = course.bytes()
    assert course.build(check=True) == [STUDENT, SOLUTION]
    assert course.said == [f"stale {STUDENT}", f"stale {SOLUTION}"]
    assert course.bytes() == before
    assert no_run == []


def test_check_is_quiet_after_a_build(course, no_run):
    course.build()
    assert course.build(check=True) == []
    assert no_run == ["lecture9/01_small"]


@pytest.mark.parametrize(
    "path",
    [
        "cs231n_lib/__init__.py",
        "cs231n_lib/data/digits.npz",
        "requirements.lock",
        "solutions/lecture9/01_small/l9_add/checks.py",
        "solutions/lecture9/01_small/numbers.py",
    ],
)
def test_runs_again_when_an_input_changes(course, no_run, path):
    course.build()
    (course.root / path).parent.mkdir(exist_ok=True)
    (course.root / path).write_text("changed = True\n")
    assert course.build(check=True) == [SOLUTION]
    assert course.build() == [SOLUTION]
    assert len(no_run) == 2


def test_runs_again_when_the_source_changes(course, no_run):
    course.build()
    course.change("print(add(20, 22))", "print(add(20, 23))")
    assert course.build() == [STUDENT, SOLUTION]
    assert len(no_run) == 2


def test_does_not_run_again_for_what_no_output_depends_on(course, no_run):
    course.build()
    (course.source().with_suffix("") / "not_imported.py").touch()
    other = course.root / "solutions" / "lecture9" / "02_next" / "l9_next" / "checks.py"
    other.parent.mkdir(parents=True)
    other.touch()
    (course.root / "cs231n_lib" / "__pycache__").mkdir()
    (course.root / "cs231n_lib" / "__pycache__" / "x.pyc").write_bytes(b"1")
    (course.root / "requirements.lock").write_bytes(b"numpy==2.0\r\n")
    assert course.build() == []
    assert len(no_run) == 1


def test_handout_edited_by_hand_is_written_anew_without_a_run(course, no_run):
    course.build()
    before = course.bytes()
    course.student().write_text("{}")
    assert course.build(check=True) == [STUDENT]
    assert course.build() == [STUDENT]
    assert course.bytes() == before
    assert len(no_run) == 1


def test_solution_text_edited_by_hand_is_written_anew_without_a_run(course, no_run):
    course.build()
    before = course.bytes()
    text = course.solution().read_text().replace("A small notebook", "Another")
    course.solution().write_text(text)
    assert course.build(check=True) == [SOLUTION]
    assert course.build() == [SOLUTION]
    assert course.bytes() == before
    assert len(no_run) == 1


@pytest.mark.parametrize("count", [None, 99])
def test_stored_output_edited_by_hand_runs_again(course, no_run, count):
    course.build()
    before = course.bytes()
    notebook = json.loads(course.solution().read_text())
    notebook["cells"][1]["execution_count"] = count
    course.solution().write_text(json.dumps(notebook))
    assert course.build(check=True) == [SOLUTION]
    assert course.build() == [SOLUTION]
    assert course.bytes() == before
    assert len(no_run) == 2


@pytest.mark.parametrize("broken", ["", "not JSON", "[]", '{"cells": 3}', "\udcff"])
def test_broken_solution_notebook_is_made_anew(course, no_run, broken):
    course.build()
    before = course.bytes()
    course.solution().write_bytes(broken.encode(errors="surrogateescape"))
    assert course.build() == [SOLUTION]
    assert course.bytes() == before


def test_only_builds_what_was_asked_for(course, no_run):
    other = "lecture8/02_other"
    text = course.source().read_text().split("# %% nbgrader")[0]
    course.write(text, other)
    for wanted in (["lecture8/02_other"], ["lecture8"], [str(course.source(other))]):
        assert set(course.build(check=True, only=wanted)) == {
            f"solutions/{other}.ipynb",
            f"notebooks/{other}.ipynb",
        }
    course.build(only=["solutions/lecture8/02_other.py"])
    assert no_run == [other]
    assert not course.solution().exists()


def test_unknown_notebook_names_those_there_are(course):
    with pytest.raises(UserError, match=r"'lecture7'.*there are: lecture9/01_small"):
        course.build(only=["lecture7"])


def test_problems_of_other_notebooks_do_not_stop_the_one_asked_for(course, no_run):
    course.write("no header\n", "lecture8/02_other")
    assert course.build(only=["lecture9"]) == [STUDENT, SOLUTION]
    with pytest.raises(UserError, match=r"solutions/lecture8/02_other.py:1:"):
        course.build()


def test_generated_notebook_without_source_goes_and_a_handmade_one_stays(
    course, no_run
):
    course.build()
    gone = course.solution("lecture9/07_gone")
    gone.write_bytes(course.solution().read_bytes())
    handmade = course.student("lecture9/08_handmade")
    handmade.write_text('{"cells": []}')
    assert course.build(check=True) == ["solutions/lecture9/07_gone.ipynb"]
    assert gone.exists()
    assert course.build() == ["solutions/lecture9/07_gone.ipynb"]
    assert not gone.exists()
    assert handmade.exists()


def test_folder_without_solutions_is_refused(course, tmp_path):
    course.root = tmp_path
    assert course.refusal() == [
        f"{tmp_path} holds no folder 'solutions': run this in the course folder"
    ]


def test_empty_solutions_are_refused(course):
    course.source().unlink()
    assert "holds no <lecture>/NN_topic.py" in course.refusal()[0]


def test_unwritable_place_is_one_clear_line(course, no_run):
    (course.root / "notebooks").write_text("a file where the folder should be")
    (line,) = course.refusal()
    assert "notebooks" in line


def test_interrupted_write_leaves_the_old_file(course, no_run, monkeypatch):
    course.build()
    before = course.bytes()
    course.change("The sum of two", "The total of two")

    def full(part, target):
        raise OSError(28, "No space left on device", str(part), None, str(target))

    monkeypatch.setattr("os.replace", full)
    (line,) = course.refusal()
    assert "No space left on device" in line
    after = course.bytes()
    assert {k: v for k, v in after.items() if k.endswith(".ipynb")} == {
        k: v for k, v in before.items() if k.endswith(".ipynb")
    }
    assert set(after) == set(before)
