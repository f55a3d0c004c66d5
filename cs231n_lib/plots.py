"""Pictures in the house style: told apart without colour, each with a text alternative.

A picture cell ends with :func:`show`, which shows the picture and says below it, in
words, what can be seen. The same words become the ``alt`` text of the picture in an
exported page. JupyterLab itself gives its pictures no ``alt`` text, so the words are
printed as well.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from answer_checks.columns import columns, wrapped
from answer_checks.language import in_language
from cs231n_lib import picture_language
from cs231n_lib.drawn_once import draw_once
from cs231n_lib.hangul import use_font_of_language

# Okabe and Ito, Color Universal Design, 2008.
COLORS = {
    "blue": "#0072B2",
    "orange": "#E69F00",
    "green": "#009E73",
    "red": "#D55E00",
    "purple": "#CC79A7",
    "sky": "#56B4E9",
    "yellow": "#F0E442",
    "black": "#000000",
}

# Line styles by position: colour, dashes and width differ, so that grey print works.
LINES: tuple[dict[str, Any], ...] = tuple(
    {"color": COLORS[color], "linestyle": dashes, "linewidth": width}
    for color, dashes, width in (
        ("blue", "-", 2.0),
        ("orange", "--", 2.4),
        ("black", ":", 2.2),
        ("green", "-.", 2.0),
        ("red", (0, (6, 1, 1, 1, 1, 1)), 2.0),
        ("purple", (0, (1, 2)), 3.0),
    )
)

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def use_style() -> None:
    """Set the house style for all later figures; call it in the set-up cell."""
    plt.rcParams.update(
        {
            "figure.figsize": (6.4, 3.6),
            "figure.dpi": 100,
            "figure.constrained_layout.use": True,
            "font.size": 11,
            "axes.titlesize": 12,
            "axes.titlelocation": "left",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "grid.color": "#DDDDDD",
            "grid.linewidth": 0.8,
            "axes.axisbelow": True,
            "axes.prop_cycle": cycler(
                color=[line["color"] for line in LINES],
                linestyle=[line["linestyle"] for line in LINES],
            ),
            "legend.frameon": False,
            "image.cmap": "gray_r",
            "image.interpolation": "nearest",
        }
    )
    use_font_of_language()


def show(text: str, drawing: object | None = None) -> None:
    """Show the current picture and, below it, what can be seen in it.

    Pictures that are laid out by an engine are laid out and drawn once
    (:mod:`cs231n_lib.drawn_once`).

    Parameters
    ----------
    text : str
        What the picture shows, in one or two full sentences: its text alternative.
    drawing : object, optional
        What to show in place of the open Matplotlib figures, such as a
        :class:`cs231n_lib.circuits.Circuit` that was drawn.

    Examples
    --------
    >>> show("A straight line from (0, 0) to (1, 1).")
    Figure: A straight line from (0, 0) to (1, 1).
    """
    figures = [plt.figure(number) for number in plt.get_fignums()]
    for figure in figures:
        picture_language.translate(figure)
        draw_once(figure)
    if drawing is not None:
        _display(drawing, text)
    elif "inline" in mpl.get_backend():
        for figure in figures:
            _display(figure, text)
        plt.close("all")
    else:
        plt.show()
    say(text)


def say(text: str) -> None:
    """Print what can be seen in the picture above.

    Parameters
    ----------
    text : str
        As in :func:`show`.
    """
    said = in_language(f"Figure: {text}")
    # Two rules: `textwrap` breaks at hyphens too, but takes all letters for narrow.
    wide = columns(said) > len(said)
    print("\n".join(wrapped(said, 88) if wide else textwrap.wrap(said, 88)))


def _display(picture: object, alt: str) -> None:
    """Show one object as Jupyter shows it, or as text outside of Jupyter."""
    shell = sys.modules.get("IPython")
    if shell is None or shell.get_ipython() is None:
        print(picture)
    else:
        kinds = ("image/png", "image/svg+xml")
        shell.display.display(picture, metadata={kind: {"alt": alt} for kind in kinds})


def powers_of_ten(*axes: Axis) -> None:
    """Label logarithmic axes with powers of ten in plain text, without ticks between.

    Matplotlib sets each ``$10^{-3}$`` as a formula, which takes as long as drawing two
    curves.

    Parameters
    ----------
    axes : Axis
        Such as ``ax.xaxis``, after its scale was set to ``"log"``.

    Examples
    --------
    >>> ax = plt.figure().subplots()
    >>> ax.set(yscale="log", ylim=(0.01, 1))  # doctest: +ELLIPSIS
    [...]
    >>> powers_of_ten(ax.yaxis)
    >>> [label.get_text() for label in ax.get_yticklabels()][1:-1]
    ['10⁻²', '10⁻¹', '10⁰']
    """
    for axis in axes:
        axis.set_major_formatter(_power_of_ten)
        axis.set_minor_locator(NullLocator())


def _power_of_ten(value: float, _: float | None) -> str:
    return "10" + f"{np.log10(value):.0f}".translate(SUPERSCRIPTS)


def loss_curve(
    history: Sequence[float] | Mapping[str, Sequence[float]],
    *,
    every: int = 1,
    xlabel: str = "iteration",
    ylabel: str = "loss",
    title: str = "Does the loss go down?",
    ax: Axes | None = None,
) -> Axes:
    """Draw one or several training curves.

    Parameters
    ----------
    history : sequence of float, or mapping from name to such
        The values in the order they were recorded.
    every : int
        How many iterations lie between two values.
    """
    ax = ax or plt.subplots()[1]
    curves = history if isinstance(history, Mapping) else {"": history}
    for line, (name, values) in zip(LINES, curves.items(), strict=False):
        ax.plot(np.arange(len(values)) * every, values, label=name, **line)
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title)
    if isinstance(history, Mapping):
        ax.legend()
    return ax


def images(
    pictures: np.ndarray,
    titles: Sequence[str] | None = None,
    *,
    columns: int = 10,
    title: str = "",
) -> Figure:
    """Show pictures in rows.

    Parameters
    ----------
    pictures : (N, H, W) or (N, H, W, 3) float64
        Grey pictures from 0 (white) to their largest value (black), or colours in [0,
        1].
    titles : sequence of str, optional
        One for each picture.
    columns : int
        Pictures per row.
    """
    pictures = np.asarray(pictures)
    if pictures.ndim not in (3, 4):
        raise ValueError(
            f"pictures must have shape (N, H, W[, 3]), got {pictures.shape}"
        )
    if pictures.ndim == 4:  # a mean taken off and put back leaves rounding errors
        pictures = np.clip(pictures, 0.0, 1.0)
    top = float(pictures.max(initial=0)) or 1.0
    fig, ax, places = _tiles(pictures, titles, columns, pitch=1.25)
    for picture, place in zip(pictures, places, strict=True):
        ax.imshow(picture, vmin=0, vmax=top, extent=place)
    _finish(fig, ax, places, title)
    return fig


def templates(
    W: np.ndarray,
    image_shape: tuple[int, ...],
    class_names: Sequence[str],
    *,
    columns: int = 5,
    title: str = "What does each class look for?",
) -> Figure:
    """Show the columns of a linear classifier as pictures.

    Grey templates are drawn on a scale that is symmetric about 0: purple adds to the
    score, orange takes away, white does nothing; in grey, a dot marks the pixels that
    take away. Colour templates are stretched to [0, 1] one by one.

    Parameters
    ----------
    W : (D, C) or (D + 1, C) float64
        The weights; a last row of biases is left out.
    image_shape : tuple of int
        ``(H, W)`` or ``(H, W, 3)`` with product D.
    class_names : sequence of str
        C names.
    """
    size = int(np.prod(image_shape))
    if W.ndim != 2 or W.shape[0] not in (size, size + 1):
        raise ValueError(
            f"W must have shape (D, C) with D = {size} or {size + 1}, got {W.shape}"
        )
    shown = W[:size].T.reshape(-1, *image_shape)  # (C, H, W[, 3])
    fig, ax, places = _tiles(
        shown, class_names, columns, pitch=1.5 if len(image_shape) == 2 else 1.7
    )
    limit = float(np.abs(shown).max()) or 1.0
    for template, place in zip(shown, places, strict=True):
        if len(image_shape) == 2:
            picture = ax.imshow(
                template, cmap="PuOr", vmin=-limit, vmax=limit, extent=place
            )
        else:
            low, high = template.min(), template.max()
            ax.imshow((template - low) / ((high - low) or 1.0), extent=place)
    if len(image_shape) == 2:
        tiles, rows, columns_ = np.nonzero(shown < -0.15 * limit)
        left, right, bottom, top = np.transpose(places)[:, tiles]
        ax.plot(
            left + (columns_ + 0.5) * (right - left) / image_shape[1],
            top - (rows + 0.5) * (top - bottom) / image_shape[0],
            ".",
            color="black",
            markersize=3,
            linestyle="none",
        )
        fig.set_figwidth(fig.get_figwidth() + 1.2)  # room for the scale
        bar = fig.colorbar(picture, ax=ax, shrink=0.8, ticks=[-limit, 0, limit])
        bar.ax.set_yticklabels(["takes away", "nothing", "adds"])
    _finish(fig, ax, places, title)
    return fig


def bars(
    values: Sequence[float],
    names: Sequence[str],
    *,
    highlight: int | None = None,
    fmt: str = "{:.2f}",
    ylabel: str = "",
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw one bar per value, with the number on it.

    Parameters
    ----------
    values : (C,) float64
    names : sequence of str
        One for each bar.
    highlight : int, optional
        The bar to set apart, by colour and hatching.
    """
    ax = ax or plt.subplots()[1]
    names = [picture_language.say(name) for name in names]
    drawn = ax.bar(names, values, color=COLORS["sky"], edgecolor=COLORS["black"])
    if highlight is not None:
        drawn[highlight].set(facecolor=COLORS["orange"], hatch="//")
    ax.bar_label(drawn, [fmt.format(value) for value in values], padding=2)
    ax.axhline(0, color=COLORS["black"], linewidth=0.8)
    ax.margins(y=0.15)
    ax.grid(axis="x", visible=False)
    ax.set(ylabel=ylabel, title=title)
    return ax


