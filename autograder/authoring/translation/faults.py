"""Compare a translation with its text: what may not differ between two languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from autograder.authoring.translation.markdown_parts import parser

_CODE = re.compile(r"(?P<ticks>`+)(?P<code>.+?)(?P=ticks)", re.DOTALL)
_FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]*)[^)]*\)|(https?://[^\s)>\]]+)")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_PLACEHOLDER = re.compile(r"(?<!\{)\{[^{}]+\}(?!\})|%\(\w+\)[a-z]")
# A word that an f-string chooses: {'right' if x else 'wrong'}.
_CHOSEN = re.compile(r"'[^'{}]*'(?= if )|(?<= else )'[^'{}]*'")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_MARKDOWN = ("paragraph", "heading", "list item", "table row", "HTML")
_STYLES = {
    "strong_open": "bold",
    "em_open": "italic",
    "link_open": "link",
    "image": "image",
    "s_open": "struck out",
}


def faults(text: str, translation: str, kind: str) -> Iterator[str]:
    """Yield what a translation has lost or gained, in words.

    Parameters
    ----------
    text : str
        In English.
    translation : str
        In the other language.
    kind : str
        What the text is; see `Part`.

    Examples
    --------
    >>> list(faults("Sum `x` over 3 rows.", "행 세 개의 합을 구합니다.", "paragraph"))
    ['code lacks `x`', 'numbers lack 3']
    """
    markdown = kind in _MARKDOWN
    left = [text, translation]
    for name, pattern in (
        ("formulas", _FORMULA),
        ("code", _CODE),
        ("links", _LINK),
        ("tags", _TAG),
        ("placeholders", _PLACEHOLDER),
        ("numbers", _NUMBER),
    ):
        if name == "tags" and not markdown:
            continue
        if name == "placeholders" and markdown:
            continue
        was, now = (Counter(m[0] for m in pattern.finditer(one)) for one in left)
        if name == "links":
            was, now = (_leads(one) for one in left)
        if name == "placeholders":
            was, now = (_with_any_words(one) for one in (was, now))
        yield from _compared(name, was, now)
        left = [pattern.sub(" ", one) for one in left]
    if not markdown:
        if text.count("\n") != translation.count("\n"):
            yield "another number of lines"
        return
    if kind == "table row" and text.count("|") != translation.count("|"):
        yield "another number of columns"
    before, after = (_styles(one, kind) for one in (text, translation))
    yield from _compared("styles", before, after)
    if _blocks(text, kind) != _blocks(translation, kind):
        yield "other blocks: it begins like a list, a heading or a table, or breaks up"


def _leads(text: str) -> Counter[str]:
    return Counter(m[1] or m[2] for m in _LINK.finditer(text))


def _with_any_words(found: Counter[str]) -> Counter[str]:
    return Counter(_CHOSEN.sub("'...'", one) for one in found.elements())


def _compared(name: str, was: Counter[str], now: Counter[str]) -> Iterator[str]:
    lost, gained = was - now, now - was
    verb = "lack" if name.endswith("s") else "lacks"
    if lost:
        yield f"{name} {verb} {', '.join(sorted(lost.elements()))}"
    if gained:
        also = f"{name} {'have' if name.endswith('s') else 'has'} besides"
        yield f"{also} {', '.join(sorted(gained.elements()))}"


def _styles(text: str, kind: str) -> Counter[str]:
    if kind in ("HTML", "table row"):
        text = _TAG.sub(" ", text)
    found = parser().parseInline(text)
    return Counter(
        _STYLES[token.type]
        for block in found
        for token in block.children or []
        if token.type in _STYLES
    )


def _blocks(text: str, kind: str) -> list[str]:
    if kind == "table row":
        return []
    return [token.type for token in parser().parse(text)]
