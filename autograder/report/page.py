"""The frame that all pages share: policy, style, and how texts get into them.

A page is one file. It holds no script, loads nothing, and its content security policy
forbids both, so that text which slipped through the escaping could still do nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.csv_tables import printable

POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)
LONGEST_NAME = 300
KOREAN = re.compile("[가-힣]+(?:(?:, | |-)[가-힣]+)*")
CODE = re.compile("`([^`]+)`")


@cache
def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("autograder.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    env.filters["points"] = points
    env.filters["plain"] = one_line
    env.filters["marked"] = marked
    return env


@cache
def _style() -> Markup:
    folder = files("autograder.report") / "templates"
    # Ours, not a student's.
    return Markup((folder / "style.css").read_text("utf-8"))  # noqa: S704


def render_page(template: str, **values: object) -> str:
    """Fill a template; whatever is not ``Markup`` is escaped.

    Parameters
    ----------
    template : str
        A file in ``templates/``.
    **values : object
        What it shows.
    """
    page = _environment().get_template(template)
    return page.render(policy=POLICY, style=_style(), **values)


def stream_page(template: str, **values: object) -> Iterator[str]:
    """Fill a template as :func:`render_page` does, and yield it piece by piece."""
    page = _environment().get_template(template)
    return page.generate(policy=POLICY, style=_style(), **values)


def points(value: float) -> str:
    """Write points with at most two digits after the point.

    Examples
    --------
    >>> points(4.0), points(2 / 3), points(-0.0)
    ('4', '0.67', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def one_line(text: str, most: int = LONGEST_NAME) -> str:
    r"""Bring a name or a message on one line of bounded length, without controls.

    Examples
    --------
    >>> one_line("Anna\nLee"), one_line("x" * 9, most=4)
    ('Anna Lee', 'xxxx…')
    """
    shown = " ".join(printable(text[:most]).split())
    return shown + "…" if len(text) > most else shown


def marked(text: str, language: str = "en") -> Markup:
    """Escape a message; mark what is Korean, and what stands in backticks as code.

    On a page in Korean, what is Korean needs no mark.

    Examples
    --------
    >>> str(marked("a < b: `W`, loss (손실)"))
    'a &lt; b: <code>W</code>, loss (<span lang="ko">손실</span>)'
    """
    shown = str(escape(text))
    if language != "ko":
        shown = KOREAN.sub(r'<span lang="ko">\g<0></span>', shown)
    # The text was escaped before, and both tags are ours.
    return Markup(CODE.sub(r"<code>\1</code>", shown))  # noqa: S704
