"""Cells of a notebook as HTML: code, outputs and text, whatever a student put there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from html import escape
from typing import Any

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder.cleaning.html import LONGEST_HTML, clean_html, shows_nothing, too_deep
from autograder.cleaning.images import data_uri
from autograder.cleaning.visible_text import visible
from autograder.report.markdown import render_markdown

LONGEST_CODE = 20_000  # characters that are coloured; longer code stays plain
LONGEST_TEXT = 20_000
LARGEST_PAGE = 24_000_000
MOST_STYLED = 500_000  # characters of text and code that are more than escaped

HIDDEN = re.compile(
    # Only spaces of its own line: more would be looked through again from every line.
    r"^[^\S\n]*### BEGIN HIDDEN TESTS.*?(?:### END HIDDEN TESTS[^\n]*\n?|\Z)",
    re.M | re.S,
)
IMAGES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif")
FIGURE = re.compile(r"<Figure size \d+x\d+ with \d+ Axes>")
LONGEST_ALTERNATIVE = 1000  # characters that say what a picture shows
UNNAMED = "Picture without a description"
CUT = "<p class=remark>The rest is not shown here.</p>"


class Room:
    """How much a page may still hold, and how much of it may cost time.

    Parameters
    ----------
    most : int
        Characters in all.
    styled : int
        Characters of text and code that are rendered; what follows is only escaped.
    """

    def __init__(self, most: int = LARGEST_PAGE, styled: int = MOST_STYLED) -> None:
        self.left = most
        self.styled = styled

    def style(self, source: str) -> bool:
        """Tell whether a source may be rendered, and count it."""
        self.styled -= len(source)
        return self.styled >= 0

    def take(self, html: str) -> str:
        """Return `html`, or a remark where the page is full."""
        if len(html) > self.left:
            self.left = 0
            return '<p class="remark">The page is full; this is not shown here.</p>'
        self.left -= len(html)
        return html


def render_code(source: str) -> str:
    """Return code with its words coloured; hidden regions never appear."""
    return _code(source)


@lru_cache(maxsize=512)
def _code(source: str) -> str:
    source = visible(HIDDEN.sub("", source)).rstrip("\n")
    if len(source) > LONGEST_CODE:
        return f'<pre class="code">{escape(source)}</pre>'
    lexer, formatter = _pygments()
    return f'<pre class="code">{highlight(source, lexer, formatter).rstrip()}</pre>'


@cache
def _pygments() -> tuple[PythonLexer, HtmlFormatter[str]]:
    return PythonLexer(stripnl=False), HtmlFormatter(nowrap=True)


def render_text(text: str, kind: str = "") -> str:
    """Return printed text; a progress bar shows its last state only."""
    cut = len(text) > LONGEST_TEXT
    lines = (
        line.rstrip("\r").rpartition("\r")[2]
        for line in text[:LONGEST_TEXT].split("\n")
    )
    shown = visible("\n".join(lines)).rstrip()
    return f'<pre class="out {kind}">{escape(shown)}</pre>' + (CUT if cut else "")


def render_output(output: Mapping[str, Any], room: Room) -> str:
    """Return one output of a code cell."""
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else ""
        return render_text(_joined(output.get("text")), name)
    if kind == "error":
        trace = output.get("traceback")
        lines = [_joined(line) for line in trace] if isinstance(trace, list) else []
        name, value = _joined(output.get("ename")), _joined(output.get("evalue"))
        return render_text("\n".join(lines) or f"{name}: {value}", "error")
    data = output.get("data")
    about = output.get("metadata")
    about = about if isinstance(about, dict) else {}
    return _render_data(data, about, room) if isinstance(data, dict) else ""


def _render_data(data: Mapping[str, Any], about: Mapping[str, Any], room: Room) -> str:
    plain = _joined(data.get("text/plain"))
    html = _joined(data.get("text/html"))
    short = len(html) <= LONGEST_HTML and room.style(html)
    html = clean_html(html) if short and not too_deep(html) else ""
    if not shows_nothing(html):
        return f'<div class="out html">{html}</div>'
    for kind in ("text/markdown", "text/latex"):
        text = _joined(data.get(kind))
        if text and room.style(text):
            return f'<div class="out html">{render_markdown(text)}</div>'
    for kind in IMAGES:
        uri = data_uri(kind, data.get(kind))
        if uri:
            own = about.get(kind)
            said = own.get("alt") if isinstance(own, dict) else None
            alt = escape(_alternative(plain, said if isinstance(said, str) else ""))
            return f'<p class="out"><img src="{uri}" alt="{alt}"></p>'
    return render_text(plain) if plain else ""


def _alternative(plain: str, said: str) -> str:
    """Say what a picture is: in its author's words, or as its own text form."""
    if said.strip():
        return visible(said)[:LONGEST_ALTERNATIVE].strip()
    if FIGURE.fullmatch(plain):
        return "Figure drawn by the code above"
    return visible(plain)[:200].strip() or UNNAMED


def render_cell(cell: Mapping[str, Any], room: Room) -> str:
    """Return the body of one cell, without what the page says about it.

    Parameters
    ----------
    cell : mapping
        Of a notebook of version 4.
    room : Room
        What the page still holds.
    """
    source = _joined(cell.get("source"))
    if cell.get("cell_type") == "markdown" and room.style(source):
        attachments = cell.get("attachments")
        pictures = attachments if isinstance(attachments, dict) else None
        return room.take(f'<div class="text">{render_markdown(source, pictures)}</div>')
    if cell.get("cell_type") != "code":
        return room.take(render_text(source)) if source.strip() else ""
    code = render_code(source) if room.style(source) else render_text(source, "code")
    parts = [room.take(code)] if source.strip() else []
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else []:
        if not room.left:
            break
        if isinstance(output, dict):
            parts.append(room.take(render_output(output, room)))
    return "\n".join(parts)


def _joined(value: Any) -> str:
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""
