"""Formulas as MathML: browsers show it themselves, with no script and no download."""

from __future__ import annotations

import html

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator


def to_mathml(latex: str, display: str) -> str:
    """Convert a formula; the page keeps its LaTeX as a title, to search and to copy.

    Parameters
    ----------
    latex : str
        What stands between the dollar signs.
    display : str
        ``"inline"`` or ``"block"``.

    Raises
    ------
    ExtensionError
        The formula cannot be read.
    """
    try:
        made = convert(latex, display=display)
    except Exception as error:
        raise ExtensionError(f"not a formula: {latex!r} ({error})") from error
    return made.replace("<math ", f'<math title="{html.escape(latex)}" ', 1)


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line."""
    self.body.append(to_mathml(node.astext(), "inline"))
    raise nodes.SkipNode


def visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on a line of its own."""
    self.body.append(f'<div class="formula">{to_mathml(node.astext(), "block")}</div>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Offer the renderer ``mathml``."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
