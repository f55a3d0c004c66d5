"""What an instructor reads."""

import copy
import re

import pytest

from autograder.grading.judge import without_answers
from autograder.report.class_report import render_report
from autograder.sandbox.ladder import SAID
from autograder.sandbox.selftest import Proof

from .conftest import HOSTILE_NAME

HELD = Proof("bubblewrap", ("reach the network", "fill the disk"), ())


def text_of(html):
    return " ".join(
        re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.S).split()
    )


@pytest.fixture
def report(small, judgement):
    def write(names=("ada",), results=None, penalties=None, proof=HELD):
        if results is None:
            results = {name: {"test/01_small": judgement} for name in names}
        return render_report("test", [small], names, results, penalties or {}, proof)

    return write


def test_who_has_what(report):
    page = report(("ada", "bob"), penalties={"bob": 0.5})
    words = text_of(page)
    assert "2 students, 2 with something handed in; 1 notebook, 3 exercises" in words
    assert "The median is 0.75 points." in words
    assert "ada 1 1 20 bob 1 -0.5 0.5 10" in words
    assert '<td class="part">1</td>' in page
    assert '<td class="nothing">0 <small>unanswered</small></td>' in page
    assert '<td class="waits"> <small>waits</small></td>' in page
    assert 'href="feedback/ada/test/01_small.html"' in page


def test_reasons_notes_and_stale_outputs(report):
    words = text_of(report())
    assert "1 an array: twice: has the wrong sign ada" in words
    assert "ada 01_small cell t_double was moved" in words
    assert "ada 01_small t_double: seen by the instructor alone" in words
    assert "ada 01_small 3" in words  # cells are counted from 1


def test_what_waits_for_a_person(report, judgement):
    assert "t_question t_question 1 2 ada" in text_of(report())
    judgement.verdicts[2].note = "scored by a person"
    assert "Waits for a person Nothing." in text_of(report())


def test_nothing_handed_in(report):
    words = text_of(report(("ada", "bob"), results={}))
    assert "2 students, 0 with something handed in" in words
    assert "Nothing handed in: ada, bob" in words
    assert words.count("0 missing") == 6
    assert "href=" not in report(("ada",), results={})


def test_nobody(report):
    words = text_of(report((), results={}))
    assert "0 students" in words
    assert "No student is known yet" in words


def test_an_unreadable_file(report, small):
    judged = without_answers(small, "unreadable", "the file is empty")
    words = text_of(report(results={"ada": {"test/01_small": judged}}))
    assert words.count("unreadable") >= 3
    assert words.count("the file is empty") == 1


def test_the_sandbox_that_held(report):
    words = text_of(report())
    assert SAID["bubblewrap"] in words
    assert "2 attempts reach the network fill the disk" in words


def test_no_sandbox_is_said_loudly(report):
    page = report(proof=Proof("none", (), ()))
    assert 'class="sandbox danger" role="alert"' in page
    assert SAID["none"] in page
    assert 'role="alert"' not in report()


def test_an_attempt_that_got_out_is_named(report):
    words = text_of(report(proof=Proof("bubblewrap", ("a",), ("fill the disk",))))
    assert "from inside it could fill the disk" in words


def test_a_report_without_a_run(report):
    assert "Nothing was run in this call" in report(proof=None)


def test_hostile_names_and_messages(report, hostile):
    page = report((HOSTILE_NAME,), {HOSTILE_NAME: {"test/01_small": hostile}})
    assert "<script" not in page
    assert "\u202e" not in page
    assert "\x1b" not in page
    names = re.findall("<bdi>(.*?)</bdi>", page, re.S)
    assert names
    assert all("\n" not in name for name in names)
    for tag in re.findall(r"<[a-z][^>]*>", page):
        assert not re.search(r"\son[a-z]+\s*=", re.sub(r'"[^"]*"', '""', tag))


def test_a_name_that_is_not_unicode(report):
    page = report(("caf\udce9",))
    page.encode("utf-8")
    assert 'href="feedback/caf%E9/test/01_small.html"' in page


def test_a_long_class_is_folded_and_grows_in_a_straight_line(report, judgement):
    sizes = {}
    for count in (60, 120, 240):
        names = tuple(f"student{i:04}" for i in range(count))
        results = {n: {"test/01_small": copy.copy(judgement)} for n in names}
        page = report(names, results)
        assert "<details open><summary>01_small" not in page
        sizes[count] = len(page)
    step = sizes[120] - sizes[60]
    assert sizes[240] - sizes[120] == pytest.approx(2 * step, rel=0.01)
    assert "<details open><summary>01_small" in report()
