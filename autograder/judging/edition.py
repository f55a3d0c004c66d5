"""Tell in which language a student took a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from answer_checks.language import NOTEBOOK_KEY
from autograder.cleaning.notebook import joined
from autograder.course.handout import Handout
from autograder.judging.recover import squeeze


def edition_of(raw: dict[str, Any], handout: Handout) -> Handout:
    """Return the edition of a handout that a submission was made from.

    Its metadata names the language. Where an editor dropped that, the texts tell: the
    edition counts with which the most cells agree. Points do not depend on it.

    Parameters
    ----------
    raw : dict
        A notebook from :func:`autograder.judging.submitted_file.read`.
    handout : Handout
        The notebook as released, with its translations.
    """
    if not handout.translations:
        return handout
    metadata = raw.get("metadata")
    named = metadata.get(NOTEBOOK_KEY) if isinstance(metadata, dict) else None
    if isinstance(named, str) and named in handout.translations:
        return handout.in_language(named)
    cells = [cell for cell in raw["cells"] if isinstance(cell, dict)]
    texts = {squeeze(joined(cell.get("source"))) for cell in cells}
    own = _texts(handout.notebook["cells"])
    best, most = "", len(texts & own)
    for language, notebook in handout.translations.items():
        agree = len(texts & _texts(notebook["cells"]))
        if agree > most:
            best, most = language, agree
    return handout.in_language(best) if best else handout


def _texts(cells: Iterable[dict[str, Any]]) -> set[str]:
    return {squeeze("".join(cell["source"])) for cell in cells} - {""}
