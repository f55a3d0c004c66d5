"""The records of notebook ``lecture3/05_image_features``: features made by hand."""

from __future__ import annotations

import colorsys
import math

import numpy as np

from autograder.exercise.memo import searched
from autograder.exercise.record import Exercise
from autograder.exercise.student import Student

NOTEBOOK = "lecture3/05_image_features"
SINGLE = {"rtol": 1e-4, "atol": 1e-5}  # what float32 inputs allow
EDGE = 1e-5  # ordinary inputs stay this part of a bin away from its ends
EDGE_SINGLE = 1e-3  # the same for float32

# Polar coordinates ------------------------------------------------------------------

polar = Exercise(
    "l3_to_polar",
    NOTEBOOK,
    2,
    ("to_polar",),
    title="Polar coordinates",
)


@polar.reference
def to_polar(X):
    """Return the rows (r, theta), theta in (-pi, pi]."""
    rows = [(math.hypot(x, y), math.atan2(y, x)) for x, y in X.astype(float)]
    return np.array(rows, dtype=float).reshape(-1, 2)


@polar.check("the distance r", 0.5)
def _radius(student: Student, rng: np.random.Generator) -> None:
    for N in (6, 9):
        X = rng.uniform(0.5, 3, size=(N, 2)) * rng.choice([-1, 1], size=(N, 2))
        got = student.array(student.call("to_polar", X), (N, 2), "to_polar")
        student.transcript[-1] = got[:, 0]
        student.expect(got[:, 0], to_polar(X)[:, 0], "r, the first column")


@polar.check("the angle theta in all four quadrants", 0.7)
def _angle(student: Student, rng: np.random.Generator) -> None:
    signs = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)])
    for _ in range(2):
        X = signs * rng.uniform(0.5, 3, size=(4, 2))
        got = student.array(student.call("to_polar", X), (4, 2), "to_polar")
        student.transcript[-1] = got[:, 1]
        student.expect(got[:, 1], to_polar(X)[:, 1], "theta, the second column")


@polar.check("points on the axes, and the origin", 0.4)
def _axes(student: Student, rng: np.random.Generator) -> None:
    a, b, c, d = rng.uniform(0.5, 3, size=4)
    X = np.array([(a, 0.0), (0.0, b), (-c, 0.0), (0.0, -d)])
    student.agrees("to_polar", X)
    # The origin has no angle: any finite one will do.
    got = student.call("to_polar", np.array([(0.0, 0.0), (a, b)]))
    got = student.array(got, (2, 2), "to_polar")
    student.transcript[-1] = got[:, 0]
    student.expect(got[:, 0], np.array([0.0, math.hypot(a, b)]), "r")


@polar.check("one point, many points, float32", 0.4)
def _sizes(student: Student, rng: np.random.Generator) -> None:
    for N in (1, 2, 200):
        student.agrees("to_polar", 3 * rng.standard_normal((N, 2)))
    single = rng.uniform(0.5, 3, size=(5, 2)).astype(np.float32)
    student.agrees("to_polar", single, **SINGLE)


@polar.misconception(
    "the angle is the arctangent of a quotient, which forgets the quadrant",
    "Try the points (1, 1) and (-1, -1). Should they have the same angle?",
)
def quadrant_forgotten(X):
    with np.errstate(divide="ignore", invalid="ignore"):
        theta = np.arctan(X[:, 1] / X[:, 0])
    return np.stack([np.hypot(X[:, 0], X[:, 1]), theta], axis=1)


@polar.misconception(
    "the two arguments of arctan2 are exchanged",
    "Which angle does your function give to a point on the positive x axis? "
    "Look up which coordinate arctan2 takes first.",
)
def arguments_exchanged(X):
    r = np.sqrt(np.sum(X**2, axis=1))
    return np.stack([r, np.arctan2(X[:, 0], X[:, 1])], axis=1)


@polar.misconception(
    "the angle is in degrees",
    "How large is a quarter turn in the unit that the text names?",
)
def in_degrees(X):
    r = np.sqrt(np.sum(X**2, axis=1))
    return np.stack([r, np.degrees(np.arctan2(X[:, 1], X[:, 0]))], axis=1)


@polar.misconception(
    "the angle runs from zero to a full turn",
    "Points below the x axis: which sign should their angle have?",
)
def full_turn(X):
    r = np.sqrt(np.sum(X**2, axis=1))
    theta = np.arctan2(X[:, 1], X[:, 0]) % (2 * np.pi)
    return np.stack([r, theta], axis=1)


@polar.misconception(
    "the half turn has the wrong sign",
    "Which end of the interval of angles is open? Try a point on the negative x axis.",
)
def half_turn_negative(X):
    r = np.sqrt(np.sum(X**2, axis=1))
    theta = (np.arctan2(X[:, 1], X[:, 0]) + np.pi) % (2 * np.pi) - np.pi
    return np.stack([r, theta], axis=1)


@polar.misconception(
    "the squared distance is returned",
    "How far is the point (3, 4) from the origin?",
)
def squared_distance(X):
    theta = np.arctan2(X[:, 1], X[:, 0])
    return np.stack([np.sum(X**2, axis=1), theta], axis=1)


@polar.misconception(
    "the distance is the sum of the absolute coordinates",
    "How far is the point (3, 4) from the origin, as the crow flies?",
)
def city_blocks(X):
    theta = np.arctan2(X[:, 1], X[:, 0])
    return np.stack([np.abs(X).sum(axis=1), theta], axis=1)


@polar.misconception(
    "the two columns are exchanged",
    "Which of the two numbers does the text put first?",
)
def columns_exchanged(X):
    r = np.sqrt(np.sum(X**2, axis=1))
    return np.stack([np.arctan2(X[:, 1], X[:, 0]), r], axis=1)


@polar.misconception(
    "the coordinates stand in rows, not in columns",
    "What is the shape of what you return? Each point should be one row.",
)
def in_rows(X):
    r = np.sqrt(np.sum(X**2, axis=1))
    return np.stack([r, np.arctan2(X[:, 1], X[:, 0])])


