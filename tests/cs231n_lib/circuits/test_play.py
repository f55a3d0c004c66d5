"""A circuit answers to sliders where somebody sits at the notebook."""

from cs231n_lib.circuits import Circuit
from cs231n_lib.circuits.play import play
from cs231n_lib.sliders import Slider

SVG = "image/svg+xml"
SHOW = """
from cs231n_lib.circuits import Circuit
from cs231n_lib.circuits.play import play
from cs231n_lib.sliders import Slider

double = Circuit({"x": (), "d": ("*2", "x")})
play(lambda x: double.draw({"x": x, "d": 2 * x}), x=Slider("x", [1, 2, 7], 1))
"""
MOVE = """
import gc
import ipywidgets

for one in gc.get_objects():
    if isinstance(one, ipywidgets.SelectionSlider):
        one.value = 7
"""


def test_a_move_draws_the_stored_picture_anew(kernel) -> None:
    shown = kernel(SHOW, somebody=True)
    (drawing,) = [one for one in shown if SVG in one.get("data", {})]
    assert ">2<" in drawing["data"][SVG]
    kinds = [kind for one in shown for kind in one.get("data", {})]
    assert "application/vnd.jupyter.widget-view+json" in kinds

    moved = kernel(MOVE, somebody=True)
    (again,) = [one for one in moved if one["type"] == "update_display_data"]
    assert ">14<" in again["data"][SVG]
    assert again["transient"] == drawing["transient"]


def test_where_nobody_sits_the_drawing_is_all(kernel) -> None:
    shown = kernel(SHOW, somebody=False)
    kinds = [kind for one in shown for kind in one.get("data", {})]
    assert kinds.count(SVG) == 1
    assert not [kind for kind in kinds if "widget" in kind]


def test_outside_of_jupyter_the_numbers_are_printed(capsys) -> None:
    double = Circuit({"x": (), "d": ("*2", "x")})
    play(lambda x: double.draw({"x": x}), x=Slider("x", [1, 2], 2))
    assert capsys.readouterr().out.endswith(
        "Figure: A circuit. x: 2; d = x * 2: blank.\n"
    )
