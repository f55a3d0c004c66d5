"""Bounds that keep the work on a student's text in step with its length.

Two rules of the Markdown parser look for the end of a formula from every line that
opens one: left alone, each takes four times as long for twice the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.amsmath import RE_OPEN, amsmath_block
from mdit_py_plugins.dollarmath.index import math_block_dollar

Rule = Callable[[StateBlock, int, int, bool], bool]

# How often all lines of a cell, in effect, are searched for the end of a formula.
MOST_SEARCHES = 10

ENVIRONMENT = re.compile(RE_OPEN)
DOLLARS = re.compile(r"\$\$(?!.*\$\$)")  # else the line itself holds the end
INTERRUPTED = ["paragraph", "reference", "blockquote", "list", "footnote_def"]


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