@polar.misconception(
    "two arrays are returned instead of one",
    "The classifier wants one array with a row for each point. How do you put two "
    "columns side by side?",
)
def two_arrays(X):
    r = np.sqrt(np.sum(X**2, axis=1))
    return r, np.arctan2(X[:, 1], X[:, 0])


@polar.variant("complex numbers")
def by_complex_numbers(X):
    z = X[:, 0] + 1j * X[:, 1]
    return np.column_stack([np.abs(z), np.angle(z)])


@polar.variant("a norm, and an array that is filled")
def by_norm(X):
    polar_coordinates = np.zeros(X.shape)
    polar_coordinates[:, 0] = np.linalg.norm(X, axis=1)
    polar_coordinates[:, 1] = np.arctan2(X[:, 1], X[:, 0])
    return polar_coordinates


@polar.variant("transposed twice")
def transposed_twice(X):
    x, y = X.T
    return np.array([np.hypot(x, y), np.arctan2(y, x)]).T


@polar.variant("the arccosine with the sign of y")
def by_arccosine(X):
    r = np.sqrt(X[:, 0] ** 2 + X[:, 1] ** 2)
    ratio = np.clip(X[:, 0] / np.where(r > 0, r, 1), -1, 1)
    theta = np.where(X[:, 1] < 0, -1, 1) * np.arccos(ratio)
    return np.stack([r, theta], axis=-1)


# Colour histogram -------------------------------------------------------------------

color = Exercise(
    "l3_color_histogram",
    NOTEBOOK,
    3,
    ("color_histogram",),
    title="Histogram of hues",
)


@color.reference
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


@color.check("many colours in ten bins", 0.8)
def _ten_bins(student: Student, rng: np.random.Generator) -> None:
    for H, W in ((8, 8), (6, 6)):
        student.agrees("color_histogram", _colors(rng, H, W, 10), 10)


@color.check("other numbers of bins, and one bin", 0.5)
def _other_bins(student: Student, rng: np.random.Generator) -> None:
    for num_bins in (1, 2, 7, 16, 36):
        student.agrees("color_histogram", _colors(rng, 6, 6, num_bins), num_bins)


@color.check("pictures that are not square, and one pixel", 0.3)
def _not_square(student: Student, rng: np.random.Generator) -> None:
    for H, W in ((4, 11), (9, 3), (1, 1)):
        student.agrees("color_histogram", _colors(rng, H, W, 8), 8)


