"""The page that an instructor shows: it names nobody."""

import copy
import re
from dataclasses import replace

import pytest

from autograder.report.class_report import SHOWN, render_report
from autograder.report.mistakes import find_examples
from autograder.report.summary import summarize
from autograder.sandbox.rungs import RUNG_WORDS
from autograder.sandbox.selftest import Proof
from autograder.verdict import Judgement, Verdict

from .conftest import HOSTILE_NAME, code, notebook

HELD = Proof("bubblewrap", ("reach the network", "fill the disk"), ())


def text_of(html):
    return " ".join(
        re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.S).split()
    )


@pytest.fixture
def report(small, judged, judgement):
    def write(names=("ada",), results=None, proof=HELD, graded=None, **options):
        if results is None:
            results = {name: {"test/01_small": judgement} for name in names}
        summary = summarize([small], names, results, {})
        graded = judged.notebook if graded is None else graded
        examples = find_examples(summary.mistakes, lambda *_: graded, {})
        return render_report("test", [small], summary, examples, proof, **options)

    return write


def test_how_the_class_did(report):
    page = report(("ada", "bob"))
    words = text_of(page)
    assert "2 students, 2 with something handed in; 1 notebook, 3 exercises" in words
    assert "The median is 1 points." in words
    assert "t_double: 2 some points; 1 of 2; 2 with 50-74 percent" in words
    assert "t_double t_double 2 1 1 0 fewer than 10 students 2" in words
    assert "a value up to" not in words


def test_nobody_is_named(report):
    page = report(("ada lovelace", "bob"))
    assert "ada lovelace" not in page
    assert "bob" not in page
    assert "feedback/" not in page


def test_a_mistake_opens_to_the_code_of_a_student(report):
    page = report(("ada", "bob"))
    words = text_of(page)
    assert "2 an array: twice: has the wrong sign def double ( x ):" in words
    opened = re.search(r"<li><details>(.*?)</details>", page, re.S)[1]
    assert "return" in opened
    assert "2 in t_double: an array: twice: has the wrong sign." in words


def test_code_in_a_message_is_set_as_code(report, judgement):
    check = judgement.verdicts[0].checks[1]
    judgement.verdicts[0].checks[1] = replace(check, reason="`<b>`: too large")
    assert "an array: <code>&lt;b&gt;</code>: too large" in report()


def test_a_mistake_without_code_at_hand_is_listed(report):
    page = report(graded=notebook())
    assert "<li><details>" not in page
    assert "1 an array: twice: has the wrong sign" in text_of(page)


def test_one_student_alone_makes_no_picture_of_mistakes(report):
    assert "No mistake was made by more than one student." in text_of(report())
    assert "No mistake was made" not in text_of(report(("ada", "bob")))


def test_rare_mistakes_are_left_to_the_table(report):
    results = {
        f"s{i}": {
            "test/01_small": Judgement(
                "test/01_small",
                [Verdict("t_double", 0, 2, "wrong", misconceptions=[f"slip_{i}"])],
            )
        }
        for i in range(SHOWN + 3)
    }
    page = report(tuple(results), results)
    assert page.count('class="count"') == SHOWN
    assert "3 more in mistakes.csv , each made by 1 or fewer." in text_of(page)


def test_how_it_separates_is_said_or_why_not(report):
    def judged(double, triple):
        scores = (("t_double", double, 2), ("t_triple", triple, 1))
        verdicts = [
            Verdict(name, score, most, "correct" if score == most else "wrong")
            for name, score, most in scores
        ]
        return {"test/01_small": Judgement("test/01_small", verdicts)}

    results = {f"s{i}": judged(2 * (i % 2), i % 2) for i in range(16)}
    words = text_of(report(tuple(results), results))
    assert "t_double: 8 all points, 8 no points; 1 of 2;" in words
    assert "correlation 1.00" in words
    assert "With 16 of them, a value up to 0.50 from 0 can be chance." in words
    results = {name: judged(2, i % 2) for i, name in enumerate(results)}
    words = text_of(report(tuple(results), results))
    assert "16 with 100 percent; everyone has all points" in words
    assert "nan" not in words.lower()


def test_texts_that_a_person_reads(report, judgement):
    assert "t_question t_question 2 1 python -m autograder report" in text_of(report())
    page = report(manual=True)
    assert 'href="manual/t_question.html"' in page
    assert 'href="manual/scores.csv"' in page
    judgement.verdicts[2].by_person = True
    assert "t_question t_question 2 0" in text_of(report())


def test_nothing_handed_in(report):
    words = text_of(report(("ada", "bob"), results={}))
    assert "2 students, 0 with something handed in" in words
    assert "No wrong answers." in words


def test_nobody(report):
    words = text_of(report((), results={}))
    assert "0 students" in words
    assert "No student is known yet" in words


def test_the_sandbox_that_held(report):
    words = text_of(report())
    assert RUNG_WORDS["bubblewrap"] in words
    assert "2 attempts reach the network fill the disk" in words


def test_no_sandbox_is_said_loudly(report):
    page = report(proof=Proof("none", (), ()))
    assert 'class="sandbox danger" role="alert"' in page
    assert RUNG_WORDS["none"] in page
    assert 'role="alert"' not in report()


def test_an_attempt_that_got_out_is_named(report):
    words = text_of(report(proof=Proof("bubblewrap", ("a",), ("fill the disk",))))
    assert "from inside it could fill the disk" in words


def test_a_report_without_a_run(report):
    assert "Nothing was run in this call" in report(proof=None)


def test_hostile_code_and_messages(report, hostile):
    attack = hostile.judgement.verdicts[0].hint
    page = report(
        (HOSTILE_NAME,),
        {HOSTILE_NAME: {"test/01_small": hostile.judgement}},
        graded=notebook(code(attack, grade_id="t_double")),
    )
    assert "<li><details>" in page
    assert "<script" not in page
    assert "\u202e" not in page
    assert "\x1b" not in page
    for tag in re.findall(r"<[a-z][^>]*>", page):
        assert not re.search(r"\son[a-z]+\s*=", re.sub(r'"[^"]*"', '""', tag))


def test_the_page_does_not_grow_with_the_class(report, judgement):
    sizes = {}
    for count in (10, 100, 1000):
        names = tuple(f"student{i:04}" for i in range(count))
        results = {n: {"test/01_small": copy.copy(judgement)} for n in names}
        sizes[count] = len(report(names, results))
    assert sizes[1000] - sizes[10] < 1000
