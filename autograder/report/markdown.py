"""Markdown and HTML of a notebook, made harmless; formulas as MathML.

HTML is cleaned. Formulas never are: they leave the text before it is cleaned, are
rebuilt from a short list of MathML elements, and come back afterwards.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, MutableMapping, Sequence
from functools import cache, lru_cache
from html import escape
from typing import Any
from xml.etree import ElementTree

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from autograder.cleaning.html import clean_html, too_deep
from autograder.cleaning.images import data_uri
from autograder.cleaning.visible_text import visible
from autograder.report.bounded import bound_formulas

LONGEST_MARKDOWN = 50_000
LONGEST_FORMULA = 2_000
MOST_FORMULAS = 300

HEADING = re.compile(r"(</?h)([1-6])(?=[ >])")

MATH_TAGS = frozenset(
    """
    math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot
    mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover
    none
    """.split()
)
MATH_ATTRIBUTES = frozenset(
    """
    columnalign columnlines columnspacing depth display displaystyle fence form height
    linethickness lspace mathsize mathvariant maxsize minsize movablelimits notation
    rowlines rowspacing rspace scriptlevel separator stretchy symmetric width
    """.split()
)
# Words and lengths; no length of three digits, which would blow up the page.
MATH_VALUE = re.compile(r"(?!.*(?<![.\d])\d{3})[\w .%+-]{0,60}")


def render_markdown(source: str, attachments: Mapping[str, Any] | None = None) -> str:
    """Return the HTML of a markdown cell.

    Parameters
    ----------
    source : str
        As the student's file holds it.
    attachments : mapping, optional
        Pictures pasted into the cell, as the notebook format stores them.
    """
    if attachments:
        return _render(source, attachments)
    return _render_alone(source)


@lru_cache(maxsize=512)
def _render_alone(source: str) -> str:
    # Most cells are the same in the whole class.
    return _render(source, {})


def _render(source: str, attachments: Mapping[str, Any]) -> str:
    if len(source) > LONGEST_MARKDOWN:
        start = escape(source[:LONGEST_MARKDOWN])
        return f"<pre>{start}</pre><p>The text is cut here.</p>"
    # Nobody can write a mark, for its number is drawn when the cell has been written.
    mark = f"formula{secrets.token_hex(16)}n"
    found: dict[str, str] = {}
    env = {"mark": mark, "formulas": found, "attachments": attachments}
    try:
        html = _parser().render(source, env)
    except RecursionError:
        return f"<pre>{escape(source)}</pre>"
    if too_deep(html):
        return f"<pre>{escape(source)}</pre>"
    html = clean_html(html)
    # The page has a title and a heading above the notebook's own.
    html = HEADING.sub(lambda m: f"{m[1]}{min(int(m[2]) + 2, 6)}", html)
    return re.sub(f"{mark}[0-9]+x", lambda match: found.get(match[0], ""), html)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 20})
    parser.enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin, allow_digits=False, double_inline=True)
    parser.use(amsmath_plugin)
    bound_formulas(parser)
    for kind in ("math_inline", "math_inline_double", "math_block", "amsmath"):
        parser.add_render_rule(kind, _formula)
    parser.add_render_rule("image", _image)
    return parser


def _formula(
    _: Any, tokens: Sequence[Token], place: int, __: Any, env: MutableMapping[str, Any]
) -> str:
    token = tokens[place]
    block = token.type != "math_inline"
    found = env["formulas"]
    mark = f"{env['mark']}{len(found)}x"
    latex, many = token.content, len(found) >= MOST_FORMULAS
    found[mark] = as_source(latex) if many else render_math(latex, block)
    return f"<p>{mark}</p>" if token.block else mark


def _image(
    renderer: Any,
    tokens: Sequence[Token],
    place: int,
    options: Any,
    env: MutableMapping[str, Any],
) -> str:
    token = tokens[place]
    source = str(token.attrGet("src") or "")
    if source.startswith("attachment:"):
        bundle = env["attachments"].get(source.removeprefix("attachment:"))
        for kind, data in (bundle if isinstance(bundle, dict) else {}).items():
            uri = data_uri(kind, data)
            if uri:
                token.attrSet("src", uri)
                break
    return str(renderer.image(tokens, place, options, env))


@lru_cache(maxsize=4096)
def render_math(latex: str, block: bool = False) -> str:
    """Return a LaTeX formula as MathML; its source where that cannot be done."""
    if len(latex) > LONGEST_FORMULA:
        return as_source(latex)
    try:
        made = convert(latex, display="block" if block else "inline")
        tree = ElementTree.fromstring(made)  # noqa: S314 (made by the converter)
        return _mathml(tree)
    except Exception:
        # The converter has no common error, and it must not stop a page.
        return as_source(latex)


def as_source(latex: str) -> str:
    """Show a formula as it was typed."""
    return f"<code>{escape(latex)}</code>"


def _mathml(node: ElementTree.Element) -> str:
    """Write an element of the list again, its texts escaped.

    Raises
    ------
    ValueError
        It is not on the list.
    """
    name = node.tag.rpartition("}")[2]
    if name not in MATH_TAGS:
        raise ValueError(name)
    attributes = "".join(
        f' {key}="{escape(value)}"'
        for key, value in node.attrib.items()
        if key in MATH_ATTRIBUTES and MATH_VALUE.fullmatch(value)
    )
    inside = "".join(_mathml(child) for child in node)
    return f"<{name}{attributes}>{escape(visible(node.text or ''))}{inside}</{name}>"