@color.check("grey, black and white pixels", 0.5)
def _grey(student: Student, rng: np.random.Generator) -> None:
    image = _colors(rng, 6, 7, 9)
    grey = rng.uniform(0.1, 0.9, size=10)
    grey[:2] = 0.0, 1.0
    for value, place in zip(grey, rng.permutation(6 * 7), strict=False):
        image[place // 7, place % 7] = value
    student.agrees("color_histogram", image, 9)
    student.agrees("color_histogram", np.zeros((3, 4, 3)), 5)


@color.check("hues of one kind alone, also those between blue and red", 0.6)
def _one_kind(student: Student, rng: np.random.Generator) -> None:
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


@color.check("float32 pictures", 0.3)
def _single_color(student: Student, rng: np.random.Generator) -> None:
    image = _colors(rng, 6, 6, 10, EDGE_SINGLE).astype(np.float32)
    student.agrees("color_histogram", image, 10, **SINGLE)


def _hues(image):
    red, green, blue = image[..., 0], image[..., 1], image[..., 2]
    top = image.max(axis=-1)
    spread = top - image.min(axis=-1)
    safe = np.where(spread > 0, spread, 1)
    sixth = np.where(
        top == red,
        (green - blue) / safe % 6,
        np.where(top == green, 2 + (blue - red) / safe, 4 + (red - green) / safe),
    )
    return sixth / 6


@color.misconception(
    "the bins count pixels instead of giving their share",
    "Two pictures of one scene in two sizes should have the same histogram. "
    "What does yours add up to?",
)
def counts_returned(image, num_bins):
    return np.histogram(_hues(image), bins=num_bins, range=(0, 1))[0].astype(float)


@color.misconception(
    "the bins span the hues that occur, not all hues",
    "Where does the first bin begin in a picture that is all blue? "
    "Look at what np.histogram does when it is told only how many bins there are.",
)
def range_of_the_data(image, num_bins):
    counts, _ = np.histogram(_hues(image), bins=num_bins)
    return counts / counts.sum()


@color.misconception(
    "a density is returned, whose area is one, not its sum",
    "Add up what you return. What does the word density mean in np.histogram?",
)
def density_returned(image, num_bins):
    return np.histogram(_hues(image), bins=num_bins, range=(0, 1), density=True)[0]


@color.misconception(
    "grey pixels are left out",
    "A grey pixel has a bin by the convention of the text. Does every pixel count "
    "once in yours?",
)
def grey_left_out(image, num_bins):
    hue = _hues(image)[np.ptp(image, axis=-1) > 0]
    counts = np.histogram(hue, bins=num_bins, range=(0, 1))[0]
    return counts / max(len(hue), 1)


@color.misconception(
    "pixels are weighted by their saturation",
    "How much should a pale pixel count, compared with a vivid one?",
)
def weighted_by_saturation(image, num_bins):
    top = image.max(axis=-1)
    weight = np.ptp(image, axis=-1) / np.where(top > 0, top, 1)
    counts = np.histogram(_hues(image), num_bins, (0, 1), weights=weight)[0]
    return counts / max(counts.sum(), 1e-12)


@color.misconception(
    "the hues between blue and red are negative and fall out of the bins",
    "Print the smallest hue of a crimson or pink pixel. What should happen to hues "
    "below zero on a circle?",
)
def negative_hues_lost(image, num_bins):
    hue = _hues(image)
    hue = np.where(hue > 5 / 6, hue - 1, hue)
    counts = np.histogram(hue, bins=num_bins, range=(0, 1))[0]
    return counts / hue.size


@color.misconception(
    "the hues between blue and red are taken as pure red",
    "Hue is a circle: where on it does a hue just below zero lie?",
)
def negative_hues_clipped(image, num_bins):
    hue = _hues(image)
    hue = np.where(hue > 5 / 6, 0, hue)
    counts = np.histogram(hue, bins=num_bins, range=(0, 1))[0]
    return counts / hue.size


@color.misconception(
    "the brightness is counted, not the hue",
    "Of the three parts of a colour in HSV, which one does the exercise name?",
)
def brightness_counted(image, num_bins):
    value = image.max(axis=-1)
    counts = np.histogram(value, bins=num_bins, range=(0, 1))[0]
    return counts / value.size


@color.misconception(
    "the numbers of all three channels are counted, not the hue",
    "How many numbers does one pixel put into your histogram, and how many should it?",
)
def channels_counted(image, num_bins):
    counts = np.histogram(image, bins=num_bins, range=(0, 1))[0]
    return counts / image.size


@color.misconception(
    "the channels are read as blue, green, red",
    "Which bin does a pure red picture fall into? Which channel does the text put "
    "first?",
)
def channels_reversed(image, num_bins):
    counts = np.histogram(_hues(image[..., ::-1]), bins=num_bins, range=(0, 1))[0]
    return counts / counts.sum()


@color.misconception(
    "the sum is divided by the number of bins or rows, not of pixels",
    "Add up what you return. What is the length of an array with several axes?",
)
def divided_by_rows(image, num_bins):
    return np.histogram(_hues(image), bins=num_bins, range=(0, 1))[0] / len(image)


@color.misconception(
    "every hue is rounded to the nearest bin",
    "A bin begins where its number says and ends where the next begins. "
    "What does rounding do with a hue in the upper half of a bin?",
)
def bins_rounded(image, num_bins):
    index = np.round(_hues(image) * num_bins).astype(int) % num_bins
    return np.bincount(index.ravel(), minlength=num_bins) / index.size


@color.variant("np.histogram with its range")
def by_histogram(image, num_bins):
    counts, _ = np.histogram(_hues(image), bins=num_bins, range=(0.0, 1.0))
    return counts / counts.sum()


@color.variant("Matplotlib's conversion, and bincount")
def by_matplotlib(image, num_bins):
    from matplotlib.colors import rgb_to_hsv

    hue = rgb_to_hsv(image)[..., 0].ravel()
    index = np.minimum((hue * num_bins).astype(int), num_bins - 1)
    return np.bincount(index, minlength=num_bins) / len(hue)


@color.variant("masks for the three sectors, one mean for each bin")
def by_masks(image, num_bins):
    red, green, blue = np.moveaxis(image.astype(float), -1, 0)
    top = np.max(image, axis=2)
    spread = np.max(image, axis=2) - np.min(image, axis=2)
    hue = np.zeros(top.shape)
    colored = spread > 0
    sector = colored & (top == blue)
    hue[sector] = 4 + (red - green)[sector] / spread[sector]
    sector = colored & (top == green)
    hue[sector] = 2 + (blue - red)[sector] / spread[sector]
    sector = colored & (top == red)
    hue[sector] = (green - blue)[sector] / spread[sector]
    hue = hue / 6
    hue[hue < 0] += 1
    edges = np.linspace(0, 1, num_bins + 1)
    edges[-1] = np.inf
    low, high = edges[:-1, None], edges[1:, None]
    return np.mean((hue.ravel() >= low) & (hue.ravel() < high), axis=1)


@color.variant("a loop over the pixels with colorsys, a list returned")
def by_colorsys(image, num_bins):
    import colorsys

    counts = [0.0] * num_bins
    for row in image:
        for pixel in row:
            hue, _, _ = colorsys.rgb_to_hsv(*pixel)
            counts[int(hue * num_bins) % num_bins] += 1 / (len(image) * len(row))
    return counts


# Gradient of a picture --------------------------------------------------------------

gradient = Exercise(
    "l3_image_gradient",
    NOTEBOOK,
    2,
    ("image_gradient",),
    title="Gradient of a picture",
    returns={"image_gradient": ("magnitude", "orientation")},
)


@gradient.reference
def image_gradient(gray):
    """Return length and orientation, degrees in [0, 180), of the local slope.

    Half the difference of the two neighbours; at the border the difference with the
    only neighbour.
    """
    gray = gray.astype(float)
    H, W = gray.shape
    magnitude, orientation = np.zeros((H, W)), np.zeros((H, W))
    for i in range(H):
        up, down = max(i - 1, 0), min(i + 1, H - 1)
        for j in range(W):
            left, right = max(j - 1, 0), min(j + 1, W - 1)
            dy = (gray[down, j] - gray[up, j]) / (down - up)
            dx = (gray[i, right] - gray[i, left]) / (right - left)
            magnitude[i, j] = math.hypot(dx, dy)
            degrees = math.degrees(math.atan2(dy, dx))
            if degrees < 0:
                degrees += 180
            orientation[i, j] = degrees if degrees < 180 else 0.0
    return magnitude, orientation


def _gray(rng: np.random.Generator, H: int, W: int) -> np.ndarray:
    """Draw a grey picture where every pixel has a clear slope."""
    while True:
        gray = rng.uniform(0, 1, size=(H, W))
        if image_gradient(gray)[0].min() > 0.01:
            return gray


def _slope(
    student: Student, gray: np.ndarray, only: str, tolerance: float = 1e-6
) -> None:
    """Judge one part of the answer for `gray`; angles are compared on their circle."""
    got = student.call("image_gradient", gray)
    want = image_gradient(gray)
    parts = student.returns["image_gradient"]
    if not isinstance(got, tuple | list) or len(got) != 2:
        student.expect(got, want, "image_gradient", parts=parts)
    index = parts.index(only)
    student.transcript[-1] = got[index]
    answer = student.array(got[index], gray.shape, only)
    if only == "magnitude":
        student.expect(answer, want[0], only, rtol=tolerance, atol=tolerance)
        return
    # A pixel without slope has no orientation: any will do.
    clear = want[0] > 0
    inside = (answer[clear] >= 0) & (answer[clear] <= 180)
    student.require(
        bool(inside.all()), "orientation: has values outside [0, 180) degrees"
    )
    # 180 is 0 on this circle; rounding decides which of them a tiny angle gives.
    turn = (answer - want[1] + 90) % 180 - 90
    student.expect(
        np.where(clear, want[1] + turn, want[1]),
        want[1],
        only,
        rtol=0.0,
        atol=max(1e3 * tolerance, 1e-6) if tolerance > 1e-6 else 1e-6,
    )


@gradient.check("the magnitude inside the picture and at its border", 0.7)
def _magnitude(student: Student, rng: np.random.Generator) -> None:
    for H, W in ((6, 6), (5, 9), (8, 4)):
        _slope(student, _gray(rng, H, W), "magnitude")


@gradient.check("the orientation", 0.7)
def _orientation(student: Student, rng: np.random.Generator) -> None:
    for H, W in ((6, 6), (5, 9), (8, 4)):
        _slope(student, _gray(rng, H, W), "orientation")


@gradient.check("ramps up and down, a flat picture, two by two pixels", 0.4)
def _ramps(student: Student, rng: np.random.Generator) -> None:
    ramp = float(rng.integers(1, 5)) * np.arange(6.0) * np.ones((5, 1))
    for gray in (ramp, -ramp, ramp.T.copy(), -ramp.T):
        _slope(student, gray, "magnitude")
        _slope(student, gray, "orientation")
    # Slopes that point less than a degree away from 0 and from 180.
    tilt = np.tan(np.radians(rng.uniform(0.2, 0.8)))
    rows, columns = np.indices((5, 6))
    for gray in (columns + tilt * rows, columns - tilt * rows):
        _slope(student, gray, "orientation")
    ramp[:, 0] -= 1e-17 * np.arange(5)  # angles just below 0, which may round to 180
    _slope(student, ramp, "orientation")
    flat = np.full((4, 5), rng.uniform(0, 1))
    _slope(student, flat, "magnitude")
    _slope(student, flat, "orientation")
    _slope(student, _gray(rng, 2, 2), "magnitude")
    _slope(student, _gray(rng, 2, 2), "orientation")


@gradient.check("large values, and float32", 0.2)
def _values(student: Student, rng: np.random.Generator) -> None:
    _slope(student, 1e4 * _gray(rng, 5, 6), "magnitude")
    _slope(student, 1e4 * _gray(rng, 5, 6), "orientation")
    single = _gray(rng, 5, 6).astype(np.float32)
    _slope(student, single, "magnitude", 1e-4)
    _slope(student, single, "orientation", 1e-4)


@gradient.misconception(
    "the orientation is in radians",
    "How large is the largest orientation that you return? Which unit does the text "
    "name?",
)
def orientation_in_radians(gray):
    dy, dx = np.gradient(gray)
    return np.hypot(dx, dy), np.arctan2(dy, dx) % np.pi


@gradient.misconception(
    "the orientation is a direction: opposite slopes are kept apart",
    "An edge from dark to light and one from light to dark lie the same way. "
    "Which operation makes the two angles one?",
)
def direction_kept(gray):
    dy, dx = np.gradient(gray)
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx))


