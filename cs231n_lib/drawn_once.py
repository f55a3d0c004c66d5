"""Show a figure for half the time: lay it out once, draw it once.

Jupyter's inline backend saves a figure with ``bbox_inches="tight"``. For that,
Matplotlib passes through the whole figure without drawing, measures all of it, and then
draws. A figure that has a layout engine needs no more than the layout: after it, what
belongs to the figure lies within its edges.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
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

    def print_figure(self, filename: Any, *args: Any, **options: Any) -> Any:
        """Lay the figure out, then draw it with its layout engine put aside."""
        with _laid_out(self.figure):
            options = {**options, "bbox_inches": None}
            return super().print_figure(filename, *args, **options)


@contextmanager
def _laid_out(figure: Figure) -> Iterator[None]:
    engine = figure.get_layout_engine()
    if engine is None:
        yield
        return
    engine.execute(figure)
    # Where an engine is left, even the one that does nothing, all is drawn once more.
    by_hand: dict[Any, Any] = {
        "figure.constrained_layout.use": False,
        "figure.autolayout": False,
    }
    with mpl.rc_context(by_hand):
        figure.set_layout_engine(None)
    try:
        yield
    finally:
        figure.set_layout_engine(engine)
