"""The page that names students."""

import copy
import re

import pytest

from autograder.judging.judge import without_answers
from autograder.report.students import render_students
from autograder.report.summary import summarize

from .conftest import HOSTILE_NAME
from .test_class_report import text_of


@pytest.fixture
def page_of(small, judgement):
    def write(names=("ada",), results=None, penalties=None):
        if results is None:
            results = {name: {"test/01_small": judgement} for name in names}
        summary = summarize([small], names, results, penalties or {})
        return render_students("test", [small], summary, results)

    return write


def test_who_has_what(page_of):
    page = page_of(("ada", "bob"), penalties={"bob": 0.5})
    words = text_of(page)
    assert "2 students, 2 with something handed in" in words
    assert "ada 1 1 20 bob 1 -0.5 0.5 10" in words
    assert "<td class=part>1<" in page
    assert "<td class=nothing>0 <small>unanswered</small>" in page
    assert "<td class=waits> <small>waits</small>" in page
    assert 'href="feedback/ada/test/01_small.html"' in page


def test_notes_and_stale_outputs(page_of):
    words = text_of(page_of())
    assert "ada 01_small cell t_double was moved" in words
    assert "ada 01_small t_double: seen by the instructor alone" in words
    assert "ada 01_small 3" in words  # cells are counted from 1


def test_what_waits_for_a_person(page_of, judgement):
    assert "t_question t_question 1 2 ada" in text_of(page_of())
    judgement.verdicts[2].by_person = True
    assert "Waits for a person Nothing." in text_of(page_of())


def test_nothing_handed_in(page_of, small):
    absent = without_answers(small, "missing", "no such file was handed in")
    results = {"bob": {"test/01_small": absent.judgement}}
    words = text_of(page_of(("ada", "bob"), results=results))
    assert "2 students, 0 with something handed in" in words
    assert "Nothing handed in: ada, bob" in words
    assert words.count("0 missing") == 6
    assert "feedback/" not in page_of(("ada",), results={})


def test_an_unreadable_file(page_of, small):
    judged = without_answers(small, "unreadable", "the file is empty")
    words = text_of(page_of(results={"ada": {"test/01_small": judged.judgement}}))
    assert words.count("unreadable") >= 3
    assert words.count("the file is empty") == 1


def test_hostile_names_and_messages(page_of, hostile):
    page = page_of(
        (HOSTILE_NAME,), {HOSTILE_NAME: {"test/01_small": hostile.judgement}}
    )
    assert "<script" not in page
    assert "\u202e" not in page
    assert "\x1b" not in page
    names = re.findall("<bdi>(.*?)</bdi>", page, re.S)
    assert names
    assert all("\n" not in name for name in names)
    for tag in re.findall(r"<[a-z][^>]*>", page):
        assert not re.search(r"\son[a-z]+\s*=", re.sub(r'"[^"]*"', '""', tag))


def test_a_name_that_is_not_unicode(page_of):
    page = page_of(("caf\udce9",))
    page.encode("utf-8")
    assert 'href="feedback/caf%E9/test/01_small.html"' in page


def test_a_long_class_is_folded_and_grows_in_a_straight_line(page_of, judgement):
    sizes = {}
    for count in (60, 120, 240):
        names = tuple(f"student{i:04}" for i in range(count))
        results = {n: {"test/01_small": copy.copy(judgement)} for n in names}
        page = page_of(names, results)
        assert "<details open><summary>01_small" not in page
        sizes[count] = len(page)
    step = sizes[120] - sizes[60]
    assert sizes[240] - sizes[120] == pytest.approx(2 * step, rel=0.01)
    assert "<details open><summary>01_small" in page_of()
