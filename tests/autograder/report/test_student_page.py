"""A page per student: every notebook, what to look at, and a way to each."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import autograder
from answer_checks.language import ENGLISH, NOTEBOOK_KEY, Language, language_of
from answer_checks.messages import Messages
from autograder.gradebook.standings import Standings
from autograder.report.graded_lecture import GradedLecture
from autograder.report.student_page import pages_of_students
from autograder.report.summary import summarize
from autograder.report.tables import totals_of

from .conftest import HOSTILE_NAME

MESSAGES = Path(autograder.__file__).parent / "locale" / "ko" / "messages.po"


@pytest.fixture
def lecture(small, judgement):
    """Return a function that makes the graded lecture of some students."""

    def graded(*students, penalties=None):
        results = {student: {judgement.notebook: judgement} for student in students}
        lost = penalties or {}
        return GradedLecture(
            lecture="test",
            handouts=[small],
            standings=Standings(results, penalties=lost),
            summary=summarize([small], list(students), results, lost),
            examples={},
            grades=[],
            totals=totals_of(results, students, [small], lost),
        )

    return graded


def test_it_leads_to_what_fell_short(lecture, judgement):
    ((student, page),) = pages_of_students([lecture("ada", penalties={"ada": 0.25})])
    assert student == "ada"
    assert "test: 0.75 of 5 points" in page
    assert "0.25 points are taken off" in page
    assert 'href="test/01_small.html"' in page
    links = re.findall(r'href="test/01_small.html#(\w+)"', page)
    assert links == ["t_double", "t_triple", "t_question"]
    for verdict in judgement.verdicts:
        verdict.status, verdict.score, verdict.by_person = (
            "correct",
            verdict.max_score,
            True,
        )
    ((_, page),) = pages_of_students([lecture("ada")])
    assert "Nothing: all points." in page


def test_lectures_are_counted_together(lecture):
    both = [lecture("ada"), replace(lecture("ada", "bo"), lecture="second")]
    pages = dict(pages_of_students(both))
    assert list(pages) == ["ada", "bo"]
    assert "<strong>2</strong> of 10 points" in pages["ada"]
    assert "<strong>1</strong> of 5 points" in pages["bo"]


def test_a_name_is_only_text(lecture):
    ((_, page),) = pages_of_students([lecture(HOSTILE_NAME)])
    assert "<script" not in page
    assert "Content-Security-Policy" in page


def test_a_student_who_took_the_korean_edition_reads_korean(lecture, judgement):
    judgement.language = "ko"
    korean = Language("ko", messages=language_of({NOTEBOOK_KEY: "ko"}).messages)
    korean = replace(korean, messages=Messages((*korean.messages.files, MESSAGES)))
    english = replace(ENGLISH, editions=(korean,))
    late = lecture("ada", penalties={"ada": 0.25})
    ((_, page),) = pages_of_students([late], english)
    assert '<html lang="ko">' in page
    assert "모든 노트북의 채점 결과" in page
    assert "5점 만점에 0.75점" in page
    assert "늦게 낸 것이 있어 0.25점을 감점했습니다." in page
    assert "살펴볼 것" in page
    judgement.language = ""
    ((_, page),) = pages_of_students([late], english)
    assert '<html lang="en">' in page
    assert "Feedback on all notebooks" in page
