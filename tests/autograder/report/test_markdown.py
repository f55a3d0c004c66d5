"""Markdown, HTML and formulas: what stays and what goes."""

import pytest

from autograder.cleaning.html import clean_html
from autograder.report.markdown import (
    LONGEST_MARKDOWN,
    render_markdown,
    render_math,
)

from .conftest import ATTACKS, PNG


def test_markdown_keeps_its_structure():
    html = render_markdown("| a | b |\n|---|---|\n| **1** | `2` |\n\n- ~~x~~")
    assert "<th>a</th>" in html
    assert "<td><strong>1</strong></td><td><code>2</code></td>" in html.replace(
        "\n", ""
    )
    assert "<li><s>x</s></li>" in html


def test_headings_stand_below_those_of_the_page():
    html = render_markdown("# One\n\n## Two\n\n##### Five")
    assert "<h3>One</h3>" in html
    assert "<h4>Two</h4>" in html
    assert "<h6>Five</h6>" in html


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_of_an_attack_can_run(attack):
    for html in (clean_html(attack), render_markdown(attack)):
        for word in ("<script", "onerror=", "onload=", "ontoggle=", "<iframe", "<meta"):
            assert word not in html
        for word in ("<base", "<link", "<form", "<input", "class=", "style=", "href="):
            assert word not in html


def test_links_lead_to_the_web_only():
    html = render_markdown(
        "[a](https://example.org) [b](javascript:alert(1)) [c](data:text/html,x) "
        "[d](file:///etc/passwd)"
    )
    assert html.count("href=") == 1
    assert 'href="https://example.org" rel="noopener noreferrer nofollow"' in html


def test_pictures_come_from_the_page_itself():
    html = render_markdown(
        f"![in](data:image/png;base64,{PNG}) ![out](https://example.org/a.png) "
        "<img src='data:text/html;base64,PHA+'>"
    )
    assert html.count("src=") == 1
    assert 'alt="out"' in html


def test_an_attachment_is_shown():
    html = render_markdown("![p](attachment:a.png)", {"a.png": {"image/png": PNG}})
    assert f'src="data:image/png;base64,{PNG}"' in html
    assert "src=" not in render_markdown("![p](attachment:b.png)", {"a.png": {}})
    assert "src=" not in render_markdown("![p](attachment:a.png)", {"a.png": "no"})


def test_a_formula_becomes_mathml():
    html = render_markdown("the loss $L_i = \\frac{1}{N}$ and\n\n$$ \\sum_j x_j $$")
    assert '<math display="inline">' in html
    assert '<math display="block">' in html
    assert "<mfrac>" in html
    assert "$" not in html


def test_aligned_formulas_and_prices():
    assert "<mtable" in render_markdown("\\begin{align}a &= b\\\\c &= d\\end{align}")
    assert "<math" not in render_markdown("It costs $5 or $6.")


def test_a_formula_brings_no_markup_of_its_own():
    assert "href" not in render_math(r"\href{javascript:alert(1)}{x}")
    assert "<script" not in render_math(r"\text{&lt;script&gt;x&lt;/script&gt;}")
    assert "<script" not in render_math(r"\text{<script>x</script>}")
    assert "style=" not in render_math(r"\style{position:fixed}{x}")
    assert "99999" not in render_math(r"\hspace{99999em} x")
    assert "\u202e" not in render_math(r"\unicode{x202e}")


@pytest.mark.parametrize("latex", ["\\frac{", "{" * 1900, "x" * 3000, "\\left(" * 250])
def test_a_formula_that_cannot_be_read_is_shown_as_typed(latex):
    assert render_math(latex) == f"<code>{latex}</code>"


def test_a_mark_cannot_be_forged():
    # Formulas stand for marks while a text is cleaned; a text that writes one of the
    # form by itself gets no formula there.
    html = render_markdown('<b title="formula00n0x">$x$</b> formula00n0x')
    assert html.count("<math") == 1
    assert "formula00n0x" in html


def test_a_text_that_is_too_long_is_cut():
    html = render_markdown("<b>" + "x" * LONGEST_MARKDOWN)
    assert html.startswith("<pre>&lt;b&gt;xxx")
    assert html.endswith("<p>The text is cut here.</p>")
