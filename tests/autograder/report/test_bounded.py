"""Formulas and HTML: honest texts come through, strange ones cost what they weigh."""

import pytest

from autograder.cleaning.html import DEEPEST_HTML, too_deep
from autograder.report.markdown import MOST_FORMULAS, _render, render_markdown

from .growth import MOST, growth

ALIGNED = "\\begin{align}\na &= b\n\\end{align}\n\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "\\begin{align}\n" * 800,
        "> \\begin{align}\n" * 700,
        "\\begin{align}\nx\\end{align} y\n" * 400,
        "$$a\n\n" * 2_000,
        "- $$a\n" * 2_000,
        "$$\na\n$$\n" * 1_200,
        "[" * 12_000,
        "![" * 6_000,
        "<div>" * 2_200,
        "<ul><li>" * 1_500,
        "> " * 5_000,
        "$x$ " * 3_000,
    ],
    ids=lambda text: repr(text[:16]),
)
def test_four_times_the_text_takes_about_four_times_the_work(text):
    assert growth(lambda source: _render(source, {}), text) < MOST


def test_growth_tells_a_square():
    assert growth(lambda text: [text.count("b") for _ in text], "a" * 2_000) > MOST


@pytest.mark.parametrize("formula", [ALIGNED, "$$\na = b\n$$\n\n"])
def test_formulas_of_an_honest_text_are_all_shown(formula):
    html = render_markdown(f"Some words.\n{formula}" * (MOST_FORMULAS - 1))
    assert html.count('<math display="block">') == MOST_FORMULAS - 1


def test_a_few_formulas_without_an_end_do_no_harm():
    html = render_markdown("\\begin{gather}\nx\n\n$$y\n\n" * 3 + ALIGNED * 3)
    assert html.count('<math display="block">') == 3


def test_after_many_formulas_without_an_end_the_rest_is_text():
    html = render_markdown("\\begin{gather}\nx\n\n" * 100 + ALIGNED)
    assert "<math" not in html
    assert "\\end{align}" in html


def test_deep_html_is_shown_as_typed():
    html = "<div>" * (DEEPEST_HTML + 1)
    assert too_deep(html)
    assert render_markdown(html) == f"<pre>{html.replace('<', '&lt;')}</pre>".replace(
        "div>", "div&gt;"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * DEEPEST_HTML,
        "<table>" + "<tr><td>1<td>2" * 1_000 + "</table>",
        "<TABLE>" + "<tr><td><b>1</b><br></td></tr>" * 1_000 + "</TABLE>",
        "<ul>" + "<li>one<p>two" * 1_000 + "</ul>",
        "a < b " * 1_000,
    ],
    ids=lambda html: html[:20],
)
def test_html_of_an_honest_text_is_not_too_deep(html):
    assert not too_deep(html)


def test_closing_what_was_never_opened_hides_no_depth():
    assert too_deep("</div>" * 1_000 + "<div></span>" * 1_000)
