"""Gradient of a picture: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("np.gradient and a modulo in degrees", usual=True)
def by_np_gradient(gray):
    dy, dx = np.gradient(gray)
    return np.sqrt(dx**2 + dy**2), np.rad2deg(np.arctan2(dy, dx)) % 180


@variant("complex slopes, doubled angle, a list returned")
def by_doubled_angle(gray):
    down, right = np.gradient(gray)
    slope = right + 1j * down
    return [np.abs(slope), np.degrees(np.angle(slope**2) / 2) % 180]


@variant("a padded picture, angles turned where they are negative")
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


@variant("the arctangent of a quotient, zero slopes apart")
def by_arctangent(gray):
    dy = np.gradient(gray, axis=0)
    dx = np.gradient(gray, axis=1)
    level = dx == 0
    theta = np.degrees(np.arctan(dy / np.where(level, 1, dx)))
    theta = np.where(level, 90.0, np.where(theta < 0, theta + 180, theta))
    return np.hypot(dx, dy), theta
