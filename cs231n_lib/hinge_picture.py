"""Pictures of the hinge loss (lecture 3, 10:14): one term, all terms of an image."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from cs231n_lib.plots import COLORS, LINES

MARKERS = "osD^vP"


def hinge(ax: Axes | None = None, delta: float = 1.0) -> Axes:
    r"""Draw the loss of one wrong class against its score.

    .. math:: \max(0,\; s_j - s_{y_i} + \Delta)

    Parameters
    ----------
    ax : Axes, optional
        Where to draw; a new figure without it.
    delta : float
        The margin.
    """
    ax = ax or plt.subplots()[1]
    start = -delta - 3.0
    difference = np.array([start, -delta, 3.0])  # s_j - s_yi
    ax.plot(difference, np.maximum(0, difference + delta), **LINES[0])
    ax.axvspan(-delta, 0, color=COLORS["yellow"], alpha=0.35, linewidth=0)
    ax.annotate(
        f"inside the margin:\nright order,\nbut by less than {delta:g}",
        (-delta / 2, delta / 2),
        (start + 0.1, delta + 0.6),
        arrowprops={"arrowstyle": "->", "color": COLORS["black"]},
    )
    ax.text(start + 0.1, 0.12, "far enough below: no loss")
    ax.text(0.95, 0.9, "above the true class:\nloss grows by 1 per 1")
    ax.set_xlabel(r"$s_j - s_{y_i}$, score of class j minus that of the true class")
    ax.set_ylabel("loss of class j")
    ax.set_title("When does a wrong class cost something?")
    return ax


def hinge_terms(
    scores: Sequence[float],
    y: int,
    class_names: Sequence[str],
    delta: float = 1.0,
    ax: Axes | None = None,
) -> Axes:
    r"""Draw what each wrong class of one image costs, on the hinge of this image.

    .. math:: L_i = \sum_{j \ne y} \max(0,\; s_j - s_y + \Delta)

    Parameters
    ----------
    scores : (C,) float64
        The scores of the image.
    y : int
        Its true class.
    class_names : sequence of str
        C names.
    delta : float
        The margin.
    ax : Axes, optional
        Where to draw; a new figure without it.

    Returns
    -------
    Axes
        Its limits depend on the scores of the wrong classes alone, so that pictures
        for other margins, and other scores of the true class, can be compared.

    Examples
    --------
    >>> hinge_terms([3.2, 5.1, -1.7], 0, ["cat", "car", "frog"]).texts[1].get_text()
    'car 5.1\ncosts 2.9'
    """
    ax = ax or plt.subplots(figsize=(7.6, 3.8))[1]
    true = float(scores[y])
    wrong = [(k, float(score)) for k, score in enumerate(scores) if k != y]
    low, high = min(s for _, s in wrong) - 2, max(s for _, s in wrong) + 2
    s = np.array([low, np.clip(true - delta, low, high), high])
    ax.plot(s, np.maximum(0, s - true + delta), **LINES[0])
    ax.axvspan(true - delta, true, color=COLORS["yellow"], alpha=0.35, linewidth=0)
    ax.axvline(true, **LINES[2])
    inside = ax.get_xaxis_transform()
    ax.text(true, 0.97, f" true: {class_names[y]} {true:g}", va="top", transform=inside)
    costs = [max(0.0, score - true + delta) for _, score in wrong]
    for marker, (k, score), cost in zip(MARKERS, wrong, costs, strict=False):
        ax.plot([score, score], [0, cost], color=COLORS["red"], linewidth=2)
        ax.plot(
            score,
            cost,
            marker,
            color=COLORS["red"],
            markeredgecolor=COLORS["black"],
            markersize=9,
            linestyle="none",
            clip_on=False,
        )
        place = (-8, 8) if score > (low + high) / 2 else (8, 8)
        ax.annotate(
            f"{class_names[k]} {score:g}\ncosts {cost:.1f}",
            (score, cost),
            place,
            textcoords="offset points",
            ha="right" if place[0] < 0 else "left",
        )
    total = " + ".join(f"{cost:.1f}" for cost in costs)
    ax.set(xlim=(low, high), ylim=(0, high - low))
    ax.set(xlabel="score", ylabel="loss of a class with that score")
    ax.set_title(f"Loss of the {class_names[y]} image: {total} = {sum(costs):.1f}")
    return ax
