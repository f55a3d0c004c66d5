"""The words of the reasons that students are handed, in the language of their edition.

A reason stands in English in the students' library; its translation stands with the
other texts of its exercise, which students do not get. So a release brings along what
its own reasons say in its language, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from babel.messages.catalog import Catalog

from answer_checks.language import Language
from autograder.authoring.translation.catalogue import locale, written

FILE = "reasons.po"


def reason_words(files: Iterable[bytes], language: Language) -> str:
    """Return a catalogue of what the reasons in some files say.

    Parameters
    ----------
    files : iterable of bytes
        Files of reasons, one per notebook, as the build makes them.
    language : Language
        That of the notebooks. What it has no translation of is left out.
    """
    words = {
        word
        for content in files
        for reasons in json.loads(content)["exercises"].values()
        for pair in reasons.values()
        for word in pair
    }
    catalogue = Catalog(locale=locale(language.name))
    for word in sorted(words):
        said = language.messages.say(word)
        if said != word:
            catalogue.add(word, said)
    return written(catalogue, "Likely reasons")
