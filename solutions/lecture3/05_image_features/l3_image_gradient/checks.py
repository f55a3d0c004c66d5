"""Gradient of a picture: reference and hidden checks."""

import math

import numpy as np

from autograder.exercise import Exercise, Student, check

EXERCISE = Exercise(
    points=2,
    names=("image_gradient",),
    title="Gradient of a picture",
    returns={"image_gradient": ("magnitude", "orientation")},
)


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


def draw_gray(rng: np.random.Generator, H: int, W: int) -> np.ndarray:
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


@check("the magnitude inside the picture and at its border", 0.6)
def magnitude(student: Student, rng: np.random.Generator) -> None:
    for H, W in ((6, 6), (5, 9), (8, 4)):
        _slope(student, draw_gray(rng, H, W), "magnitude")


@check("the orientation", 0.6)
def orientation(student: Student, rng: np.random.Generator) -> None:
    for H, W in ((6, 6), (5, 9), (8, 4)):
        _slope(student, draw_gray(rng, H, W), "orientation")


@check("ramps up and down, a flat picture, two by two pixels", 0.4)
def ramps(student: Student, rng: np.random.Generator) -> None:
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
    _slope(student, draw_gray(rng, 2, 2), "magnitude")
    _slope(student, draw_gray(rng, 2, 2), "orientation")


@check("large values, and float32", 0.2)
def values(student: Student, rng: np.random.Generator) -> None:
    _slope(student, 1e4 * draw_gray(rng, 5, 6), "magnitude")
    _slope(student, 1e4 * draw_gray(rng, 5, 6), "orientation")
    single = draw_gray(rng, 5, 6).astype(np.float32)
    _slope(student, single, "magnitude", 1e-4)
    _slope(student, single, "orientation", 1e-4)


@check("the picture is left as it was", 0.2, inputs=True)
def inputs(student: Student, rng: np.random.Generator) -> None:
    gray = draw_gray(rng, 5, 6)
    _slope(student, gray, "magnitude")
    _slope(student, gray, "orientation")
