"""The pages in a real browser: no script of a submission runs."""

import re
from pathlib import Path

import pytest

from autograder.report.class_report import render_report
from autograder.report.feedback import render_feedback
from autograder.report.manual import render_answers
from autograder.report.mistakes import find_examples
from autograder.report.page import POLICY
from autograder.report.students import render_students
from autograder.report.summary import summarize
from autograder.verdict import Judgement, Verdict

from .conftest import ATTACKS, HOSTILE_NAME, RUN, code, notebook, text

pytestmark = pytest.mark.filterwarnings("default::ResourceWarning")


def title_of(dom):
    return re.search("<title>(.*?)</title>", dom)[1]


@pytest.mark.slow
@pytest.mark.parametrize("attack", ATTACKS[:3])
def test_the_attacks_work_where_nothing_stops_them(browse, attack):
    dom = browse(f"<!DOCTYPE html><title>before</title><body>{attack}</body>")
    assert title_of(dom) == "ran"


@pytest.mark.slow
@pytest.mark.parametrize("attack", ATTACKS[:3])
def test_the_policy_alone_stops_them(browse, attack):
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    dom = browse(f"<!DOCTYPE html>{policy}<title>before</title><body>{attack}</body>")
    assert title_of(dom) == "before"


@pytest.mark.slow
def test_the_cleaning_alone_stops_them(browse, hostile):
    page = render_feedback(hostile, HOSTILE_NAME)
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    assert bare != page
    dom = browse(bare)
    assert title_of(dom) == "Feedback: test/01_small"
    assert "ran" not in title_of(dom)


@pytest.mark.slow
def test_a_hostile_notebook_runs_nothing(browse, hostile):
    dom = browse(render_feedback(hostile, HOSTILE_NAME))
    assert title_of(dom) == "Feedback: test/01_small"
    assert "<script" not in dom
    assert RUN in dom  # it is there to read


@pytest.mark.slow
def test_a_report_on_a_hostile_class_runs_nothing(browse, small, hostile):
    results = {HOSTILE_NAME: {"test/01_small": hostile.judgement}}
    summary = summarize([small], [HOSTILE_NAME], results, {})
    own = code("".join(ATTACKS), grade_id="t_double")
    examples = find_examples(summary.mistakes, lambda *_: notebook(own), {})
    assert examples
    dom = browse(render_report("test", [small], summary, examples, None))
    assert title_of(dom) == "Report: test"
    assert "<script" not in dom
    dom = browse(render_students("test", [small], summary, results))
    assert title_of(dom) == "Students: test"
    assert "<script" not in dom


@pytest.mark.slow
def test_hostile_texts_side_by_side_run_nothing(browse, small):
    results, notebooks = {}, {}
    for i, attack in enumerate(ATTACKS):
        verdict = Verdict("t_question", 0, 2, "manual")
        results[f"s{i}"] = {"test/01_small": Judgement("test/01_small", [verdict])}
        notebooks[f"s{i}"] = notebook(text(attack, "t_question", grade=True))
    page = "".join(
        render_answers(
            small,
            small.exercises[2],
            list(results),
            results,
            lambda student, _: notebooks[student],
            Path("nowhere"),
        )
    )
    assert page.count("<article") == len(ATTACKS)
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    assert bare != page
    for one in (page, bare):
        dom = browse(one)
        assert title_of(dom) == "Answers: t_question"
        assert "<script" not in dom
