"""Read a cell as Python without IPython, which takes minutes for many magics.

IPython's own transformer reads the whole cell again for every magic in it: its work
grows with the square of the text. Here each line is looked at once. Nothing is run by
what this returns; it is only read.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from functools import lru_cache

from IPython.core.inputtransformer2 import (
    classic_prompt,
    ipython_prompt,
    leading_empty_lines,
    leading_indent,
)

from autograder.syntax import parse

# What IPython does to a whole cell first; each looks at a line once.
CLEANUPS: tuple[Callable[[list[str]], list[str]], ...] = (
    leading_empty_lines,
    leading_indent,
    classic_prompt,
    ipython_prompt,
)
# %magic, !command, ?help, and the old ways to call, each on a line of its own.
ESCAPED = re.compile(r"[%!?,;/]")
# name = %magic, name = !command
ASSIGNED = re.compile(r"([\w.,\[\]* \t]{1,200}=[ \t]*)[%!]")
# name?, obj.name??, %magic?
QUOTES = ('"' * 3, "'" * 3)
# A quote that is escaped, long quotes, a short string, a comment's start, a bracket.
SIGN = re.compile(
    r"""\\.|\"{3}|'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#|[()\[\]{}]"""
)
HELP = re.compile(r"%{0,2}[\w.*\[\]-]{1,200}\?{1,2}\s*")


@lru_cache(maxsize=256)
def python_of(source: str) -> str | None:
    """Return a cell as Python, or None where it is none; see :func:`as_python`."""
    text = as_python(source)
    return None if parse(text) is None else text


@lru_cache(maxsize=256)
def words_of(text: str) -> frozenset[str]:
    """Return the names that stand in a text of Python."""
    found = set()
    for node in ast.walk(parse(text) or ast.Module([], [])):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.ClassDef):
            found.add(node.name)
    return frozenset(found)


def as_python(source: str) -> str:
    r"""Write a cell as Python: what only IPython understands does nothing there.

    The line of a cell magic such as ``%%time`` is left out. A cell that is Python
    already is returned as it is.

    Examples
    --------
    >>> print(as_python("%matplotlib inline\nx = 1\nfiles = !ls"))
    pass
    x = 1
    files = None
    <BLANKLINE>
    """
    if source.lstrip().startswith("%%"):
        source = source.lstrip().partition("\n")[2]
    if parse(source) is not None:
        return source
    lines = source.splitlines(keepends=True)
    for clean in CLEANUPS:
        lines = clean(lines)
    return "".join(_plain(lines))


def _plain(lines: list[str]) -> list[str]:
    plain = []
    inside = _Inside()
    goes_on = False
    for line in lines:
        text = line.strip()
        if goes_on:  # the magic of the line before, after a backslash
            plain.append("\n")
        elif inside.statement:
            inside.read(line)
            plain.append(line)
            continue
        elif ESCAPED.match(text) or HELP.fullmatch(text):
            plain.append(f"{line[: len(line) - len(line.lstrip())]}pass\n")
        elif assigned := ASSIGNED.match(line):
            plain.append(f"{assigned[1]}None\n")
        else:
            inside.read(line)
            plain.append(line)
            continue
        goes_on = text.endswith("\\")
    return plain


class _Inside:
    """Tells whether a line begins inside a statement: brackets, or a long string."""

    def __init__(self) -> None:
        self.depth = 0
        self.quotes = ""
        self.goes_on = False

    @property
    def statement(self) -> bool:
        """Whether the next line belongs to what stands before it."""
        return bool(self.depth > 0 or self.quotes or self.goes_on)

    def read(self, line: str) -> None:
        """Look once at a line."""
        for match in SIGN.finditer(line):
            sign = match[0]
            if self.quotes:
                if sign == self.quotes:
                    self.quotes = ""
            elif sign in QUOTES:
                self.quotes = sign
            elif sign in "([{":
                self.depth += 1
            elif sign in ")]}":
                self.depth = max(self.depth - 1, 0)
            elif sign[0] == "#":
                break
        self.goes_on = not self.quotes and line.rstrip("\r\n").endswith("\\")
