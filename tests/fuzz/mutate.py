"""Change a notebook's bytes or a tape of answers, by structure or by single bytes.

Every function draws from the generator that it is given, so a change can be repeated.
"""

from __future__ import annotations

import copy
import json
import random
import struct
from collections.abc import Callable, Iterator
from typing import Any

from autograder.sandbox.inside.wire import HEADER, LENGTH

Bytes = Callable[[bytes, random.Random], bytes]
NUMBERS = (0, 1, -1, 2**31, 2**63, -(2**63), 10**400, 1e-300, 1e300, 0.5, -0.0, 1e-9)
ODD = (
    None,
    True,
    False,
    *NUMBERS,
    float("nan"),
    float("inf"),
    "",
    "x",
    "\ud800",
    "a/b",
    "9" * 5000,
    "image/svg+xml",
    [],
    {},
    [[]],
    [None, 3, "x"],
    {"": None},
    {"a": {"a": []}},
)
WORDS = (
    *("code", "markdown", "raw", "source", "cells", "worksheets", "nbformat"),
    *("metadata", "nbgrader", "grade_id", "outputs", "output_type", "stream", "data"),
    *("execute_result", "error", "traceback", "attachments", "tags", "input"),
    *("prompt_number", "pyout", "pyerr", "heading", "level", "text/plain"),
)
TAGS = "satldoxfh"
CODES = ("<f8", "<i8", "|b1", "<f2", "<e", ">f8", "O", "", "<f8,<f8", "<U9")
DOUBLE = struct.Struct("<d")


def notebook(data: bytes, rng: random.Random) -> bytes:
    """Return the bytes of a notebook with a few changes."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return raw(data, rng)
    if rng.random() < 0.25:
        return raw(data, rng)
    for _ in range(rng.choice((1, 1, 2, 4, 8))):
        tree = _change(tree, rng, (*ODD, *WORDS))
    text = json.dumps(tree, ensure_ascii=rng.random() < 0.7)
    changed = text.encode("utf-8", "replace")
    return changed.decode().encode("utf-16") if rng.random() < 0.02 else changed


def tape(data: bytes, rng: random.Random) -> bytes:
    """Return a tape, a byte and then frames, with a few changes."""
    head, frames = data[:1] or b"\0", list(split(data[1:]))
    if rng.random() < 0.1 or not frames:
        return raw(data, rng)
    for _ in range(rng.choice((1, 1, 2, 3))):
        place = rng.randrange(len(frames))
        kind = rng.random()
        if kind < 0.05:
            frames.insert(place, frames[rng.randrange(len(frames))])
        elif kind < 0.08 and len(frames) > 1:
            del frames[place]
        else:
            frames[place] = _frame(frames[place], rng)
    return head + b"".join(LENGTH.pack(len(f)) + f for f in frames)


def split(data: bytes) -> Iterator[bytes]:
    """Yield the bodies of the frames of a tape; a broken rest is one more."""
    while len(data) > LENGTH.size:
        (size,) = LENGTH.unpack_from(data)
        yield data[LENGTH.size : LENGTH.size + size]
        data = data[LENGTH.size + size :]


def raw(data: bytes, rng: random.Random) -> bytes:
    """Return bytes with some of them changed, cut, doubled or put in."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 2, 4, 16))):
        place = rng.randrange(len(changed) + 1)
        kind = rng.randrange(5)
        if kind == 0:
            changed[place:place] = rng.randbytes(rng.choice((1, 4, 9)))
        elif kind == 1:
            del changed[place : place + rng.choice((1, 8, 512))]
        elif kind == 2 and place < len(changed):
            changed[place] ^= 1 << rng.randrange(8)
        elif kind == 3:
            length = rng.randrange(64)
            start = rng.randrange(len(changed) + 1)
            changed[place:place] = changed[start : start + length]
        elif rng.random() < 0.2:
            del changed[place:]
    return bytes(changed)


def _frame(body: bytes, rng: random.Random) -> bytes:
    if len(body) < HEADER.size:
        return raw(body, rng)
    (size,) = HEADER.unpack_from(body)
    header = body[HEADER.size : HEADER.size + size]
    buffers = body[HEADER.size + size :]
    kind = rng.random()
    try:
        tree = json.loads(header)
    except (ValueError, RecursionError):
        return raw(body, rng)
    if kind < 0.35 and buffers:
        buffers = _numbers(buffers, rng)
    elif kind < 0.4:
        buffers = raw(buffers, rng)
    elif kind < 0.45:
        return raw(body, rng)
    else:
        entries = (*ODD, *CODES, {"o": "object"}, {"s": "x"}, {"l": [1.0]})
        entries += ({"x": "name", "f": {"name": {"s": "x"}}}, {"a": "<f8", "h": [0]})
        tree = _change(tree, rng, entries)
    header = json.dumps(tree, separators=(",", ":")).encode()
    return HEADER.pack(len(header)) + header + buffers


def _numbers(buffers: bytes, rng: random.Random) -> bytes:
    """Change one number of an array, a little or wholly."""
    changed = bytearray(buffers)
    if len(changed) < DOUBLE.size:
        return raw(buffers, rng)
    place = rng.randrange(len(changed) // DOUBLE.size) * DOUBLE.size
    (number,) = DOUBLE.unpack_from(changed, place)
    other = rng.choice(
        (number * (1 + 1e-9), number + 1e-3, -number, float("nan"), float("inf"), 0.0)
    )
    DOUBLE.pack_into(changed, place, other)
    return bytes(changed)


def _change(tree: Any, rng: random.Random, entries: tuple[Any, ...]) -> Any:
    """Return the tree with one node changed."""
    places = list(_places(tree))
    if not places:
        return copy.deepcopy(rng.choice(entries))
    holder, key = rng.choice(places)
    other, other_key = rng.choice(places)
    kind = rng.randrange(8)
    if kind == 0:
        del holder[key]
    elif kind == 1:
        holder[key], other[other_key] = other[other_key], holder[key]
        if not _is_tree(tree):
            return {}
    elif kind == 2 and isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    elif kind == 3 and isinstance(holder, dict):
        name = rng.choice((*WORDS, *TAGS, "", "\ud800"))
        holder[name] = holder.pop(key)
    elif kind == 4 and isinstance(holder[key], str):
        text = holder[key]
        at = rng.randrange(len(text) + 1)
        holder[key] = (
            text[:at]
            + rng.choice(("\r", "\0", "\x1b[", "\ud800", ""))
            + (text[at:] if rng.random() < 0.5 else "")
        )
    elif kind == 5:
        holder[key] = copy.deepcopy(other[other_key])
        if not _is_tree(tree):
            return {}
    elif kind == 6 and isinstance(holder[key], int | float):
        holder[key] = rng.choice((*NUMBERS, str(holder[key])))
    else:
        holder[key] = copy.deepcopy(rng.choice(entries))
    return tree


def _is_tree(tree: Any) -> bool:
    """Tell whether no node stands inside itself."""
    try:
        json.dumps(tree)
    except (ValueError, RecursionError):
        return False
    return True


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every node as its holder and its key."""
    left = [tree]
    while left:
        node = left.pop()
        if isinstance(node, dict | list):
            keys = node if isinstance(node, dict) else range(len(node))
            for key in list(keys):
                yield node, key
                left.append(node[key])
