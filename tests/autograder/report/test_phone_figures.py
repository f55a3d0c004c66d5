"""Pictures for a narrow window: nothing lies outside, everything has its number."""

from xml.etree import ElementTree

import pytest

from autograder.report.phone_figures import (
    WIDE,
    phone_histogram,
    phone_mistakes,
    phone_rows,
)
from autograder.report.svg import SHADES

SVG = "{http://www.w3.org/2000/svg}"


def parse(svg):
    page = f'<x xmlns="http://www.w3.org/2000/svg">{svg}</x>'
    return ElementTree.fromstring(page)[0]  # noqa: S314 - our own picture


def test_a_bar_is_as_wide_as_the_picture_and_parted_by_the_counts():
    tree = parse(phone_rows({"01": [("one", "1 of 4", {"full": 3, "none": 1})]}))
    bars = tree.findall(f"{SVG}rect")[len(SHADES) :]
    long, short = (float(bar.get("width")) + 1 for bar in bars)
    assert (long, short) == (0.75 * WIDE, 0.25 * WIDE)
    said = [one.text for one in tree.iter(f"{SVG}text")]
    assert said[-4:] == ["one", "1 of 4", "3", "1"]


def test_nothing_lies_outside():
    rows = [("x" * 90, "y" * 90, {key: 1 for key in SHADES})] * 9
    mistakes = [(9, "s" * 300, "w" * 300), (1, "<b>", "&")]
    pictures = (
        phone_rows({"n" * 90: rows}),
        phone_mistakes(mistakes),
        phone_histogram([9999] * 10),
    )
    for tree in map(parse, pictures):
        height = float(tree.get("viewBox").split()[3])
        for one in tree.iter(f"{SVG}rect"):
            assert 0 <= float(one.get("x"))
            assert float(one.get("x")) + float(one.get("width")) <= WIDE
            assert float(one.get("y")) + float(one.get("height")) <= height
        for one in tree.iter(f"{SVG}text"):
            assert float(one.get("y")) <= height
            size = float(one.get("font-size") or 14)
            assert len(one.text) * size * 0.55 <= WIDE
    told = parse(pictures[1])
    assert "<b>" in "".join(one.text for one in told.iter(f"{SVG}text"))


def test_every_student_stands_in_the_histogram():
    tree = parse(phone_histogram([2, 0, 0, 0, 0, 0, 0, 0, 0, 3]))
    heights = [float(bar.get("height")) + 1 for bar in tree.iter(f"{SVG}rect")]
    assert heights[0] / heights[1] == pytest.approx(2 / 3, abs=0.01)
    said = [one.text for one in tree.iter(f"{SVG}text")]
    assert said[:2] == ["2", "3"]
    assert said[2:8] == ["0", "20", "40", "60", "80", "100"]


def test_a_class_without_answers_or_mistakes():
    assert parse(phone_rows({"01": [("one", "", {})]})) is not None
    assert parse(phone_mistakes([])).get("viewBox") == f"0 0 {WIDE} 0"
