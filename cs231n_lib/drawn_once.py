"""Show a figure for half the time: lay it out once, draw it once.

Jupyter's inline backend saves a figure with ``bbox_inches="tight"``. For that,
Matplotlib passes through the whole figure without drawing, measures all of it, and then
draws. A figure that has a layout engine needs no more than the layout: after it, what
belongs to the figure lies within its edges.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def draw_once(figure: Figure) -> None:
    """Let `figure` be laid out and drawn once when it is shown.

    Nothing changes for a figure without a layout engine, and for one that is not drawn
    by Agg, such as a window.
    """
    if type(figure.canvas) is FigureCanvasAgg and figure.get_layout_engine():
        DrawnOnce(figure)


class DrawnOnce(FigureCanvasAgg):
    """A canvas that saves the whole figure, whatever ``bbox_inches`` says."""

    def print_figure(self, filename: Any, **options: Any) -> Any:
        """Lay the figure out, then draw it with its layout engine put aside."""
        with _laid_out(self.figure):
            return super().print_figure(filename, **{**options, "bbox_inches": None})


@contextmanager
def _laid_out(figure: Figure) -> Iterator[None]:
    engine = figure.get_layout_engine()
    if engine is None:
        yield
        return
    for ax in figure.axes:
        for spine in ax.spines.values():  # its ticks are shorter than their labels
            spine.set_in_layout(False)
    free = [ax for ax in figure.axes if getattr(ax, "_autotitlepos", False)]
    if not any(map(_has_labels_above, figure.axes)):
        _let_titles_move(free, False)
    engine.execute(figure)
    if any(ax.yaxis.get_offset_text().get_text() for ax in figure.axes):
        _let_titles_move(free, True)
        engine.execute(figure)
    by_hand = {"figure.constrained_layout.use": False, "figure.autolayout": False}
    with mpl.rc_context(by_hand):
        figure.set_layout_engine(None)
    try:
        yield
    finally:
        figure.set_layout_engine(engine)


def _has_labels_above(ax: Axes) -> bool:
    below = ax.xaxis.get_ticks_position() in ("bottom", "none")
    return not below or ax.xaxis.get_label_position() == "top"


def _let_titles_move(axes: Sequence[Axes], move: bool) -> None:
    # To keep a title off a common factor of the y axis ("1e6"), Matplotlib measures
    # that axis again each time it asks where the title is. No public setting turns this
    # off for a title that is there already; should the attribute be renamed one day,
    # showing a figure takes longer and looks the same.
    for ax in axes:
        ax._autotitlepos = move  # type: ignore[attr-defined]
