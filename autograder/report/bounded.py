"""Bounds that keep the work on a student's text in step with its length.

Two rules of the Markdown parser look for the end of a formula from every line that
opens one, and the cleaner of HTML looks through all open elements at every tag: left
alone, each takes four times as long for twice the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.amsmath import RE_OPEN, amsmath_block
from mdit_py_plugins.dollarmath.index import math_block_dollar

Rule = Callable[[StateBlock, int, int, bool], bool]

# How often all lines of a cell, in effect, are searched for the end of a formula.
MOST_SEARCHES = 10
# Elements inside one another; a table in a page of a notebook has some ten.
DEEPEST_HTML = 250

ENVIRONMENT = re.compile(RE_OPEN)
DOLLARS = re.compile(r"\$\$(?!.*\$\$)")  # else the line itself holds the end
INTERRUPTED = ["paragraph", "reference", "blockquote", "list", "footnote_def"]

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
# Elements that hold nothing, and those that end where the next of their kind begins.
SHALLOW = frozenset(
    """
    area base br col embed hr img input link meta source track wbr
    colgroup dd dt li optgroup option p rp rt tbody td tfoot th thead tr
    """.split()
)


def bound_formulas(parser: MarkdownIt) -> None:
    """Bound the rules for formulas that stand alone.

    Parameters
    ----------
    parser : MarkdownIt
        One that uses the plugins ``dollarmath`` and ``amsmath``.
    """
    dollars = _bounded(math_block_dollar(), DOLLARS)
    parser.block.ruler.at("math_block", dollars)
    environment = _bounded(amsmath_block, ENVIRONMENT)
    parser.block.ruler.at("amsmath", environment, {"alt": INTERRUPTED})


def _bounded(rule: Rule, opening: re.Pattern[str]) -> Rule:
    """Count the lines that `rule` searches; what opens after too many is text."""

    def bounded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        first = state.bMarks[start] + state.tShift[start]
        if not opening.match(state.src, first):
            return rule(state, start, end, silent)
        left = state.env.get("searches")
        if left is None:
            left = MOST_SEARCHES * (state.src.count("\n") + 1)
        found = left > 0 and rule(state, start, end, silent)
        state.env["searches"] = left - (state.line if found else end) + start
        return found

    return bounded


def too_deep(html: str) -> bool:
    """Tell whether elements stand inside one another as in no honest text.

    Examples
    --------
    >>> too_deep("<div>" * 1000)
    True
    >>> too_deep("<div><p></div>" * 1000)
    False
    """
    inside: Counter[str] = Counter()
    depth = 0
    for closes, tag in TAG.findall(html):
        name = tag.lower()
        if name in SHALLOW:
            continue
        if not closes:
            inside[name] += 1
            depth += 1
        elif inside[name]:
            inside[name] -= 1
            depth -= 1
        if depth > DEEPEST_HTML:
            return True
    return False
