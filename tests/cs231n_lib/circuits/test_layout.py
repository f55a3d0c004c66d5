"""Layouts: nothing overlaps, wires cross only where they must."""

from __future__ import annotations

import numpy as np
import pytest

from cs231n_lib.circuits import Circuit
from cs231n_lib.circuits.layout import Layout, spread


def random_circuit(seed: int, near: bool) -> Circuit:
    rng = np.random.default_rng(seed)
    nodes: dict[str, tuple[str, ...]] = {"x0": (), "x1": (), "x2": ()}
    for i in range(3, 14):
        a, b = rng.integers(i, size=2)
        nodes[f"x{i}"] = ("+", f"x{a}", f"x{b}") if i % 4 else ()
    return Circuit(nodes, inputs="near" if near else "left")


@pytest.mark.parametrize("near", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_two_in_a_column_are_a_row_apart(seed, near) -> None:
    layout = Layout(random_circuit(seed, near))
    for column in range(len(layout.columns)):
        heights = sorted(y for (_, c), y in layout.height.items() if c == column)
        assert np.all(np.diff(heights) >= 1 - 1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_a_node_stands_behind_what_it_uses(seed) -> None:
    circuit = random_circuit(seed, near=True)
    column = Layout(circuit).column
    for name, used in circuit.inputs.items():
        assert all(column[i] < column[name] for i in used)


def test_inputs_on_the_left_keep_their_order() -> None:
    circuit = Circuit({"x": (), "y": (), "z": (), "f": ("+", "z", "x")})
    height = Layout(circuit).height
    assert [height[name, 0] for name in "xyz"] == [0, 1, 2]


def test_the_first_column_has_no_gaps() -> None:
    nodes = {"a": (), "b": (), "p": ("*", "a", "b"), "c": (), "d": ()}
    nodes |= {"q": ("*", "c", "d"), "f": ("+", "p", "q")}
    height = Layout(Circuit(nodes, inputs="near")).height
    assert [height[name, 0] for name in "abcd"] == [0, 1, 2, 3]


def test_wires_that_need_not_cross_do_not() -> None:
    nodes = {"a": (), "b": (), "q": ("exp", "b"), "p": ("exp", "a")}
    layout = Layout(Circuit({**nodes, "f": ("+", "p", "q")}))
    assert layout.height["p", 1] < layout.height["q", 1]


def test_exchanging_neighbours_undoes_crossings() -> None:
    # By its wish alone q stands above p, and its wire to g crosses that of p to f.
    nodes = {"a": (), "b": (), "q": ("+", "a", "b"), "p": ("+", "a", "b")}
    nodes |= {"f": ("exp", "p"), "g": ("exp", "q"), "h": ("+", "f", "g")}
    layout = Layout(Circuit(nodes))
    crossed = (layout.height["p", 1] - layout.height["q", 1]) * (
        layout.height["f", 2] - layout.height["g", 2]
    )
    assert crossed > 0


def test_a_chain_is_level_where_constants_join_it() -> None:
    nodes = {"x": (), "one": (), "two": (), "a": ("+", "x", "one")}
    nodes |= {"b": ("exp", "a"), "c": ("*", "b", "two"), "d": ("1/x", "c")}
    height = Layout(Circuit(nodes, inputs="near")).height
    levels = [height[name, column] for column, name in enumerate("abcd", start=1)]
    assert np.ptp(levels) < 0.2


def test_two_long_wires_change_places_together() -> None:
    nodes = {"x": (), "w": (), "v": (), "a": ("*", "x", "w"), "b": ("*", "a", "v")}
    nodes |= {"c": ("exp", "b"), "p": ("+", "w", "v"), "f": ("+", "c", "p")}
    layout = Layout(Circuit(nodes, inputs="near"))
    links = layout._links()
    crossings = [layout._crossings(links, i) for i in range(len(layout.columns))]
    assert sum(crossings) == 0


def test_what_is_used_late_stands_late_beside_its_gate() -> None:
    nodes = {"w": (), "v": (), "p": ("+", "w", "v"), "a": ("exp", "w")}
    nodes |= {"b": ("exp", "a"), "f": ("+", "b", "p")}
    assert Layout(Circuit(nodes)).column["p"] == 1
    assert Layout(Circuit(nodes, inputs="near")).column["p"] == 2


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ([3.0], [3.0]),
        ([0.0, 4.0], [0.0, 4.0]),
        ([2.0, 2.0, 2.0], [1.0, 2.0, 3.0]),
        ([5.0, 0.0], [2.0, 3.0]),
        ([], []),
    ],
)
def test_spread_keeps_order_and_distance(wishes, expected) -> None:
    assert spread(wishes) == pytest.approx(expected)
