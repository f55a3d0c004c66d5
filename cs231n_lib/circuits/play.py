"""A circuit with sliders at its inputs, and a good drawing without them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module

from cs231n_lib import plots
from cs231n_lib.circuits.drawing import Drawing
from cs231n_lib.sliders import Slider, panel, someone_is_here


def play(draw: Callable[..., Drawing], **sliders: Slider) -> None:
    """Show a drawing; where somebody sits at the notebook, with sliders below it.

    Parameters
    ----------
    draw : callable
        Takes one number for each slider, by its name; returns the drawing.
    **sliders : Slider
        By the names of the arguments of `draw`.

    Examples
    --------
    >>> from cs231n_lib.circuits import Circuit
    >>> double = Circuit({"x": (), "d": ("*2", "x")})
    >>> play(lambda x: double.draw({"x": x, "d": 2 * x}), x=Slider("x", [1, 2], 1))
    a circuit: values
      x          1
      d = x * 2  2
    Figure: A circuit. x: 1; d = x * 2: 2.
    """
    drawing = draw(**{name: slider.start for name, slider in sliders.items()})
    shell = sys.modules.get("IPython")
    if shell is None or not someone_is_here():
        plots.show(drawing.text, drawing)
        return
    try:
        widgets = import_module("ipywidgets")
    except ImportError:
        plots.show(drawing.text, drawing)
        return
    picture = shell.display.display(drawing, display_id=True)
    drawing.describe()

    def redraw(**values: float) -> None:
        picture.update(draw(**values))

    shell.display.display(panel(widgets, redraw, sliders))
