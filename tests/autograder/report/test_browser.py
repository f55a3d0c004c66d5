"""The pages in a real browser: no script of a submission runs."""

import re

import pytest

from autograder.report.class_report import render_report
from autograder.report.feedback import render_feedback
from autograder.report.page import POLICY

from .conftest import ATTACKS, HOSTILE_NAME, RUN

pytestmark = pytest.mark.filterwarnings("default::ResourceWarning")


def title_of(dom):
    return re.search("<title>(.*?)</title>", dom)[1]


@pytest.mark.parametrize("attack", ATTACKS[:3])
def test_the_attacks_work_where_nothing_stops_them(browse, attack):
    dom = browse(f"<!DOCTYPE html><title>before</title><body>{attack}</body>")
    assert title_of(dom) == "ran"


@pytest.mark.parametrize("attack", ATTACKS[:3])
def test_the_policy_alone_stops_them(browse, attack):
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    dom = browse(f"<!DOCTYPE html>{policy}<title>before</title><body>{attack}</body>")
    assert title_of(dom) == "before"


def test_the_cleaning_alone_stops_them(browse, hostile):
    page = render_feedback(hostile, HOSTILE_NAME)
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    assert bare != page
    dom = browse(bare)
    assert title_of(dom) == "Feedback: test/01_small"
    assert "ran" not in title_of(dom)


def test_a_hostile_notebook_runs_nothing(browse, hostile):
    dom = browse(render_feedback(hostile, HOSTILE_NAME))
    assert title_of(dom) == "Feedback: test/01_small"
    assert "<script" not in dom
    assert RUN in dom  # it is there to read


def test_a_report_on_a_hostile_class_runs_nothing(browse, small, hostile):
    results = {HOSTILE_NAME: {"test/01_small": hostile}}
    page = render_report("test", [small], [HOSTILE_NAME], results, {}, None)
    dom = browse(page)
    assert title_of(dom) == "Report: test"
    assert "<script" not in dom
