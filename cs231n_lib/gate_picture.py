"""The central picture of lecture 4 (10:18): what one gate does with a gradient."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from cs231n_lib.plots import COLORS

Point = tuple[float, float]


def one_gate(ax: Axes | None = None) -> Axes:
    r"""Draw a gate z = f(x, y): values go forwards, gradients come back.

    .. math:: \frac{\partial L}{\partial x} =
        \frac{\partial L}{\partial z} \cdot \frac{\partial z}{\partial x}

    Parameters
    ----------
    ax : Axes, optional
        Where to draw; a new figure without it.

    Returns
    -------
    Axes
    """
    ax = ax or plt.subplots(figsize=(8.4, 3.9))[1]
    ax.add_patch(
        Circle((0, 0), 1.15, facecolor="#EEF4F9", edgecolor=COLORS["black"], lw=1.5)
    )
    ax.text(0, 0.62, "z = f(x, y)", ha="center", va="center", fontsize=12)
    ax.text(0, 0.18, "local gradients", ha="center", va="center", fontsize=9.5)
    local = r"$\frac{\partial z}{\partial x}$ and $\frac{\partial z}{\partial y}$"
    ax.text(0, -0.4, local, ha="center", va="center", fontsize=16)

    for name, side in (("x", 1), ("y", -1)):
        far, near = (-4.0, 1.6 * side), (-1.12, 0.62 * side)
        _arrow(ax, far, near, shift=0.13, forwards=True)
        _arrow(ax, near, far, shift=-0.13, forwards=False)
        ax.text(-4.25, 1.6 * side, name, ha="right", va="center", fontsize=13)
        product = (
            rf"$\frac{{\partial L}}{{\partial {name}}} = \frac{{\partial L}}"
            rf"{{\partial z}} \cdot \frac{{\partial z}}{{\partial {name}}}$"
        )
        place = (-2.35, 1.95) if side == 1 else (-2.35, -1.95)
        ax.text(*place, product, color=COLORS["red"], ha="center", va="center", size=15)
    _arrow(ax, (1.2, 0.0), (4.0, 0.0), shift=0.13, forwards=True)
    _arrow(ax, (4.0, 0.0), (1.2, 0.0), shift=-0.13, forwards=False)
    ax.text(4.2, 0, "z", ha="left", va="center", fontsize=13)
    upstream = r"upstream gradient $\frac{\partial L}{\partial z}$"
    ax.text(
        2.6, -0.62, upstream, color=COLORS["red"], ha="center", va="center", size=13
    )

    for y, color, dashes, what in (
        (1.95, COLORS["green"], "-", "values, forwards"),
        (1.5, COLORS["red"], "--", "gradients, backwards"),
    ):
        ax.plot([1.5, 2.1], [y, y], color=color, linestyle=dashes, linewidth=2)
        ax.text(2.25, y, what, va="center")
    ax.set(xlim=(-4.7, 4.7), ylim=(-2.4, 2.4), aspect="equal")
    ax.axis("off")
    ax.set_title("What does one gate do with a gradient?")
    return ax


def _arrow(ax: Axes, start: Point, end: Point, *, shift: float, forwards: bool) -> None:
    """Draw an arrow, moved up by `shift`, so that there and back lie side by side."""
    ax.annotate(
        "",
        (end[0], end[1] + shift),
        (start[0], start[1] + shift),
        arrowprops={
            "arrowstyle": "-|>",
            "color": COLORS["green" if forwards else "red"],
            "linestyle": "-" if forwards else "--",
            "linewidth": 2,
            "shrinkA": 0,
            "shrinkB": 0,
        },
    )
