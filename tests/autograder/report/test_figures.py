"""Pictures of a class."""

import itertools
from xml.etree import ElementTree

from autograder.report.figures import SHADES, Bar, histogram, share_bars

SVG = "{http://www.w3.org/2000/svg}"


def parse(svg):
    page = f'<x xmlns="http://www.w3.org/2000/svg">{svg}</x>'
    return ElementTree.fromstring(page)[0]  # noqa: S314 - our own picture


def test_bars_are_as_long_as_their_share():
    tree = parse(share_bars("?", [Bar("one", "mean 1", {"full": 3, "none": 1})]))
    bars = tree.findall(f"{SVG}rect")[len(SHADES) :]
    long, short = (float(bar.get("width")) + 1 for bar in bars)
    assert long == 3 * short
    assert [bar.get("fill") for bar in bars] == [
        SHADES["full"].fill,
        SHADES["none"].fill,
    ]


def test_the_text_says_what_is_drawn():
    tree = parse(share_bars("How?", [Bar("one", "mean 1", {"full": 3, "waits": 1})]))
    assert tree.findtext(f"{SVG}title") == "How?"
    assert (
        tree.findtext(f"{SVG}desc")
        == "one: 3 all points, 1 waits for a person; mean 1."
    )
    assert tree.get("role") == "img"


def test_labels_are_escaped_and_short():
    svg = share_bars("<script>", [Bar("<b>" + "x" * 90, "</svg>", {"full": 1})])
    assert "<b>" not in svg
    assert svg.count("</svg>") == 1
    assert "…" in svg


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
    assert "one: nobody" in share_bars("?", [Bar("one", "", {})])


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


def test_neighbours_differ_in_lightness():
    fills = [shade.fill for shade in SHADES.values()]
    for left, right in itertools.pairwise(fills[:4]):
        assert contrast(left, right) >= 2
