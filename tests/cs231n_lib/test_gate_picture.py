"""One gate: values go to the right, gradients come back, three products are named."""

from __future__ import annotations

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.text import Annotation

from cs231n_lib import plots
from cs231n_lib.gate_picture import one_gate


def test_values_go_forwards_and_gradients_come_back() -> None:
    plots.use_style()
    ax = one_gate()
    found = [text for text in ax.texts if isinstance(text, Annotation)]
    arrows = [text for text in found if text.arrow_patch is not None]
    ways = {"values": 0, "gradients": 0}
    for text in arrows:
        rightwards = text.xy[0] > text.xyann[0]
        dashed = text.arrow_patch.get_linestyle() == "--"
        assert rightwards != dashed  # solid to the right, dashed to the left
        ways["values" if rightwards else "gradients"] += 1
    assert ways == {"values": 3, "gradients": 3}
    assert len(arrows) == 6


def test_it_is_drawn_where_it_is_told() -> None:
    _, ax = plt.subplots()
    assert one_gate(ax) is ax
