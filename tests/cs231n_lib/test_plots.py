"""The pictures: what they draw, told apart without colour, described in words."""

from __future__ import annotations

import matplotlib as mpl
import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

mpl.use("Agg")

import matplotlib.pyplot as plt

from cs231n_lib import plots
from cs231n_lib.drawn_once import DrawnOnce


def luminance(color: str) -> float:
    return float(np.dot(mpl.colors.to_rgb(color), [0.299, 0.587, 0.114]))


def test_lines_differ_without_colour() -> None:
    assert len({str(line["linestyle"]) for line in plots.LINES}) == len(plots.LINES)
    assert {line["color"] for line in plots.LINES} <= set(plots.COLORS.values())


def test_the_first_two_lines_differ_in_grey() -> None:
    first, second = (luminance(line["color"]) for line in plots.LINES[:2])
    assert abs(first - second) > 0.2


def test_the_description_is_printed_and_wrapped(capsys) -> None:
    plots.show("word " * 40)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Figure: word")
    assert max(map(len, lines)) <= 88


def test_style_gives_room_to_titles_and_removes_the_frame() -> None:
    plots.use_style()
    assert plt.rcParams["figure.constrained_layout.use"]
    assert not plt.rcParams["axes.spines.top"]


def test_a_picture_that_is_shown_is_drawn_once(monkeypatch) -> None:
    monkeypatch.setattr(plt, "show", lambda: None)  # it warns where there is no window
    plots.use_style()
    figures = [plt.subplots()[0], plt.subplots()[0]]
    plots.show("Two pictures.")
    assert [type(figure.canvas) for figure in figures] == [DrawnOnce, DrawnOnce]


SHOWN = """
import matplotlib.pyplot as plt
from cs231n_lib import plots

plots.use_style()
plt.plot([0, 1])
plots.show("A rising line.")
print(plt.get_fignums())
plots.show("Three letters.", "abc")
"""


def test_in_jupyter_the_words_stand_below_the_picture_and_in_its_alt_text() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SHOWN)])
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    figure, below, letters, last = notebook.cells[0].outputs
    assert "image/png" in figure.data
    alts = {kind: said["alt"] for kind, said in figure.metadata.items()}
    assert alts == dict.fromkeys(("image/png", "image/svg+xml"), "A rising line.")
    assert below.text == "Figure: A rising line.\n[]\n"
    assert letters.data["text/plain"] == "'abc'"
    assert last.text == "Figure: Three letters.\n"


def test_outside_jupyter_a_drawing_is_printed(capsys) -> None:
    plots.show("Three letters.", "abc")
    assert capsys.readouterr().out == "abc\nFigure: Three letters.\n"


def test_powers_of_ten_are_plain_text_without_ticks_between() -> None:
    _, ax = plt.subplots()
    ax.loglog([1e-12, 1e3], [1, 100])
    plots.powers_of_ten(ax.xaxis, ax.yaxis)
    # Versions of Matplotlib choose other decades.
    texts = [label.get_text() for label in ax.get_xticklabels()]
    assert any(text.startswith("10⁻¹") for text in texts)
    assert all(set(text) <= set("10⁻⁰¹²³⁴⁵⁶⁷⁸⁹") for text in texts)
    heights = {label.get_text() for label in ax.get_yticklabels()}
    assert {"10⁰", "10¹", "10²"} <= heights
    assert len(ax.xaxis.get_minorticklocs()) == 0


def test_loss_curves_carry_their_names_and_iterations() -> None:
    ax = plots.loss_curve({"train": [3, 2, 1], "val": [3, 3]}, every=10)
    assert [text.get_text() for text in ax.get_legend().texts] == ["train", "val"]
    np.testing.assert_array_equal(ax.lines[0].get_xdata(), [0, 10, 20])
    assert plots.loss_curve([1.0, 0.5]).get_legend() is None


def test_images_are_shown_on_one_scale_with_titles() -> None:
    pictures = np.stack([np.eye(4), 0.5 * np.eye(4), np.zeros((4, 4))])
    fig = plots.images(pictures, ["a", "b", "c"], columns=2, title="Which?")
    (ax,) = fig.axes
    assert [text.get_text() for text in ax.texts] == ["a", "b", "c"]
    assert {image.get_clim() for image in ax.images} == {(0.0, 1.0)}
    assert fig.get_suptitle() == "Which?"


