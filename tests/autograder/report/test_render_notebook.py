"""Cells and outputs as HTML."""

import pytest

from autograder.cleaning.html import LONGEST_HTML
from autograder.report.render_notebook import (
    HIDDEN,
    LONGEST_CODE,
    LONGEST_TEXT,
    Room,
    render_cell,
    render_code,
    render_output,
    render_text,
)

from .conftest import PNG, code, printed, shown, text
from .growth import MOST, growth


def test_code_is_coloured_and_escaped():
    html = render_code("if a < b:\n    print('<b>')")
    assert '<span class="k">if</span>' in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_hidden_regions_never_appear():
    source = """\
check()
### BEGIN HIDDEN TESTS
hidden_tests('a')
### END HIDDEN TESTS
x = 1"""
    html = render_code(source)
    assert "hidden_tests" not in html
    assert "HIDDEN" not in html
    assert "check" in html
    assert "x" in html
    assert "secret" not in render_code("### BEGIN HIDDEN TESTS\nsecret()")


@pytest.mark.parametrize("source", [" \n" * 4_000, "### BEGIN HIDDEN TESTS\n" * 800])
def test_the_search_for_hidden_regions_grows_with_the_text(source):
    assert growth(lambda longer: HIDDEN.sub("", longer), source) < MOST


def test_long_code_stays_plain_and_whole():
    html = render_code("x = '<'\n" * LONGEST_CODE)
    assert "<span" not in html
    assert html.count("&lt;") == LONGEST_CODE


def test_code_that_reads_otherwise_than_it_runs_is_shown_as_it_is():
    assert "⟨U+202E⟩" in render_code("access = 'user\u202e'")


def test_printed_text_has_no_control_characters():
    html = render_text("\x1b[31mred\x1b[0m \x07<i>\n10%\r100%\n")
    assert html == '<pre class="out ">red &lt;i&gt;\n100%</pre>'


def test_long_text_is_cut_and_says_so():
    html = render_text("x" * LONGEST_TEXT + "tail")
    assert "tail" not in html
    assert "The rest is not shown here." in html


def test_errors_show_their_traceback():
    output = {
        "output_type": "error",
        "ename": "ValueError",
        "evalue": "no",
        "traceback": ["\x1b[0;31mValueError\x1b[0m: no"],
    }
    assert "ValueError: no" in render_output(output, Room())
    assert "ValueError: no" in render_output(output | {"traceback": None}, Room())


def test_html_is_preferred_to_text_and_cleaned():
    table = "<style>td {color: red}</style><table><tr><td onclick=x>1</td></tr></table>"
    html = render_output(shown(html=table, plain="1"), Room())
    assert "<td>1</td>" in html
    assert "color" not in html
    assert "onclick" not in html


def test_html_of_which_nothing_stays_gives_way_to_text():
    output = shown(html="<script>draw()</script>", plain="a drawing")
    assert "a drawing" in render_output(output, Room())
    output = shown(html="<div>" * LONGEST_HTML, plain="a drawing")
    assert "a drawing" in render_output(output, Room())


def test_html_that_holds_a_picture_of_a_refused_kind_gives_way_to_the_picture():
    tag = '<div><img alt="a circuit" src="data:image/svg+xml;base64,PHN2Zz4="></div>'
    output = shown(html=tag, plain="a table")
    output["data"]["image/svg+xml"] = "<svg></svg>"
    output["metadata"] = {"image/svg+xml": {"alt": "a circuit"}}
    html = render_output(output, Room())
    assert html.count("<img ") == 1
    assert 'src="data:image/svg+xml;base64,' in html
    assert 'alt="a circuit"' in html


def test_a_picture_has_a_text():
    html = render_output(shown(png=PNG, plain="<Figure 1>"), Room())
    assert f'<img src="data:image/png;base64,{PNG}" alt="&lt;Figure 1&gt;">' in html
    html = render_output(shown(png=PNG, plain="<Figure size 9x9 with 1 Axes>"), Room())
    assert 'alt="Figure drawn by the code above"' in html
    assert 'alt="Picture without' in render_output(shown(png=PNG), Room())


def test_a_picture_has_the_words_of_its_author():
    output = shown(png=PNG, plain="<Figure size 9x9 with 1 Axes>")
    said = {"image/png": {"alt": 'A "rising" line.\x1b'}}
    html = render_output(output | {"metadata": said}, Room())
    assert 'alt="A &quot;rising&quot; line."' in html
    for strange in (None, [], {"image/png": "alt"}, {"image/png": {"alt": [1]}}):
        html = render_output(output | {"metadata": strange}, Room())
        assert 'alt="Figure drawn by the code above"' in html


def test_svg_is_an_image():
    html = render_output(shown(svg="<svg onload=x></svg>"), Room())
    assert "<svg" not in html
    assert "data:image/svg+xml;base64," in html


def test_markdown_and_latex_outputs():
    assert "<em>a</em>" in render_output(shown(markdown="*a*"), Room())
    assert "<mi>a</mi>" in render_output(shown(latex="$a$"), Room())


def test_strange_outputs_do_not_stop_a_page():
    for output in ({}, {"output_type": "display_data"}, {"output_type": 3, "data": []}):
        assert render_output(output, Room()) == ""
    assert render_cell({"cell_type": "code", "outputs": 7}, Room()) == ""
    assert render_cell({"cell_type": "raw", "source": ["<b>", 7]}, Room()) != ""


def test_a_full_page_says_so():
    room = Room(most=150)
    html = render_cell(code("x", [printed("y" * 60)] * 40), room)
    assert html.count("The page is full") == 1
    assert room.left == 0


def test_what_follows_too_much_text_is_escaped_only():
    room = Room(styled=10)
    assert "<em>" in render_cell(text("*short*"), room)
    assert "*longer* &lt;b&gt;" in render_cell(text("*longer* <b>"), room)
    assert "<span" not in render_cell(code("if x: y"), room)