@gradient.misconception(
    "the orientation runs through a full turn",
    "An edge from dark to light and one from light to dark lie the same way. "
    "By how much do their angles differ?",
)
def full_turn_kept(gray):
    dy, dx = np.gradient(gray)
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx)) % 360


@gradient.misconception(
    "negative angles lose their sign instead of being turned by half a turn",
    "Draw the slopes (1, -1) and (1, 1). Do they lie along the same line?",
)
def sign_dropped(gray):
    dy, dx = np.gradient(gray)
    return np.hypot(dx, dy), np.abs(np.degrees(np.arctan2(dy, dx))) % 180


@gradient.misconception(
    "the slopes down and to the right are exchanged",
    "A picture that grows lighter to the right: what is its orientation? "
    "np.gradient begins with the first axis; which one is that?",
)
def axes_exchanged(gray):
    dx, dy = np.gradient(gray)
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx)) % 180


@gradient.misconception(
    "the orientation is that of the edge, not of the slope across it",
    "A picture that grows lighter to the right: which way does the slope point, and "
    "which angle is that?",
)
def along_the_edge(gray):
    dy, dx = np.gradient(gray)
    return np.hypot(dx, dy), (np.degrees(np.arctan2(dy, dx)) + 90) % 180


@gradient.misconception(
    "the y axis points up",
    "Which way does the row number of a picture grow? Compare the slopes of a "
    "picture that grows lighter towards its lower right corner.",
)
def upside_down(gray):
    dy, dx = np.gradient(gray)
    return np.hypot(dx, dy), np.degrees(np.arctan2(-dy, dx)) % 180


@gradient.misconception(
    "the difference of the two neighbours is not halved",
    "How many pixels apart are the two values of a central difference? "
    "Try a ramp that grows by one a pixel.",
)
def not_halved(gray):
    dy, dx = np.gradient(gray)
    dy[1:-1] *= 2
    dx[:, 1:-1] *= 2
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx)) % 180


@gradient.misconception(
    "forward differences are taken instead of central ones",
    "A pixel has two neighbours along each axis. Which of them does your slope look "
    "at?",
)
def forward_differences(gray):
    dy = np.diff(gray, axis=0, append=gray[-1:])
    dx = np.diff(gray, axis=1, append=gray[:, -1:])
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx)) % 180


@gradient.misconception(
    "the border of the picture has no slope",
    "A ramp is as steep at its ends as in the middle. Which difference can you take "
    "where one neighbour is missing?",
)
def border_flat(gray):
    dy, dx = np.zeros(gray.shape), np.zeros(gray.shape)
    dy[1:-1] = (gray[2:] - gray[:-2]) / 2
    dx[:, 1:-1] = (gray[:, 2:] - gray[:, :-2]) / 2
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx)) % 180


@gradient.misconception(
    "the border wraps around to the other side",
    "Which pixel does your code take as the left neighbour of the first column?",
)
def border_wrapped(gray):
    dy = (np.roll(gray, -1, axis=0) - np.roll(gray, 1, axis=0)) / 2
    dx = (np.roll(gray, -1, axis=1) - np.roll(gray, 1, axis=1)) / 2
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx)) % 180


