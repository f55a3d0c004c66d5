"""Catalogues: what the texts of a notebook are called in another language.

A catalogue is a gettext file for translators and their tools. An entry's context is the
id of the cell in which its text stands.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, denormalize, generate_po, read_po

from autograder.errors import UserError

_COLUMNS = 88
_ALIKE = 0.6
"""How alike two texts must be, from 0 to 1, for one to be the other, edited."""


@dataclass(frozen=True)
class Entry:
    """A text to be translated.

    Attributes
    ----------
    context : str
        The id of the cell.
    text : str
        In English.
    kind : str
        What it is, for the translator.
    """

    context: str
    text: str
    kind: str


def read_catalogue(path: Path, language: str) -> Catalog:
    """Read a catalogue; one that is not there is empty.

    Raises
    ------
    UserError
        It is no such file.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Catalog(locale=locale(language))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: cannot be read: {error}") from None
    try:
        return read_po(io.StringIO(text), locale=language, abort_invalid=True)
    except (PoFileError, ValueError, IndexError) as error:
        raise UserError(f"{path}: is no gettext catalogue: {error}") from None


def locale(language: str) -> Locale:
    """Return what is known of a language.

    Raises
    ------
    UserError
        Nothing is.
    """
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        raise UserError(
            f"'{language}' names no language: write it as ko or pt_BR"
        ) from None


def updated(old: Catalog, entries: Iterable[Entry]) -> Catalog:
    """Return a catalogue that holds these entries, with what is known of them.

    A text that stands in another cell now keeps its translation. One that was edited
    gets that of the text it was, marked fuzzy: somebody has to look at it. Translations
    that nothing claims are kept at the end as obsolete.
    """
    new = Catalog(locale=old.locale, charset="utf-8")
    known = {(m.context or "", str(m.id)): m for m in old if m.id}
    unclaimed = dict(known)
    by_text = {text: m for (_, text), m in known.items() if m.string and not m.fuzzy}
    for message in old.obsolete.values():
        key = (message.context or "", str(message.id))
        unclaimed.setdefault(key, message)
        by_text.setdefault(str(message.id), message)
    wanted = list(dict.fromkeys(entries))
    found: dict[Entry, Message] = {}
    for entry in wanted:
        key = (entry.context, entry.text)
        own = known.get(key)
        has = own if own is not None and own.string else by_text.get(entry.text, own)
        if has is not None:
            found[entry] = has
            unclaimed.pop(key, None)
            unclaimed.pop((has.context or "", str(has.id)), None)
    left = {text: m for (_, text), m in unclaimed.items() if m.string}
    for entry in wanted:
        if entry in found or not left:
            _put(new, entry, found.get(entry))
            continue
        alike = get_close_matches(entry.text, left, 1, _ALIKE)
        _put(new, entry, left.pop(alike[0]) if alike else None, tuple(alike))
    for text, message in left.items():
        message.context = message.context or None
        new.obsolete[new._key_for(text, message.context)] = message
    return new


def _put(
    catalogue: Catalog,
    entry: Entry,
    old: Message | None,
    previous: tuple[str, ...] = (),
) -> None:
    flags = set(old.flags & {"fuzzy"}) if old is not None and old.string else set()
    if previous:
        flags.add("fuzzy")
    elif old is not None and old.fuzzy:
        previous = tuple(old.previous_id) or _previous(old)
    added = catalogue.add(
        entry.text,
        string=old.string if old is not None else "",
        context=entry.context,
        auto_comments=[entry.kind],
        user_comments=[c for c in old.user_comments if c[:1] != "|"] if old else (),
        previous_id=previous,
    )
    added.flags = flags  # none that says what only looks like a format string


def _previous(message: Message) -> tuple[str, ...]:
    """Return the English as it was, which Babel writes and reads back as a comment."""
    lines = [c[1:].strip() for c in message.user_comments if c.startswith("|")]
    text = "\n".join(lines).removeprefix("msgid ")
    return (denormalize(text),) if text else ()


def written(catalogue: Catalog, title: str) -> str:
    """Return the text of a catalogue: the same for the same entries.

    Parameters
    ----------
    catalogue : Catalog
        The entries.
    title : str
        What it translates, for the first line.
    """
    chosen = catalogue.locale
    assert chosen is not None  # noqa: S101
    body = "".join(
        generate_po(
            catalogue,
            width=_COLUMNS,
            omit_header=True,
            include_previous=True,
            no_location=True,
        )
    )
    head = (
        f"# {title} in {chosen.english_name}.\n"
        f'msgid ""\nmsgstr ""\n"Language: {chosen}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return head + body.rstrip("\n") + "\n"


def translations(catalogue: Catalog) -> Mapping[tuple[str, str], str]:
    """Return what is translated and not fuzzy, by context and text."""
    return {
        (message.context or "", str(message.id)): str(message.string)
        for message in catalogue
        if message.id and message.string and not message.fuzzy
    }
