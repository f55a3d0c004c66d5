"""Read a submitted file into plain JSON, whatever it is, at a bounded cost.

The size is bounded before anything looks at the bytes, and the memory that the JSON
would take before it is read; the kernel bounds what reading it really takes. What is no
notebook is called by its name.
"""

from __future__ import annotations

import codecs
import json
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import nbformat

from autograder.judging.memory_bound import MIB, READING, bounded_memory

# What the parsed file may take. An honest one takes little more than its size: most of
# it is text and pictures.
MOST_MEMORY = 400 * MIB
# nbformat rewrites an old notebook several times, and keeps all of them.
MOST_OLD_MEMORY = 40 * MIB
# Bytes that Python needs at most for what begins with each of these, and its name.
COSTS = {b"{": 250, b"[": 90, b",": 75}
STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)

LARGER = "the file is too large: {size}, at most {most} are read"
TOO_MUCH = "reading the file takes more memory than one notebook is given"
# What is handed in under a notebook's name, by how it begins.
KINDS = {
    b"PK\x03\x04": "the file is a ZIP archive (or a document that is one)",
    b"%PDF-": "the file is a PDF",
    b"\xd0\xcf\x11\xe0": "the file is an old Office document",
    b"\x1f\x8b": "the file is a gzip archive",
    b"7z\xbc\xaf\x27\x1c": "the file is a 7z archive",
    b"Rar!": "the file is a RAR archive",
    b"\x89PNG": "the file is a picture",
    b"\xff\xd8\xff": "the file is a picture",
    b"{\\rtf": "the file is a rich text document",
    b"version https://git-lfs": (
        "the file is a pointer of Git LFS; the notebook itself was not uploaded"
    ),
}
WEB_PAGE = re.compile(rb"<(?:!doctype html|html|head|body)[\s>]", re.IGNORECASE)
CONFLICT = re.compile(r"^(?:<<<<<<<|>>>>>>>) ?", re.MULTILINE)
INSTEAD = "{kind}, not a notebook: hand in the file NN_topic.ipynb itself"


class Unreadable(Exception):  # noqa: N818 - a finding about a file
    """The submission is no notebook; the message says why."""


@contextmanager
def reading(most: int = READING) -> Iterator[None]:
    """Bound the memory of what reads a submission; stands above a function that does.

    Parameters
    ----------
    most : int
        As of :func:`autograder.judging.memory_bound.bounded_memory`.

    Raises
    ------
    Unreadable
        It takes more.
    """
    try:
        with bounded_memory(most):
            yield
    except MemoryError:
        raise Unreadable(TOO_MUCH) from None


@reading()
def read(data: bytes, limit: int, size: int | None = None) -> dict[str, Any]:
    """Read a notebook of any version into plain JSON of version 4.

    Parameters
    ----------
    data : bytes
        The file, or of a file that is too large its beginning.
    limit : int
        The most bytes that are read.
    size : int, optional
        How many bytes the file has, where `data` is not all of it.

    Raises
    ------
    Unreadable
        It is too large, no JSON, or no notebook, or takes too much memory to read.
    """
    if max(len(data), size or 0) > limit:
        told = f"{max(len(data), size or 0) / MIB:.1f} MiB"
        raise Unreadable(LARGER.format(size=told, most=f"{limit / MIB:.0f} MiB"))
    if not data.strip():
        raise Unreadable("the file is empty")
    for start, kind in KINDS.items():
        if data.startswith(start):
            told = kind if ";" in kind else INSTEAD.format(kind=kind)
            raise Unreadable(told)
    if WEB_PAGE.match(data.removeprefix(codecs.BOM_UTF8).lstrip()[:100]):
        raise Unreadable(INSTEAD.format(kind="the file is a web page"))
    text = _decoded(data)
    needs = _memory(text.encode())
    if needs > MOST_MEMORY:
        raise Unreadable(_too_many(needs, MOST_MEMORY, "the notebook"))
    raw: Any
    try:
        raw = json.loads(text)
    except RecursionError:
        raise Unreadable("the file is nested too deeply for a notebook") from None
    except json.JSONDecodeError:
        raise Unreadable(_not_json(text)) from None
    except ValueError:
        raise Unreadable("the file holds a number of too many digits") from None
    if not isinstance(raw, dict):
        raise Unreadable("the file is JSON but not a notebook")
    if not isinstance(raw.get("cells"), list):
        if needs > MOST_OLD_MEMORY:
            told = _too_many(needs, MOST_OLD_MEMORY, "a notebook in this old format")
            raise Unreadable(f"{told}; save it once with a Jupyter of today")
        raw = _upgrade(raw)
    found: dict[str, Any] = raw
    return found


def _decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 as Windows writes it."""
    encoding = "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif data[1:2] == b"\x00":
        encoding = "utf-16-le"
    elif data[:1] == b"\x00":
        encoding = "utf-16-be"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("the file is not text in UTF-8") from None


def _memory(data: bytes) -> int:
    """Return a bound on the memory that Python needs for a JSON text, in bytes."""

    def needs(text: bytes) -> int:
        return len(data) + sum(text.count(sign) * cost for sign, cost in COSTS.items())

    bound = needs(data)
    # Only where it matters: signs that stand in strings cost nothing.
    return bound if bound <= MOST_OLD_MEMORY else needs(STRING.sub(b"", data))


def _too_many(needs: int, most: int, what: str) -> str:
    return (
        f"the file holds too many small parts: reading it takes {needs // MIB} MiB of "
        f"memory, at most {most // MIB} are given to {what}"
    )


def _not_json(text: str) -> str:
    """Say why a text is no JSON."""
    if CONFLICT.search(text):
        return (
            "the file holds the marks of a merge conflict of Git (<<<<<<<); resolve "
            "it, then hand the notebook in again"
        )
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        return "the file is text, but no notebook: that begins with {"
    return "the file is not JSON; was it cut short?"


def _upgrade(raw: dict[str, Any]) -> dict[str, Any]:
    """Bring a notebook of version 2 or 3 up to version 4."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # ids that the conversion draws twice
            new = nbformat.convert(nbformat.from_dict(raw), 4)
        cells = new["cells"]
    except MemoryError:
        raise
    except Exception as error:  # nbformat raises many kinds on malformed input
        raise Unreadable("the file is JSON but not a notebook") from error
    if not isinstance(cells, list):
        raise Unreadable("the file is JSON but not a notebook")
    return dict(new)
