"""Whatever reads a student's text costs in step with its length, on drawn shapes.

A text of one shape again and again is read, and one of four times the length, side by
side; see :mod:`tests.autograder.report.growth`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable

import pytest

from autograder.cleaning.html import clean_html, too_deep
from autograder.cleaning.markdown_text import clean_markdown
from autograder.cleaning.svg import clean_svg
from autograder.cleaning.visible_text import coloured
from autograder.judging.python_text import as_python, words_of
from autograder.judging.submitted_file import Unreadable, read
from autograder.report.markdown import _render
from autograder.report.render_notebook import _code
from tests.autograder.report.growth import MOST, growth

pytestmark = [pytest.mark.slow, pytest.mark.long]

SHAPES = 8  # for each reader; more with another seed is a matter of minutes
LONGEST = 9_000  # characters of the shorter text: four times it is below every cap
TOKENS = [
    *"<>&[]()!`*_|~-+#'\"\\{}:;=%?,/\n\t 0a",
    *"$$ ~~~ ``` \\\\ >>> ... ''' <!-- --> ]] &#60; &lt; http:// ](".split(),
    *"<div> </div> <b> </b> <svg> <table><tr><td> <a\thref=x> <math>".split(),
    *"\\begin{align} \\end{align} \\href{ \\frac{ \\left( ![x](attachment:".split(),
    *"\x1b[ \x1b] \x1b[0m %time\tx !ls x? lambda: for\tx\tin if\tx: def\tf():".split(),
    *["\n", "\n\n", "\n    ", "- ", "> ", "1. ", "| ", '"""', " \n"],
]


def rendered(text: str) -> None:
    _render(text, {})


def in_a_page(text: str) -> None:
    if not too_deep(text):
        clean_html(text)


def searched(text: str) -> None:
    words_of(as_python(text))


def in_a_file(text: str) -> None:
    try:
        read(json.dumps({"cells": [{"source": text}]}).encode(), 10**8)
        read(text.encode(), 10**8)
    except Unreadable:
        pass


READERS: dict[str, Callable[[str], object]] = {
    "markdown made inert": clean_markdown,
    "markdown rendered": rendered,
    "html": in_a_page,
    "svg": clean_svg,
    "printed text": coloured,
    "code coloured": _code.__wrapped__,
    "code read": as_python,
    "names": words_of.__wrapped__,
    "loops": searched,
    "file": in_a_file,
}


def shapes(name: str) -> list[str]:
    rng = random.Random(name)  # noqa: S311 - no secret
    made = []
    for _ in range(SHAPES):
        parts = rng.choices(TOKENS, k=rng.choice((1, 2, 3, 5)))
        made.append("".join(parts).replace("\t", " "))
    return made


@pytest.mark.parametrize("name", READERS)
def test_four_times_the_text_takes_about_four_times_the_work(name):
    reader = READERS[name]
    for shape in shapes(name):
        text = shape * (LONGEST // len(shape))
        # A second look: what disturbs a measurement once seldom does it again.
        factors = [growth(reader, text, rounds=3)]
        if factors[0] >= MOST:
            factors.append(growth(reader, text, rounds=7))
        assert min(factors) < MOST, f"{shape!r} again and again: {factors}"
