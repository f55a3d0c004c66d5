"""Read a student's source text: tell whether it could hold the numbers of an answer.

That is a doubt, not a finding: remarks in Chinese and old code look the same. Who has
it asks further, for example by running the notebook again on other data
(:meth:`autograder.exercise.student.Student.again`).
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator

from answer_checks.parsing import parse_python

# The answers to one of our notebooks hold at most 86 digits and 70 characters of long
# words. The weights of a net that reads the digits need several thousand digits, or
# about a thousand characters where they are packed into text.
MAX_DIGITS = 1200
MAX_PACKED = 400
LONG_WORD = 30  # characters without a blank; prose and names of Python stay below
MIXED_WORD = 12  # the same for words that mix letters, digits and signs
# Strings that code can read, in words of any length. Titles, labels and what is printed
# come to a few hundred characters.
MAX_TEXT = 1000
# By these names code reads its own text: docstrings, remarks and names count then.
READS_ITSELF = frozenset(
    "__doc__ __code__ In _ih _i _ii _iii inspect getsource linecache tokenize "
    "history_manager".split()
)


def stored_numbers(source: str) -> str:
    r"""Say whether a source could hold as many numbers as a trained net would need.

    Digits of numbers are counted, the characters of strings that code can read, and
    those of long words without a blank in strings, comments and names.

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
    text = _readable(tree, source)
    if text > MAX_TEXT:
        return f"{text} characters of text"
    return ""


def _readable(tree: ast.AST, source: str) -> int:
    """Count the characters of text that the code can read when it runs."""
    nodes = list(ast.walk(tree))
    names = {getattr(node, "id", getattr(node, "attr", "")) for node in nodes}
    if names & READS_ITSELF:
        return len(source)
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    firsts = [node.body[0] for node in nodes if isinstance(node, kinds) and node.body]
    docstrings = {id(node.value) for node in firsts if isinstance(node, ast.Expr)}
    return sum(
        len(node.value)
        for node in nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str | bytes)
        and id(node) not in docstrings
    )


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
