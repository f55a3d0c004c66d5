"""Pictures for a narrow window: nothing lies outside, everything has its number."""

from xml.etree import ElementTree

from autograder.report.phone_figures import WIDE, phone_mistakes, phone_rows
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
    for tree in (parse(phone_rows({"n" * 90: rows})), parse(phone_mistakes(mistakes))):
        height = float(tree.get("viewBox").split()[3])
        for one in tree.iter(f"{SVG}rect"):
            assert 0 <= float(one.get("x"))
            assert float(one.get("x")) + float(one.get("width")) <= WIDE
            assert float(one.get("y")) + float(one.get("height")) <= height
        for one in tree.iter(f"{SVG}text"):
            assert float(one.get("y")) <= height
            size = float(one.get("font-size") or 14)
            assert len(one.text) * size * 0.55 <= WIDE
    assert "<b>" in "".join(one.text for one in tree.iter(f"{SVG}text"))


def test_a_class_without_answers_or_mistakes():
    assert parse(phone_rows({"01": [("one", "", {})]})) is not None
    assert parse(phone_mistakes([])).get("viewBox") == f"0 0 {WIDE} 0"
