"""Pictures of a class."""

import itertools
from xml.etree import ElementTree

import pytest

from autograder.report.discrimination import discrimination
from autograder.report.figures import (
    AXIS,
    AXIS_WIDE,
    DEPTHS,
    Bar,
    depth,
    exercise_rows,
    histogram,
    mistake_bars,
)
from autograder.report.summary import STEPS
from autograder.report.svg import SHADES

SVG = "{http://www.w3.org/2000/svg}"


def parse(svg):
    page = f'<x xmlns="http://www.w3.org/2000/svg">{svg}</x>'
    return ElementTree.fromstring(page)[0]  # noqa: S314 - our own picture


FEW = discrimination([], [])


def bar(label="one", note="1 of 4", counts=None, spread=(0,) * 6, apart=FEW):
    return Bar(label, note, counts or {}, spread, apart)


def rows(*bars, title="?"):
    return exercise_rows(title, {"01_small": bars}, STEPS)


def test_bars_are_as_long_as_their_share():
    tree = parse(rows(bar(counts={"full": 3, "none": 1})))
    bars = tree.findall(f"{SVG}rect")[len(SHADES) :][:2]
    long, short = (float(bar.get("width")) + 1 for bar in bars)
    assert long == 3 * short
    assert [bar.get("fill") for bar in bars] == [
        SHADES["full"].fill,
        SHADES["none"].fill,
    ]


def test_the_text_says_what_is_drawn():
    apart = discrimination([True, False] * 5, [2, 1] * 5)
    one = bar(counts={"full": 3, "waits": 1}, spread=(1, 0, 0, 0, 0, 2), apart=apart)
    tree = parse(rows(one, title="How?"))
    assert tree.findtext(f"{SVG}title") == "How?"
    assert tree.findtext(f"{SVG}desc") == (
        "one: 3 all points, 1 waits for a person; 1 of 4; "
        "1 with 0 percent, 2 with 100 percent; correlation 1.00."
    )
    assert tree.get("role") == "img"


def test_a_cell_is_the_darker_the_more_of_the_class_it_holds():
    spread = (0, 1, 2, 5, 12, 80)
    tree = parse(rows(bar(counts={"part": 100}, spread=spread)))
    cells = tree.findall(f"{SVG}rect")[len(SHADES) + 1 :]
    fills = [cell.get("fill") for cell in cells]
    assert fills[0] == "#ffffff"
    assert fills[-1] == depth(0.8)[0] == "#0072b2"
    dark = [contrast(fill, "#ffffff") for fill in fills]
    assert dark == sorted(dark)


@pytest.mark.parametrize(("value", "side"), [(1, 1), (-1, -1)])
def test_a_dot_lies_on_its_side_of_zero(value, side):
    apart = discrimination([True, False] * 5, [value, 0] * 5)
    tree = parse(rows(bar(counts={"full": 1}, apart=apart)))
    (dot,) = tree.findall(f"{SVG}circle")
    middle = AXIS + AXIS_WIDE / 2
    assert float(dot.get("cx")) == middle + side * AXIS_WIDE / 2


def test_where_it_is_not_defined_the_reason_stands():
    svg = rows(bar(counts={"full": 1}))
    assert "<circle" not in svg
    assert ">fewer than 10 students<" in svg


def test_labels_are_escaped_and_short():
    svg = rows(bar("<b>" + "x" * 90, "</svg>", {"full": 1}), title="<script>")
    assert "<b>" not in svg
    assert svg.count("</svg>") == 2  # for wide windows and for phones
    assert "…" in svg


def test_mistakes_are_drawn_to_scale():
    tree = parse(mistake_bars("Which?", [(4, "it <squares>", "one"), (2, "x", "two")]))
    wide, narrow = (float(r.get("width")) + 1 for r in tree.findall(f"{SVG}rect"))
    assert wide == 2 * narrow
    assert tree.findtext(f"{SVG}desc") == "4 in one: it <squares>. 2 in two: x."


def test_a_histogram_counts_everybody_once():
    tree = parse(histogram("?", [0, 5, 10, 99.9, 100, 100]))
    assert tree.findtext(f"{SVG}desc") == (
        "Students by total. 0 to 10 percent: 2, 10 to 20 percent: 1, "
        "90 to 100 percent: 3."
    )
    heights = [float(bar.get("height")) + 1 for bar in tree.findall(f"{SVG}rect")]
    assert heights == [100, 50, 150]


def test_nobody_is_no_error():
    assert "No students." in histogram("?", [])
    assert "one: nobody" in rows(bar())


def contrast(first, second):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [
            p / 12.92 if p <= 0.04 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_numbers_can_be_read_on_their_bars():
    for shade in SHADES.values():
        assert contrast(shade.fill, shade.ink) >= 4.5


def test_numbers_can_be_read_in_their_cells():
    for _, fill, ink in DEPTHS:
        assert contrast(fill, ink) >= 4.5


def test_neighbours_differ_in_lightness():
    fills = [shade.fill for shade in SHADES.values()]
    for left, right in itertools.pairwise(fills[:4]):
        assert contrast(left, right) >= 2
