"""Scores from a table: every fault is told by its line, and then nothing is entered."""

import re
import shutil

import pytest

from autograder.csv_tables import write_csv
from autograder.errors import UserError
from autograder.gradebook.book import Book
from autograder.gradebook.nbgrader_rows import Entry
from autograder.report.manual import SCORES, score_rows
from autograder.report.scores import MOST_TOLD, enter_scores
from autograder.verdict import Judgement, Verdict

from ..conftest import SmallHandout, small_notebook

NAMES = ("ada", 'O"Brien, Ann', "=cmd|'calc'!A0", "이하늘")
HEAD = "student,exercise,score\n"


@pytest.fixture(scope="module")
def graded(empty_gradebook, tmp_path_factory):
    """The gradebook of a class whose texts wait, open for all tests."""
    path = tmp_path_factory.mktemp("graded") / "gradebook.db"
    shutil.copyfile(empty_gradebook, path)
    with Book(f"sqlite:///{path}") as book:
        book.set_up("test", [SmallHandout("test/01_small", small_notebook())])
        for name in NAMES:
            hand_in(book, name)
        book.nbgrader.add_student("idle")
        yield book


def hand_in(book, name):
    verdicts = [
        Verdict("t_double", 1, 2, "partial"),
        Verdict("t_triple", 0, 1, "wrong"),
        Verdict("t_question", 0, 2, "manual"),
    ]
    judged = Judgement("test/01_small", verdicts)
    book.save("test", [Entry(name, judged)])


@pytest.fixture
def book(graded):
    yield graded
    with graded.engine.begin() as connection:
        connection.exec_driver_sql("drop trigger if exists stop")
        connection.exec_driver_sql("update grade set manual_score = null")
    graded.nbgrader.db.expire_all()


@pytest.fixture
def enter(book, small, tmp_path):
    """Return a function that enters a table and returns the scores by a person."""
    path = tmp_path / "scores.csv"

    def write(table):
        path.write_bytes(table if isinstance(table, bytes) else table.encode())
        enter_scores(book, "test", [small], path)
        return by_hand(book)

    return write


def by_hand(book):
    book.nbgrader.db.expire_all()
    return {
        (s.student.id, g.name): g.manual_score
        for s in book.nbgrader.assignment_submissions("test")
        for n in s.notebooks
        for g in n.grades
        if g.manual_score is not None
    }


ADA = ("ada", "t_question")
TABLE = "student,exercise,score,max_score\r\nada,t_question,1.5,2\r\n"
GERMAN = "student;exercise;score;max_score\r\nada;t_question;1,5;2\r\n"


@pytest.mark.parametrize(
    "table",
    [
        TABLE,
        TABLE.replace("\r\n", "\n"),
        TABLE.replace("\r\n", "\r"),
        TABLE.rstrip(),
        "\ufeff" + TABLE,  # Excel, "CSV UTF-8"
        TABLE.replace(",", "\t").encode("utf-16"),  # Excel, "Unicode text"
        GERMAN,
        "\ufeff" + GERMAN,
        GERMAN.replace("1,5", "1.5"),
        "Score,Exercise, Student ,who\n1.5,t_question, ada ,me\n",
        'student,exercise,score\n"ada","t_question","1.50"\n',
        TABLE + ",,,\r\n\r\n",  # rows that a spreadsheet leaves below
        TABLE.replace("2\r\n", "2,,\r\n"),  # and columns beside
    ],
)
def test_what_spreadsheets_write_is_read(enter, table):
    assert enter(table) == {ADA: 1.5}


def test_a_row_without_a_score_is_passed_over(enter):
    assert enter(HEAD + "ada,t_question,\n이하늘,t_question,0\n") == {
        ("이하늘", "t_question"): 0.0
    }
    # It takes nothing back either.
    assert enter(HEAD + "이하늘,t_question,\n") == {("이하늘", "t_question"): 0.0}


def test_the_table_that_we_write_comes_back(enter, book, small, tmp_path):
    path = tmp_path / "written.csv"
    write_csv(path, SCORES, score_rows([small], NAMES, book.results("test")))
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[0] == "student,exercise,score,max_score,extra_credit"
    assert len(lines) == 1 + len(NAMES)
    assert "'=cmd|'calc'!A0,t_question,,2," in lines  # a spreadsheet must not run it
    filled = path.read_text("utf-8").replace("t_question,,", "t_question,2,")
    want = {(name, "t_question"): 2.0 for name in NAMES}
    assert enter(filled) == want
    write_csv(path, SCORES, score_rows([small], NAMES, book.results("test")))
    assert path.read_text("utf-8").count("t_question,2,2") == len(NAMES)
    assert enter(path.read_bytes()) == want


def test_the_score_of_code_can_be_set_too(enter, book):
    assert enter(HEAD + "ada,t_double,2\n") == {("ada", "t_double_test"): 2.0}
    assert book.results("test")["ada"]["test/01_small"].verdicts[0].score == 2


