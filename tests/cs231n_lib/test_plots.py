"""The pictures: what they draw, told apart without colour, described in words."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt

from cs231n_lib import plots


@pytest.fixture(autouse=True)
def closed_figures() -> Iterator[None]:
    with mpl.rc_context():
        yield
    plt.close("all")


def luminance(color: str) -> float:
    return float(np.dot(mpl.colors.to_rgb(color), [0.299, 0.587, 0.114]))


def test_lines_differ_without_colour() -> None:
    assert len({str(line["linestyle"]) for line in plots.LINES}) == len(plots.LINES)
    assert {line["color"] for line in plots.LINES} <= set(plots.COLORS.values())


def test_the_first_two_lines_differ_in_grey() -> None:
    first, second = (luminance(line["color"]) for line in plots.LINES[:2])
    assert abs(first - second) > 0.2


def test_description_is_printed_and_wrapped(capsys) -> None:
    plots.describe("word " * 40)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Figure: word")
    assert max(map(len, lines)) <= 88


def test_style_gives_room_to_titles_and_removes_the_frame() -> None:
    plots.use_style()
    assert plt.rcParams["figure.constrained_layout.use"]
    assert not plt.rcParams["axes.spines.top"]


def test_the_hinge_has_its_kink_at_minus_delta() -> None:
    ax = plots.hinge(delta=2.0)
    x, y = ax.lines[0].get_data()
    assert dict(zip(x, y, strict=True))[-2.0] == 0
    assert y[-1] == x[-1] + 2.0
    assert ax.get_xlabel()
    assert ax.get_ylabel()


def test_the_hinge_is_drawn_where_it_is_told() -> None:
    _, ax = plt.subplots()
    assert plots.hinge(ax) is ax


def test_loss_curves_carry_their_names_and_iterations() -> None:
    ax = plots.loss_curve({"train": [3, 2, 1], "val": [3, 3]}, every=10)
    assert [text.get_text() for text in ax.get_legend().texts] == ["train", "val"]
    np.testing.assert_array_equal(ax.lines[0].get_xdata(), [0, 10, 20])
    assert plots.loss_curve([1.0, 0.5]).get_legend() is None


def test_images_are_shown_on_one_scale_with_titles() -> None:
    pictures = np.stack([np.eye(4), 0.5 * np.eye(4), np.zeros((4, 4))])
    fig = plots.images(pictures, ["a", "b", "c"], columns=2, title="Which?")
    shown = [ax for ax in fig.axes if ax.images]
    assert [ax.get_title() for ax in shown] == ["a", "b", "c"]
    assert {ax.images[0].get_clim() for ax in shown} == {(0.0, 1.0)}
    assert fig.get_suptitle() == "Which?"


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
    shown = [ax for ax in fig.axes if ax.get_title()]
    assert [ax.get_title() for ax in shown] == ["a", "b", "c"]
    picture = shown[1].images[0]
    np.testing.assert_array_equal(picture.get_array(), W[:64, 1].reshape(8, 8))
    low, high = picture.get_clim()
    assert low == -high == -np.abs(W[:64]).max()


def test_dark_weights_that_take_away_are_marked() -> None:
    W = np.zeros((4, 1))
    W[:, 0] = [1.0, -1.0, -0.01, 0.5]
    fig = plots.templates(W, (2, 2), ["a"])
    marks = fig.axes[0].lines[0]
    assert marks.get_xdata().tolist() == [1]
    assert marks.get_ydata().tolist() == [0]


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
