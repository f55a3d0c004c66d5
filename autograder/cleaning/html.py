"""HTML that cannot run, load, or pass for a part of the page; nh3 does the work."""

from __future__ import annotations

import re
from collections import Counter

import nh3

from autograder.cleaning.latex import clean_latex

LONGEST_HTML = 100_000
# Elements inside one another; a table in a page of a notebook has some ten.
DEEPEST_HTML = 250

# Without <wbr>, across which MathJax reads a command: \hr<wbr>ef is \href to it.
TAGS = frozenset(nh3.ALLOWED_TAGS - {"area", "bdo", "map", "wbr"})
ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
SCHEMES = {"http", "https", "mailto", "data"}
WEB = ("http://", "https://", "mailto:", "#")
IMAGE = re.compile(r"data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=]+")
# The classes that pygments gives, and that nbconvert puts around coloured code.
COLOURED = re.compile(r"[a-z][a-z0-9]{0,2}|highlight(?: hl-[a-z0-9]+)?")

ANYTHING = re.compile(r"<img[^>]* src=|>[^<>]*[^<>\s]|^\s*[^<\s]")
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
# Elements that hold nothing, and those that end where the next of their kind begins.
SHALLOW = frozenset(
    """
    area base br col embed hr img input link meta source track wbr
    colgroup dd dt li optgroup option p rp rt tbody td tfoot th thead tr
    """.split()
)


def clean_html(html: str) -> str:
    """Keep what cannot run, load, or pass for a part of the page."""
    return _clean(html, ATTRIBUTES)


def shows_nothing(html: str) -> bool:
    """Tell whether cleaned HTML holds neither text nor a picture that has a source.

    Another form of the same output, such as its picture, is then what to show.

    Examples
    --------
    >>> shows_nothing('<div><img alt="a circuit"></div>')
    True
    >>> shows_nothing("<p>7</p>")
    False
    """
    return not ANYTHING.search(html)


def clean_coloured(html: str) -> str:
    """Clean HTML as :func:`clean_html` does; words of code keep their colours.

    It takes the place of nbconvert's filter ``clean_html``, which shows the heads of
    tables as text and leaves every class and id.
    """
    text = html.decode("utf-8", "replace") if isinstance(html, bytes) else str(html)
    allowed = ATTRIBUTES | {name: {"class"} for name in ("div", "pre", "span")}
    return "" if too_deep(text) else _clean(text, allowed)


def _clean(html: str, attributes: dict[str, set[str]]) -> str:
    cleaned = nh3.clean(
        html,
        tags=set(TAGS),
        attributes=attributes,
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return clean_latex(cleaned)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if IMAGE.fullmatch(value) else None
    if name == "href" and not value.startswith(WEB):
        return None
    if name == "class" and not COLOURED.fullmatch(value):
        return None
    return value


def too_deep(html: str) -> bool:
    """Tell whether elements stand inside one another as in no honest text.

    The cleaner looks through all open elements at every tag: left alone, it takes four
    times as long for twice the text.

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
