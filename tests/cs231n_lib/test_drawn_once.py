"""A figure drawn once looks as it did: nothing is cut, nothing overlaps."""

from __future__ import annotations

import io

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from cs231n_lib import plots
from cs231n_lib.drawn_once import DrawnOnce, draw_once


@pytest.fixture(autouse=True)
def style(own_pictures) -> None:
    plots.use_style()


def saved(figure: Figure) -> np.ndarray:
    """Save as Jupyter's inline backend does; return the pixels (H, W, 4)."""
    file = io.BytesIO()
    figure.canvas.print_figure(file, format="png", bbox_inches="tight")
    file.seek(0)
    return plt.imread(file)


def crowded_figure() -> Figure:
    fig, (left, right) = plt.subplots(1, 2)
    left.plot([0, 3e6], label="a curve")
    left.set(title="left", xlabel="x", ylabel="a label\nof two lines")
    right.imshow(np.eye(3))
    right.set(title="right", ylabel="y")
    fig.legend(loc="outside lower center")
    fig.suptitle("both")
    return fig


def test_the_whole_figure_is_saved_with_room_around_it() -> None:
    fig = crowded_figure()
    draw_once(fig)
    pixels = saved(fig)
    assert pixels.shape[:2] == (360, 640)
    frame = np.ones((360, 640), dtype=bool)
    frame[2:-2, 2:-2] = False
    assert (pixels[frame] == 1).all()
    assert (pixels[..., :3] < 0.5).any()


def test_one_layout_and_one_drawing(monkeypatch) -> None:
    drawings = []
    draw = Figure.draw
    monkeypatch.setattr(
        Figure,
        "draw",
        lambda fig, renderer: (drawings.append(fig), draw(fig, renderer)),
    )
    fig = plt.subplots()[0]
    saved(fig)
    before = len(drawings)
    draw_once(fig)
    saved(fig)
    assert before == 2
    assert len(drawings) == before + 1


def test_the_layout_is_that_of_matplotlib() -> None:
    plain, once = crowded_figure(), crowded_figure()
    draw_once(once)
    for fig in (plain, once):
        saved(fig)
    for one, other in zip(plain.axes, once.axes, strict=True):
        difference = one.get_position().get_points() - other.get_position().get_points()
        assert np.abs(difference).max() < 0.01


def test_a_title_keeps_off_the_common_factor_of_the_axis() -> None:
    fig, ax = plt.subplots()
    ax.plot([0, 3e6])
    ax.set_title("a title at the left")
    draw_once(fig)
    saved(fig)
    factor = ax.yaxis.get_offset_text()
    assert factor.get_text() == "1e6"
    (title,) = (
        text for text in ax.findobj(mpl.text.Text) if text.get_text().startswith("a ti")
    )
    assert not title.get_window_extent().overlaps(factor.get_window_extent())


def test_a_title_keeps_off_labels_at_the_top() -> None:
    ax = plots.matrix(np.eye(2), ["a", "b"], ["c", "d"], title="Which?")
    draw_once(ax.figure)
    saved(ax.figure)
    (title,) = (
        text for text in ax.findobj(mpl.text.Text) if text.get_text() == "Which?"
    )
    for label in ax.get_xticklabels():
        assert not title.get_window_extent().overlaps(label.get_window_extent())


def test_a_title_put_by_hand_stays() -> None:
    fig, ax = plt.subplots()
    ax.plot([0, 3e6])
    title = ax.set_title("by hand", y=0.5)
    draw_once(fig)
    saved(fig)
    assert title.get_position()[1] == 0.5


def test_a_figure_can_be_changed_and_saved_again() -> None:
    fig, ax = plt.subplots()
    draw_once(fig)
    first = saved(fig)
    ax.set_ylabel("a label")
    second = saved(fig)
    assert first.shape == second.shape
    assert (first != second).any()
    assert (second[:, :2] == 1).all()
    fig.savefig(io.BytesIO(), format="svg")


def test_a_figure_without_a_layout_stays_as_it_is() -> None:
    fig = plt.figure(layout="none")
    draw_once(fig)
    assert not isinstance(fig.canvas, DrawnOnce)


def test_a_window_stays_a_window() -> None:
    class Window(mpl.backends.backend_agg.FigureCanvasAgg):
        """A canvas of another kind."""

    fig = plt.figure()
    canvas = Window(fig)
    draw_once(fig)
    assert fig.canvas is canvas
