"""Plain values as bytes: what crosses the border of the sandbox, and nothing else.

A frame is a length (8 bytes, little endian), a length of the header (4 bytes), a JSON
header and the raw bytes of the arrays. No pickle, no code, no object of any class: what
cannot be sent becomes ``Opaque`` with the name of its type. Reading checks every length
before it is used, because the other end is not trusted.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

MAX_FRAME = 64 * 2**20
# Parsed JSON takes up to thirty times its bytes of memory: the rest is for arrays.
MAX_HEADER = 16 * 2**20
MAX_DEPTH = 12
MAX_ITEMS = 200_000
MAX_STRING = 1_000_000
KINDS = frozenset("biuf")
TYPES = {
    dtype.str: dtype
    for dtype in (np.dtype(c).newbyteorder("<") for c in "?bBhHiIqQefd")
}
LENGTH = struct.Struct("<Q")
HEADER = struct.Struct("<I")


class WireError(ValueError):
    """The bytes are not a frame of this format, or the value is too large for one."""


class Opaque:
    """Stands for a value that does not cross, known only by the name of its type."""

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name

    def __repr__(self) -> str:
        return f"Opaque({self.type_name!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Opaque) and other.type_name == self.type_name

    def __hash__(self) -> int:
        return hash(self.type_name)


class Special:
    """A request for something that the sandbox makes itself, such as a generator.

    Attributes
    ----------
    make : callable or None
        Of a probe, what makes it in the grader's own process; it does not travel.
    """

    make: Callable[..., Any] | None = None

    def __init__(self, kind: str, **fields: Any) -> None:
        self.kind = kind
        self.fields = fields

    def __repr__(self) -> str:
        return f"Special({self.kind!r}, {self.fields!r})"


def pack(value: Any) -> bytes:
    """Write one plain value as a frame; ``WireError`` where it is too large."""
    buffers: list[bytes] = []
    budget = [MAX_ITEMS]
    tree = _to_tree(value, buffers, budget, 0)
    # Halves of a character, which are no text, are replaced.
    text = json.dumps(tree, separators=(",", ":"), ensure_ascii=False)
    header = text.encode("utf-8", "replace")
    if len(header) > MAX_HEADER:
        raise WireError(f"a value of {len(header)} bytes is too large to send")
    body = HEADER.pack(len(header)) + header + b"".join(buffers)
    if len(body) > MAX_FRAME:
        raise WireError(f"a value of {len(body)} bytes is too large to send")
    return LENGTH.pack(len(body)) + body


def unpack(body: bytes) -> Any:
    """Read a frame without its length; ``WireError`` if it is malformed."""
    if len(body) < HEADER.size:
        raise WireError("a frame without a header")
    (size,) = HEADER.unpack_from(body)
    if size > min(len(body) - HEADER.size, MAX_HEADER):
        raise WireError("a header longer than its frame, or too long")
    start = HEADER.size
    try:
        tree = json.loads(body[start : start + size])
        reader = _Reader(memoryview(body)[start + size :])
        return reader.value(tree, 0)
    except WireError:
        raise
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise WireError(f"a malformed frame: {type(error).__name__}") from None


def _to_tree(value: Any, buffers: list[bytes], budget: list[int], depth: int) -> Any:
    budget[0] -= 1
    if budget[0] < 0:
        raise WireError("a value with too many entries to send")
    if depth > MAX_DEPTH:
        return {"o": "a value nested too deeply"}
    kind = type(value)
    if value is None or kind is bool or kind is float:
        return value
    if kind is int:
        # JSON readers limit the digits of an integer; so does Python since 3.11.
        return value if value.bit_length() < 4096 else {"o": "int"}
    if kind is str:
        return {"s": value[:MAX_STRING]}
    if isinstance(value, Special):
        fields = {
            key: _to_tree(item, buffers, budget, depth + 1)
            for key, item in value.fields.items()
        }
        return {"x": value.kind, "f": fields}
    if isinstance(value, np.generic) and value.dtype.kind in KINDS:
        # Not ``item()``: that of a long double, or of a subclass, may return itself.
        plain = {"b": bool, "f": float}.get(value.dtype.kind, int)
        return _to_tree(plain(value), buffers, budget, depth)
    if isinstance(value, np.ndarray):
        return _array_to_tree(value, buffers)
    bases: tuple[tuple[Any, str], ...] = ((tuple, "t"), (list, "l"))
    for base, tag in bases:
        if isinstance(value, base):
            items = base.__iter__(value)
            return {tag: [_to_tree(v, buffers, budget, depth + 1) for v in items]}
    if isinstance(value, dict):
        pairs = [
            [k, _to_tree(v, buffers, budget, depth + 1)]
            for k, v in dict.items(value)
            if type(k) is str or type(k) is int
        ]
        return {"d": pairs}
    if isinstance(value, Opaque):
        return {"o": str(value.type_name)[:80]}
    return {"o": str(kind.__name__)[:80]}


def _array_to_tree(value: np.ndarray, buffers: list[bytes]) -> Any:
    # A subclass may lie about anything: only the plain array underneath is read.
    plain = np.ndarray.view(value, np.ndarray)
    if plain.dtype.kind == "f" and plain.dtype.itemsize > 8:
        plain = plain.astype(np.float64)  # a long double
    if plain.dtype.kind not in KINDS or plain.dtype.itemsize > 8:
        return {"o": f"ndarray of {plain.dtype.name}"[:80]}
    if plain.nbytes > MAX_FRAME:
        raise WireError(f"an array of {plain.nbytes} bytes is too large to send")
    little = plain.astype(plain.dtype.newbyteorder("<"), copy=False)
    buffers.append(little.tobytes())
    return {"a": little.dtype.str, "h": list(plain.shape)}


class _Reader:
    """Rebuild values; the buffers are taken in the order in which arrays appear."""

    def __init__(self, buffers: memoryview) -> None:
        self.buffers = buffers
        self.items = MAX_ITEMS

    def value(self, tree: Any, depth: int) -> Any:
        self.items -= 1
        if self.items < 0 or depth > MAX_DEPTH + 2:
            raise WireError("a frame with too many entries")
        if tree is None or isinstance(tree, bool | int | float):
            return tree
        if not isinstance(tree, dict):
            raise WireError("an unknown entry in a frame")
        if "s" in tree:
            return self._text(tree["s"])
        if "a" in tree:
            return self._array(tree["a"], tree["h"])
        if "t" in tree:
            return tuple(self.value(v, depth + 1) for v in tree["t"])
        if "l" in tree:
            return [self.value(v, depth + 1) for v in tree["l"]]
        if "d" in tree:
            return {self._key(k): self.value(v, depth + 1) for k, v in tree["d"]}
        if "o" in tree:
            return Opaque(self._text(tree["o"])[:80])
        if "x" in tree:
            fields = {
                self._text(k): self.value(v, depth + 1) for k, v in tree["f"].items()
            }
            return Special(self._text(tree["x"]), **fields)
        raise WireError("an unknown entry in a frame")

    @staticmethod
    def _text(value: Any) -> str:
        if not isinstance(value, str):
            raise WireError("text that is no text")
        # JSON can hold halves of a character, which no file can be written with.
        return value[:MAX_STRING].encode("utf-8", "replace").decode()

    @classmethod
    def _key(cls, value: Any) -> str | int:
        if isinstance(value, int):
            return value
        return cls._text(value)

    def _array(self, code: Any, shape: Any) -> np.ndarray:
        dtype = TYPES.get(self._text(code))
        sizes = [s for s in shape if isinstance(s, int) and s >= 0]
        if dtype is None or len(sizes) != len(shape) or len(sizes) > 16:
            raise WireError("an array of a type or shape that does not cross")
        count = math.prod(sizes)
        size = count * dtype.itemsize
        if size > len(self.buffers):
            raise WireError("an array longer than its frame")
        raw, self.buffers = self.buffers[:size], self.buffers[size:]
        array = np.frombuffer(raw, dtype, count).reshape(sizes)
        return array.astype(dtype.newbyteorder("="))  # a copy that can be written
