"""Pictures are the same on another machine, and no more so with another curve."""

from __future__ import annotations

import base64
import io

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from answer_checks.pictures import (
    MOST_UNMATCHED,
    distance,
    read_png,
    same_picture,
    same_pictures,
)

X = np.linspace(0, 10, 200)


def png(figure, **options):
    made = io.BytesIO()
    figure.savefig(made, format="png", bbox_inches="tight", **options)
    return base64.b64encode(made.getvalue()).decode()


@mpl.rc_context(mpl.rcParamsDefault)
def curve(y, color="C0", title="Loss over the iterations", kind="plot", style=None):
    mpl.rcParams.update(style or {})
    figure = Figure()
    axes = figure.add_subplot()
    axes.plot(X, np.exp(-X / 3), "C1")
    getattr(axes, kind)(X, y, color=color)
    axes.set(title=title, xlabel="iteration", ylabel="loss", ylim=(-0.2, 1.2))
    return png(figure)


WAVE = np.sin(X) / 2 + 0.5
RIGHT = curve(WAVE)


@pytest.mark.parametrize(
    "wrong",
    [
        curve(np.cos(X) / 2 + 0.5),
        curve(0.9 * WAVE),
        curve(WAVE + 0.03),
        curve(np.where(np.abs(X - 5) < 0.06, 1.0, WAVE)),
        curve(WAVE, color="C2"),
        curve(WAVE, title="Accuracy over the iterations"),
        curve(WAVE, kind="bar"),
        png(Figure()),
        "AAAA",
        "not base64",
        "",
    ],
    ids=[
        "another function",
        "a tenth lower",
        "moved up",
        "one value",
        "colour",
        "title",
        "bars for a line",
        "nothing",
        "no picture",
        "no base64",
        "empty",
    ],
)
def test_another_picture_is_noticed(wrong):
    assert not same_picture(RIGHT, wrong)
    assert not same_picture(wrong, RIGHT)


def test_last_bits_of_the_values_do_not_count():
    assert same_picture(RIGHT, curve(WAVE * (1 + 1e-9)))


@pytest.mark.parametrize(
    "style",
    [
        {"text.hinting": "none"},
        {"lines.antialiased": False},
        {"agg.path.chunksize": 50},
        {"path.snap": False},
    ],
    ids=str,
)
def test_another_way_of_drawing_the_same_does_not_count(style):
    assert same_picture(RIGHT, curve(WAVE, style=style))


def test_a_picture_that_moved_by_some_pixels_is_the_same():
    picture = read_png(RIGHT)
    for down, right in ((0, 3), (2, -3), (4, 0)):
        moved = np.roll(picture, (down, right), axis=(0, 1))
        assert distance(picture, moved) <= MOST_UNMATCHED
    assert distance(picture, np.roll(picture, 12, axis=0)) > 10 * MOST_UNMATCHED


def test_a_transparent_ground_is_white():
    figure = Figure()
    figure.add_subplot().plot(X, WAVE)
    figure.patch.set_alpha(0)
    clear = png(figure)
    figure.patch.set_alpha(1)
    assert same_picture(clear, png(figure))


def test_grey_pictures_are_read():
    values = np.linspace(0, 1, 4096).reshape(64, 64)
    made = io.BytesIO()
    mpl.image.imsave(made, values, cmap="gray", format="png")
    assert read_png(base64.b64encode(made.getvalue()).decode()).shape == (64, 64, 3)


def test_the_pictures_of_a_cell_are_counted():
    shown = {"output_type": "display_data", "data": {"image/png": RIGHT}}
    text = {"output_type": "stream", "text": "2.9"}
    assert same_pictures([shown, text], [text, shown])
    assert same_pictures([text], [])
    assert not same_pictures([shown], [shown, shown])
    assert not same_pictures([shown], [])
    in_lines = {"data": {"image/png": [RIGHT[:76], RIGHT[76:]]}}
    assert same_pictures([shown], [in_lines])
