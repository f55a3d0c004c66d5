"""Take a docstring apart: sentences are translated; names, types, examples are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from answer_checks.columns import wrapped
from autograder.authoring.translation.part import Part

_WIDTH = 88
_UNDERLINE = re.compile(r"-{3,}$")
_FIELD = re.compile(r"[\w*]+(, [\w*]+)* : ")
_QUOTES = re.compile(r'[rR]?("""|\'\'\'|"|\')')


def docstring_parts(literal: str, place: int, name: str) -> Iterator[Part]:
    '''Yield the parts of a docstring.

    Parameters
    ----------
    literal : str
        As it stands in the code, with its quotes.
    place : int
        Where it stands in the cell.
    name : str
        Of the function or class, for the translator.

    Examples
    --------
    >>> text = """The loss.
    ...
    ...     Parameters
    ...     ----------
    ...     x : float
    ...         In nats.
    ...     """
    >>> [part.text for part in docstring_parts(f"'{text}'", 0, "loss")]
    ['The loss.', 'In nats.']
    '''
    opened = _QUOTES.match(literal)
    if opened is None:
        return
    quotes = opened[1]
    inner = literal[opened.end() : -len(quotes)]
    lines = inner.split("\n")
    starts = [place + opened.end()]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    index = 0
    while index < len(lines):
        size = _prose(lines, index)
        if size == 0:
            index += 1
            continue
        block = lines[index : index + size]
        margin = len(block[0]) - len(block[0].lstrip())
        # What is in the first line stands behind the quotes.
        other = _indent(lines) if index == 0 else margin
        text = " ".join(line.strip() for line in block)
        begin = starts[index] + margin
        end = starts[index + size - 1] + len(block[-1].rstrip())
        yield Part(begin, end, text, f"docstring of {name}", _wrapped(other, size > 1))
        index += size


def _prose(lines: list[str], index: int) -> int:
    """Return how many lines from here on are one paragraph of prose."""
    line = lines[index]
    after = lines[index + 1] if index + 1 < len(lines) else ""
    heading = _UNDERLINE.match(after.strip()) or _UNDERLINE.match(line.strip())
    if not line.strip() or heading or _FIELD.match(line.strip()):
        return 0
    if _example(lines, index):
        return 0
    depth = _depth(line)
    if index and after.strip() and _depth(after) > depth:
        return 0  # a type, with its description below
    size = 1
    while index + size < len(lines):
        line = lines[index + size]
        same = index == 0 or _depth(line) == depth
        if not line.strip() or not same or _FIELD.match(line.strip()):
            break
        size += 1
    return size


def _example(lines: list[str], index: int) -> bool:
    """Say whether a line belongs to an example: its block has a prompt before it."""
    while index >= 0 and lines[index].strip():
        if lines[index].strip().startswith(">>>"):
            return True
        index -= 1
    return False


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _indent(lines: list[str]) -> int:
    return min((_depth(line) for line in lines[1:] if line.strip()), default=4)


def _wrapped(margin: int, several: bool) -> Callable[[str], str]:
    if not several:
        return lambda said: said
    return lambda said: f"\n{' ' * margin}".join(wrapped(said, _WIDTH - margin))
