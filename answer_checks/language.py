"""The language of messages: English, or English with Korean beside the field's terms.

The environment variable ``CS231N_LANGUAGE`` sets it for the visible checks of a
notebook, and :func:`set_language` within one.
"""

from __future__ import annotations

import os

from answer_checks.glossary import beside

LANGUAGES = ("en", "en+ko")
VARIABLE = "CS231N_LANGUAGE"


def language() -> str:
    """Return the language that is set, ``"en"`` where none is.

    Raises
    ------
    ValueError
        The environment variable holds something else than a language.
    """
    return _known(os.environ.get(VARIABLE) or LANGUAGES[0], VARIABLE)


def set_language(name: str) -> None:
    """Set the language of messages from here on.

    Parameters
    ----------
    name : str
        ``"en"`` or ``"en+ko"``.

    Raises
    ------
    ValueError
        There is no such language.
    """
    os.environ[VARIABLE] = _known(name, "language")


def in_language(text: str, name: str | None = None) -> str:
    """Return a message in a language; by default in the one that is set.

    Examples
    --------
    >>> in_language("The loss is too large.", "en+ko")
    'The loss (손실) is too large.'
    >>> in_language("The loss is too large.", "en")
    'The loss is too large.'
    """
    name = language() if name is None else _known(name, "language")
    return text if name == LANGUAGES[0] else beside(text)


def _known(name: str, what: str) -> str:
    if name not in LANGUAGES:
        raise ValueError(f"{what} must be one of {', '.join(LANGUAGES)}, got {name!r}")
    return name
