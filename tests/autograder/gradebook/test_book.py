"""nbgrader's tables and ours agree; what a person entered stays."""

import copy
from datetime import datetime

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from autograder.errors import UserError
from autograder.gradebook.book import Book, StoredDraw
from autograder.gradebook.database import database_url
from autograder.gradebook.nbgrader_rows import Entry
from autograder.verdict import (
    CheckResult,
    Judgement,
    JudgementReader,
    Status,
    Verdict,
    to_text,
)
from cs231n_lib.korean import KOREAN


@pytest.fixture
def book(each_gradebook, small):
    with Book(each_gradebook) as opened:
        opened.set_up("test", [small])
        yield opened


def judgement(double=1.5, question="manual"):
    check = CheckResult("a number", 1.0, 0.5, "value", "is too large")
    return Judgement(
        "test/01_small",
        [
            Verdict("t_double", double, 2.0, "partial", [check], "a hint", ["squares"]),
            Verdict("t_triple", 0.0, 1.0, "wrong"),
            Verdict("t_question", 0.0, 2.0, question),
        ],
        ["a note"],
        [3],
    )


def grade_of(book, cell, student="ada"):
    return book.nbgrader.find_grade(cell, "01_small", "test", student)


def test_a_judgement_survives_as_text():
    one = judgement()
    other = JudgementReader().read(to_text(one))
    assert other == one
    assert type(other.verdicts[0].status) is Status


def test_equal_results_of_checks_are_kept_once():
    reader = JudgementReader()
    one, other = (reader.read(to_text(judgement())) for _ in range(2))
    assert one.verdicts[0].checks[0] is other.verdicts[0].checks[0]


@pytest.mark.slow
def test_the_seed_is_drawn_once(each_gradebook):
    with Book(each_gradebook) as book:
        first = book.seed()
    with Book(each_gradebook) as book:
        assert book.seed() == first
    assert len(first) == 32


def test_draws_are_kept_and_replaced(each_gradebook):
    first = {"a": StoredDraw(0, "x"), "b": StoredDraw(3, "y")}
    with Book(each_gradebook) as book:
        assert book.draws() == {}
        book.save_draws(first)
        book.save_draws({})
    with Book(each_gradebook) as book:
        assert book.draws() == first
        book.save_draws({"b": StoredDraw(4, "z")})
        assert book.draws() == {**first, "b": StoredDraw(4, "z")}


def test_a_write_that_nbgrader_refuses_is_one_error(gradebook, small, refuse_rows):
    refuse_rows("notebook")
    with Book(gradebook) as book:
        with pytest.raises(UserError, match=r"no room for it[\s\S]*nothing is lost"):
            book.set_up("test", [small])


def test_scores_are_entered_as_nbgrader_expects(book):
    book.save("test", [Entry("ada", judgement(), "digest")])
    assert grade_of(book, "t_double_test").auto_score == 1.5
    assert grade_of(book, "t_double_test").max_score == 2
    assert not grade_of(book, "t_double_test").needs_manual_grade
    assert grade_of(book, "t_question").auto_score is None
    assert grade_of(book, "t_question").needs_manual_grade
    assert book.nbgrader.find_submission("test", "ada").score == 1.5
    assert book.digests() == {("ada", "test/01_small"): "digest"}


def comments(book):
    submission = book.nbgrader.find_submission("test", "ada")
    return {c.name: c.comment for n in submission.notebooks for c in n.comments}


def test_what_was_found_is_a_comment_in_nbgrader(book):
    one = judgement()
    one.verdicts[0].checks[0] = CheckResult("<b>", 1.0, 0.5, "value", "is too large")
    book.save("test", [Entry("ada", one)])
    said = comments(book)
    assert said["t_double"] == ("&lt;b&gt;: is too large.\n\nLikely reason: a hint")
    assert said["t_triple"] is None
    assert said["t_question"] is None


def test_a_comment_speaks_the_language_of_the_course(book):
    one = judgement()
    one.verdicts[0].checks[0] = CheckResult("t", 1.0, 0.0, "value", "see the gradient")
    book.save("test", [Entry("ada", one, language=KOREAN)])
    assert "gradient (기울기, 그래디언트)" in comments(book)["t_double"]


def test_what_was_found_gives_way_to_what_a_person_wrote(book):
    book.save("test", [Entry("ada", judgement())])
    comment = book.nbgrader.find_comment("t_double", "01_small", "test", "ada")
    comment.manual_comment = "see me"
    book.nbgrader.db.commit()
    book.save("test", [Entry("ada", judgement())])
    assert comments(book)["t_double"] == "see me"
    found = book.results("test")["ada"]["test/01_small"].verdicts
    assert [v.comment for v in found] == ["see me", "", ""]
    assert book.results("other") == {}


def test_a_comment_goes_when_the_answer_is_right(book):
    book.save("test", [Entry("ada", judgement())])
    right = Judgement("test/01_small", [Verdict("t_double", 2, 2, "correct")])
    book.save("test", [Entry("ada", right)])
    assert comments(book)["t_double"] is None


def test_an_exercise_without_a_verdict_gets_nothing(book):
    short = judgement()
    short.verdicts = short.verdicts[:1]
    book.save("test", [Entry("ada", short)])
    assert grade_of(book, "t_triple_test").auto_score == 0
    assert grade_of(book, "t_question").auto_score == 0


