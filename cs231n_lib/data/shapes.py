"""Drawn shapes: 32 x 32 colour pictures of ten classes, made from a seed.

Hard for raw pixels: a shape may lie anywhere, be lighter or darker than what is behind
it, and take any of many colours. Fair for features: the class says which outline there
is and whether its hue is warm or cool.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cs231n_lib.data.dataset import PARTS, Dataset

SIZE = 32  # pixels a side
PIXELS = np.arange(SIZE)
STEPS = np.linspace(-1, 1, SIZE)  # from one side to the other
SHAPES = ("disk", "square", "triangle", "cross", "stripes")
HUES = {"warm": (0.0, 0.14), "cool": (0.5, 0.66)}  # of the shape
BACKGROUNDS = ((0.22, 0.42), (0.74, 0.92))  # hues behind it, in either family
CLASS_NAMES = tuple(f"{family} {shape}" for family in HUES for shape in SHAPES)


def make_shapes(
    seed: int = 0, num_train: int = 1000, num_val: int = 200, num_test: int = 400
) -> Dataset:
    """Draw pictures of shapes.

    Parameters
    ----------
    seed : int
        At least 0. The same seed gives the same pictures.
    num_train, num_val, num_test : int
        Pictures in each part, at least 1. The parts are drawn apart, so that the first
        pictures of one stay the same however many there are of it or of another.

    Returns
    -------
    Dataset
        Rows of 3,072 float64 in [0, 1], from pictures (32, 32, 3) with the colours red,
        green, blue last; labels 0 to 9 int64, drawn evenly; ``class_names`` such as
        ``"warm disk"``.

    Raises
    ------
    ValueError
        If `seed` is negative or a part would be empty.

    Examples
    --------
    >>> shapes = make_shapes(seed=1, num_train=20, num_val=5, num_test=5)
    >>> shapes.images("train").shape, shapes.class_names[7]
    ((20, 32, 32, 3), 'cool triangle')
    """
    if seed < 0:
        raise ValueError(f"seed must be at least 0, got {seed}")
    rows: dict[str, Any] = {}
    for index, (part, number) in enumerate(
        zip(PARTS, (num_train, num_val, num_test), strict=True)
    ):
        if number < 1:
            raise ValueError(f"num_{part} must be at least 1, got {number}")
        images = np.empty((number, SIZE, SIZE, 3))
        labels = [
            _draw(image, np.random.default_rng((seed, index, i)))
            for i, image in enumerate(images)
        ]
        rows[f"X_{part}"] = images.reshape(number, -1)
        rows[f"y_{part}"] = np.array(labels, dtype=np.int64)
    return Dataset(
        name="shapes",
        class_names=CLASS_NAMES,
        image_shape=(SIZE, SIZE, 3),
        **rows,
    )


def _draw(image: np.ndarray, rng: np.random.Generator) -> int:
    """Draw one picture into `image` (32, 32, 3) and return its label."""
    label = int(rng.integers(len(CLASS_NAMES)))
    family, kind = divmod(label, len(SHAPES))
    inside = _coverage(SHAPES[kind], rng)  # (32, 32)
    # One of the two is light and the other dark: which, is left to chance.
    values = rng.permuted([rng.uniform(0.65, 0.95), rng.uniform(0.25, 0.5)])
    low, high = list(HUES.values())[family]
    front = _rgb(rng.uniform(low, high), rng.uniform(0.4, 0.9), values[0])
    low, high = BACKGROUNDS[rng.integers(len(BACKGROUNDS))]
    back = _rgb(rng.uniform(low, high), rng.uniform(0.3, 0.8), values[1])
    down, right = rng.uniform(-0.12, 0.12, size=2)  # light falls from one side
    # One plane a colour, as NumPy is slow where the last axis is as short as 3.
    planes = inside * front[:, None, None]  # (3, 32, 32)
    planes += (1 - inside) * back[:, None, None]
    planes += down * STEPS[:, None] + right * STEPS
    rng.standard_normal(out=image)
    image *= 0.05
    image += planes.transpose(1, 2, 0)
    np.clip(image, 0.0, 1.0, out=image)
    return label


def _coverage(shape: str, rng: np.random.Generator) -> np.ndarray:
    """Return how much of each pixel lies in the shape, (32, 32) from 0 to 1."""
    centre = rng.uniform(9, 22, size=2)
    r = rng.uniform(6, 9)  # half the width of the shape
    turn = rng.uniform(-0.2, 0.2)  # radians
    cos, sin = np.cos(turn), np.sin(turn)
    x, y = PIXELS - centre[0], PIXELS[:, None] - centre[1]
    u = x * cos + y * sin  # (32, 32), to the right of the shape
    v = y * cos - x * sin  # down
    across, along = np.abs(u), np.abs(v)
    # Distance to the outline in pixels, negative inside.
    if shape == "disk":
        distance = np.hypot(u, v) - r
    elif shape == "square":
        distance = np.maximum(across, along) - 0.9 * r
    elif shape == "triangle":
        sides = (2 * across - v - r) / np.sqrt(5)
        distance = np.maximum(sides, v - 0.8 * r)
    elif shape == "cross":
        upright = np.maximum(across - 0.3 * r, along - r)
        level = np.maximum(across - r, along - 0.3 * r)
        distance = np.minimum(upright, level)
    else:  # stripes, of width 0.4 r, across the shape
        stripe = np.abs((v + r) % (0.8 * r) - 0.4 * r) - 0.2 * r
        distance = np.maximum(np.maximum(across, along) - r, stripe)
    ink: np.ndarray = np.clip(0.5 - distance, 0.0, 1.0)
    return ink


def _rgb(hue: float, saturation: float, value: float) -> np.ndarray:
    """Turn a colour from hue, saturation, value into red, green, blue, (3,)."""
    sixth = (np.array([5.0, 3.0, 1.0]) + 6 * hue) % 6
    shade = saturation * np.clip(np.minimum(sixth, 4 - sixth), 0, 1)
    colour: np.ndarray = value * (1 - shade)
    return colour
