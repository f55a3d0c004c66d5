"""A question on the way: answered in one line, judged at once, not graded.

The notebook holds a digest in place of the answer, so that reading on does not give it
away. That keeps nobody out who wants to try every number; it keeps the answer from
being read by accident.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from answer_checks.compare import is_number
from answer_checks.forms import shown
from answer_checks.language import in_language

LENGTH = 12  # hexadecimal digits of a digest


def question(
    name: str, answer: Any, right: str, *, hint: str = "", decimals: int = 2
) -> None:
    """Say whether a student's answer is the right one; never raise for an answer.

    Parameters
    ----------
    name : str
        What the question is called, unique in the notebook: it salts the digest.
    answer : object
        A number, a string, a bool, or a list or tuple of these. ``None`` and ``...``
        are no answer yet.
    right : str
        The digest of the right answer, from :func:`digest`.
    hint : str
        What to look at after a wrong answer. It must not hold the answer.
    decimals : int
        Numbers are compared after rounding to so many places.

    Raises
    ------
    ValueError
        If `right` is no digest.

    Examples
    --------
    In a cell that the student may change, with the digest of 12:

    >>> halves = None  # how many halves are in six?
    >>> question("halves", halves, "ed467e663b0d")
    halves: not answered yet. Put your answer in place of None and run the cell again.
    >>> question("halves", 3, "ed467e663b0d", hint="Does a half go in more often?")
    halves: 3 is not it. Does a half go in more often?
    >>> question("halves", 12, "ed467e663b0d")
    halves: 12 is right.

    The author finds the digest with

    >>> digest("halves", 12)
    'ed467e663b0d'
    """
    if len(right) != LENGTH or set(right) - set("0123456789abcdef"):
        raise ValueError(
            f"right must be {LENGTH} hexadecimal digits made by digest(), got {right!r}"
        )
    if answer is None or answer is ...:
        unanswered = (
            f"{name}: not answered yet. Put your answer in place of {answer} and run "
            "the cell again."
        )
        print(in_language(unanswered))
        return
    try:
        found = digest(name, answer, decimals=decimals) == right
    except TypeError as error:
        print(in_language(f"{name}: {error}."))
        return
    said = f"{name}: {shown(answer)} is {'right.' if found else 'not it.'}"
    print(in_language(f"{said} {hint}" if hint and not found else said))


def digest(name: str, answer: Any, *, decimals: int = 2) -> str:
    """Make the digest that :func:`question` compares an answer with.

    Parameters
    ----------
    name, answer, decimals
        As in :func:`question`.

    Returns
    -------
    str
        Twelve hexadecimal digits.

    Raises
    ------
    TypeError
        If the answer is of no kind that can be compared.

    Examples
    --------
    >>> digest("q", 2.9) == digest("q", 5.1 - 3.2 + 1)
    True
    >>> digest("q", "Cat ") == digest("q", "cat")
    True
    >>> digest("q", 1) == digest("q", True)
    False
    """
    text = f"{name}\n{_plain(answer, decimals)}"
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def _plain(answer: Any, decimals: int) -> str:
    """Write an answer so that equal ones are written alike."""
    if isinstance(answer, bool | np.bool_):
        return str(bool(answer))
    if is_number(answer):
        rounded = round(float(answer), decimals) if np.isfinite(answer) else answer
        return f"{rounded + 0.0:.{decimals}f}"  # + 0.0: no minus before a zero
    if isinstance(answer, str):
        return f"{' '.join(answer.lower().split())!r}"
    if isinstance(answer, list | tuple | np.ndarray) and len(answer):
        return f"[{', '.join(_plain(one, decimals) for one in answer)}]"
    raise TypeError("give a number, a string, True or False, or a list of these")
