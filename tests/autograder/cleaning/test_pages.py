"""Formgrader's page of a hostile notebook holds nothing that acts by itself.

The pages are made by nbconvert from nbgrader's own template, as formgrader makes them,
and searched for what is neither text nor the template's own. ``test_in_formgrader.py``
opens them in a browser.
"""

from __future__ import annotations

import copy

import pytest

from autograder.cleaning.notebook import clean_notebook
from tests.autograder.cleaning.pages import (
    acts,
    course_config,
    empty_page,
    formgrader_page,
    lab_page,
)
from tests.autograder.cleaning.vectors import (
    FIELD,
    METADATA,
    STOPPED,
    VECTORS,
    html,
    notebook,
    text,
)
from tests.autograder.report.conftest import PNG

ALL = VECTORS | STOPPED
# nbformat refuses the id of a cell that is none.
EVERYTHING = notebook(
    *(copy.deepcopy(cell) | {"id": f"of-{name}"} for name, cell in ALL.items()),
    **METADATA,
)
BAD_ID = ALL["cell_id"]
RED = "\x1b[31mred\x1b[0m"


@pytest.fixture(scope="module")
def config():
    return course_config()


@pytest.mark.parametrize("name", VECTORS)
def test_each_acts_where_nothing_cleans_it(name):
    made = notebook(copy.deepcopy(VECTORS[name]))
    try:
        page = formgrader_page(made)
    except Exception:  # it stops formgrader's page, which is an act too
        return
    assert acts(page, empty_page(formgrader_page)), "the vector proves nothing"


@pytest.mark.slow
def test_a_cleaned_notebook_is_safe_whoever_shows_it():
    clean = clean_notebook(EVERYTHING | {"cells": [*EVERYTHING["cells"], BAD_ID]})
    found = acts(formgrader_page(clean), empty_page(formgrader_page))
    # Only our configuration keeps a heading from having an id.
    assert found == [f"<h1 id> {FIELD}"]
    assert acts(lab_page(clean), empty_page(lab_page)) == found


@pytest.mark.filterwarnings("ignore:No lexer found:UserWarning")
def test_our_configuration_makes_any_notebook_safe(config):
    page = formgrader_page(copy.deepcopy(EVERYTHING), config)
    assert acts(page, empty_page(formgrader_page)) == []
    assert f">{FIELD}</h1>" in page


def test_names_of_students_are_text(config):
    name = "\"'><img src=x onerror=alert(1)>"
    told = dict.fromkeys(("student", "last_name", "first_name", "notebook_path"), name)
    page = formgrader_page(notebook(), config, **told)
    assert acts(page, empty_page(formgrader_page)) == []
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert acts(formgrader_page(notebook(), **told), empty_page(formgrader_page))


@pytest.mark.parametrize("name", ALL)
def test_what_is_clean_stays_the_same(name):
    clean = clean_notebook(notebook(copy.deepcopy(ALL[name]), **METADATA))
    assert clean_notebook(copy.deepcopy(clean)) == clean


def test_halves_of_characters_stop_no_page():
    cells = [text("a \ud800 <b>"), html("<p>\udfff</p>")]
    for index, cell in enumerate(cells):
        cell["id"] = f"half-{index}"
    assert "a ? <b>" in formgrader_page(clean_notebook(notebook(*cells)))


def test_code_stays_as_it_is():
    for cell in ALL.values():
        if cell["cell_type"] == "code":
            (clean,) = clean_notebook(notebook(cell))["cells"]
            assert clean["source"] == cell["source"]


def test_honest_work_looks_the_same(config):
    table = "<table><thead><tr><th>loss</th></tr></thead><tr><td>1.5</td></tr></table>"
    cells = [
        {
            "cell_type": "markdown",
            "id": "text",
            "metadata": {},
            "source": "**Bold**, $x<y$, `a < b`, [notes](https://cs231n.github.io/)\n"
            "\n<details><summary>Why</summary>\n\nBecause.\n\n</details>\n\n"
            "![plot](attachment:그림.png)",
            "attachments": {"그림.png": {"image/png": PNG}},
        },
        {
            "cell_type": "code",
            "id": "code",
            "metadata": {},
            "source": "for i in range(3):\n    print(i)",
            "execution_count": 1,
            "outputs": [
                {
                    "output_type": "stream",
                    "name": "stdout",
                    "text": RED,
                },
                {
                    "output_type": "display_data",
                    "data": {"text/html": table, "text/plain": "table"},
                    "metadata": {},
                },
                {
                    "output_type": "display_data",
                    "data": {
                        "image/svg+xml": '<svg viewBox="0 0 9 9"><circle r="3"/></svg>'
                    },
                    "metadata": {},
                },
            ],
        },
    ]
    page = formgrader_page(notebook(*cells), config)
    for part in (
        "<strong>Bold</strong>",
        "$x&lt; y$",
        "<code>a &lt; b</code>",
        '<a href="https://cs231n.github.io/">notes</a>',
        "<summary>Why</summary>",
        f'src="data:image/png;base64,{PNG}"',
        "<th>loss</th>",
        'src="data:image/svg+xml;base64,',
        '<span class="ansi-red-fg">red</span>',
        '<span class="k">for</span>',
    ):
        assert part in page, part
