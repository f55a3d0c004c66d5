"""A roster maps what platforms call students to ids; nobody is guessed."""

from __future__ import annotations

import pytest

from autograder.collecting.people import LONGEST, people_of_folders, safe_id
from tests.autograder.collecting.conftest import fates, placed, solved

CIRCLES = solved("circles")
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Circles (77)
Points Possible,,,,,10
"Lee, Kim",712345,20261,klee,A,
"O'Brien, Ann-Marie",712346,20262,aobrien,A,
"Student, Test",712399,,f00d,A,
"""
MOODLE = """\
First name,Surname,ID number,Email address
Kim,Lee,20261,klee@example.org
Ann-Marie,O'Brien,20262,ann@example.org
하늘,이,20263,sky@example.org
"""
WORKSHEET = """\
Identifier,Full name,Email address,Status,Grade
Participant 1,Kim Lee,kim@example.org,,
Participant 2,Kim Lee,other@example.org,,
"""
GITHUB = """\
identifier,github_username,github_id,name
20261,kim-codes,1,Kim Lee
20262,annob,2,Ann O'Brien
"""
OWN = """\
student;name;email
klee;Kim Lee;klee@example.org
lkim;Lee Kim;lkim@example.org
ada;Ada Ng;ada@example.org
"""
GRADESCOPE = b"""\
submission_1:
  :submitters:
  - :name: Kim Lee
    :email: KLEE@example.org
"""


@pytest.mark.parametrize(
    ("roster", "name", "student"),
    [
        (CANVAS, "leekim_712345_9081726_01_circles.ipynb", "klee"),
        (CANVAS, "obrienannmarie_712346_9081726_01_circles.ipynb", "aobrien"),
        # A name that changed in mid-term, and a number that nobody knows.
        (CANVAS, "leekimberly_712345_9081726_01_circles.ipynb", "klee"),
        (MOODLE, "leekim_712345_9081726_01_circles.ipynb", "20261"),
        (MOODLE, "Kim Lee_9_assignsubmission_file/01_circles.ipynb", "20261"),
        (MOODLE, "Ann-Marie O'Brien_9_assignsubmission_file/01_c.ipynb", "20262"),
        (MOODLE, "이하늘_9_assignsubmission_file/01_circles.ipynb", "20263"),
        (WORKSHEET, "Kim Lee_2_assignsubmission_file/x.ipynb", "other@example.org"),
        (WORKSHEET, "Participant_1_assignsubmission_file/x.ipynb", "kim@example.org"),
        (GITHUB, "week1-submissions/week1-kim-codes/01_circles.ipynb", "20261"),
        (OWN, "Ada Ng - 01_circles.ipynb", "ada"),
        (OWN, "KLee/week1/01_circles.ipynb", "klee"),
        (OWN, "hw/klee@example.org/01_circles.ipynb", "klee"),
        (OWN, "all of them/ada.zip.d/ada_ng 01_circles.ipynb", "ada"),
        (OWN, "export/Ada Ng/my work/final/01_circles.ipynb", "ada"),
        (OWN, "hw_ada_attempt_2026-10-01-15-00-00_01_circles.ipynb", "ada"),
        (OWN, "Kim Lee_9_assignsubmission_file/01_circles.ipynb", "klee"),
        (OWN, "Lee Kim_8_assignsubmission_file/01_circles.ipynb", "lkim"),
    ],
)
def test_a_roster_maps_names_to_ids(collected, zipped, roster, name, student):
    collected(zipped({name: CIRCLES}), roster=roster)
    folders = {n.split("/")[0] for n in placed(collected)}
    assert folders == {student}


@pytest.mark.parametrize(
    ("roster", "name", "why"),
    [
        (CANVAS, "ngada_712377_9081726_01_circles.ipynb", "nobody on the roster is"),
        # The participant's number is that of one, by chance, and no id of anybody.
        (MOODLE, "Bo Oh_20261_assignsubmission_file/01_circles.ipynb", "nobody on"),
        (WORKSHEET, "Kim Lee_3_assignsubmission_file/x.ipynb", "could be several"),
        (OWN, "leekim_712345_9081726_01_circles.ipynb", "could be several"),
        (OWN, "ada and klee/01_circles.ipynb", "could be of several"),
        (OWN, "01_circles.ipynb", "nothing tells whose it is"),
        (GITHUB, "week1-submissions/week1-stranger/01_circles.ipynb", "nobody on"),
    ],
)
def test_who_is_not_certain_is_left_and_said(collected, zipped, roster, name, why):
    done = collected(zipped({name: CIRCLES}), roster=roster)
    (line,) = done.lines
    assert line.fate == "left"
    assert why in line.why
    assert done.needs_a_person
    assert placed(collected) == set()


def test_gradescope_is_mapped_by_any_of_its_ids(collected, zipped):
    files = {
        "submission_1/01_circles.ipynb": CIRCLES,
        "submission_metadata.yml": GRADESCOPE,
    }
    collected(zipped(files), roster=MOODLE)
    assert placed(collected) == {"20261/week1/01_circles.ipynb"}


@pytest.mark.parametrize(
    "name", ["01_circles.ipynb", "01_circles (1).ipynb", "hw1/01_circles - Copy.ipynb"]
)
def test_a_file_that_nothing_tells_of_is_left(collected, zipped, name):
    done = collected(zipped({name: CIRCLES}))
    (why,) = fates(done).values()
    assert why == (
        "left: nothing tells whose it is: put it into a folder named after the student"
    )


def test_an_archive_of_one_student_is_named_after_the_student(collected, zipped):
    collected(zipped({"01_circles.ipynb": CIRCLES}, "Kim Lee.zip"))
    assert placed(collected) == {"Kim Lee/week1/01_circles.ipynb"}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc", "etc"),
        (".hidden", "hidden"),
        ("a/b\\c", "a_b_c"),
        ("<script>", "script_"),
        ("a\x00b\x1b[2J", "a_b_[2J"),
        ("evil\u202etxt", "evil_txt"),
        ("..", ""),
        ("  Kim\u00a0 Lee. ", "Kim Lee"),
        ("O'Brien, Ann", "O'Brien, Ann"),
    ],
)
def test_a_name_is_safe_as_a_folder(name, safe):
    assert safe_id(name) == safe


def test_long_names_stay_apart():
    one, other = ("이" * 200 + end for end in "ab")
    assert safe_id(one) != safe_id(other)
    assert len(safe_id(one).encode()) <= LONGEST


def test_a_wrapper_of_one_student_is_not_the_student():
    assert people_of_folders({0: ["export 7", "ada"]}, "week1") == {0: "ada"}
    ways = {0: ["x", "ada", "w"], 1: ["x", "bo"], 2: ["x"]}
    assert people_of_folders(ways, "week1") == {0: "ada", 1: "bo", 2: ""}
