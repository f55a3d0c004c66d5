"""Pictures as data URIs, after a look at what they are."""

from __future__ import annotations

import base64
import binascii
from typing import Any

LARGEST = 6 * 2**20  # characters
WIDEST = 10_000  # pixels
MAGIC = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
}
RASTER = tuple(MAGIC)


def data_uri(kind: str, data: Any) -> str | None:
    """Return a picture as a data URI; None where it is not what it says.

    An SVG picture becomes an image too. As an image it cannot run script or load.

    Parameters
    ----------
    kind : str
        Its MIME type.
    data : object
        Base64 for PNG, JPEG and GIF; text for SVG.
    """
    if isinstance(data, list):
        data = "".join(part for part in data if isinstance(part, str))
    if not isinstance(data, str) or len(data) > LARGEST:
        return None
    if kind == "image/svg+xml":
        # An entity can be worth a million others.
        if "<svg" not in data or "<!ENTITY" in data.upper():
            return None
        text = base64.b64encode(data.encode("utf-8", "replace")).decode()
        return f"data:image/svg+xml;base64,{text}"
    text = picture(kind, data)
    return f"data:{kind};base64,{text}" if text else None


def picture(kind: str, data: Any) -> str:
    """Return a picture of pixels as base64 on one line; empty where it is none.

    Parameters
    ----------
    kind : str
        Its MIME type, one of :data:`RASTER`.
    data : object
        Its base64, as a notebook holds it.
    """
    if isinstance(data, list):
        data = "".join(part for part in data if isinstance(part, str))
    if not isinstance(data, str) or len(data) > LARGEST or kind not in MAGIC:
        return ""
    text = "".join(data.split())
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return ""
    fits = raw.startswith(MAGIC[kind]) and not _too_wide(kind, raw)
    return text if fits else ""


def _too_wide(kind: str, raw: bytes) -> bool:
    if kind != "image/png":
        return False
    width, height = (int.from_bytes(raw[i : i + 4], "big") for i in (16, 20))
    return max(width, height) > WIDEST
