"""Korean beside the terms of this course, for the visible checks and for look-ups.

Examples
--------
>>> korean("regularization")
('규제', '정규화')
>>> print(KOREAN.say("Regularization is missing from the loss: see `reg`."))
Regularization (규제, 정규화) is missing from the loss (손실): see `reg`.
"""

from __future__ import annotations

from pathlib import Path

from answer_checks.glossary import load_glossary
from answer_checks.language import Language, offer

KOREAN = Language("en+ko", load_glossary(Path(__file__).with_name("korean.toml")))
# Guides that are in students' hands name the variable of the course.
offer(KOREAN, variable="CS231N_LANGUAGE")


def korean(term: str) -> tuple[str, ...]:
    """Return the Korean words for a term, the usual one first.

    Parameters
    ----------
    term : str
        In English, singular or plural, in any case.

    Raises
    ------
    KeyError
        The glossary does not hold it.

    Examples
    --------
    >>> korean("Hidden layers"), korean("bias")
    (('은닉층',), ('편향', '바이어스'))
    """
    return KOREAN.glossary.find(term)
