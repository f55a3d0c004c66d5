"""Gradient of a picture: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the orientation is in radians",
    "How large is the largest orientation that you return? Which unit does the text "
    "name?",
)
def orientation_in_radians(gray):
    dy, dx = np.gradient(gray)
    return np.hypot(dx, dy), np.arctan2(dy, dx) % np.pi


@misconception(
    "the orientation is a direction: opposite slopes are kept apart",
    "An edge from dark to light and one from light to dark lie the same way. "
    "Which operation makes the two angles one?",
)
def direction_kept(gray):
    dy, dx = np.gradient(gray)
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx))


@misconception(
    "the orientation runs through a full turn",
    "An edge from dark to light and one from light to dark lie the same way. "
    "By how much do their angles differ?",
)
def full_turn_kept(gray):
    dy, dx = np.gradient(gray)
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx)) % 360


@misconception(
    "negative angles lose their sign instead of being turned by half a turn",
    "Draw the slopes (1, -1) and (1, 1). Do they lie along the same line?",
)
def sign_dropped(gray):
    dy, dx = np.gradient(gray)
    return np.hypot(dx, dy), np.abs(np.degrees(np.arctan2(dy, dx))) % 180


@misconception(
    "the slopes down and to the right are exchanged",
    "A picture that grows lighter to the right: what is its orientation? "
    "np.gradient begins with the first axis; which one is that?",
)
def axes_exchanged(gray):
    dx, dy = np.gradient(gray)
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx)) % 180


@misconception(
    "the orientation is that of the edge, not of the slope across it",
    "A picture that grows lighter to the right: which way does the slope point, and "
    "which angle is that?",
)
def along_the_edge(gray):
    dy, dx = np.gradient(gray)
    return np.hypot(dx, dy), (np.degrees(np.arctan2(dy, dx)) + 90) % 180


@misconception(
    "the y axis points up",
    "Which way does the row number of a picture grow? Compare the slopes of a "
    "picture that grows lighter towards its lower right corner.",
)
def upside_down(gray):
    dy, dx = np.gradient(gray)
    return np.hypot(dx, dy), np.degrees(np.arctan2(-dy, dx)) % 180


@misconception(
    "the difference of the two neighbours is not halved",
    "How many pixels apart are the two values of a central difference? "
    "Try a ramp that grows by one a pixel.",
)
def not_halved(gray):
    dy, dx = np.gradient(gray)
    dy[1:-1] *= 2
    dx[:, 1:-1] *= 2
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx)) % 180


@misconception(
    "forward differences are taken instead of central ones",
    "A pixel has two neighbours along each axis. Which of them does your slope look "
    "at?",
)
def forward_differences(gray):
    dy = np.diff(gray, axis=0, append=gray[-1:])
    dx = np.diff(gray, axis=1, append=gray[:, -1:])
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx)) % 180


@misconception(
    "the border of the picture has no slope",
    "A ramp is as steep at its ends as in the middle. Which difference can you take "
    "where one neighbour is missing?",
)
def border_flat(gray):
    dy, dx = np.zeros(gray.shape), np.zeros(gray.shape)
    dy[1:-1] = (gray[2:] - gray[:-2]) / 2
    dx[:, 1:-1] = (gray[:, 2:] - gray[:, :-2]) / 2
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx)) % 180


@misconception(
    "the border wraps around to the other side",
    "Which pixel does your code take as the left neighbour of the first column?",
)
def border_wrapped(gray):
    dy = (np.roll(gray, -1, axis=0) - np.roll(gray, 1, axis=0)) / 2
    dx = (np.roll(gray, -1, axis=1) - np.roll(gray, 1, axis=1)) / 2
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx)) % 180


@misconception(
    "the magnitude is squared",
    "A slope of 3 down and 4 to the right: how steep is that?",
)
def magnitude_squared(gray):
    dy, dx = np.gradient(gray)
    return dx**2 + dy**2, np.degrees(np.arctan2(dy, dx)) % 180


@misconception(
    "the magnitude is the sum of the absolute slopes",
    "A slope of 3 down and 4 to the right: how steep is that, straight ahead?",
)
def magnitude_added(gray):
    dy, dx = np.gradient(gray)
    return np.abs(dx) + np.abs(dy), np.degrees(np.arctan2(dy, dx)) % 180


@misconception(
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


@misconception(
    "negative angles become zero",
    "A slope and the opposite one have the same orientation. What must be added to a "
    "negative angle to get it?",
)
def negative_angles_cut_off(gray):
    dy, dx = np.gradient(gray)
    orientation = np.clip(np.degrees(np.arctan2(dy, dx)), 0, None)
    return np.hypot(dx, dy), orientation % 180