@gradient.misconception(
    "the magnitude is squared",
    "A slope of 3 down and 4 to the right: how steep is that?",
)
def magnitude_squared(gray):
    dy, dx = np.gradient(gray)
    return dx**2 + dy**2, np.degrees(np.arctan2(dy, dx)) % 180


@gradient.misconception(
    "the magnitude is the sum of the absolute slopes",
    "A slope of 3 down and 4 to the right: how steep is that, straight ahead?",
)
def magnitude_added(gray):
    dy, dx = np.gradient(gray)
    return np.abs(dx) + np.abs(dy), np.degrees(np.arctan2(dy, dx)) % 180


@gradient.misconception(
    "the orientation comes from a quotient, without a word on slopes of zero",
    "What does your code do where the slope to the right is zero? "
    "Try a flat picture and one that changes from top to bottom alone.",
)
def quotient_divides_by_zero(gray):
    dy, dx = np.gradient(gray)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = dy / dx
    ratio[~np.isfinite(ratio)] = 0
    return np.hypot(dx, dy), np.degrees(np.arctan(ratio)) % 180


@gradient.variant("np.gradient and a modulo in degrees")
def by_np_gradient(gray):
    dy, dx = np.gradient(gray)
    return np.sqrt(dx**2 + dy**2), np.rad2deg(np.arctan2(dy, dx)) % 180


@gradient.variant("complex slopes, doubled angle, a list returned")
def by_doubled_angle(gray):
    down, right = np.gradient(gray)
    slope = right + 1j * down
    return [np.abs(slope), np.degrees(np.angle(slope**2) / 2) % 180]


@gradient.variant("a padded picture, angles turned where they are negative")
def by_padding(gray):
    gray = np.asarray(gray, dtype=float)
    tall = np.pad(gray, ((1, 1), (0, 0)), mode="reflect", reflect_type="odd")
    wide = np.pad(gray, ((0, 0), (1, 1)), mode="reflect", reflect_type="odd")
    dy = (tall[2:] - tall[:-2]) / 2
    dx = (wide[:, 2:] - wide[:, :-2]) / 2
    theta = np.arctan2(dy, dx) * 180 / np.pi
    theta = np.where(theta < 0, theta + 180, theta)
    theta = np.where(theta >= 180, theta - 180, theta)
    return np.linalg.norm([dx, dy], axis=0), theta


@gradient.variant("the arctangent of a quotient, zero slopes apart")
def by_arctangent(gray):
    dy = np.gradient(gray, axis=0)
    dx = np.gradient(gray, axis=1)
    level = dx == 0
    theta = np.degrees(np.arctan(dy / np.where(level, 1, dx)))
    theta = np.where(level, 90.0, np.where(theta < 0, theta + 180, theta))
    return np.hypot(dx, dy), theta


# Histogram of oriented gradients ----------------------------------------------------

oriented = Exercise(
    "l3_hog",
    NOTEBOOK,
    4,
    ("hog",),
    title="Histogram of oriented gradients",
)


@oriented.reference
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
        gray = _gray(rng, H, W)
        place = image_gradient(gray)[1] * bins / 180
        if np.abs(place - np.round(place)).min() > edge:
            return gray


@oriented.check("one cell, nine bins", 0.8)
def _one_cell(student: Student, rng: np.random.Generator) -> None:
    for _ in range(2):
        student.agrees("hog", _textured(rng, 8, 8, 9))


@oriented.check("several cells, in their order", 0.8)
def _cells(student: Student, rng: np.random.Generator) -> None:
    student.agrees("hog", _textured(rng, 16, 24, 9))
    student.agrees("hog", _textured(rng, 24, 16, 9))


@oriented.check("all the magnitude is counted", 0.6)
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


@oriented.check("other sizes of cells and numbers of bins", 0.7)
def _other_cells(student: Student, rng: np.random.Generator) -> None:
    student.agrees("hog", _textured(rng, 12, 8, 6), 4, 6)
    student.agrees("hog", _textured(rng, 6, 9, 12), cell=3, bins=12)
    student.agrees("hog", _textured(rng, 10, 10, 1), 5, 1)
    student.agrees("hog", _textured(rng, 5, 4, 9), 1)
    # Bins of half a degree, the slopes in the middle of the second one.
    rows, columns = np.indices((4, 4))
    student.agrees("hog", columns + np.tan(np.radians(0.75)) * rows, 4, 360)


@oriented.check("pictures that the cells do not fill", 0.5)
def _left_over(student: Student, rng: np.random.Generator) -> None:
    student.agrees("hog", _textured(rng, 19, 13, 9))
    student.agrees("hog", _textured(rng, 8, 15, 9))
    student.agrees("hog", _textured(rng, 11, 9, 5), 4, 5)


@oriented.check("plain ramps both ways, a flat picture, large values, float32", 0.6)
def _plain(student: Student, rng: np.random.Generator) -> None:
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


def _slopes(gray):
    dy, dx = np.gradient(gray)
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx)) % 180


def _gathered(magnitude, orientation, cell, bins, turn=180):
    rows, columns = magnitude.shape[0] // cell, magnitude.shape[1] // cell
    found = []
    for i in range(rows):
        for j in range(columns):
            block = np.s_[i * cell : (i + 1) * cell, j * cell : (j + 1) * cell]
            found.append(
                np.histogram(
                    orientation[block],
                    bins=bins,
                    range=(0, turn),
                    weights=magnitude[block],
                )[0]
            )
    return np.concatenate(found)


@oriented.misconception(
    "orientations from the starter code: a quarter turn added, and no modulo",
    "Add up your histograms and compare with the magnitude of the picture. Which "
    "angles fall into no bin?",
)
def starter_code(gray, cell=8, bins=9):
    dy, dx = np.gradient(gray)
    orientation = np.degrees(np.arctan2(dy, dx)) + 90
    return _gathered(np.hypot(dx, dy), orientation, cell, bins)


