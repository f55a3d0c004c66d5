"""Drawings: deterministic SVG that stands alone, blanks, marks, words."""

from __future__ import annotations

import base64
import subprocess
import sys
from xml.etree import ElementTree as ET

import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter

from cs231n_lib.circuits import Circuit

XYZ = {"x": (), "y": (), "z": (), "q": ("+", "x", "y"), "f": ("*", "q", "z")}
VALUES = {"x": -2, "y": 5, "z": -4, "q": 3, "f": -12}
GRADS = {"x": -4, "y": -4, "z": 3, "q": -4, "f": 1}
SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawing) -> ET.Element:
    return ET.fromstring(drawing.svg)  # noqa: S314


def texts(drawing) -> list[ET.Element]:
    return list(parsed(drawing).iter(f"{SVG}text"))


def number(element: ET.Element, name: str) -> float:
    return float(element.get(name))


def test_values_stand_above_and_gradients_below_their_wire() -> None:
    found = {t.text: t for t in texts(Circuit(XYZ).draw(VALUES, GRADS))}
    value, grad = found["\u221212"], found["[1]"]
    assert number(value, "y") < number(grad, "y")
    assert number(value, "x") == number(grad, "x")


def test_told_apart_without_colour() -> None:
    found = {t.text: t for t in texts(Circuit(XYZ).draw(VALUES, GRADS))}
    assert found["[3]"].get("font-style") == "italic"
    assert found["3"].get("font-style") is None


def test_the_svg_stands_alone() -> None:
    drawing = Circuit(XYZ).draw(VALUES, GRADS, title="a < b & c?")
    root = parsed(drawing)
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title").text == "a < b & c?"
    assert "f = q * z: -12, gradient 1" in root.find(f"{SVG}desc").text
    assert root.get("aria-label") == root.find(f"{SVG}desc").text
    assert root.get("role") == "img"
    for element in root.iter():
        assert not {"id", "href", "class"} & set(element.attrib)
        assert element.tag not in {f"{SVG}style", f"{SVG}script", f"{SVG}image"}


def test_an_exported_page_has_its_words_and_lets_a_wide_one_scroll() -> None:
    """What nbconvert writes: it takes the HTML, and leaves an alt text alone."""
    drawing = Circuit(XYZ).draw(VALUES, GRADS, title='a "wide" < one?')
    notebook = nbformat.v4.new_notebook()
    notebook.cells.append(nbformat.v4.new_code_cell("draw()"))
    data = {
        "text/html": drawing._repr_html_(),
        "image/svg+xml": drawing._repr_svg_(),
        "text/plain": repr(drawing),
    }
    notebook.cells[0].outputs = [nbformat.v4.new_output("display_data", data=data)]
    page, _ = HTMLExporter().from_notebook_node(notebook)
    (picture,) = BeautifulSoup(page, "html.parser").select(".jp-RenderedHTML img")
    assert picture["alt"] == drawing.text
    assert picture["style"] == "max-width: none"
    assert picture.parent["style"] == "overflow-x: auto"
    source = picture["src"].removeprefix("data:image/svg+xml;base64,")
    assert base64.b64decode(source).decode() == drawing.svg


def test_the_same_numbers_give_the_same_bytes_in_another_process() -> None:
    code = (
        "from cs231n_lib.circuits import Circuit\n"
        f"print(Circuit({XYZ!r}).draw({VALUES!r}, {GRADS!r}, title='t').svg)"
    )
    run = [sys.executable, "-c", code]
    other = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert other.strip() == Circuit(XYZ).draw(VALUES, GRADS, title="t").svg


def test_blanks_where_a_number_is_missing() -> None:
    drawing = Circuit(XYZ).draw({"x": -2}, {"f": 1})
    boxes = [r for r in parsed(drawing).iter(f"{SVG}rect") if r.get("stroke-dasharray")]
    assert len(boxes) == 8
    assert "y          __  [__]" in str(drawing)
    assert "y: blank, gradient blank" in drawing.text


