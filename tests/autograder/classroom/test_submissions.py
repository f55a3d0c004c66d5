"""Submissions: found on disk whatever they are called, and read with care."""

import os

import pytest

from autograder.classroom.submissions import (
    Submission,
    find_students,
    find_submission,
    handed_in,
    unused_files,
)
from autograder.errors import UserError


def test_students_are_folders(tmp_path):
    (tmp_path / "ada").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "ada")
    assert find_students(tmp_path) == ["ada"]
    with pytest.raises(UserError, match="no folder for student 'eve'"):
        find_students(tmp_path, ["eve"])


def test_a_missing_or_empty_folder_is_one_clear_line(tmp_path):
    with pytest.raises(UserError, match="cannot be read: No such file"):
        find_students(tmp_path / "nowhere")
    with pytest.raises(UserError, match="holds no submissions"):
        find_students(tmp_path)


def place(folder, name, text="{}"):
    path = folder / "ada" / "test" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_the_exact_name_comes_first(tmp_path, small):
    place(tmp_path, "01_small (1).ipynb")
    exact = place(tmp_path, "01_small.ipynb")
    assert find_submission(tmp_path, "ada", small).path == exact


@pytest.mark.parametrize(
    "name", ["01_small (1).ipynb", "01_small-Copy1.ipynb", "Copy of 01_small.ipynb"]
)
def test_a_renamed_file_is_found_and_noted(tmp_path, small, name):
    renamed = place(tmp_path, name)
    found = find_submission(tmp_path, "ada", small)
    assert found.path == renamed
    assert name in found.note


@pytest.mark.parametrize(
    "path",
    [
        "01_small.ipynb",  # without the lecture's folder, as Moodle has it
        "Test/01_small.ipynb",
        "test/test/01_small.ipynb",
        "test/lee_LATE_712345_9081727_01_small-1.ipynb",  # Canvas
        "test/홍길동_01_small.ipynb",
        "test/01 Small.ipynb",
        "test/01-small.ipynb.txt",
        "test/01_small.ipynb.json",
    ],
)
def test_a_file_is_found_where_platforms_and_people_put_it(tmp_path, small, path):
    there = tmp_path / "ada" / path
    there.parent.mkdir(parents=True)
    there.write_text("{}")
    found = find_submission(tmp_path, "ada", small, ["other"])
    assert found.path == there
    assert there.name in found.note


@pytest.mark.parametrize(
    "path",
    [
        "Other/01_small.ipynb",  # another lecture's
        "test/101_small.ipynb",
        "test/01_smaller.ipynb",
        "test/01_small.py",
        "a/b/c/d/e/f/01_small.ipynb",
        ".ipynb_checkpoints/01_small.ipynb",
        "__MACOSX/test/._01_small.ipynb",
    ],
)
def test_what_is_another_file_is_left(tmp_path, small, path):
    there = tmp_path / "ada" / path
    there.parent.mkdir(parents=True)
    there.write_text("{}")
    assert find_submission(tmp_path, "ada", small, ["other"]).path is None


def test_no_link_leads_to_a_file_of_another_student(tmp_path, small):
    place(tmp_path, "01_small.ipynb")
    (tmp_path / "eve").mkdir()
    (tmp_path / "eve" / "test2").symlink_to(tmp_path / "ada" / "test")
    (tmp_path / "eve" / "x_01_small.ipynb").symlink_to(tmp_path / "ada" / "test")
    assert find_submission(tmp_path, "eve", small).path is None


def test_files_that_are_not_used_are_listed(tmp_path, small):
    used = place(tmp_path, "01_small.ipynb")
    left = [tmp_path / "list.csv", place(tmp_path, "01_small-Copy1.ipynb")]
    left[0].write_text("")
    place(tmp_path, "timestamp.txt")
    place(tmp_path, ".DS_Store")
    (tmp_path / "ada" / "other").mkdir()
    (tmp_path / "ada" / "other" / "02.ipynb").write_text("")
    assert unused_files(tmp_path, ["ada"], [used], ["other"]) == left


LECTURES = {"lecture": "test", "others": ["other"]}


