"""The language of messages: English, with other words beside the terms, or another.

English is always there, and so are the languages that have a catalogue in the folder
``locale`` beside this file. A course offers others with :func:`offer`, and messages of
its own with :func:`offer_messages`. The environment
variable ``COURSE_LANGUAGE`` names the one in which the visible checks of a notebook
speak, and :func:`set_language` sets it within one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from answer_checks.glossary import Glossary
from answer_checks.messages import Messages

VARIABLE = "COURSE_LANGUAGE"
NOTEBOOK_KEY = "course_language"
"""The key of a notebook's metadata that names the language it is written in."""


@dataclass(frozen=True)
class Language:
    """A language of messages.

    Attributes
    ----------
    name : str
        What a setting calls it, such as ``"en"``, ``"en+ko"`` or ``"ko"``.
    glossary : Glossary
        The words that stand beside the English terms.
    messages : Messages
        The messages in this language; English ones stay where it has none.
    editions : tuple of Language
        Those of readers who took the course in another language than this one.
    """

    name: str
    glossary: Glossary = field(default=Glossary(), repr=False)
    messages: Messages = field(default=Messages(), repr=False)
    editions: tuple[Language, ...] = field(default=(), repr=False)

    @property
    def code(self) -> str:
        """The language of most words, as HTML names it: ``"en"`` or ``"ko"``."""
        return self.name.partition("+")[0].replace("_", "-")

    def for_edition(self, name: str) -> Language:
        """Return the language of a reader's edition; this one where it is none."""
        return next((one for one in self.editions if one.name == name), self)

    def say(self, text: str) -> str:
        """Return an English message in this language."""
        return self.glossary.beside(self.messages.say(text))

    def together(self) -> Callable[[str], str]:
        """Return a function that says the parts of one message, one after the other.

        A term has its words beside it once in all of them.
        """
        beside = partial(self.glossary.beside, seen=set())
        return lambda text: beside(self.messages.say(text))


ENGLISH = Language("en")
_offered = {ENGLISH.name: ENGLISH}
_variables = [VARIABLE]


def offer(language: Language, variable: str = "") -> None:
    """Add a language to those that can be set.

    Parameters
    ----------
    language : Language
        It takes the place of one with the same name.
    variable : str
        An environment variable that is read too, where ``COURSE_LANGUAGE`` is not set.
    """
    _offered[language.name] = language
    if variable and variable not in _variables:
        _variables.append(variable)


def offer_messages(locale: Path) -> None:
    """Add the messages in a folder of catalogues, ``<language>/*.po``.

    Parameters
    ----------
    locale : Path
        The folder. Its languages can be set from here on.
    """
    for file in sorted(locale.glob("*/*.po")):
        name = file.parent.name
        known = _offered.get(name, Language(name))
        if file not in known.messages.files:
            messages = Messages((*known.messages.files, file))
            offer(replace(known, messages=messages))


def language() -> Language:
    """Return the language that is set, English where none is.

    Raises
    ------
    ValueError
        The environment variable holds something else than a language.
    """
    variable = next((name for name in _variables if os.environ.get(name)), VARIABLE)
    return _find(os.environ.get(variable) or ENGLISH.name, variable)


def language_of(metadata: Mapping[str, Any]) -> Language:
    """Return the language that a notebook is written in, and its checks speak.

    Parameters
    ----------
    metadata : mapping
        The notebook's. Where it names no language, the one that is set is returned.
    """
    name = metadata.get(NOTEBOOK_KEY)
    known = _offered.get(name) if isinstance(name, str) else None
    return known or language()


def set_language(name: str) -> None:
    """Set the language of messages from here on.

    Parameters
    ----------
    name : str
        ``"en"``, or the name of a language that the course offers.

    Raises
    ------
    ValueError
        There is no such language.
    """
    os.environ[VARIABLE] = _find(name, "language").name


def in_language(text: str, chosen: Language | None = None) -> str:
    """Return a message in a language; by default in the one that is set.

    Examples
    --------
    >>> from answer_checks.glossary import Glossary, Term
    >>> german = Language("en+de", Glossary((Term(("loss",), ("Verlust",)),)))
    >>> in_language("The loss is too large.", german)
    'The loss (Verlust) is too large.'
    >>> in_language("The loss is too large.", ENGLISH)
    'The loss is too large.'
    """
    return (chosen or language()).say(text)


def _find(name: str, what: str) -> Language:
    if name not in _offered:
        names = ", ".join(_offered)
        raise ValueError(f"{what} must be one of {names}, got {name!r}")
    return _offered[name]


offer_messages(Path(__file__).with_name("locale"))