def test_without_numbers_there_are_no_blanks() -> None:
    drawing = Circuit(XYZ).draw(title="the graph")
    assert "stroke-dasharray" not in drawing.svg
    assert "__" not in str(drawing)


def test_a_misfit_is_marked_in_the_picture_and_in_words() -> None:
    drawing = Circuit(XYZ).draw({**VALUES, "f": 12}, GRADS)
    assert [t.text for t in texts(drawing)].count("\u2260") == 1
    assert "does not fit" in str(drawing)
    assert "does not fit" in drawing.text


def test_digits_are_the_same_throughout() -> None:
    shown = Circuit(XYZ).draw({**VALUES, "x": -2.5, "q": 2.5, "f": -10}, GRADS)
    assert "-2.50" in str(shown)
    assert "[-4.00]" in str(shown)
    six = Circuit(XYZ).draw(VALUES, GRADS, digits=6)
    assert "-12.000000" in str(six)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-0.0, "0"),
        (np.float32(3), "3"),
        (np.array([1, -2]), "(1, -2)"),
        (np.ones((3, 4)), "3x4 numbers"),
        (np.arange(9), "9 numbers"),
        ("any", "any"),
        (2.5e9, "2.5e+09"),
        (np.nan, "nan"),
        (object(), "object"),
    ],
)
def test_how_a_value_is_written(value, shown) -> None:
    drawing = Circuit({"x": ()}).draw({"x": value})
    assert str(drawing).splitlines()[1].split("   <-")[0].strip() == f"x  {shown}"


def test_no_two_numbers_overlap() -> None:
    spec = {
        **{name: () for name in ("w0", "x0", "w1", "x1", "w2")},
        "a": ("*", "w0", "x0"),
        "b": ("*", "w1", "x1"),
        "c": ("+", "a", "b"),
        "d": ("+", "c", "w2"),
        "e": ("*-1", "d"),
        "f": ("max", "e", "w0"),
    }
    drawing = Circuit(spec).draw(dict.fromkeys(spec, 0.25), dict.fromkeys(spec, 0.5))
    boxes = []
    for t in texts(drawing):
        half = 9 * len(t.text) / 2
        if t.get("text-anchor") == "middle":
            boxes.append((number(t, "x") - half, number(t, "x") + half, number(t, "y")))
    for i, (left, right, y) in enumerate(boxes):
        for other_left, other_right, other_y in boxes[:i]:
            apart = right <= other_left or other_right <= left or abs(y - other_y) >= 12
            assert apart


def test_a_wire_passes_between_nodes_and_not_through_them() -> None:
    spec = {"x": (), "y": (), "a": ("*2", "x"), "b": ("+1", "a"), "f": ("+", "b", "y")}
    root = parsed(Circuit({**spec, "g": ("*", "f", "x")}).draw())
    gates = [r for r in root.iter(f"{SVG}rect") if r.get("rx")]
    for line in root.iter(f"{SVG}line"):
        y, x1, x2 = (number(line, k) for k in ("y1", "x1", "x2"))
        for gate in gates:
            top, left = number(gate, "y"), number(gate, "x")
            inside = top < y < top + number(gate, "height")
            assert not (inside and x1 < left < x2 - 1)


def test_gradients_along_wires_are_written_at_their_gate() -> None:
    circuit = Circuit({"x": (), "p": ("*2", "x"), "s": ("*", "x", "x")})
    grads = {"x": 8, ("x", "p"): 2, ("x", "s"): (3, 3)}
    drawing = circuit.draw({"x": 3}, grads)
    assert [t.text for t in texts(drawing)].count("[3]") == 2
    assert "wire x to s: 3 and 3" in str(drawing)
    assert "along the wire from x to p: 2" in drawing.text


