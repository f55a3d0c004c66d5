"""Tell whether two pictures show the same, though two machines drew them.

Bytes say too little: another version of FreeType moves a letter by a pixel, and the
file is another one. Compared is what stands where. A pixel is matched where the other
picture has nearly its colour at most :data:`REACH` pixels away; the share of the ink
that is not matched is the distance of two pictures. A curve with other values, another
colour or a missing label leaves ink unmatched.
"""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from matplotlib.image import imread

REACH = 4
"""Pixels by which a mark may have moved."""

NEAR = 0.25
"""Difference of two colours, the largest of three channels, that is still the same."""

MOST_UNMATCHED = 0.01
"""Share of the ink that may be unmatched."""

MOST_GROWTH = 0.03
"""Relative difference of two pictures' widths or heights that is still the same."""

_HALF = 2  # pictures are compared at half their size: four times fewer pixels


def same_pictures(
    stored: Sequence[Mapping[str, Any]], fresh: Sequence[Mapping[str, Any]]
) -> bool:
    """Tell whether the outputs of a cell hold the same pictures in the same order.

    Parameters
    ----------
    stored, fresh : sequence of mapping
        Outputs as a notebook stores them; those that hold no PNG picture do not count.

    Examples
    --------
    >>> same_pictures([{"data": {"image/png": "AA=="}}], [{"text": "2.9"}])
    False
    """
    ours, theirs = _pngs(stored), _pngs(fresh)
    return len(ours) == len(theirs) and all(map(same_picture, ours, theirs))


def _pngs(outputs: Sequence[Mapping[str, Any]]) -> list[str]:
    found = [output.get("data", {}).get("image/png") for output in outputs]
    return ["".join(picture) for picture in found if picture]


def same_picture(stored: str, fresh: str) -> bool:
    """Tell whether two PNG files, as a notebook stores them, show the same.

    Parameters
    ----------
    stored, fresh : str
        Base64. What is not a picture is the same as itself alone.

    Examples
    --------
    >>> same_picture("iVBORw0KGgo=", "iVBORw0KGgo=")
    True
    >>> same_picture("iVBORw0KGgo=", "")
    False
    """
    if stored.split() == fresh.split():
        return True
    try:
        one, other = read_png(stored), read_png(fresh)
    except (ValueError, OSError, SyntaxError):
        return False
    return alike(one, other)


def read_png(text: str) -> np.ndarray:
    """Read a PNG file from base64, on white.

    Returns
    -------
    (H, W, 3) float32
        Red, green and blue from 0 to 1.

    Raises
    ------
    ValueError, OSError, SyntaxError
        It is not one.
    """
    try:
        content = base64.b64decode(text)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    pixels = np.asarray(imread(io.BytesIO(content), format="png"), np.float32)
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[:, :, None], 3, axis=2)
    if pixels.shape[2] == 4:
        cover = pixels[:, :, 3:]
        pixels = pixels[:, :, :3] * cover + (1 - cover)
    return np.asarray(pixels[:, :, :3])


def alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether two pictures differ by no more than two machines do.

    Parameters
    ----------
    one, other : (H, W, 3) float32
        From 0 to 1; the sizes may differ a little.
    """
    for a, b in zip(one.shape[:2], other.shape[:2], strict=True):
        if abs(a - b) > MOST_GROWTH * max(a, b):
            return False
    return distance(one, other) <= MOST_UNMATCHED


def distance(one: np.ndarray, other: np.ndarray) -> float:
    """Return the share of the ink of either picture that the other does not match.

    Parameters
    ----------
    one, other : (H, W, 3) float32
        From 0 to 1. The smaller one is filled up with white.

    Returns
    -------
    float
        The larger one of both directions, from 0 (all is matched) to 1.
    """
    height, width = np.maximum(one.shape[:2], other.shape[:2])
    a, b = (_halved(_on_white(p, height, width)) for p in (one, other))
    return max(_unmatched(a, b), _unmatched(b, a))


def _on_white(picture: np.ndarray, height: int, width: int) -> np.ndarray:
    """Fill up with white to the right and below, to an even size."""
    rows, columns = (n + n % _HALF for n in (height, width))
    made = np.ones((rows, columns, 3), dtype=np.float32)
    made[: picture.shape[0], : picture.shape[1]] = picture
    return made


def _halved(picture: np.ndarray) -> np.ndarray:
    rows, columns, _ = picture.shape
    blocks = picture.reshape(rows // _HALF, _HALF, columns // _HALF, _HALF, 3)
    return np.asarray(blocks.mean(axis=(1, 3), dtype=np.float32))


def _unmatched(one: np.ndarray, other: np.ndarray) -> float:
    """Return the share of the ink of `one` that has no like in `other`."""
    reach = REACH // _HALF
    rows, columns, _ = one.shape
    around = np.pad(other, ((reach, reach), (reach, reach), (0, 0)), mode="edge")
    nearest = np.full((rows, columns), np.inf, dtype=np.float32)
    for down, right in product(range(2 * reach + 1), repeat=2):
        moved = around[down : down + rows, right : right + columns]
        np.minimum(nearest, np.abs(one - moved).max(axis=2), out=nearest)
    ink = (1 - one).max(axis=2) > NEAR
    return float(np.count_nonzero((nearest > NEAR) & ink) / max(1, ink.sum()))
