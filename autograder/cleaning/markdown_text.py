r"""Markdown that no reader of it takes for HTML, a foreign link or a foreign picture.

Readers of Markdown differ in what they take for code, and some write parts of a text
out as they are: a diagram's, for example. So the text is cleaned without a look at its
structure: what begins a tag, a link or a picture is parted by a blank, wherever it
stands. Read as code it has a blank more; read as a formula it is the same formula.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from autograder.cleaning.latex import COMMAND
from autograder.cleaning.visible_text import visible

# HTML without attributes that only shapes words.
BARE = "|".join(
    """
    b br code del details em hr i ins kbd li mark ol p s small strong sub summary sup u
    ul
    """.split()
)
DESTINATION = r"\s{0,50}(?:https?://|mailto:|[#])"
TOKEN = re.compile(
    rf"""
      !\[(?P<alt>[^\[\]\n]{{0,300}})\]\(
        (?:attachment:(?P<name>[^\s()<>"']{{1,300}})
        |(?P<data>data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=]+))\)
    | (?P<image>!\[)
    | (?P<link>\](?=\((?!{DESTINATION})|:(?!{DESTINATION})))
    | (?P<tag><(?=[A-Za-z/!?])(?!/?(?:{BARE})[ ]?/?>))
    | (?P<fence>```|~~~)[ \t]*(?=mermaid)
    | {COMMAND.pattern}
    """,
    re.VERBOSE | re.IGNORECASE,
)
REFERENCE = re.compile(r"&(?:#(x[0-9a-f]{1,6}|[0-9]{1,7});?|bsol;)", re.IGNORECASE)
UNSAID = re.compile(r"[<>&\"'\\`]")


def clean_markdown(source: str, names: Mapping[str, str] | None = None) -> str:
    r"""Make Markdown inert; cleaned again, it stays the same.

    Parameters
    ----------
    source : str
        The text of a cell or of an output.
    names : mapping, optional
        The pictures that are attached: the name in the text -> its name from now on.

    Examples
    --------
    >>> clean_markdown("a <b>bold</b> claim <script>")
    'a <b>bold</b> claim < script>'
    >>> clean_markdown("[x](javascript:f()) [y](https://example.org)")
    '[x] (javascript:f()) [y](https://example.org)'
    """
    known = names or {}

    def token(match: re.Match[str]) -> str:
        if match["image"]:
            return "! ["
        if match["alt"] is not None:
            alt = UNSAID.sub("", match["alt"])
            if match["data"]:
                return f"![{alt}]({match['data']})"
            name = known.get(match["name"]) or known.get(unquote(match["name"]))
            return f"![{alt}](attachment:{name})" if name else f"! [{alt}]"
        if match["fence"]:
            return f"{match['fence']}text "
        return f"{match[0]} "

    return TOKEN.sub(token, REFERENCE.sub(_character, visible(source)))


def _character(match: re.Match[str]) -> str:
    """Write a character for its number, so that no command hides behind numbers."""
    number = match[1]
    if number is None:
        return "\\"
    value = int(number[1:], 16) if number[0] in "xX" else int(number)
    if value == ord("&"):
        return "&amp;"
    if value < ord(" ") or value > 0x10FFFF or 0xD800 <= value < 0xE000:
        return "\ufffd"
    return visible(chr(value))