@pytest.mark.parametrize(
    ("made", "formula"),
    [
        (("+", "x", "y"), "f = x + y"),
        (("*-1", "x"), "f = x * -1"),
        (("**2", "x"), "f = x ** 2"),
        (("1/x", "x"), "f = 1 / x"),
        (("exp", "x"), "f = exp(x)"),
        (("max", "x", "y"), "f = max(x, y)"),
        (("R(W)", "x"), "f = R(W)"),
        (("-", "x"), "f = -(x)"),
    ],
)
def test_formulas_in_words(made, formula) -> None:
    drawing = Circuit({"x": (), "y": (), "f": made}).draw()
    assert str(drawing).splitlines()[-1].strip() == formula


def test_description_is_printed(capsys) -> None:
    Circuit(XYZ).draw(VALUES, title="What goes in?").describe()
    assert capsys.readouterr().out.startswith("Figure: What goes in? x: -2; y: 5;")


def test_a_wide_circuit_keeps_its_size() -> None:
    spec = {"x0": ()} | {f"x{i + 1}": ("+1", f"x{i}") for i in range(20)}
    for drawing in (Circuit(spec).draw(dict.fromkeys(spec, 0.5)), Circuit(XYZ).draw()):
        root = parsed(drawing)
        box = f"0 0 {root.get('width')} {root.get('height')}"
        assert root.get("viewBox") == box


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.000912, "0.00091"),
        (-0.0456, "-0.046"),
        (0.05, "0.05"),
        (0.12, "0.12"),
        (1.23456, "1.23"),
        (3e-17, "0.00"),  # what rounding leaves beside the 1.23
        (0.0, "0.00"),
    ],
)
def test_two_digits_of_a_small_number_are_told(value, shown) -> None:
    drawing = Circuit({"x": (), "y": ()}).draw({"x": value, "y": 1.23456})
    assert str(drawing).splitlines()[1].split() == ["x", shown]


def test_digits_that_are_asked_for_are_kept() -> None:
    drawing = Circuit({"x": ()}).draw({"x": 0.000912}, digits=3)
    assert str(drawing).splitlines()[1].split() == ["x", "0.001"]


def test_a_small_matrix_is_written_row_by_row() -> None:
    W, x = np.array([[0.1, 0.5], [-0.3, 0.8]]), np.array([[0.2], [0.4]])
    circuit = Circuit({"W": (), "x": (), "q": ("@", "W", "x")})
    drawing = circuit.draw({"W": W, "x": x, "q": W @ x}, {"x": -x})
    found = [t for t in texts(drawing) if t.text.split() == ["0.10", "0.50"]]
    below = [t for t in texts(drawing) if "0.80" in t.text]
    assert number(found[0], "y") < number(below[0], "y")
    assert "W          (0.10, 0.50; -0.30, 0.80)" in str(drawing)
    assert "x: (0.20; 0.40), gradient (-0.20; -0.40)" in drawing.text


def test_rows_of_a_matrix_meet_no_other_text() -> None:
    circuit = Circuit({"A": (), "B": (), "C": ("@", "A", "B")})
    square = np.arange(9.0).reshape(3, 3)
    numbers = dict.fromkeys("ABC", square)
    found = texts(circuit.draw(numbers, numbers, title="three matrices"))
    places = [(number(t, "x"), number(t, "y")) for t in found]
    for i, (x, y) in enumerate(places):
        assert all(abs(x - a) > 20 or abs(y - b) >= 12 for a, b in places[:i])


def test_an_arrow_points_back_where_a_gradient_is() -> None:
    drawing = Circuit(XYZ).draw(VALUES, {"f": 1, "q": -4})
    dashed = [
        line
        for line in parsed(drawing).iter(f"{SVG}line")
        if line.get("stroke-dasharray")
    ]
    assert len(dashed) == 2
    heads = [p for p in parsed(drawing).iter(f"{SVG}polygon") if p.get("fill")]
    for line, head in zip(dashed, heads, strict=True):
        tip = min(float(point.split(",")[0]) for point in head.get("points").split())
        assert tip < number(line, "x1") < number(line, "x2")