def matrix(
    M: np.ndarray,
    rows: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
    *,
    fmt: str = "{:.2f}",
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a small matrix as numbered cells; colour and number both tell the sign.

    Parameters
    ----------
    M : (R, K) float64
    rows, columns : sequence of str, optional
        Names of the rows and of the columns.
    """
    M = np.atleast_2d(M)
    if ax is None:
        ax = plt.subplots(figsize=(1.1 * M.shape[1] + 1.2, 0.5 * M.shape[0] + 1.0))[1]
    limit = float(np.abs(M).max(initial=0)) or 1.0
    ax.imshow(M, cmap="PuOr", vmin=-2 * limit, vmax=2 * limit, aspect="auto")
    for (i, j), value in np.ndenumerate(M):
        ax.text(j, i, fmt.format(value), ha="center", va="center")
    ax.set_xticks(range(M.shape[1]), columns or [""] * M.shape[1])
    ax.set_yticks(range(M.shape[0]), rows or [""] * M.shape[0])
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.grid(visible=False)
    for side in ax.spines.values():
        side.set_visible(False)
    ax.set_title(title)
    return ax


def _tiles(
    pictures: np.ndarray, titles: Sequence[str] | None, columns: int, pitch: float
) -> tuple[Figure, Axes, list[tuple[float, float, float, float]]]:
    """Make one axes for all pictures, in inches, and find each one's extent there.

    Axes cost more than pictures: one for all takes a tenth of one for each.
    """
    count, tall, wide = pictures.shape[:3]
    columns = max(1, min(columns, count))
    lines = -(-count // columns)
    pitch = min(pitch, 9.0 / columns)
    width = pitch - 0.12
    height = width * tall / wide
    above = 0.12
    if titles is not None:
        above += 0.17 * max((text.count("\n") + 1 for text in titles), default=1)
    fig, ax = plt.subplots(figsize=(pitch * columns, (height + above) * lines + 0.3))
    places = []
    for i in range(count):
        left, top = pitch * (i % columns), -(height + above) * (i // columns)
        places.append((left, left + width, top - height, top))
        if titles is not None:
            ax.text(
                left + width / 2,
                top + 0.02,
                titles[i],
                ha="center",
                va="bottom",
                fontsize=10,
            )
    ax.axis("off")
    return fig, ax, places


def _finish(
    fig: Figure,
    ax: Axes,
    places: Sequence[tuple[float, float, float, float]],
    title: str,
) -> None:
    """Show all of the tiles, and the title above them."""
    left, right, bottom, top = np.transpose(places)
    ax.set(xlim=(left.min(), right.max()), ylim=(bottom.min(), top.max()))
    if title:
        fig.suptitle(title, x=0.01, ha="left", fontsize=12)