WRONG_ROWS = {
    "eve,t_question,1": "no student 'eve' in the gradebook",
    ",t_question,1": "no student '' in the gradebook",
    "idle,t_question,1": "no submission of student 'idle' to test",
    "ada,l9_nothing,1": "no exercise 'l9_nothing' in test",
    "ada,t_question_test,1": "no exercise 't_question_test'",
    "ada,t_question,2.01": "must be 0 to 2, got 2.01",
    "ada,t_question,-1": "must be 0 to 2, got -1",
    "ada,t_question,nan": "the score 'nan' is not a number",
    "ada,t_question,inf": "the score 'inf' is not a number",
    "ada,t_question,1e0": "the score '1e0' is not a number",
    "ada,t_question,1_0": "the score '1_0' is not a number",
    "ada,t_question,one": "the score 'one' is not a number",
    'ada,t_question,"1,5"': "the score '1,5' is not a number",
    "ada,t_question,1,5": "4 fields, but the first line names 3 columns",
    "ada,t_question": "2 fields, but the first line names 3 columns",
}


@pytest.mark.parametrize("row", WRONG_ROWS)
def test_a_wrong_row_is_told_by_its_line_and_nothing_is_entered(enter, book, row):
    with pytest.raises(UserError) as caught:
        enter(HEAD + "이하늘,t_question,1\n" + row + "\n")
    assert re.search(r"scores\.csv, line 3: ", str(caught.value))
    assert WRONG_ROWS[row] in str(caught.value)
    assert "\n" not in str(caught.value)
    assert by_hand(book) == {}


def test_a_student_and_exercise_twice(enter, book):
    with pytest.raises(UserError, match=r"line 4: .* stand in line 2 already"):
        enter(HEAD + "ada,t_question,1\n이하늘,t_question,1\nada,t_question,1\n")
    assert by_hand(book) == {}


def test_every_fault_has_a_line(enter, book):
    with pytest.raises(UserError) as caught:
        enter(HEAD + "ada,t_question,1\n" + "\n".join(WRONG_ROWS) + "\n")
    first, *told = str(caught.value).split("\n")
    assert first == f"{len(WRONG_ROWS)} rows are wrong, and none was entered:"
    assert [int(re.search(r"line (\d+)", line)[1]) for line in told] == list(
        range(3, 3 + len(WRONG_ROWS))
    )
    assert by_hand(book) == {}
    with pytest.raises(UserError) as caught:
        enter(HEAD + "eve,t_question,1\n" * (MOST_TOLD + 5))
    assert str(caught.value).endswith("\nand 5 more")


def test_lines_count_as_an_editor_counts_them(enter):
    with pytest.raises(UserError, match="line 5: no student 'eve'"):
        enter('student,exercise,score\n"a\nb",t_question,\n\neve,t_question,1\n')


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (b"", "the first line must name the columns"),
        (b"name,exercise,score\nada,t_question,1\n", "student, exercise, score, got"),
        (b"ada,t_question,1\n", "must name the columns"),
        (b"student exercise score\n", "must name the columns"),
        (b"student,exercise,score,score\nada,t_question,1,2\n", "stands there twice"),
        (HEAD.encode() + "이하늘,t_question,1\n".encode("cp949"), "line 2: not text"),
        (HEAD.encode() + "Jörg,t_question,1\n".encode("cp1252"), "'CSV UTF-8'"),
        (HEAD.encode("utf-16-le"), "must name the columns"),
        (HEAD.encode() + b'"ada,t_question,1\n', "line 2: unexpected end of data"),
        (HEAD.encode() + b"x" * 200_000 + b",t_question,1\n", "field larger than"),
        (b"PK\x03\x04\x14\x00\xff", "not text in UTF-8"),  # an .xlsx file
    ],
)
def test_what_is_no_such_table_is_one_line(enter, book, table, reason):
    with pytest.raises(UserError, match=re.escape(reason)) as caught:
        enter(table)
    assert "\n" not in str(caught.value)
    assert by_hand(book) == {}


def test_a_file_that_is_not_there(book, small, tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UserError, match="cannot be read"):
            enter_scores(book, "test", [small], path)


def test_a_database_that_fails_midway_keeps_nothing(enter, book):
    with book.engine.begin() as connection:
        connection.exec_driver_sql(
            "create trigger stop before update on grade when new.manual_score = 2 "
            "begin select raise(abort, 'the disk is full'); end"
        )
    with pytest.raises(UserError, match="the disk is full; nothing is lost"):
        enter(HEAD + "ada,t_question,1\n이하늘,t_question,2\n")
    assert by_hand(book) == {}


def test_two_students_who_are_written_alike_are_told_apart(enter, book):
    hand_in(book, "'=cmd|'calc'!A0")
    with pytest.raises(UserError, match="two students are written"):
        enter(HEAD + "'=cmd|'calc'!A0,t_question,1\n")
    assert enter(HEAD + "=cmd|'calc'!A0,t_question,1\n") == {
        ("=cmd|'calc'!A0", "t_question"): 1.0
    }