def fill(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("{}")
    return folder


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (
            ["test/01_small.ipynb"],
            "{0} is the folder of one student, for it holds test; give the one above "
            "it: --submitted {1}",
        ),
        (
            ["Test/ada/01_small.ipynb"],
            "{0} holds Test and no student: the layout is <student>/test/",
        ),
        (
            [
                "submitted/ada/test/01_small.ipynb",
                "autograded/ada/test/01_small.ipynb",
                "feedback/ada/test/01_small.html",
            ],
            "{0} is not the folder of the students; those are one folder deeper: "
            "--submitted {0}/submitted",
        ),
        (
            ["hw/ada/test/01_small.ipynb", "hw/bo/test/01_small.ipynb"],
            "those are one folder deeper: --submitted {0}/hw",
        ),
        (
            ["ada/other/01.ipynb", "bo/Other/01.ipynb"],
            "nobody in {0} handed in anything of test; there are files of other",
        ),
        (["ada/.hidden"], "nobody in {0} handed in anything of test"),
    ],
)
def test_a_wrong_folder_is_one_clear_line(tmp_path, names, why):
    folder = fill(tmp_path / "in", *names)
    with pytest.raises(UserError) as raised:
        find_students(folder, **LECTURES)
    said = str(raised.value)
    assert why.format(folder, tmp_path) in said
    assert "\n" not in said


def test_one_student_with_a_folder_between_is_graded(tmp_path):
    fill(tmp_path, "ada/between/test/01_small.ipynb")
    assert find_students(tmp_path, **LECTURES) == ["ada"]


def test_a_folder_of_a_lecture_among_students_is_left_out(tmp_path, capsys):
    fill(tmp_path, "ada/test/01_small.ipynb", "Test/01_small.ipynb")
    assert find_students(tmp_path, **LECTURES) == ["ada"]
    assert "the folder 'Test' is left out" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["<b>", 'a"b', "a\\b", "a\nb", "a\x1bb"])
def test_a_name_that_acts_in_a_page_is_left_out(tmp_path, capsys, name):
    (tmp_path / name).mkdir()
    (tmp_path / "O'Brien & 김").mkdir()
    assert find_students(tmp_path) == ["O'Brien & 김"]
    said = capsys.readouterr().err
    assert "is left out: its name holds what no page may show" in said
    assert said.count("\n") == 1


def test_no_file_is_missing(tmp_path, small):
    (tmp_path / "ada").mkdir()
    found = find_submission(tmp_path, "ada", small)
    assert found.path is None
    assert found.read(10) is None


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_anything_but_a_plain_file_is_not_read(tmp_path, small, kind):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("gradebook")
    path = place(tmp_path, "01_small.ipynb")
    path.unlink()
    if kind == "link":
        path.symlink_to(elsewhere)
    elif kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    assert find_submission(tmp_path, "ada", small).read(100) == b""


def test_a_linked_folder_is_not_followed(tmp_path, small):
    other = tmp_path / "other" / "test"
    other.mkdir(parents=True)
    (other / "01_small.ipynb").write_text("{}")
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "test").symlink_to(other)
    assert find_submission(tmp_path, "ada", small).path is None


def test_at_most_the_limit_is_read(tmp_path):
    path = tmp_path / "big"
    path.write_bytes(b"x" * 1000)
    assert len(Submission("ada", "n", path).read(10)) == 11


def test_the_timestamp_of_nbgrader_is_read(tmp_path):
    place(tmp_path, "timestamp.txt", "2026-10-01 12:00:00 UTC\n")
    assert handed_in(tmp_path, "ada", "test").isoformat() == "2026-10-01T12:00:00"
    place(tmp_path, "timestamp.txt", "yesterday, honestly")
    assert handed_in(tmp_path, "ada", "test") is None


def test_a_timestamp_that_is_no_plain_file_is_not_read(tmp_path):
    other = place(tmp_path, "elsewhere.txt", "2026-10-01 12:00:00 UTC\n")
    path = other.with_name("timestamp.txt")
    path.symlink_to(other)
    assert handed_in(tmp_path, "ada", "test") is None
    path.unlink()
    os.mkfifo(path)
    assert handed_in(tmp_path, "ada", "test") is None
