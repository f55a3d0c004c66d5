"""Korean particles after a word that is filled in: 은 or 는, 이 or 가, 으로 or 로.

Which of the two stands depends on the sound in which the word before it ends. A word in
Latin letters and a number are read aloud as a Korean reader would.
"""

from __future__ import annotations

import re
from enum import Enum

_HANGUL = range(0xAC00, 0xD7A4)
_FINALS = 28  # of a syllable, "none" included
_LIEUL = 8  # the place of the final ㄹ among them
# Names of letters that end in a consonant: 엘, 엠, 엔, 알.
_LETTERS = {"l": "ㄹ", "m": "c", "n": "c", "r": "ㄹ"}
# Digits: 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구; a trailing zero is 십, 백, 천 or 만.
_DIGITS = dict(zip("0123456789", "cㄹ-c--cㄹㄹ-", strict=True))
# Words whose reading their spelling does not tell.
_WORDS = {"type": "c", "dtype": "c", "check": "-"}
_VOWELS = "aeiou"


class Final(Enum):
    """The sound in which a word ends."""

    NONE = "-"
    """A vowel."""
    LIEUL = "ㄹ"
    OTHER = "c"


def final_of(text: str) -> Final | None:
    """Return the sound in which a text ends when it is read in Korean.

    Brackets, quotes and backticks at its end are not read; None where nothing is.

    Examples
    --------
    >>> [final_of(word).value for word in ("손실", "함수", "W", "`N`", "2.9", "dict")]
    ['ㄹ', '-', '-', 'c', '-', '-']
    """
    read = re.sub(r"[^\w가-힣]+$", "", text)
    if not read:
        return None
    last = read[-1]
    if ord(last) in _HANGUL:
        place = (ord(last) - _HANGUL.start) % _FINALS
        return (
            Final.NONE if not place else Final.LIEUL if place == _LIEUL else Final.OTHER
        )
    if last in _DIGITS:
        return Final(_DIGITS[last])
    found = re.search(r"[A-Za-z]+$", read)
    return Final(_latin(found[0])) if found else Final.NONE


def _latin(word: str) -> str:
    """Say in what a word in Latin letters ends: a name of a letter, or a word."""
    plain = word.lower()
    if plain in _WORDS:
        return _WORDS[plain]
    spelt = len(word) <= 2 or word[-2:].isupper() or not set(plain) & set(_VOWELS)
    if spelt:
        return _LETTERS.get(plain[-1], "-")
    if re.search(r"(le|[aeiou]l|ll|rl)$", plain):
        return "ㄹ"
    if re.search(rf"([mn]|ng|[{_VOWELS}][mn]e)$", plain):
        return "c"
    # A short vowel before the last stop: map, set, back; with a long one it is 으.
    if re.search(rf"(^|[^{_VOWELS}])[{_VOWELS}](b|c|ck|k|p|t)$|out$", plain):
        return "c"
    return "-"


def with_particle(text: str, pair: str) -> str:
    """Add to a text the one of two particles that fits.

    Parameters
    ----------
    text : str
        What stands before it.
    pair : str
        After a consonant, then after a vowel: ``"은/는"``, ``"이/가"``, ``"으로/로"``.

    Examples
    --------
    >>> with_particle("dW", "을/를"), with_particle("손실", "은/는")
    ('dW를', '손실은')
    >>> with_particle("1", "으로/로"), with_particle("3", "으로/로")
    ('1로', '3으로')
    """
    after_consonant, after_vowel = pair.split("/")
    final = final_of(text)
    if final is None:
        return f"{text}{after_consonant}({after_vowel})"
    vowel = final is Final.NONE or (
        final is Final.LIEUL and after_consonant.startswith("으로")
    )
    return text + (after_vowel if vowel else after_consonant)
