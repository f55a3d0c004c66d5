"""Lectures side by side: how each went, who falls behind, what was hard."""

import copy

import pytest

from autograder.report.summary import summarize
from autograder.report.tables import sum_of, totals_of
from autograder.report.term_report import render_term, render_term_students
from autograder.report.term_summary import summarize_term
from autograder.verdict import Judgement, Status, Verdict

NAMES = ["ada", "bob", "cyd", "dan"]


def results(handout, shares):
    """Give each student a share of the points of every exercise; None: nothing."""
    return {
        student: {
            handout.name: Judgement(
                handout.name,
                [
                    Verdict(e.id, share * e.points, e.points, status_of(share))
                    for e in handout.exercises
                ],
            )
        }
        for student, share in zip(NAMES, shares, strict=True)
        if share is not None
    }


def status_of(share):
    return {0: Status.WRONG, 1: Status.CORRECT}.get(share, Status.PARTIAL)


@pytest.fixture
def term(small):
    """Two lectures: Bob drops, Cyd stays away, Dan was never there with much."""
    later = type(small)("later/01_small", copy.deepcopy(small.notebook))
    lectures = {
        "test": (small, results(small, [1, 1, 0.8, 0.2])),
        "later": (later, results(later, [1, 0.7, None, 0.2])),
    }
    summaries = {
        lecture: summarize([handout], NAMES, found, {})
        for lecture, (handout, found) in lectures.items()
    }
    totals = [
        total
        for handout, found in lectures.values()
        for total in totals_of(found, NAMES, [handout], {})
    ]
    return summarize_term(summaries, sum_of(totals))


def test_who_falls_behind_is_named_with_the_reason(term):
    behind = {row.student: row.behind for row in term.behind}
    assert behind == {
        "bob": ["later: 70 percent, after 100 before"],
        "cyd": ["nothing handed in for later"],
        "dan": ["20 percent in all; the class's median is 62"],
    }


def test_each_lecture_has_a_line(term):
    first, last = term.lectures
    assert (first.lecture, first.handed_in, first.most) == ("test", 4, 5)
    assert first.median == pytest.approx(90)
    assert (last.lecture, last.handed_in) == ("later", 3)
    assert last.median == pytest.approx(70)


def test_the_hardest_exercises_come_first(term):
    assert {one.lecture for one in term.hardest[:3]} == {"later"}
    shares = [one.share for one in term.hardest]
    assert shares == sorted(shares)
    # Cyd, who handed in nothing, is not counted: (1 + 0.7 + 0.2) / 3.
    assert shares[0] == pytest.approx(100 * 1.9 / 3)


def test_a_text_is_not_hard_before_all_answers_have_been_read(small):
    """Whoever left it out has 0 points at once, and would stand for the class."""
    found = results(small, [1, 1, 1, 0.2])
    waiting = found["ada"][small.name].verdicts[2]
    waiting.status, waiting.score = Status.MANUAL, 0
    for late in ("bob", "cyd"):
        verdict = found[late][small.name].verdicts[2]
        verdict.status, verdict.score = Status.UNANSWERED, 0
    summary = summarize([small], NAMES, found, {})
    hard = {
        one.exercise.exercise.id for one in summarize_term({"x": summary}, []).hardest
    }
    assert waiting.exercise not in hard
    assert len(hard) == len(small.exercises) - 1


def test_the_page_of_the_term_names_nobody_and_leads_to_the_lectures(term):
    page = render_term(term)
    assert "<bdi>" not in page
    assert not any(f">{name}" in page for name in NAMES)
    assert 'href="report_test.html"' in page
    assert 'href="report_later.html"' in page
    assert "3 of 4 seem to fall behind" in page


def test_the_page_by_name_names_those_who_fall_behind(term):
    page = render_term_students(term)
    assert "nothing handed in for later" in page
    assert 'href="students_later.html"' in page
    assert all(f"<bdi>{name}</bdi>" in page for name in NAMES)


def test_a_term_without_students_has_its_pages(small):
    term = summarize_term({"test": summarize([small], [], {}, {})}, [])
    assert term.behind == []
    assert "none yet" in render_term(term)
    assert "Nobody." in render_term_students(term)
