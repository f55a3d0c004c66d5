"""Lists of students, as platforms and spreadsheets write them."""

import re

import pytest

from autograder.errors import UserError
from autograder.roster import MOST_TOLD, read_roster

CANVAS = '''\
Student,ID,SIS User ID,SIS Login ID,Section,"Lecture 3 (4711)",Current Score
,,,,,Manual Posting,
    Points Possible,,,,,95,(read only)
"O'Brien, Ann",101,S1,ann,"A, Monday",,
"Müller, Jörg ""JJ""",102,S2,jorg,A,90,
"Student, Test",999,,8d1f7ac0,A,,
'''
MOODLE = """\
First name;Last name;ID number;Email address;Assignment: Lecture 3 (Real)
Ann;O'Brien;;ann@uni.edu;-
Jörg;Müller;;jorg@uni.edu;-
"""
WORKSHEET = """\
Identifier,Full name,Email address,Status,Grade,Maximum grade,Feedback comments
Participant 5511,Ann O'Brien,ann@uni.edu,Submitted,,95.00,
Teilnehmer/in5512,Jörg Müller,jorg@uni.edu,Submitted,,95.00,
"""
GITHUB = """\
"identifier","github_username","github_id","name"
"ann","annob","17","Ann O'Brien"
"jorg","","",""
"""
GRADESCOPE = """\
First Name,Last Name,SID,Email,Role,Section
Ann,O'Brien,ann,ann@uni.edu,Student,A
Jörg,Müller,jorg,jorg@uni.edu,Student,A
"""
OWN = "student_id\tname\nann\tAnn O'Brien\njorg\tJörg Müller\n"
NBGRADER = "id,first_name,last_name,email\nann,Ann,O'Brien,a@b\njorg,Jörg,Müller,\n"


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a roster from a text or from bytes."""

    def roster(table, column=None):
        path = tmp_path / "roster.csv"
        path.write_bytes(table if isinstance(table, bytes) else table.encode())
        return read_roster(path, column)

    return roster


@pytest.mark.parametrize(
    ("table", "ids"),
    [
        (CANVAS, ["ann", "jorg"]),
        (CANVAS.replace("SIS User ID,SIS Login ID", "x,y"), ["101", "102"]),
        (MOODLE, ["ann@uni.edu", "jorg@uni.edu"]),
        (MOODLE.replace(";;", ";7;").replace("7;jorg", "8;jorg"), ["7", "8"]),
        (WORKSHEET, ["ann@uni.edu", "jorg@uni.edu"]),
        (GITHUB, ["ann", "jorg"]),
        (GRADESCOPE, ["ann", "jorg"]),
        (OWN, ["ann", "jorg"]),
        (NBGRADER, ["ann", "jorg"]),
        ("student,score\nann,1\njorg,2\n", ["ann", "jorg"]),
    ],
    ids="canvas canvas-without-sis moodle moodle-id-numbers worksheet github "
    "gradescope own nbgrader totals".split(),
)
def test_a_platforms_list_is_known_by_its_first_line(read, table, ids):
    assert [one.student for one in read(table).students] == ids


@pytest.mark.parametrize(
    "table", [CANVAS, MOODLE, WORKSHEET, GRADESCOPE, OWN, NBGRADER]
)
def test_names_are_written_given_name_first(read, table):
    names = [one.name for one in read(table).students]
    assert names[0] == "Ann O'Brien"
    assert names[1].replace(' "JJ"', "") == "Jörg Müller"


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace(",", ";").encode(),
    ],
    ids=["mark", "utf-16", "crlf", "semicolon"],
)
def test_a_spreadsheets_dialects_read_alike(read, encode):
    expected = [(o.student, o.name, o.ids) for o in read(GRADESCOPE).students]
    found = [(o.student, o.name, o.ids) for o in read(encode(GRADESCOPE)).students]
    assert found == expected


def test_the_row_is_kept_as_it_stands(read):
    roster = read(CANVAS)
    assert roster.table.names[5] == "Lecture 3 (4711)"
    assert roster.students[0].fields[:5] == (
        "O'Brien, Ann",
        "101",
        "S1",
        "ann",
        "A, Monday",
    )
    assert roster.column("section") == 4
    assert roster.column("Grade") is None


def test_a_student_is_found_by_every_identifier(read):
    roster = read(CANVAS)
    for text in ("ann", "ANN", "101", "S1"):
        assert roster.by_id(text).student == "ann"
    assert roster.by_id("S3") is None
    assert roster.by_name('jo\u0308rg  "jj" müller').student == "jorg"
    assert read(WORKSHEET).by_id("5512").name == "Jörg Müller"


def test_what_two_students_share_finds_nobody(read):
    roster = read("student,name,email\nann,Ann Li,x@y\nbo,Ann Li,x@y\nx@y,Cy,\n")
    assert roster.by_name("Ann Li") is None
    # The id in the gradebook comes first, whoever else has it as an address.
    assert roster.by_id("x@y").student == "x@y"
    assert read("student,email\nann,x@y\nbo,x@y\n").by_id("x@y") is None


def test_another_column_can_be_chosen(read):
    roster = read(CANVAS, "sis user id")
    assert [one.student for one in roster.students] == ["S1", "S2"]
    assert roster.by_id("jorg").student == "S2"
    german = "Vorname;Matrikelnummer\nAnn;7\n"
    assert read(german, "Matrikelnummer").students[0].student == "7"


@pytest.mark.parametrize(
    ("table", "column", "said"),
    [
        ("", None, "first line must name a column that tells who a student is"),
        ("score\n1\n", None, "name yours with --student-column, got 'score'"),
        (OWN, "login", "first line must name the column 'login', got 'student_id"),
        (OWN.replace("name", "student_id"), "student_id", "stands there twice"),
        ("student_id,name\n", None, "there is no student in it"),
        ("student_id,name\n,Ann\n", None, "no column tells who the students are"),
        ("student_id,name\nann\n", None, "line 2: 1 fields, but the first line"),
        ("student_id,name\nann,Ann\n,Bo\n", None, "line 3: no 'student_id'; fill"),
        ("student_id\nann\nANN\n", None, "line 3: 'ANN' stands in line 2 already"),
        ("student_id\n1.23E+08\n", None, "line 2: '1.23E+08' is a long number that"),
        ("student_id\n../ann\n", None, "line 2: '../ann' cannot name a student's"),
        ("student_id\n\x1b[2J\n", None, "line 2: ' [2J' cannot name a student's"),
        (b"student_id\n\xff\n", None, "line 2: not text in UTF-8"),
        ('student_id,name\n"ann,Ann\n', None, "line 2: unexpected end of data"),
    ],
)
def test_a_fault_is_told_in_one_line(read, table, column, said):
    with pytest.raises(UserError, match=re.escape(said)) as raised:
        read(table, column)
    assert "\n" not in str(raised.value)


def test_all_rows_that_are_wrong_are_told_at_once(read):
    many = MOST_TOLD + 5
    with pytest.raises(UserError) as raised:
        read("student_id\nann\n" + "ann\n" * many)
    lines = str(raised.value).split("\n")
    assert lines[0].endswith(f"roster.csv: {many} rows are wrong:")
    assert lines[1] == "line 3: 'ann' stands in line 2 already"
    assert lines[-1] == "and 5 more"


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UserError, match="cannot be read: No such file"):
        read_roster(tmp_path / "none.csv")
