"""The pages of a term: they lead to each lecture, and show how the class goes on."""

from __future__ import annotations

from urllib.parse import quote

from autograder.report.figures import histogram
from autograder.report.page import render_page
from autograder.report.students import LONG
from autograder.report.term_summary import DROP, TermSummary


def report_name(lecture: str) -> str:
    """Return the file of a lecture's report."""
    return f"report_{lecture}.html"


def students_name(lecture: str) -> str:
    """Return the file of a lecture's page by name."""
    return f"students_{lecture}.html"


def render_term(term: TermSummary) -> str:
    """Return the report of a term, which names nobody."""
    return render_page(
        "term.html",
        term=term,
        spread=histogram(
            "How do the totals of the term spread?",
            [row.total.percent for row in term.rows],
        ),
        reports={x.lecture: quote(report_name(x.lecture)) for x in term.lectures},
        drop=DROP,
    )


def render_term_students(term: TermSummary) -> str:
    """Return the page of a term by name."""
    return render_page(
        "term_students.html",
        term=term,
        pages={x.lecture: quote(students_name(x.lecture)) for x in term.lectures},
        long=len(term.rows) > LONG,
        drop=DROP,
    )
