"""What platforms write is told apart: who, which notebook, when, late."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from autograder.collecting.archives import FoundFile
from autograder.collecting.platforms import CANVAS, MOODLE, Platforms, is_general
from tests.autograder.collecting.conftest import (
    fates,
    laid_out,
    packed,
    placed,
    solved,
)

CIRCLES, SQUARES = solved("circles"), solved("squares")
GRADESCOPE = b"""\
submission_101:
  :submitters:
  - :name: Kim Lee
    :sid: '20261'
    :email: klee@example.org
  :created_at: 2026-10-01 21:30:00.250000000 +09:00
  :score: !ruby/object:BigDecimal 18:0.1e1
  :history: []
submission_102:
  :submitters:
  - :name: Ada Ng
    :sid: 20262
  - :name: Bo Oh
    :sid:
    :email: bo@example.org
  :created_at: 2026-10-02 00:00:00 Z
"""


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {
                "leekim_712345_9081726_01_circles.ipynb": CIRCLES,
                "leekim_LATE_712345_9081727_02_squares-1.ipynb": SQUARES,
                "ngada_712346_9081730_Copy of 01_circles.ipynb": CIRCLES,
                "LATE_anon_aB3xZ_9081731_01_circles.ipynb": CIRCLES,
            },
            {
                "leekim_712345/week1/01_circles.ipynb",
                "leekim_712345/week1/02_squares.ipynb",
                "ngada_712346/week1/01_circles.ipynb",
                "anon_aB3xZ/week1/01_circles.ipynb",
            },
            id="Canvas",
        ),
        pytest.param(
            {
                "leekim_712345_9081726_work.zip": packed(
                    {"my work/01_circles.ipynb": CIRCLES, "02 squares.ipynb": SQUARES}
                ),
            },
            {
                "leekim_712345/week1/01_circles.ipynb",
                "leekim_712345/week1/02_squares.ipynb",
            },
            id="Canvas, a zip of a student",
        ),
        pytest.param(
            {
                "Kim Lee_523411_assignsubmission_file_/01_circles.ipynb": CIRCLES,
                "Ada Ng_523412_assignsubmission_file/week1/01_circles.ipynb": CIRCLES,
                "이하늘_523413_assignsubmission_file_02_squares.ipynb": SQUARES,
                "Participant_523414_assignsubmission_file/02_squares.ipynb": SQUARES,
            },
            {
                "Kim Lee/week1/01_circles.ipynb",
                "Ada Ng/week1/01_circles.ipynb",
                "이하늘/week1/02_squares.ipynb",
                "participant_523414/week1/02_squares.ipynb",
            },
            id="Moodle",
        ),
        pytest.param(
            {
                "assignment_9_export/submission_101/01_circles.ipynb": CIRCLES,
                "assignment_9_export/submission_102/week1/02_squares.ipynb": SQUARES,
                "assignment_9_export/submission_metadata.yml": GRADESCOPE,
            },
            {
                "20261/week1/01_circles.ipynb",
                "20261/week1/timestamp.txt",
                "20262/week1/02_squares.ipynb",
                "20262/week1/timestamp.txt",
                "bo@example.org/week1/02_squares.ipynb",
                "bo@example.org/week1/timestamp.txt",
            },
            id="Gradescope, one of them a group",
        ),
        pytest.param(
            {
                "Week 1/Kim Lee - 01_circles.ipynb": CIRCLES,
                "Week 1/Ada Ng - 01_circles.ipynb": CIRCLES,
            },
            {"Kim Lee/week1/01_circles.ipynb", "Ada Ng/week1/01_circles.ipynb"},
            id="Google Classroom",
        ),
        pytest.param(
            {
                "week1-submissions/week1-klee/notebooks/week1/01_circles.ipynb": (
                    CIRCLES
                ),
                "week1-submissions/week1-ada-ng/01_circles.ipynb": CIRCLES,
                "hw-one-submissions/hw-one-bo/01_circles.ipynb": CIRCLES,
                "week1-cho-main/notebooks/week1/01_circles.ipynb": CIRCLES,
            },
            {
                "klee/week1/01_circles.ipynb",
                "ada-ng/week1/01_circles.ipynb",
                "bo/week1/01_circles.ipynb",
                "cho/week1/01_circles.ipynb",
            },
            id="GitHub Classroom",
        ),
        pytest.param(
            {
                "hw1_klee_attempt_2026-10-01-15-00-00_01_circles.ipynb": CIRCLES,
                "hw1_klee_attempt_2026-10-01-15-00-00.txt": b"Name: Kim Lee (klee)",
            },
            {"klee/week1/01_circles.ipynb", "klee/week1/timestamp.txt"},
            id="Blackboard",
        ),
        pytest.param(
            {
                "submitted/klee/week1/01_circles.ipynb": CIRCLES,
                "submitted/klee/week1/timestamp.txt": b"2026-10-01 12:00:00 UTC",
                "inbound/ada+week1+2026-10-02 08:00:00.5 UTC+x/01_circles.ipynb": (
                    CIRCLES
                ),
            },
            {
                "klee/week1/01_circles.ipynb",
                "klee/week1/timestamp.txt",
                "ada/week1/01_circles.ipynb",
                "ada/week1/timestamp.txt",
            },
            id="nbgrader",
        ),
        pytest.param(
            {
                "hw1/ada/01_circles.ipynb": CIRCLES,
                "hw1/bo/deep/er/01-circles.ipynb": CIRCLES,
                "hw1/cho.zip": packed({"01_circles.ipynb": CIRCLES}),
                "hw1/홍길동_01_circles.ipynb": CIRCLES,
                "hw1/01_circles Ann Oh (2).ipynb": CIRCLES,
            },
            {
                "ada/week1/01_circles.ipynb",
                "bo/week1/01_circles.ipynb",
                "cho/week1/01_circles.ipynb",
                "홍길동/week1/01_circles.ipynb",
                "Ann Oh/week1/01_circles.ipynb",
            },
            id="people",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["zip", "folder"])
def test_what_a_platform_makes_is_collected(
    collected, zipped, tmp_path, files, expected, kind
):
    source = zipped(files) if kind == "zip" else laid_out(tmp_path / "in", files)
    collected(source)
    assert placed(collected) == expected


def test_late_work_is_told(collected, zipped):
    files = {
        "leekim_LATE_712345_9081726_01_circles.ipynb": CIRCLES,
        "ngada_712346_9081730_01_circles.ipynb": CIRCLES,
    }
    done = collected(zipped(files))
    late = {line.student: line.late for line in done.lines}
    assert late == {"leekim_712345": True, "ngada_712346": False}


def test_the_time_of_gradescope_is_kept_as_nbgrader_writes_it(collected, zipped):
    files = {
        "submission_101/01_circles.ipynb": CIRCLES,
        "submission_metadata.yml": GRADESCOPE,
    }
    collected(zipped(files))
    path = collected.submitted / "20261" / "week1" / "timestamp.txt"
    assert path.read_text() == "2026-10-01 12:30:00.250000 UTC\n"


def test_times_in_a_moodle_zip_count_only_where_they_differ(collected, zipped):
    def names(number, when):
        folder = f"P{number}_5234{number}_assignsubmission_file"
        return {f"{folder}/01_circles.ipynb": (CIRCLES, when)}

    download = (2026, 10, 5, 9, 0, 0)
    collected(zipped(names(10, download) | names(11, (2026, 10, 5, 9, 4, 0)), "a.zip"))
    assert not any(name.endswith("timestamp.txt") for name in placed(collected))
    early = (2026, 10, 1, 9, 0, 0)
    collected(zipped(names(12, download) | names(13, early), "b.zip"))
    written = (collected.submitted / "P13" / "week1" / "timestamp.txt").read_text()
    when = datetime(*early).astimezone(UTC)
    assert written == f"{when:%Y-%m-%d %H:%M:%S}.000000 UTC\n"


@pytest.mark.parametrize(
    ("metadata", "why"),
    [
        (None, "`submission_metadata.yml`, which says whose submission_101 is, is not"),
        (b"submission_9:\n  :submitters: []\n", "does not name submission_101"),
        (b"a: [1", "it cannot be used: it is not YAML in line"),
        (b"- 1", "it cannot be used: it names no submission"),
    ],
)
def test_gradescope_without_its_metadata_is_left_and_said(
    collected, zipped, metadata, why
):
    files = {"submission_101/01_circles.ipynb": CIRCLES}
    if metadata is not None:
        files["submission_metadata.yml"] = metadata
    done = collected(zipped(files))
    assert done.needs_a_person
    assert any(why in line.why for line in done.lines)
    assert placed(collected) == set()


@pytest.mark.parametrize(
    "text",
    ["a: &x [*x]", "a: &a ['x']\nb: &b [*a,*a]\nc: [*b,*b]", "? [a, b]\n: 1", "\x00"],
)
def test_odd_yaml_ends_in_a_word(collected, zipped, text):
    files = {
        "submission_101/01_circles.ipynb": CIRCLES,
        "submission_metadata.yml": text.encode(),
    }
    assert collected(zipped(files)).needs_a_person


def test_two_of_one_name_on_moodle_are_left_without_a_roster(collected, zipped):
    files = {
        "Kim Lee_1_assignsubmission_file/01_circles.ipynb": CIRCLES,
        "Kim Lee_2_assignsubmission_file/02_squares.ipynb": SQUARES,
    }
    done = collected(zipped(files))
    assert fates(done)["01_circles.ipynb"] == "taken"
    assert "two people are called 'Kim Lee'" in fates(done)["02_squares.ipynb"]


def test_one_name_in_two_spellings_is_one_student(collected, zipped):
    nfc, nfd = (unicodedata.normalize(form, "박서연") for form in ("NFC", "NFD"))
    assert nfc != nfd
    files = {
        f"{nfd}_1_assignsubmission_file/01_circles.ipynb": CIRCLES,
        f"{nfc}_1_assignsubmission_file/02_squares.ipynb": SQUARES,
    }
    collected(zipped(files))
    assert {name.split("/")[0] for name in placed(collected)} == {nfc}


def test_a_students_folder_is_found_in_its_other_spelling(collected, zipped):
    nfc, nfd = (unicodedata.normalize(form, "박서연") for form in ("NFC", "NFD"))
    (collected.submitted / nfd).mkdir(parents=True)
    collected(zipped({f"{nfc}_1_assignsubmission_file/01_circles.ipynb": CIRCLES}))
    assert {name.split("/")[0] for name in placed(collected)} == {nfd}


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        (CANVAS, "홍길동_20241234_01_svm.ipynb"),
        (CANVAS, "01_svm (1).ipynb"),
        (MOODLE, "Kim_assignsubmission_file_"),
    ],
)
def test_what_a_person_wrote_is_not_taken_for_a_platform(pattern, name):
    assert pattern.fullmatch(name) is None


def test_a_copy_is_not_taken_for_google(course):
    platforms = Platforms("week1", lambda name: "01_circles" in name)
    file = FoundFile(("in", "01_circles - Copy.ipynb"), 1, None, False, lambda _: b"")
    assert platforms.tell(file).platform == ""


@pytest.mark.parametrize(
    "name",
    [
        "works" * 50 + "x",
        "01_circles" + "-copy" * 48 + "x",
        "01_circles" + "copy (1)" * 30 + "x",
        "_1" * 120,
        "a - " * 60,
        "week1-" * 40,
        "x_attempt_" * 25,
    ],
)
def test_no_name_takes_long_to_read(collected, zipped, name):
    done = collected(zipped({f"{name}/{name[:200]}.ipynb": CIRCLES}))
    assert len(done.lines) == 1


@pytest.mark.parametrize("name", ["Student submissions", "HW03", "week1", "notebooks"])
def test_a_folder_of_work_is_nobodys_name(name):
    assert is_general(name, "week1")


@pytest.mark.parametrize(
    "name", ["ada", "Newman", "Finalina Srcek", "20261234", "work1x"]
)
def test_a_name_is_not_taken_for_a_folder_of_work(name):
    assert not is_general(name, "week1")