def test_an_unanswered_text_needs_no_person(book):
    book.save("test", [Entry("ada", judgement(question="unanswered"))])
    assert not grade_of(book, "t_question").needs_manual_grade


def test_what_a_person_entered_stays_and_counts(book):
    book.save("test", [Entry("ada", judgement())])
    grade_of(book, "t_question").manual_score = 2.0
    grade_of(book, "t_double_test").manual_score = 1.75
    book.nbgrader.db.commit()
    book.save("test", [Entry("ada", judgement(double=0.5))])
    verdicts = book.results("test")["ada"]["test/01_small"].verdicts
    assert [v.score for v in verdicts] == [1.75, 0.0, 2.0]
    assert [v.by_person for v in verdicts] == [True, False, True]
    assert grade_of(book, "t_double_test").auto_score == 0.5
    grade_of(book, "t_triple_test").extra_credit = 0.5
    book.nbgrader.db.commit()
    verdicts = book.results("test")["ada"]["test/01_small"].verdicts
    assert [v.score for v in verdicts] == [1.75, 0.5, 2.0]


@pytest.mark.parametrize(
    ("answers", "again"),
    [
        (("a", "a"), False),
        (("a", "b"), True),
        (("a", "b", "b"), True),  # until a person has looked at it
        (("", "b"), False),  # an earlier version did not note what was scored
    ],
)
def test_a_person_is_asked_again_about_another_answer(book, answers, again):
    for number, answer in enumerate(answers):
        one = judgement()
        one.verdicts[2].answer = answer
        book.save("test", [Entry("ada", one)])
        if number == 0:
            grade_of(book, "t_question").manual_score = 2.0
            grade_of(book, "t_question").needs_manual_grade = False
            book.nbgrader.db.commit()
    assert grade_of(book, "t_question").needs_manual_grade is again
    verdict = book.results("test")["ada"]["test/01_small"].verdicts[2]
    assert (verdict.score, verdict.by_person) == (2.0, not again)
    assert ("2 points; it is marked" in verdict.note) is again


def test_a_result_that_is_not_to_be_relied_on_has_no_digest(book):
    book.save("test", [Entry("ada", judgement(), None), Entry("bo", judgement(), "d")])
    assert book.digests() == {("bo", "test/01_small"): "d"}
    assert list(book.results("test")) == ["ada", "bo"]


def test_whether_there_are_results_is_told_of_each_lecture(book):
    assert not book.has_results("test")
    book.save("test", [Entry("ada", judgement())])
    assert book.has_results("test")
    assert not book.has_results("other")


def test_how_long_to_wait_may_be_part_of_the_url(gradebook):
    with Book(gradebook) as book:
        assert "timeout=30" in book.patient_url
    with Book(f"{gradebook}?timeout=0.5") as book:
        assert book.patient_url.endswith("?timeout=0.5")


def test_results_are_those_of_one_lecture(book):
    book.save("test", [Entry("ada", judgement())])
    assert book.results("other") == {}
    assert book.results("test")["ada"]["test/01_small"].notes == ["a note"]
    assert book.students() == ["ada"]
    assert book.penalties("test") == {}
    assert book.penalties("other") == {}


def test_a_late_submission_is_entered_with_its_time(book):
    book.nbgrader.find_assignment("test").duedate = datetime(2026, 1, 1)
    book.nbgrader.db.commit()
    book.save("test", [Entry("ada", judgement(), None, datetime(2026, 1, 2))])
    assert book.nbgrader.find_submission("test", "ada").total_seconds_late == 86400


def test_setting_up_again_is_harmless(book, small):
    book.save("test", [Entry("ada", judgement())])
    book.set_up("test", [small])
    assert grade_of(book, "t_double_test").auto_score == 1.5


def test_another_handout_after_grading_is_refused(book, small):
    book.save("test", [Entry("ada", judgement())])
    changed = type(small)(small.name, copy.deepcopy(small.notebook))
    del changed.notebook["cells"][2:4]
    with pytest.raises(UserError, match="new folder"):
        book.set_up("test", [changed])


def test_a_database_that_is_none_is_one_clear_line(tmp_path):
    path = tmp_path / "gradebook.db"
    path.write_text("this is no database, but a text of some length" * 100)
    with pytest.raises(UserError, match="cannot be opened"):
        Book(f"sqlite:///{path}")


def test_a_database_that_cannot_be_opened_is_left_closed(tmp_path):
    path = tmp_path / "gradebook.db"
    path.write_text("this is no database, but a text of some length" * 100)
    opened, closed = [], []

    def count_opened(connection, record):
        opened.append(connection)

    def count_closed(connection, record):
        closed.append(connection)

    event.listen(Pool, "connect", count_opened)
    event.listen(Pool, "close", count_closed)
    try:
        with pytest.raises(UserError, match="cannot be opened"):
            Book(f"sqlite:///{path}")
    finally:
        event.remove(Pool, "connect", count_opened)
        event.remove(Pool, "close", count_closed)
    assert opened
    assert closed == opened


def test_a_read_only_database_is_one_clear_line(book):
    with book.engine.begin() as connection:
        connection.exec_driver_sql("drop table autograder_result")
    with pytest.raises(UserError, match="nothing is lost"):
        book.digests()


def test_a_path_is_an_sqlite_file(tmp_path):
    assert database_url(tmp_path / "g.db") == f"sqlite:///{tmp_path / 'g.db'}"
    assert (
        database_url("postgresql+psycopg://host/db") == "postgresql+psycopg://host/db"
    )
