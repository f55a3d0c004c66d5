"""Histogram of hues: reference and hidden checks."""

import colorsys

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE
from ..bin_edges import EDGE, EDGE_SINGLE

EXERCISE = Exercise(
    points=3,
    names=("color_histogram",),
    title="Histogram of hues",
)


def color_histogram(image, num_bins):
    """Return the share of the pixels whose hue lies in each of equal bins of [0, 1)."""
    counts = np.zeros(num_bins)
    pixels = image.astype(float).reshape(-1, 3)
    for red, green, blue in pixels.tolist():
        hue = colorsys.rgb_to_hsv(red, green, blue)[0]
        counts[min(int(hue * num_bins), num_bins - 1)] += 1
    return counts / len(pixels)


def _colors(
    rng: np.random.Generator, H: int, W: int, num_bins: int, edge: float = EDGE
) -> np.ndarray:
    """Draw a picture with no hue near the end of a bin and no pixel near grey."""
    image = np.zeros((H, W, 3))
    for i in range(H):
        for j in range(W):
            while True:
                pixel = rng.uniform(0, 1, size=3)
                place = colorsys.rgb_to_hsv(*pixel)[0] * num_bins
                if np.ptp(pixel) > 0.1 and abs(place - round(place)) > edge:
                    break
            image[i, j] = pixel
    return image


@check("many colours in ten bins", 0.7)
def ten_bins(student: Student, rng: np.random.Generator) -> None:
    for H, W in ((8, 8), (6, 6)):
        student.agrees("color_histogram", _colors(rng, H, W, 10), 10)


@check("other numbers of bins, and one bin", 0.45)
def other_bins(student: Student, rng: np.random.Generator) -> None:
    for num_bins in (1, 2, 7, 16, 36):
        student.agrees("color_histogram", _colors(rng, 6, 6, num_bins), num_bins)


@check("pictures that are not square, and one pixel", 0.25)
def not_square(student: Student, rng: np.random.Generator) -> None:
    for H, W in ((4, 11), (9, 3), (1, 1)):
        student.agrees("color_histogram", _colors(rng, H, W, 8), 8)


@check("grey, black and white pixels", 0.5)
def _grey(student: Student, rng: np.random.Generator) -> None:
    image = _colors(rng, 6, 7, 9)
    grey = rng.uniform(0.1, 0.9, size=10)
    grey[:2] = 0.0, 1.0
    for value, place in zip(grey, rng.permutation(6 * 7), strict=False):
        image[place // 7, place % 7] = value
    student.agrees("color_histogram", image, 9)
    student.agrees("color_histogram", np.zeros((3, 4, 3)), 5)


@check("hues of one kind alone, also those between blue and red", 0.55)
def one_kind(student: Student, rng: np.random.Generator) -> None:
    # Order of the channels: red above blue above green is the last sixth of the hues.
    for order in ((0, 2, 1), (1, 0, 2)):
        image = np.sort(_colors(rng, 5, 5, 11), axis=2)[..., ::-1]
        picture = np.zeros_like(image)
        picture[..., list(order)] = image
        hues = [colorsys.rgb_to_hsv(*p)[0] * 11 for p in picture.reshape(-1, 3)]
        apart = np.abs(hues - np.round(hues)) > EDGE
        picture[~apart.reshape(5, 5)] = (0.9, 0.1, 0.3)
        student.agrees("color_histogram", picture, 11)
    dull = 0.2 + 0.3 * _colors(rng, 6, 6, 10)  # less of the same hues
    student.agrees("color_histogram", dull, 10)


@check("float32 pictures", 0.25)
def single_color(student: Student, rng: np.random.Generator) -> None:
    image = _colors(rng, 6, 6, 10, EDGE_SINGLE).astype(np.float32)
    student.agrees("color_histogram", image, 10, **SINGLE)


@check("the picture is left as it was", 0.3, inputs=True)
def inputs(student: Student, rng: np.random.Generator) -> None:
    student.agrees("color_histogram", _colors(rng, 5, 6, 10), 10)