@oriented.misconception(
    "negative angles fall into no bin",
    "Add up your histograms and compare with the magnitude of the picture. What "
    "happens to a slope that points up?",
)
def negative_angles_lost(gray, cell=8, bins=9):
    dy, dx = np.gradient(gray)
    orientation = np.degrees(np.arctan2(dy, dx))
    return _gathered(np.hypot(dx, dy), orientation, cell, bins)


@oriented.misconception(
    "negative angles lose their sign instead of being turned by half a turn",
    "Draw the slopes (1, -1) and (1, 1). Do they lie along the same line?",
)
def angles_folded(gray, cell=8, bins=9):
    dy, dx = np.gradient(gray)
    orientation = np.abs(np.degrees(np.arctan2(dy, dx))) % 180
    return _gathered(np.hypot(dx, dy), orientation, cell, bins)


@oriented.misconception(
    "the bins span a full turn instead of half of one",
    "An edge from dark to light and one from light to dark lie the same way. "
    "Do they share a bin in your histogram?",
)
def bins_of_full_turn(gray, cell=8, bins=9):
    dy, dx = np.gradient(gray)
    orientation = np.degrees(np.arctan2(dy, dx)) % 360
    return _gathered(np.hypot(dx, dy), orientation, cell, bins, 360)


@oriented.misconception(
    "the slopes down and to the right are exchanged",
    "A picture that grows lighter to the right: which bin should it fill? "
    "np.gradient begins with the first axis; which one is that?",
)
def slopes_exchanged(gray, cell=8, bins=9):
    dx, dy = np.gradient(gray)
    orientation = np.degrees(np.arctan2(dy, dx)) % 180
    return _gathered(np.hypot(dx, dy), orientation, cell, bins)


@oriented.misconception(
    "the orientation is that of the edge, not of the slope across it",
    "A picture that grows lighter to the right: which way does the slope point, and "
    "which bin is that?",
)
def edges_not_slopes(gray, cell=8, bins=9):
    magnitude, orientation = _slopes(gray)
    return _gathered(magnitude, (orientation + 90) % 180, cell, bins)


@oriented.misconception(
    "every pixel counts the same, whatever its magnitude",
    "Should noise in a flat sky weigh as much as a sharp edge? What does a pixel put "
    "into its bin?",
)
def pixels_counted(gray, cell=8, bins=9):
    magnitude, orientation = _slopes(gray)
    return _gathered(np.ones_like(magnitude), orientation, cell, bins)


@oriented.misconception(
    "every cell is normalised",
    "Add up your histograms and compare with the magnitude of the picture. "
    "The text asks for one thing less than the original paper.",
)
def cells_normalised(gray, cell=8, bins=9):
    magnitude, orientation = _slopes(gray)
    found = _gathered(magnitude, orientation, cell, bins).reshape(-1, bins)
    return (found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-12)).ravel()


@oriented.misconception(
    "the whole feature is normalised",
    "Add up your histograms and compare with the magnitude of the picture. "
    "The text asks for no division at the end.",
)
def whole_normalised(gray, cell=8, bins=9):
    magnitude, orientation = _slopes(gray)
    found = _gathered(magnitude, orientation, cell, bins)
    return found / (np.linalg.norm(found) + 1e-12)


@oriented.misconception(
    "the mean of a cell is taken instead of the sum",
    "Add up your histograms and compare with the magnitude of the picture. "
    "What is the ratio?",
)
def mean_of_the_cell(gray, cell=8, bins=9):
    magnitude, orientation = _slopes(gray)
    return _gathered(magnitude, orientation, cell, bins) / cell**2


@oriented.misconception(
    "the cells are taken column by column",
    "After the first cell, does yours move right or down? Which does the text say?",
)
def columns_first(gray, cell=8, bins=9):
    magnitude, orientation = _slopes(gray)
    found = _gathered(magnitude, orientation, cell, bins)
    rows, columns = gray.shape[0] // cell, gray.shape[1] // cell
    return found.reshape(rows, columns, bins).transpose(1, 0, 2).ravel()


@oriented.misconception(
    "the bins come first, then the cells",
    "Are the bins of one cell neighbours in your feature? Look at the order of the "
    "axes before you flatten them.",
)
def bins_first(gray, cell=8, bins=9):
    magnitude, orientation = _slopes(gray)
    return _gathered(magnitude, orientation, cell, bins).reshape(-1, bins).T.ravel()


@oriented.misconception(
    "a magnitude is shared between the two nearest bins",
    "How many bins does one pixel fill in your histogram, and how many does the text "
    "say?",
)
def shared_between_bins(gray, cell=8, bins=9):
    magnitude, orientation = _slopes(gray)
    place = orientation * bins / 180 - 0.5
    low = np.floor(place)
    share = place - low
    centres = [(k % bins + 0.5) * 180 / bins for k in (low, low + 1)]
    first = _gathered(magnitude * (1 - share), centres[0], cell, bins)
    return first + _gathered(magnitude * share, centres[1], cell, bins)


