"""Sliders where somebody sits at the notebook; the same picture where nobody does."""

import ipywidgets
import matplotlib as mpl
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt

from cs231n_lib.sliders import Slider, panel, play, someone_is_here

SLOPE = Slider("slope", [-1, 0, 2], start=2)
CELL = """
import matplotlib.pyplot as plt
from cs231n_lib.sliders import Slider, play

def line(slope):
    figure, ax = plt.subplots()
    ax.plot([0, slope])
    return figure

play(line, "A rising line.", slope=Slider("slope", [-1, 0, 2], start=2))
"""


def test_where_somebody_sits_sliders_stand_below_the_stored_picture(kernel) -> None:
    shown = kernel(CELL, somebody=True)
    pictures = [one for one in shown if "image/png" in one.get("data", {})]
    assert [one["metadata"]["image/png"]["alt"] for one in pictures] == [
        "A rising line."
    ]
    assert pictures[0]["transient"]["display_id"]
    kinds = [set(one.get("data", {})) for one in shown]
    assert any("application/vnd.jupyter.widget-view+json" in kind for kind in kinds)


def test_where_nobody_sits_the_picture_is_all(kernel) -> None:
    shown = kernel(CELL, somebody=False)
    assert len([one for one in shown if "image/png" in one.get("data", {})]) == 1
    assert "widget" not in str([set(one.get("data", {})) for one in shown])
    assert {"Figure: A rising line.\n"} <= {one.get("text") for one in shown}


def test_outside_of_jupyter_nobody_sits(capsys, monkeypatch) -> None:
    monkeypatch.setattr(plt, "show", lambda: None)  # it warns where there is no window
    drawn = []

    def draw(slope):
        drawn.append(slope)
        return plt.figure()

    assert not someone_is_here()
    play(draw, "A line.", slope=SLOPE)
    assert drawn == [2]
    assert capsys.readouterr().out == "Figure: A line.\n"


def test_each_move_draws_with_all_values() -> None:
    drawn = []
    box = panel(
        ipywidgets,
        lambda **values: drawn.append(values),
        {"slope": SLOPE, "start": Slider("start", [0, 1], start=0)},
    )
    slope, start = box.children
    slope.value = -1
    start.value = 1
    assert drawn == [{"slope": -1, "start": 0}, {"slope": -1, "start": 1}]


def test_a_start_beside_the_values_is_refused() -> None:
    with pytest.raises(ValueError, match="start must be one of the values, got 3"):
        Slider("slope", [-1, 0], start=3)
