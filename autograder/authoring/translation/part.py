"""A stretch of a cell that is translated as one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

_NO_PROSE = re.compile(
    r"(?P<ticks>`+).+?(?P=ticks)"  # code
    r"|\$\$.+?\$\$|\$[^$]+\$"  # formulas
    r"|\]\([^)]*\)|https?://\S+"  # where links lead
    r"|<[^>]*>"  # tags
    r"|\{[^{}]*\}",  # what an f-string fills in
    re.DOTALL,
)


@dataclass(frozen=True)
class Part:
    """A stretch of a cell that is translated as one.

    Attributes
    ----------
    begin, end : int
        Where it stands in the cell's text, in characters.
    text : str
        What a translator reads: lines that only fill a paragraph are joined.
    kind : str
        What it is, for the translator: ``"paragraph"``, ``"comment"``, ...
    render : callable
        Gives a text the form in which it stands in the cell.
    """

    begin: int
    end: int
    text: str
    kind: str
    render: Callable[[str], str] = field(repr=False, compare=False)


def has_prose(text: str) -> bool:
    """Say whether a text holds words, beside code, formulas, links and tags.

    Examples
    --------
    >>> has_prose("| `X` | $x_i$ | 2.9 |"), has_prose("the margin $x_i$")
    (False, True)
    """
    return re.search(r"[^\W\d_]{2,}", _NO_PROSE.sub(" ", text)) is not None


def replace_parts(
    source: str, parts: Sequence[Part], translations: Mapping[str, str]
) -> str:
    """Return a cell's text with its parts in another language.

    Parameters
    ----------
    source : str
        The cell's text.
    parts : sequence of Part
        In the order in which they stand there.
    translations : mapping of str to str
        For the text of a part its translation; a part without one stays.
    """
    for part in reversed(parts):
        if part.text in translations:
            put = part.render(translations[part.text])
            source = source[: part.begin] + put + source[part.end :]
    return source
