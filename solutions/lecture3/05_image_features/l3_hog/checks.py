"""Histogram of oriented gradients: reference and hidden checks."""

import numpy as np

from autograder.exercise import Exercise, Student, check, searched

from ....tolerance import SINGLE
from ..bin_edges import EDGE, EDGE_SINGLE
from ..l3_image_gradient.checks import draw_gray, image_gradient

EXERCISE = Exercise(
    points=4,
    names=("hog",),
    title="Histogram of oriented gradients",
    leans_on=("l3_image_gradient",),
)


def hog(gray, cell=8, bins=9):
    """Return the magnitude in each bin of orientation of each whole cell."""
    magnitude, orientation = image_gradient(gray)
    rows, columns = gray.shape[0] // cell, gray.shape[1] // cell
    histogram = np.zeros((rows, columns, bins))
    for i in range(rows * cell):
        for j in range(columns * cell):
            b = min(int(orientation[i, j] * bins / 180), bins - 1)
            histogram[i // cell, j // cell, b] += magnitude[i, j]
    return histogram.reshape(-1)


@searched
def _textured(
    rng: np.random.Generator, H: int, W: int, bins: int, edge: float = EDGE
) -> np.ndarray:
    """Draw a grey picture where no orientation lies near the end of a bin."""
    while True:
        gray = draw_gray(rng, H, W)
        place = image_gradient(gray)[1] * bins / 180
        if np.abs(place - np.round(place)).min() > edge:
            return gray


@check("one cell, nine bins", 0.7)
def one_cell(student: Student, rng: np.random.Generator) -> None:
    for _ in range(2):
        student.agrees("hog", _textured(rng, 8, 8, 9))


@check("several cells, in their order", 0.7)
def cells(student: Student, rng: np.random.Generator) -> None:
    student.agrees("hog", _textured(rng, 16, 24, 9))
    student.agrees("hog", _textured(rng, 24, 16, 9))


@check("all the magnitude is counted", 0.5)
def _sum(student: Student, rng: np.random.Generator) -> None:
    for H, W in ((16, 16), (11, 18)):
        gray = _textured(rng, H, W, 9)
        got = student.array(student.call("hog", gray), (H // 8 * (W // 8) * 9,), "hog")
        whole = image_gradient(gray)[0][: H // 8 * 8, : W // 8 * 8].sum()
        student.require(
            bool(np.isclose(got.sum(), whole, rtol=1e-6)),
            "the histograms do not add up to the magnitude of the pixels covered",
        )
        student.require(bool((got >= 0).all()), "hog: has negative entries")
        student.expect(got, hog(gray), "hog")


@check("other sizes of cells and numbers of bins", 0.7)
def other_cells(student: Student, rng: np.random.Generator) -> None:
    student.agrees("hog", _textured(rng, 12, 8, 6), 4, 6)
    student.agrees("hog", _textured(rng, 6, 9, 12), cell=3, bins=12)
    student.agrees("hog", _textured(rng, 10, 10, 1), 5, 1)
    student.agrees("hog", _textured(rng, 5, 4, 9), 1)
    # Bins of half a degree, the slopes in the middle of the second one.
    rows, columns = np.indices((4, 4))
    student.agrees("hog", columns + np.tan(np.radians(0.75)) * rows, 4, 360)


@check("pictures that the cells do not fill", 0.5)
def left_over(student: Student, rng: np.random.Generator) -> None:
    student.agrees("hog", _textured(rng, 19, 13, 9))
    student.agrees("hog", _textured(rng, 8, 15, 9))
    student.agrees("hog", _textured(rng, 11, 9, 5), 4, 5)


@check("plain ramps both ways, a flat picture, large values, float32", 0.5)
def plain(student: Student, rng: np.random.Generator) -> None:
    ramp = float(rng.integers(1, 5)) * np.arange(16.0) * np.ones((8, 1))
    for gray in (ramp.T.copy(), -ramp.T):
        student.agrees("hog", gray)
    for gray, bins in ((ramp, 9), (-ramp, 9), (-ramp, 360)):
        got = student.call("hog", gray, bins=bins)
        got = student.array(got, (2 * bins,), "hog").reshape(2, bins)
        want = hog(gray, bins=bins).reshape(2, bins)
        # An orientation of 0 or 180 may be rounded into the first or the last bin.
        for histogram in (got, want):
            histogram[:, 0] += histogram[:, -1]
            histogram[:, -1] = 0
        student.expect(got, want, "hog")
    student.agrees("hog", np.full((16, 8), rng.uniform(0, 1)))
    student.agrees("hog", 1e3 * _textured(rng, 8, 8, 9))
    single = _textured(rng, 8, 8, 9, EDGE_SINGLE).astype(np.float32)
    student.agrees("hog", single, **SINGLE)


@check("the picture is left as it was", 0.4, inputs=True)
def inputs(student: Student, rng: np.random.Generator) -> None:
    student.agrees("hog", _textured(rng, 16, 8, 9))
