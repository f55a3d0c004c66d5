"""Take a Markdown cell apart into what is translated: paragraphs, headings, rows.

A change of one word then asks for one paragraph to be looked at again, not for a page.
Display formulas and fenced code are no parts: they come from the English source.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from autograder.authoring.translation.part import Part, has_prose


@cache
def parser() -> MarkdownIt:
    """Return a parser of what a notebook's Markdown holds."""
    return MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)


def markdown_parts(source: str) -> list[Part]:
    r"""List the parts of a Markdown cell, in order.

    Examples
    --------
    >>> for part in markdown_parts("# Loss\n\n- the loss\n  of `x`\n- $L_i$"):
    ...     print(part.kind, repr(part.text))
    heading 'Loss'
    list item 'the loss of `x`'
    """
    lines = source.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    parts = []
    tokens = parser().parse(source)
    for index, token in enumerate(tokens):
        kind = _kind(tokens, index)
        if not kind or token.map is None:
            continue
        first, last = token.map[0], token.map[1] - 1
        while last > first and not lines[last].strip():
            last -= 1
        own = token.content.strip().split("\n") if token.type == "inline" else []
        head = own[0].strip() if own else lines[first].strip()
        tail = own[-1].strip() if own else lines[last].strip()
        begin = starts[first] + lines[first].rfind(head)
        end = starts[last] + lines[last].rfind(tail) + len(tail)
        stands = [line.strip() for line in (own or source[begin:end].split("\n"))]
        text = "\n".join(stands) if kind == "HTML" else _joined(own or stands)
        if has_prose(text):
            margin = _margin(lines[first][: begin - starts[first]])
            parts.append(Part(begin, end, text, kind, _indented(margin)))
    return parts


def _kind(tokens: list[Token], index: int) -> str:
    """Say what a token is for a translator; nothing where it is no part."""
    token, before = tokens[index], tokens[index - 1] if index else None
    if token.type == "tr_open":
        return "table row"
    if token.type == "html_block":
        return "HTML"
    if token.type != "inline" or before is None:
        return ""
    if before.type == "heading_open":
        return "heading"
    if before.type == "paragraph_open":
        return "paragraph" if before.level == 0 else "list item"
    return ""


def _joined(lines: list[str]) -> str:
    """Join lines that only fill a paragraph; a line break that is meant stays."""
    text = ""
    for line in lines:
        hard = line.endswith(("  ", "\\"))
        text += line.strip() + ("\n" if hard else " ")
    return text.rstrip()


def _margin(before: str) -> str:
    """Return what stands before the further lines of a block."""
    return re.sub(r"[^\s>]", " ", before) if "#" not in before else ""


def _indented(margin: str) -> Callable[[str], str]:
    return lambda text: text.replace("\n", f"\n{margin}")
