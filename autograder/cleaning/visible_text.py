"""Text without what a terminal or a browser would obey instead of showing."""

from __future__ import annotations

import re

ANSI = re.compile(
    r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])"
)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# They reorder what is read but not what is run.
BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def visible(text: str) -> str:
    r"""Take out control characters and show those that turn the reading direction.

    Examples
    --------
    >>> visible("a\x1b[31mb\x1b[0m\x07"), visible("x\u202ey")
    ('ab', 'x⟨U+202E⟩y')
    """
    text = CONTROL.sub("", ANSI.sub("", text))
    return BIDI.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


# What a terminal's colours are written with; everything else of a terminal's is obeyed.
COLOUR = re.compile(r"\x1b\[[0-9;]{0,40}m")


def coloured(text: str) -> str:
    r"""Make text visible as :func:`visible` does, but leave a terminal's colours.

    Examples
    --------
    >>> coloured("\x1b[31mred\x1b[0m\x1b]0;title\x07")
    '\x1b[31mred\x1b[0m'
    """
    if "\x1b" not in text:
        return visible(text)
    parts = COLOUR.split(text)
    codes = [*COLOUR.findall(text), ""]
    return "".join(visible(p) + c for p, c in zip(parts, codes, strict=True))
