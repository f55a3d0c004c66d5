"""Messages in another language, from gettext catalogues.

A message is made in English and kept in English; it is put into another language where
it is shown. A catalogue's entries are templates: ``{name}: got {got}`` stands for every
message of that form, and what is filled in is translated in its turn. In a translation
``{name:은/는}`` adds the particle that fits.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from answer_checks.particles import with_particle

_PLACEHOLDER = re.compile(r"\{(\w+)(?::([^{}]+/[^{}]*))?\}")
_STRING = re.compile(r'(msgctxt|msgid|msgstr)?\s*("(?:[^"\\]|\\.)*")\s*$')
# What is filled in under these names is a number.
_NUMBERS = {"count", "size", "all", "number", "failed", "passed", "wrong", "open"}
_NUMBERS |= {"score", "most", "points"}
MOST_KEPT = 50_000  # messages that are remembered


@dataclass(frozen=True)
class Messages:
    """The messages of one language.

    Attributes
    ----------
    files : tuple of Path
        The catalogues, read when the first message is asked for; of two translations
        of one message the first counts. One that is not on this machine is left out.
    """

    files: tuple[Path, ...] = ()

    def say(self, text: str) -> str:
        """Return a message in this language, line by line; what is unknown stays."""
        if not self.files:
            return text
        return "\n".join(_say(self.files, line) for line in text.split("\n"))


@dataclass(frozen=True)
class _Template:
    pattern: re.Pattern[str]
    said: str
    weight: int

    @classmethod
    def make(cls, text: str, said: str) -> _Template:
        pattern, end, weight, seen = "", 0, 0, set()
        for found in _PLACEHOLDER.finditer(text):
            literal = text[end : found.start()]
            name = found[1]
            what = r"\d[\d.,]*" if name in _NUMBERS else ".+?"
            again = f"(?P={name})" if name in seen else f"(?P<{name}>{what})"
            pattern += re.escape(literal) + again
            weight += len(literal)
            end = found.end()
            seen.add(name)
        pattern += re.escape(text[end:])
        return cls(re.compile(pattern), said, weight + len(text) - end)


@lru_cache(maxsize=16)
def _load(files: tuple[Path, ...]) -> tuple[dict[str, str], list[_Template]]:
    """Return whole messages, and templates, those that say most themselves first."""
    whole: dict[str, str] = {}
    templates: dict[str, _Template] = {}
    for file in filter(Path.is_file, files):
        for text, said in read_catalogue(file.read_text("utf-8")):
            if _PLACEHOLDER.search(text):
                templates.setdefault(text, _Template.make(text, said))
            else:
                whole.setdefault(text, said)
    return whole, sorted(templates.values(), key=lambda one: -one.weight)


@lru_cache(maxsize=MOST_KEPT)
def _say(files: tuple[Path, ...], text: str) -> str:
    whole, templates = _load(files)
    if text in whole:
        return whole[text]
    if f"{text}." in whole:  # what is a sentence there may be part of one here
        return whole[f"{text}."].removesuffix(".")
    if text.endswith(".") and text[:-1] in whole:
        return f"{whole[text[:-1]]}."
    label = _label(whole, text)
    if label:
        return f"{whole[label]}: {_say(files, text[len(label) + 2 :])}"
    for template in templates:
        found = template.pattern.fullmatch(text)
        if found:
            values = {k: _say(files, v) for k, v in found.groupdict().items()}
            return fill_in(template.said, values)
    return text


def _label(whole: Mapping[str, str], text: str) -> str:
    """Return a label with a colon in it that a line begins with; "" for none."""
    end = text.rfind(": ")
    while end > 0:
        if text[:end] in whole and ": " in text[:end]:
            return text[:end]
        end = text.rfind(": ", 0, end)
    return ""


def fill_in(said: str, values: dict[str, str]) -> str:
    """Fill a translation in, with the particles that fit.

    Examples
    --------
    >>> fill_in("{name:이/가} 너무 큽니다", {"name": "손실"})
    '손실이 너무 큽니다'
    """
    return _PLACEHOLDER.sub(
        lambda found: (
            with_particle(values[found[1]], found[2]) if found[2] else values[found[1]]
        ),
        said,
    )


def read_catalogue(text: str) -> list[tuple[str, str]]:
    r"""Read what a gettext catalogue translates: English and translation.

    Entries without a translation, fuzzy and obsolete ones are left out.

    Examples
    --------
    >>> read_catalogue('msgid "a"\nmsgstr "가"\n\n#, fuzzy\nmsgid "b"\nmsgstr "나"\n')
    [('a', '가')]
    """
    found = []
    for block in re.split(r"\n\s*\n", text):
        parts = {"msgctxt": "", "msgid": "", "msgstr": ""}
        current, fuzzy = "", False
        for line in block.split("\n"):
            fuzzy |= line.startswith("#,") and "fuzzy" in line
            string = _STRING.match(line)
            if string:
                current = string[1] or current
                if current:
                    parts[current] += ast.literal_eval(string[2])
        if parts["msgid"] and parts["msgstr"] and not fuzzy:
            found.append((parts["msgid"], parts["msgstr"]))
    return found
