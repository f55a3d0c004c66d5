"""Terms of a field in two languages, and how to set one beside the other.

A course has its terms in a file of data, which :func:`load_glossary` reads. Names in
code stay English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Term:
    """A term of the field.

    Attributes
    ----------
    english : tuple of str
        The term, singular and in small letters, then other forms of it.
    words : tuple of str
        In the other language: the usual word, then others that are often met.
    note : str
        What else a reader should know; may be empty.
    """

    english: tuple[str, ...]
    words: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Glossary:
    """The terms of a field.

    Attributes
    ----------
    terms : tuple of Term
        In any order.

    Examples
    --------
    >>> norms = Glossary((Term(("norm",), ("노름",)),))
    >>> norms.beside("Norms are not negative: see `norm`.")
    'Norms (노름) are not negative: see `norm`.'
    """

    terms: tuple[Term, ...] = ()

    def __getstate__(self) -> dict[str, Any]:
        """Travel without what is worked out from the terms."""
        return {"terms": self.terms}

    def find(self, term: str) -> tuple[str, ...]:
        """Return the words for a term, the usual one first.

        Parameters
        ----------
        term : str
            In English, singular or plural, in any case.

        Raises
        ------
        KeyError
            The glossary does not hold it.
        """
        found = self._forms.get(_plain(term))
        if found is None:
            raise KeyError(f"the glossary does not hold {term!r}")
        return found.words

    def beside(self, text: str, seen: set[Term] | None = None) -> str:
        """Set the words in brackets behind the first occurrence of each term.

        Longer terms go before shorter ones. Code is left alone: what stands in
        backticks or quotes, a call, and a word that ``_``, ``.``, ``=``, a digit or a
        hyphen makes a name. Done twice, it changes nothing more.

        Parameters
        ----------
        text : str
            A message; all its lines count as one text.
        seen : set of Term, optional
            Terms whose words have been set beside them before, in a text that is shown
            together with this one; those of this one are added.
        """
        if not self.terms:
            return text
        seen = set() if seen is None else seen

        def add(match: re.Match[str]) -> str:
            term = self._forms.get(_plain(match["term"])) if match["term"] else None
            if term is None or term in seen:
                return match[0]
            seen.add(term)
            shown = f" ({', '.join(term.words)})"
            return match[0] + ("" if text.startswith(shown, match.end()) else shown)

        return self._pattern.sub(add, text)

    def table(self, language: str) -> str:
        """Return the glossary as a table in Markdown, in the order of the alphabet.

        Parameters
        ----------
        language : str
            The heading of the column beside English.
        """
        rows = [f"| English | {language} | Note |", "| --- | --- | --- |"]
        for term in sorted(self.terms, key=lambda term: term.english[0].lower()):
            rows.append(
                f"| {term.english[0]} | {', '.join(term.words)} | {term.note} |"
            )
        return "\n".join(rows) + "\n"

    @cached_property
    def _forms(self) -> dict[str, Term]:
        """Each form, singular and plural, with its term."""
        return {
            _plain(form): term
            for term in self.terms
            for english in term.english
            for form in (english, _plural(english))
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Matches a term as a whole word, or a stretch of code as a whole."""
        longest_first = sorted(self._forms, key=len, reverse=True)
        words = "|".join(re.escape(f).replace(r"\ ", "[ -]") for f in longest_first)
        # In backticks, in quotes (an apostrophe is none), or a call.
        code = r"`[^`\n]*`|(?<!\w)'[^'\n]*'(?!\w)|\"[^\"\n]*\"|\w\([^()\n]*\)"
        # No part of a longer word, an attribute, a keyword argument or an assignment.
        before, after = r"(?<![\w.=\[-])", r"(?![\w(\[]|-\w|\.\w| ?=)"
        return re.compile(f"{code}|{before}(?P<term>{words}){after}", re.IGNORECASE)


def load_glossary(path: Path) -> Glossary:
    """Read a glossary from a TOML file.

    Its one table ``[terms]`` has a line for each term, ``"term, other form" = "word,
    other word"``; a table ``{ words = "word", note = "..." }`` may stand on the right.

    Raises
    ------
    OSError
        The file cannot be read.
    ValueError
        It is not such a table.
    """
    found = tomllib.loads(path.read_text("utf-8"))
    terms = found.get("terms")
    if set(found) != {"terms"} or not isinstance(terms, Mapping):
        raise ValueError("a glossary holds one table, [terms]")
    return Glossary(tuple(_term(english, entry) for english, entry in terms.items()))


def _term(english: str, entry: Any) -> Term:
    words, note = entry, ""
    if isinstance(entry, Mapping) and set(entry) <= {"words", "note"}:
        words, note = entry.get("words"), entry.get("note", "")
    if not (isinstance(words, str) and words and isinstance(note, str)):
        raise ValueError(
            f"the term {english!r} needs a text, or a table with words and note"
        )
    return Term(tuple(english.split(", ")), tuple(words.split(", ")), note)


def _plain(term: str) -> str:
    return " ".join(term.lower().replace("-", " ").split())


def _plural(form: str) -> str:
    if re.search("[^aeiou]y$", form):
        return form[:-1] + "ies"
    return form + ("es" if form.endswith(("s", "x", "ch")) else "s")