def test_images_stand_in_rows_apart_from_each_other_and_from_the_titles() -> None:
    plots.use_style()
    fig = plots.images(
        np.ones((5, 4, 8)), ["one", "two\nlines", "", "", "5"], columns=3
    )
    (ax,) = fig.axes
    boxes = [mpl.transforms.Bbox.from_extents(*_corners(im)) for im in ax.images]
    assert [box.width / box.height for box in boxes] == pytest.approx([2.0] * 5)
    assert len({round(box.y0, 6) for box in boxes[:3]}) == 1
    assert boxes[3].x0 == boxes[0].x0
    fig.canvas.draw()
    titles = [
        text.get_window_extent().transformed(ax.transData.inverted())
        for text in ax.texts
        if text.get_text()
    ]
    everything = boxes + titles
    for i, one in enumerate(everything):
        assert not any(one.overlaps(other) for other in everything[:i])
    shown = mpl.transforms.Bbox.from_extents(*_corners(ax))
    assert all(shown.x0 <= box.x0 and box.x1 <= shown.x1 for box in boxes)
    assert all(shown.y0 <= box.y0 and box.y1 <= shown.y1 for box in boxes)


def _corners(shown: mpl.image.AxesImage | plt.Axes) -> tuple[float, ...]:
    if isinstance(shown, plt.Axes):
        (left, right), (bottom, top) = shown.get_xlim(), shown.get_ylim()
    else:
        left, right, bottom, top = shown.get_extent()
    return left, bottom, right, top


def test_rounding_errors_of_colours_are_cut_off() -> None:
    fig = plots.images(np.full((1, 2, 2, 3), 1 + 1e-12))
    assert fig.axes[0].images[0].get_array().max() == 1


def test_images_of_a_wrong_shape_are_refused() -> None:
    with pytest.raises(ValueError, match=r"pictures must have shape .* got \(4, 4\)"):
        plots.images(np.eye(4))


@pytest.mark.parametrize("rows", [64, 65])
def test_templates_are_the_columns_without_the_bias(rows) -> None:
    W = np.random.default_rng(0).normal(size=(rows, 3))
    W[64:] = 100.0  # a bias would spoil the scale
    fig = plots.templates(W, (8, 8), "abc")
    ax = fig.axes[0]
    assert [text.get_text() for text in ax.texts] == ["a", "b", "c"]
    picture = ax.images[1]
    np.testing.assert_array_equal(picture.get_array(), W[:64, 1].reshape(8, 8))
    low, high = picture.get_clim()
    assert low == -high == -np.abs(W[:64]).max()


def test_dark_weights_that_take_away_are_marked() -> None:
    W = np.zeros((4, 2))
    W[:, 0] = [1.0, -1.0, -0.01, 0.5]
    W[2, 1] = -0.5
    ax = plots.templates(W, (2, 2), ["a", "b"]).axes[0]
    for (x, y), image, place in zip(
        ax.lines[0].get_xydata(), ax.images, [(0.75, 0.75), (0.25, 0.25)], strict=True
    ):
        left, right, bottom, top = image.get_extent()
        shares = (x - left) / (right - left), (y - bottom) / (top - bottom)
        assert shares == pytest.approx(place)


def test_colour_templates_fill_their_range() -> None:
    W = np.random.default_rng(0).normal(size=(2 * 2 * 3, 2))
    fig = plots.templates(W, (2, 2, 3), ["a", "b"])
    picture = fig.axes[0].images[0].get_array()
    assert picture.shape == (2, 2, 3)
    assert (picture.min(), picture.max()) == (0.0, 1.0)


def test_templates_of_a_wrong_shape_are_refused() -> None:
    with pytest.raises(
        ValueError, match=r"W must have shape \(D, C\) .* got \(3, 64\)"
    ):
        plots.templates(np.zeros((3, 64)), (8, 8), "abc")


def test_bars_carry_numbers_and_the_highlight_is_hatched() -> None:
    ax = plots.bars([0.13, 0.87], ["cat", "car"], highlight=1)
    assert {text.get_text() for text in ax.texts} == {"0.13", "0.87"}
    assert [bar.get_hatch() for bar in ax.patches] == [None, "//"]


def test_a_matrix_shows_each_number_and_name() -> None:
    ax = plots.matrix(np.array([[1.0, -2.5]]), ["r"], ["a", "b"], fmt="{:.1f}")
    assert [text.get_text() for text in ax.texts] == ["1.0", "-2.5"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["a", "b"]
