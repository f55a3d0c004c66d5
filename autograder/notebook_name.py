"""The two parts of a notebook's name, ``"lecture3/01_svm"``."""

from __future__ import annotations


def lecture_of(name: str) -> str:
    """Return the lecture.

    Examples
    --------
    >>> lecture_of("lecture3/01_svm")
    'lecture3'
    """
    return name.partition("/")[0]


def stem_of(name: str) -> str:
    """Return the notebook's name within its lecture.

    Examples
    --------
    >>> stem_of("lecture3/01_svm")
    '01_svm'
    """
    return name.partition("/")[2]
