"""Lay text out in columns, with letters that take two of them counted as two."""

from __future__ import annotations

import unicodedata


def columns(text: str) -> int:
    """Return how many columns of a terminal or an editor a text takes.

    Examples
    --------
    >>> columns("loss"), columns("손실")
    (4, 4)
    """
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)


def padded(text: str, width: int) -> str:
    """Fill a text up with spaces to `width` columns.

    Examples
    --------
    >>> padded("loss", 6) + "|", padded("손실", 6) + "|"
    ('loss  |', '손실  |')
    """
    return text + " " * (width - columns(text))


def wrapped(text: str, width: int) -> list[str]:
    """Break a text at its spaces into lines of at most `width` columns.

    Examples
    --------
    >>> wrapped("힌지 손실의 합", 9)
    ['힌지', '손실의 합']
    """
    lines: list[str] = []
    for word in text.split(" "):
        if lines and columns(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
