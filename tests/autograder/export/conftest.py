"""Lists of students as Canvas and Moodle write them, and what the students have."""

import pytest

from autograder.export.totals import Total, match
from autograder.roster import read_roster

CANVAS = '''\
Student,ID,SIS User ID,SIS Login ID,Section,Lecture 3 (4711),Quiz (12),Final Score
    Points Possible,,,,,95,10,(read only)
"O'Brien, Ann",101,S1,ann,"A, ""Mon""",80,9,88
"=HYPERLINK(""x""), Joe",102,S2,joe,A,,,
"Müller, Jörg",103,S3,jorg,A,,,
"Student, Test",999,,8d1f7ac0,A,,,
'''
WORKSHEET = """\
Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,\
Last modified (submission),Last modified (grade),Feedback comments
Participant 5511,Ann O'Brien,ann@uni.edu,Submitted for grading,,95.00,Yes,-,-,<p>Hi</p>
Participant 5512,=cmd Joe,joe@uni.edu,No submission,,95.00,Yes,-,-,
Participant 5513,Jörg Müller,jorg@uni.edu,Submitted for grading,,95.00,Yes,-,-,
"""
GRADES = """\
First name;Last name;ID number;Email address;Assignment: Lecture 3 (Real)
Ann;O'Brien;1;ann@uni.edu;-
"=cmd";Joe;2;joe@uni.edu;-
Jörg;Müller;3;jorg@uni.edu;-
"""
TOTALS = [Total("ann", 61.81666, 95.0, 0), Total("joe", 95.0, 95.0, 0)]


@pytest.fixture
def export(tmp_path):
    """Return a function that matches a roster with totals and makes a table."""

    def made(make, text, totals=TOTALS, student_column=None, **options):
        path = tmp_path / "roster.csv"
        path.write_text(text, "utf-8")
        roster = read_roster(path, student_column)
        matched = match(roster, totals)
        return make(roster, matched, "lecture3", **options)

    return made
