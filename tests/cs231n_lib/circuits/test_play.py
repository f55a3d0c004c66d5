"""A circuit answers to sliders where somebody sits at the notebook."""

from collections.abc import Iterator

import pytest
from jupyter_client.manager import start_new_kernel

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


@pytest.fixture(scope="module")
def client() -> Iterator[object]:
    manager, client = start_new_kernel(kernel_name="python3")
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def outputs(client, code: str, somebody: bool) -> list[dict]:
    shown = []
    client.execute_interactive(
        code,
        allow_stdin=somebody,
        stdin_hook=lambda message: None,
        output_hook=lambda m: shown.append({"type": m["msg_type"], **m["content"]}),
        timeout=60,
    )
    assert not [one for one in shown if one["type"] == "error"], shown
    return shown


def test_a_move_draws_the_stored_picture_anew(client) -> None:
    shown = outputs(client, SHOW, somebody=True)
    (drawing,) = [one for one in shown if SVG in one.get("data", {})]
    assert ">2<" in drawing["data"][SVG]
    kinds = [kind for one in shown for kind in one.get("data", {})]
    assert "application/vnd.jupyter.widget-view+json" in kinds

    moved = outputs(client, MOVE, somebody=True)
    (again,) = [one for one in moved if one["type"] == "update_display_data"]
    assert ">14<" in again["data"][SVG]
    assert again["transient"] == drawing["transient"]


def test_where_nobody_sits_the_drawing_is_all(client) -> None:
    shown = outputs(client, SHOW, somebody=False)
    kinds = [kind for one in shown for kind in one.get("data", {})]
    assert kinds.count(SVG) == 1
    assert not [kind for kind in kinds if "widget" in kind]


def test_outside_of_jupyter_the_numbers_are_printed(capsys) -> None:
    double = Circuit({"x": (), "d": ("*2", "x")})
    play(lambda x: double.draw({"x": x}), x=Slider("x", [1, 2], 2))
    assert capsys.readouterr().out.endswith(
        "Figure: A circuit. x: 2; d = x * 2: blank.\n"
    )