@oriented.misconception(
    "the gradient is taken in each cell apart",
    "A pixel at the edge of a cell has neighbours in the next one. Does your slope "
    "look at them?",
)
def gradient_in_cells(gray, cell=8, bins=9):
    magnitude, orientation = np.zeros(gray.shape), np.zeros(gray.shape)
    for i in range(0, gray.shape[0] // cell * cell, cell):
        for j in range(0, gray.shape[1] // cell * cell, cell):
            block = np.s_[i : i + cell, j : j + cell]
            magnitude[block], orientation[block] = _slopes(gray[block])
    return _gathered(magnitude, orientation, cell, bins)


@oriented.misconception(
    "the picture is cut to whole cells before the gradient is taken",
    "The last pixel of the last cell has neighbours beyond it in the picture. Does "
    "your slope look at them?",
)
def cut_too_early(gray, cell=8, bins=9):
    H, W = gray.shape[0] // cell * cell, gray.shape[1] // cell * cell
    return _gathered(*_slopes(gray[:H, :W]), cell, bins)


@oriented.misconception(
    "half turns fall into no bin",
    "A picture that grows darker to the right: which orientation do you give it, and "
    "is that below the upper end of the last bin?",
)
def half_turn_lost(gray, cell=8, bins=9):
    dy, dx = np.gradient(gray)
    orientation = np.degrees(np.arctan2(dy, dx))
    orientation = np.where(orientation < 0, orientation + 180, orientation)
    magnitude = np.hypot(dx, dy) * (orientation < 180)
    return _gathered(magnitude, orientation, cell, bins)


@oriented.misconception(
    "the size of the cells and the number of bins are fixed in the code",
    "Call your function twice with different values of cell and bins and compare.",
)
def sizes_fixed(gray, cell=8, bins=9):
    magnitude, orientation = _slopes(gray)
    return _gathered(magnitude, orientation, 8, 9)


@oriented.misconception(
    "the result keeps its axes instead of being one row of numbers",
    "What is the shape of what you return? A classifier takes one row for each "
    "picture.",
)
def not_flattened(gray, cell=8, bins=9):
    magnitude, orientation = _slopes(gray)
    found = _gathered(magnitude, orientation, cell, bins)
    return found.reshape(gray.shape[0] // cell, gray.shape[1] // cell, bins)


@oriented.variant("np.histogram with weights, cell by cell")
def by_np_histogram(gray, cell=8, bins=9):
    magnitude, orientation = _slopes(gray)
    found = []
    for top in range(0, gray.shape[0] - cell + 1, cell):
        for left in range(0, gray.shape[1] - cell + 1, cell):
            part = (slice(top, top + cell), slice(left, left + cell))
            counts, _ = np.histogram(
                orientation[part], bins, (0, 180), weights=magnitude[part]
            )
            found.extend(counts)
    return np.array(found)


@oriented.variant("np.add.at on a three-dimensional histogram")
def by_add_at(gray, cell=8, bins=9):
    magnitude, orientation = _slopes(gray)
    index = np.minimum((orientation // (180 / bins)).astype(int), bins - 1)
    H, W = gray.shape[0] // cell * cell, gray.shape[1] // cell * cell
    i, j = np.mgrid[:H, :W]
    histogram = np.zeros((H // cell, W // cell, bins))
    np.add.at(histogram, (i // cell, j // cell, index[:H, :W]), magnitude[:H, :W])
    return histogram.ravel()


@oriented.variant("one mask for each bin, reshaped into cells")
def by_reshaping(gray, cell=8, bins=9):
    magnitude, orientation = _slopes(gray)
    rows, columns = gray.shape[0] // cell, gray.shape[1] // cell
    width = 180 / bins
    layers = []
    for b in range(bins):
        upper = np.inf if b == bins - 1 else (b + 1) * width
        inside = (orientation >= b * width) & (orientation < upper)
        layer = np.where(inside, magnitude, 0)[: rows * cell, : columns * cell]
        layers.append(layer.reshape(rows, cell, columns, cell).sum(axis=(1, 3)))
    return np.stack(layers, axis=-1).flatten()


@oriented.variant("a bincount over cell and bin at once")
def by_bincount(gray, cell=8, bins=9):
    dy, dx = np.gradient(gray)
    rows, columns = gray.shape[0] // cell, gray.shape[1] // cell
    turns = np.arctan2(dy, dx) / np.pi % 1.0
    b = (turns * bins).astype(int) % bins
    cells = np.arange(rows * cell)[:, None] // cell * columns
    cells = cells + np.arange(columns * cell) // cell
    index = cells * bins + b[: rows * cell, : columns * cell]
    weights = np.hypot(dx, dy)[: rows * cell, : columns * cell]
    return np.bincount(index.ravel(), weights.ravel(), rows * columns * bins)


# Bag of visual words ----------------------------------------------------------------

words = Exercise(
    "l3_bag_of_words",
    NOTEBOOK,
    2,
    ("bag_of_words",),
    title="Bag of visual words",
)


@words.reference
def bag_of_words(patches, centroids):
    """Return the share of the patches that are nearest to each centroid."""
    counts = np.zeros(len(centroids))
    for patch in patches.astype(float):
        distances = [math.dist(patch, c) for c in centroids.astype(float)]
        counts[distances.index(min(distances))] += 1
    return counts / len(patches)


def _patches(
    rng: np.random.Generator, P: int, K: int, D: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw patches and centroids with no patch nearly as far from two centroids."""
    centroids = rng.standard_normal((K, D)) * rng.uniform(0.3, 3, size=(K, 1))
    patches = rng.standard_normal((P, D))
    for p in range(P):
        while K > 1:
            near = np.sort(np.linalg.norm(patches[p] - centroids, axis=1))
            if near[1] - near[0] > 1e-3:
                break
            patches[p] = rng.standard_normal(D)
    return patches, centroids


@words.check("many patches, some words", 0.8)
def _many(student: Student, rng: np.random.Generator) -> None:
    for P, K, D in ((30, 5, 4), (50, 8, 12)):
        student.agrees("bag_of_words", *_patches(rng, P, K, D))


@words.check("more words than patches, one patch, one word", 0.5)
def _few(student: Student, rng: np.random.Generator) -> None:
    for P, K, D in ((4, 9, 3), (1, 5, 6), (7, 1, 3), (6, 6, 6), (5, 3, 1)):
        student.agrees("bag_of_words", *_patches(rng, P, K, D))


@words.check("words that no patch is near", 0.4)
def _unused(student: Student, rng: np.random.Generator) -> None:
    patches, centroids = _patches(rng, 12, 4, 5)
    far = np.full((3, 5), 50.0)
    student.agrees("bag_of_words", patches, np.vstack([centroids, far]))
    student.agrees("bag_of_words", patches, np.vstack([far, centroids]))


@words.check("patches that are the words themselves, float32", 0.3)
def _themselves(student: Student, rng: np.random.Generator) -> None:
    _, centroids = _patches(rng, 1, 6, 5)
    repeats = centroids[np.repeat(np.arange(6), rng.integers(1, 5, size=6))]
    student.agrees("bag_of_words", repeats, centroids)
    patches, centroids = _patches(rng, 20, 5, 4)
    single = patches.astype(np.float32), centroids.astype(np.float32)
    student.agrees("bag_of_words", *single, **SINGLE)


def _distances(patches, centroids):
    return np.linalg.norm(patches[:, None, :] - centroids[None, :, :], axis=2)


@words.misconception(
    "the patches are counted, not their share",
    "A picture with twice as many patches should not have a bag twice as full. "
    "What does yours add up to?",
)
def shares_forgotten(patches, centroids):
    nearest = _distances(patches, centroids).argmin(axis=1)
    return np.bincount(nearest, minlength=len(centroids)).astype(float)


@words.misconception(
    "the counts are divided by the number of words, not of patches",
    "What does your histogram add up to, and what should it?",
)
def divided_by_words(patches, centroids):
    nearest = _distances(patches, centroids).argmin(axis=1)
    return np.bincount(nearest, minlength=len(centroids)) / len(centroids)


@words.misconception(
    "each word picks its nearest patch, instead of each patch its word",
    "How many votes are cast in your code: one for each patch, or one for each word? "
    "Look at the axis of the minimum.",
)
def words_choose(patches, centroids):
    nearest = _distances(patches, centroids).argmin(axis=0) % len(centroids)
    return np.bincount(nearest, minlength=len(centroids)) / len(centroids)


@words.misconception(
    "the farthest word is taken instead of the nearest",
    "A patch that equals a word: which word does your code count for it?",
)
def farthest_word(patches, centroids):
    farthest = _distances(patches, centroids).argmax(axis=1)
    return np.bincount(farthest, minlength=len(centroids)) / len(patches)


@words.misconception(
    "the word with the largest product is taken, not the nearest",
    "A product grows with the length of the word. Can a far word beat one that equals "
    "the patch?",
)
def largest_product(patches, centroids):
    best = (patches @ centroids.T).argmax(axis=1)
    return np.bincount(best, minlength=len(centroids)) / len(patches)


@words.misconception(
    "the distance is the sum of absolute differences",
    "Two distances are used in the course, L1 and L2. Which one does k-means use?",
)
def sum_of_differences(patches, centroids):
    distance = np.abs(patches[:, None, :] - centroids[None, :, :]).sum(axis=2)
    nearest = distance.argmin(axis=1)
    return np.bincount(nearest, minlength=len(centroids)) / len(patches)


@words.misconception(
    "differences are added with their signs",
    "Can two patches that differ in every pixel have distance zero in your code?",
)
def signs_kept(patches, centroids):
    distance = np.abs((patches[:, None, :] - centroids[None, :, :]).sum(axis=2))
    nearest = distance.argmin(axis=1)
    return np.bincount(nearest, minlength=len(centroids)) / len(patches)


@words.misconception(
    "the histogram ends at the last word that occurs",
    "Two pictures must give histograms of the same length. What is the length of "
    "yours when the last words do not occur?",
)
def too_short(patches, centroids):
    nearest = _distances(patches, centroids).argmin(axis=1)
    return np.bincount(nearest) / len(patches)


@words.misconception(
    "the words of the patches are returned, not their histogram",
    "What is the length of what you return? A bag has one entry for each word.",
)
def words_returned(patches, centroids):
    return _distances(patches, centroids).argmin(axis=1)


@words.misconception(
    "every word gets a share of every patch",
    "How many words does one patch stand for in your code, and how many in the text?",
)
def soft_votes(patches, centroids):
    weight = np.exp(-(_distances(patches, centroids) ** 2))
    weight = weight / np.maximum(weight.sum(axis=1, keepdims=True), 1e-300)
    return weight.mean(axis=0)


@words.misconception(
    "the histogram is scaled to length one, not to sum one",
    "Add up what you return. Which norm makes shares of it?",
)
def length_one(patches, centroids):
    nearest = _distances(patches, centroids).argmin(axis=1)
    counts = np.bincount(nearest, minlength=len(centroids)).astype(float)
    return counts / np.linalg.norm(counts)


@words.variant("squared distances by broadcasting, and bincount")
def by_broadcasting(patches, centroids):
    squared = np.sum((patches[:, None] - centroids) ** 2, axis=-1)
    nearest = np.argmin(squared, axis=1)
    return np.bincount(nearest, minlength=len(centroids)) / len(patches)


@words.variant("the square written out, and a mean of one-hot rows")
def by_product(patches, centroids):
    score = patches @ centroids.T - 0.5 * np.sum(centroids**2, axis=1)
    return np.eye(len(centroids))[score.argmax(axis=1)].mean(axis=0)


@words.variant("a loop, the last of equals taken")
def by_loop(patches, centroids):
    K = centroids.shape[0]
    histogram = np.zeros(K)
    for patch in patches:
        distance = np.linalg.norm(centroids - patch, axis=1)
        histogram[K - 1 - np.argmin(distance[::-1])] += 1
    histogram /= histogram.sum()
    return histogram


@words.variant("np.histogram, a list returned")
def by_unit_bins(patches, centroids):
    nearest = [int(np.argmin(((p - centroids) ** 2).sum(axis=1))) for p in patches]
    counts, _ = np.histogram(nearest, bins=np.arange(len(centroids) + 1) - 0.5)
    return [float(count) / len(nearest) for count in counts]


# Text -------------------------------------------------------------------------------

question = Exercise(
    "l3_features_question",
    NOTEBOOK,
    2,
    title="What a ConvNet learns that these features fix by hand",
    kind="manual",
    rubric=(
        "- 1 point: names what is fixed by hand in at least one of the features "
        "(the filters, here differences of neighbours; the bins of hue or "
        "orientation; the size of the cells; the patches and words) **and** says "
        "that a ConvNet has weights in its place, which the gradient of the loss "
        "sets.\n"
        "- 1 point: says what follows: adapting to the task, or training all layers "
        "together, **and** a cost (data, computing, or the like); or that learned "
        "first layers resemble oriented edges and colours.\n"
        '- Half a point each where the reason is missing. "A ConvNet is deeper" '
        "alone earns nothing."
    ),
)
