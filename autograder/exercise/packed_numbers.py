"""Read a student's source text: find numbers stored where they should be computed."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator

from autograder.syntax import parse_python

# The answers to one of our notebooks hold at most 86 digits and 70 characters of long
# words. The weights of a net that reads the digits need several thousand digits, or
# about a thousand characters where they are packed into text.
MAX_DIGITS = 1200
MAX_PACKED = 400
LONG_WORD = 30  # characters without a blank; prose and names of Python stay below
MIXED_WORD = 12  # the same for words that mix letters, digits and signs


def stored_numbers(source: str) -> str:
    r"""Say whether a source holds as many numbers as a trained net would need.

    Digits of numbers are counted, and the characters of long words without a blank in
    strings, comments and names, where numbers can be packed.

    Parameters
    ----------
    source : str
        The student's code.

    Returns
    -------
    str
        What was found, for example ``"2400 digits of numbers"``; empty where there is
        no more than usual.

    Examples
    --------
    >>> stored_numbers("rates = [0.1, 0.3, 1.0]")
    ''
    >>> stored_numbers(f"W = {[0.12345678] * 400}")
    '3600 digits of numbers'
    """
    try:
        tree = parse_python(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    digits = sum(_digits(node) for node in ast.walk(tree))
    if digits > MAX_DIGITS:
        return f"{digits} digits of numbers"
    packed = sum(len(word) for word in _words(tree, source) if _is_packed(word))
    if packed > MAX_PACKED:
        return f"{packed} characters of packed text"
    return ""


def _digits(node: ast.AST) -> int:
    if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
        return 0
    if isinstance(node.value, int):
        return int(node.value.bit_length() * 0.30103) + 1
    if isinstance(node.value, float | complex):
        return sum(character.isdigit() for character in repr(node.value))
    return 0


def _words(tree: ast.AST, source: str) -> Iterator[str]:
    """Yield the words of strings, comments and names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                yield from node.value.split()
            elif isinstance(node.value, bytes):
                yield from node.value.decode("latin-1").split()
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                yield from token.string.split()
    except (tokenize.TokenError, SyntaxError):
        return


def _is_packed(word: str) -> bool:
    if word.startswith(("http://", "https://")) and len(word) < 200:
        return False
    if len(word) > LONG_WORD:
        # Underscores make a long name readable, a row of signs draws a line.
        longest = max(word.split("_"), key=len)
        return len(longest) > LONG_WORD and len(set(word)) > 2
    kinds = (str.islower, str.isupper, str.isdigit)
    mixed = sum(any(map(kind, word)) for kind in kinds)
    return len(word) > MIXED_WORD and mixed == len(kinds)
