r"""LaTeX without the commands by which MathJax makes links, ids and styles.

MathJax reads every text of a page, whatever notebook or output it came from. An id can
pass for a field of the page that shows it; ``\require`` loads a file.
"""

from __future__ import annotations

import re

COMMAND = re.compile(
    r"\\(?=(?:href|url|hyperref|class|cssId|style|htmlClass|htmlId|htmlStyle|htmlData|"
    r"bbox|require|unicode|includegraphics|tooltip|toggle|action|enclose)"
    r"(?![A-Za-z]))",
    re.IGNORECASE,
)


def clean_latex(text: str) -> str:
    r"""Part a command's name from its backslash, which leaves it to read.

    Examples
    --------
    >>> print(clean_latex(r"\href{javascript:f()}{x} and \frac{1}{2}"))
    \ href{javascript:f()}{x} and \frac{1}{2}
    """
    return COMMAND.sub(r"\\ ", text)
