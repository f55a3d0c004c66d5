"""Feedback leads back to the exercise in the student's notebook, or nowhere."""

import re

import pytest

from autograder.report.feedback import render_feedback
from autograder.report.notebook_links import exercise_links

from ..conftest import cell

URL = "https://hub.example.org/lab/tree/{notebook}.ipynb"
PAGE = "https://hub.example.org/lab/tree/test/01_small.ipynb"


@pytest.fixture
def sections(small):
    """The small notebook, with headings over two of its three exercises."""
    cells = small.notebook["cells"]
    cells.insert(2, cell("Text.\n\n## 1. To `double` it\n\nMore.", kind="markdown"))
    place = next(i for i, c in enumerate(cells) if "triple" in c["source"])
    cells.insert(place, cell("## Three times $x$", kind="markdown"))
    return small


def test_a_link_leads_to_the_heading_above(sections):
    assert exercise_links(sections, URL) == {
        "t_double": f"{PAGE}#1.-To-double-it",
        # What the anchor of a formula is nobody can be sure of.
        "t_triple": PAGE,
        "t_question": PAGE,
    }


def test_without_an_address_there_is_no_link(sections, judged):
    assert exercise_links(sections, "") == {}
    page = render_feedback(judged, "ada", links=exercise_links(sections, ""))
    assert "in the notebook" not in page
    assert page == render_feedback(judged, "ada")


def test_the_page_has_the_links(sections, judged):
    page = render_feedback(judged, "ada", links=exercise_links(sections, URL))
    found = re.findall(r'<a href="(https:[^"]*)">To the exercise', page)
    assert sorted(found) == sorted(exercise_links(sections, URL).values())


def test_a_name_that_an_address_cannot_hold_is_quoted(sections):
    sections.name = 'lecture "3"/01 svm'
    links = exercise_links(sections, URL)
    start = "https://hub.example.org/lab/tree/lecture%20%223%22/01%20svm.ipynb"
    assert links["t_double"] == f"{start}#1.-To-double-it"
